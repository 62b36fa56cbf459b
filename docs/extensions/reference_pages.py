"""A Sphinx extension: writes the generated pages of ``docs/reference/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer

import nofields
from command_line_page import command_line, variables
from nofields import Key, Phrase, Reason
from nofields.cli.exit_codes import ANY, MEANINGS
from nofields.fields import ALL
from nofields.keys import explanation_key
from nofields.message_templates import template
from nofields.value import Field
from provoked import provoked
from writing import LANGUAGES, PAGES, as_code, as_text, from_rst, in_languages, page, table, write

_SOURCE = Path(nofields.__file__).parent
_VARIABLE = re.compile(r'^VARIABLE = "(NOFIELDS_\w+)"', re.MULTILINE)


def setup(app: Sphinx) -> dict[str, object]:
    """Write the pages before Sphinx reads any."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "reference", pages()))
    return {"parallel_read_safe": True}


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {
        "keys.md": keys(),
        "reasons.md": reasons(),
        "command-line.md": command_line(),
        "environment.md": environment(),
        "exit-codes.md": exit_codes(),
    }


def keys() -> str:
    """Return every key with its text."""
    own = groupby(sorted(Phrase, key=_prefix), _prefix)
    return page(
        "# Keys",
        "A key is the name of a text in the [catalogs](../translations/override.md). What stands in braces is filled in.",
        "## Documented keys",
        "The members of {py:class}`nofields.Key`. Those that end with `_ERROR` are the keys of errors.",
        _texts(Key),
        "## nofields' own keys",
        "The members of {py:class}`nofields.Phrase`: labels, hints, reasons and the texts of pages and reports.",
        *(f"### `{prefix}_…`\n\n{_texts(phrases)}" for prefix, phrases in own),
    )


def _prefix(key: str) -> str:
    return key.partition("_")[0]


def _texts(keys: Iterable[str]) -> str:
    return table(
        ("Key", "Text"), ((as_code(key), in_languages({each: template(key, each) for each in LANGUAGES})) for key in keys)
    )


def reasons() -> str:
    """Return every reason with its sentence and the fields that give it."""
    given = {field: provoked(field) for field in ALL}
    meanings = comments("nofields.errors", "Reason")
    parts = []
    for reason in Reason:
        meaning = from_rst(meanings[reason.name])
        fields = [field for field in ALL if reason in given[field]]
        parts += [f"## `{reason.value}`", f"{meaning[0].upper()}{meaning[1:]}. {_fields(fields)}", *_sentences(reason, fields)]
    intro = (
        "Why a value was rejected: the members of {py:class}`nofields.Reason`, which `problem.reason`, pydantic's `ctx` and "
        "[`localize`](api.md) have. `problem.explanation(locale)` is the sentence, with what stands in braces filled in."
    )
    return page("# Reasons", intro, *parts)


def _sentences(reason: Reason, fields: list[type[Field]]) -> list[str]:
    """Return the general sentence for a reason, then those that some of the fields have in its place."""
    general = f"REASON_{reason.name}"
    own: dict[str, list[type[Field]]] = {}
    for field in fields:
        own.setdefault(explanation_key(reason, field.rule.key), []).append(field)
    own.pop(general, None)
    parts = [_in_each_language(general)]
    for key, those in own.items():
        parts += [f"{as_code(key)}: {', '.join(as_code(each.__name__) for each in those)}", _in_each_language(key)]
    return parts


def _in_each_language(key: str) -> str:
    return "\n".join(f"- {language}: {as_text(template(key, language))}" for language in LANGUAGES)


def _fields(fields: list[type[Field]]) -> str:
    if not fields:
        return "No field of nofields gives it."
    if len(fields) == len(ALL):
        return "Every field gives it."
    return f"Given by {', '.join(f'[{as_code(each.__name__)}]({PAGES[each.__name__]})' for each in fields)}."


def environment() -> str:
    """Return every environment variable, as the comment above it in the source describes it."""
    parts = [
        "A process reads these variables. The command line also honours `NO_COLOR` and `COLUMNS`.",
        "`NOFIELDS_NATIVE` is read when nofields is built: [With or without a compiler]"
        "(../start/index.md#with-or-without-a-compiler).",
    ]
    for file in sorted(_SOURCE.rglob("*.py")):
        if variable := _VARIABLE.search(file.read_text("utf-8")):
            module = ".".join(("nofields", *file.relative_to(_SOURCE).with_suffix("").parts))
            described = comments(module, "")["VARIABLE"]
            meaning, *details = (from_rst(paragraph) for paragraph in described.split("\n\n"))
            rows = [detail.split(": ", 1) for detail in details]
            parts += [f"## `{variable[1]}`", meaning, "\n\n".join(f"{name}\n: {text}" for name, text in rows)]
    for name, (option, meaning, commands) in variables().items():
        read_by = ", ".join(map(as_code, [*commands, "nofields serve --altinn3"]))
        definition = f"Values\n: {meaning}\n\nDefault\n: none.\n\nRead by\n: {read_by}, when they start."
        parts += [f"## `{name}`", f"Stands for the option `{option}` where a command has none.", definition]
    return page("# Environment variables", *parts)


def comments(module: str, owner: str) -> dict[str, str]:
    """Return the ``#:`` comments of a module's variables, or of the members of one of its classes, by name."""
    found = ModuleAnalyzer.for_module(module).find_attr_docs()
    return {name: "\n".join(lines).strip() for (of, name), lines in found.items() if of == owner}


def exit_codes() -> str:
    """Return every exit code with its meaning by command."""
    rows = [
        (as_code(meaning.code), "any command" if command == ANY else f"`nofields {command}`", case)
        for meaning in MEANINGS
        for command, case in meaning.cases.items()
    ]
    intro = (
        "What the [command line](command-line.md) ends with. A command that a code does not list ends with it for the reason "
        "that holds for any command."
    )
    return page("# Exit codes", intro, table(("Code", "Command", "When"), rows))
