"""A Sphinx extension: writes ``docs/fields/``, a page for each field type, made from its class."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sphinx.application import Sphinx

from docstrings import description, first_line, with_imports
from nofields import Reason
from nofields.check import compile_rule
from nofields.export.rules import rules
from nofields.fields import ALL
from nofields.messages import message_with
from nofields.value import Field
from provoked import ONLY, Rejected, provoked, sample_of
from rule_table import rule_table
from writing import LANGUAGES, as_code, block, in_languages, literal, page, page_name, shown, table, title, write


def setup(app: Sphinx) -> dict[str, object]:
    """Write the pages before Sphinx reads any."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "fields", pages()))
    return {"parallel_read_safe": True}


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {f"{page_name(field)}.md": field_page(field) for field in ALL} | {"index.md": index()}


def index() -> str:
    """Return the list of fields."""
    rows = [
        (
            f"[{as_code(field.__name__)}]({page_name(field)}.md)",
            as_code(field.name) if field.name else "",
            example(field),
            description(field).summary,
        )
        for field in ALL
    ]
    intro = (
        "A field type is a class whose instances are clean values. Each page has its rule, the written forms that it reads, "
        "the reasons for which it rejects a value, its class arguments, JSON Schema and source. The short name is that of "
        "the [command line](../reference/command-line.md) and of JavaScript."
    )
    toctree = block("{toctree}", "\n".join([":hidden:", "", *map(page_name, ALL)]))
    return page("# Fields", intro, table(("Type", "Short name", "Example", "Value"), rows), toctree)


def example(field: type[Field]) -> str:
    """Return a value as it is typed."""
    value = sample_of(field).accepted[0]
    return as_code(value.strip()) if isinstance(value, str) and value.strip().isprintable() else shown(value)


def field_page(field: type[Field]) -> str:
    """Return the page of a field type."""
    described, found = description(field), provoked(field)
    return page(
        f"# {title(field)}",
        described.summary,
        block("python", described.examples),
        *described.more,
        names(field),
        "## Written forms",
        written_forms(field),
        "## Errors",
        errors(field, next(iter(found.values()))),
        messages(found),
        "### Reasons",
        reasons(field, found),
        "## Rule",
        rule_table(field.rule),
        properties(field),
        "## Class arguments",
        class_arguments(field),
        "## JSON Schema",
        f"What {as_code(f'pydantic.TypeAdapter({field.__name__}).json_schema()')} returns and OpenAPI shows:",
        block("json", json_schema(field)),
        "## Source",
        f"Of the rule: {described.source.rstrip('.')}." if described.source else "The rule is nofields' own.",
        f"Of the code: {as_code('src/' + field.__module__.replace('.', '/') + '.py')}; "
        f"in the reference: {{py:class}}`nofields.{field.__name__}`.",
    )


def names(field: type[Field]) -> str:
    """Return the field's names in the code, and what forms show of it."""
    lines = [f"- Type: {as_code(f'nofields.{field.__name__}')}", f"- Key of its errors: {as_code(field.rule.key)}"]
    if field.name:
        where = "on the command line and in JavaScript" if field.name in rules() else "on the command line alone"
        lines.insert(1, f"- Short name, {where}: {as_code(field.name)}")
    params = compile_rule(field.rule).params
    phrases = {"Label in forms": field.label} | ({"Hint in forms": field.hint} if field.hint else {})
    rows = ([language, *(message_with(params, each, language) for each in phrases.values())] for language in LANGUAGES)
    return "\n".join(lines) + "\n\n" + table(("Language", *phrases), rows)


def written_forms(field: type[Field]) -> str:
    """Return the sample's accepted values, with what becomes of them."""
    construct: Callable[[object], Any] = field
    rows = []
    for value in sample_of(field).accepted:
        clean = construct(value)
        plain = clean if isinstance(clean, tuple | bool) else str(clean)
        rows.append((shown(value), shown(plain), shown(getattr(clean, "formatted", plain))))
    if all(formatted == plain for _, plain, formatted in rows):
        return table(("Input", "Clean value"), (row[:-1] for row in rows))
    return table(("Input", "Clean value", "`.formatted`"), rows)


def errors(field: type[Field], rejected: Rejected) -> str:
    """Return a doctest about a rejected value, with its computed results."""
    name, value, problem = field.__name__, literal(rejected.value), rejected.problem
    lines = [
        f">>> from nofields import {name}",
        f">>> {name}.is_valid({value})",
        "False",
        f">>> problem = {name}.problem({value})",
        ">>> problem.key.value, problem.reason.value",
        repr((str(problem.key), str(problem.reason))),
        '>>> problem.message("en")',
        repr(problem.message("en")),
        '>>> problem.explanation("en")',
        repr(problem.explanation("en")),
    ]
    return "A problem has two sentences: what to enter, and what is wrong with this value.\n\n" + block(
        "python", "\n".join(lines)
    )


def messages(found: dict[Reason, Rejected]) -> str:
    """Return every message of the field, with the reasons that have it."""
    by_message: dict[tuple[str, str], list[str]] = {}
    for reason, (_, problem, _) in found.items():
        texts = in_languages({language: problem.message(language) for language in LANGUAGES})
        by_message.setdefault((problem.key, texts), []).append(as_code(reason.value))
    rows = [(as_code(key), ", ".join(names), texts) for (key, texts), names in by_message.items()]
    return f"### Messages\n\n{table(('Key', 'Reasons', 'Message'), rows)}"


def reasons(field: type[Field], found: dict[Reason, Rejected]) -> str:
    """Return each reason with a value that is rejected for it, and the explanation in every language."""
    rows = []
    for reason, (value, problem, where) in found.items():
        condition = f"\nwith {as_code(where)}" if where == ONLY else f"\nby {as_code(where)}" if where else ""
        texts = in_languages({language: problem.explanation(language) for language in LANGUAGES})
        rows.append((as_code(reason.value), shown(value) + condition, texts))
    subclass = sample_of(field).subclass
    narrowed = ["One of them is that of a subclass:", block("python", with_imports(f">>> {subclass}"))] if subclass else []
    return "\n\n".join([*narrowed, table(("Reason", "Input", "Explanation"), rows)])


def properties(field: type[Field]) -> str:
    """Return the section of the properties that a value has besides ``formatted``."""
    own = {
        name: each
        for base in reversed(field.__mro__)
        for name, each in vars(base).items()
        if isinstance(each, property) and not name.startswith("_") and name != "formatted"
    }
    construct: Callable[[object], Any] = field
    value = sample_of(field).accepted[0]
    rows = [(as_code(name), first_line(each), shown(getattr(construct(value), name))) for name, each in own.items()]
    return f"## Properties\n\n{table(('Property', 'Meaning', f'Of {shown(value)}'), rows)}" if rows else ""


def class_arguments(field: type[Field]) -> str:
    """Return the arguments by which a subclass narrows the field, as a definition list."""
    described = description(field)
    listed = described.arguments | description(Field).arguments
    intro = f"A subclass sets them: {as_code(f'class Own({field.__name__}, …): ...')}."
    same = f"Its arguments are {described.arguments_of.rstrip('.')}, and:" if described.arguments_of else ""
    return "\n\n".join(filter(None, [intro, same, *(f"{as_code(name)}\n: {text}" for name, text in listed.items())]))


def json_schema(field: type[Field]) -> str:
    """Return the JSON Schema, each keyword on a line, with escapes for what cannot be seen."""
    schema = TypeAdapter(field).json_schema()
    lines = (f"  {json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in schema.items())
    text = "{\n" + ",\n".join(lines) + "\n}"
    return "".join(f"\\u{ord(each):04x}" if not (each.isascii() or each.isprintable()) else each for each in text)
