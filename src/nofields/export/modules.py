"""JavaScript of one file: the modules in ``static/``, with the rules as literals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from nofields.characters import BLANK
from nofields.export.exported import Exported, Pattern, Script
from nofields.export.forms import forms
from nofields.export.known import known
from nofields.export.notice import NOTICE
from nofields.export.rules import CONSTANTS, Fields
from nofields.export.rules import rules as exported_rules
from nofields.export.twins import EXPORT, without_written_imports
from nofields.export.written import inside

_STATIC = Path(__file__).parent / "static"
#: The modules whose names are exported. They import the fields, which are written here, as are the constants.
_ENTRIES = ("check", "format", "facts")
#: Control characters that JSON does not escape as regular expressions do.
_CONTROL = {"\b": r"\x08", "\x7f": r"\x7f"}
_HEADER = f"// Checks Norwegian form values as the backend does.\n{NOTICE}"


def identifier(name: str) -> str:
    """Return the name of a field as JavaScript exports it: ``altinnPassword`` for ``altinn-password``."""
    return re.sub("-(.)", lambda letter: letter[1].upper(), name)


def module(own: Fields | None = None) -> str:
    """Return ``nofields.mjs``, an ES module without imports, with a project's own fields by name."""
    rules = exported_rules(own)
    names = ", ".join([*public_names(), *(f"${identifier(name)} as {identifier(name)}" for name in rules)])
    return f"{_HEADER}{_body(rules, own)}\nexport {{ {names} }};\n"


def commonjs(own: Fields | None = None) -> str:
    """Return ``nofields.cjs``, the same for ``require``."""
    rules = exported_rules(own)
    names = {name: name for name in public_names()} | {identifier(name): f"${identifier(name)}" for name in rules}
    exported = "".join(f"exports.{name} = {local};\n" for name, local in names.items())
    return f'{_HEADER}"use strict";\n{_body(rules, own)}\n{exported}'


def field_modules(names: Iterable[str]) -> tuple[str, str]:
    """Return ``fields.mjs`` and ``fields.cjs``, which export each field by its name."""
    names = list(map(identifier, names))
    required = "".join(f"exports.{name} = nofields.{name};\n" for name in names)
    reexported = f'{NOTICE}export {{ {", ".join(names)} }} from "./nofields.mjs";\n'
    return reexported, f'{NOTICE}"use strict";\nconst nofields = require("./nofields.cjs");\n{required}'


def public_names() -> list[str]:
    """Return the names that the module exports besides those of fields."""
    return [name for entry in _ENTRIES for name in EXPORT.findall(_text(entry))]


def _body(rules: Mapping[str, Exported], own: Fields | None) -> str:
    """Return the modules in one: constants, readers, fields, and what is exported."""
    readers = sorted(file.stem for file in _STATIC.glob("*.js") if file.stem not in _ENTRIES)
    return "\n".join([_constants(), *map(_source, readers), _fields(rules), *_display(own), *map(_source, _ENTRIES)])


def _source(name: str) -> str:
    """Return a module without its imports and exports."""
    return EXPORT.sub("", without_written_imports(_text(name)))


def _text(name: str) -> str:
    return (_STATIC / f"{name}.js").read_text("utf-8")


def _constants() -> str:
    """Return the constants. Blanks are sorted, which makes their ranges few."""
    lines = {name: literal(value) if isinstance(value, Pattern) else json.dumps(value) for name, value in CONSTANTS.items()}
    lines["BLANK"] = json.dumps(inside("".join(sorted(BLANK))))
    return "".join(f"const {name} = {line};\n" for name, line in lines.items())


def _fields(rules: Mapping[str, Exported]) -> str:
    lines = [f"const ${identifier(name)} = {_field(name, rule)};\n" for name, rule in rules.items()]
    table = ", ".join(f"${identifier(name)}" for name in rules)
    # Without a function of its own, which SWC (Next, Parcel) would inline, and then keep every field that the call names.
    pairs = f"/* @__PURE__ */ [{table}].map((each) => [each.name, each])"
    return "".join([*lines, f"const table = /* @__PURE__ */ new Map({pairs});\n"])


def _display(own: Fields | None) -> Iterator[str]:
    """Yield the data of the written forms, and of what values show, as functions: bundlers leave out what is not called."""
    yield f"let formsRead;\nconst forms = () => (formsRead ??= {literal({'__proto__': None, **forms(own)})});\n"
    entries = (f"  {json.dumps(name)}: [{reader}, {literal(data)}],\n" for name, (reader, data) in known(own).items())
    yield f"let knownRead;\nconst known = () => (knownRead ??= {{\n  __proto__: null,\n{''.join(entries)}}});\n"


def _field(name: str, rule: Exported) -> str:
    return f"/* @__PURE__ */ define({json.dumps(name)}, {rule.reader}, () => ({literal(rule.data)}))"


def literal(value: object) -> str:
    """Return a value of JSON as JavaScript, with the shared sets of characters by their names."""
    match value:
        case Script():
            return value
        case Pattern():
            return _pattern_literal(value)
        case dict():
            return "{ " + ", ".join(f"{_property(name)}: {literal(part)}" for name, part in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(literal, value)) + "]"
        case str():
            return _text_literal(value)
    return json.dumps(value)


def _text_literal(text: str) -> str:
    for name in ("BLANK", "INVISIBLE"):
        shared = str(CONSTANTS[name])
        if shared == text:
            return name
        if shared in text:
            parts = (json.dumps(part)[1:-1].replace("`", "\\`").replace("${", "\\${") for part in text.split(shared))
            return f"`{f'${{{name}}}'.join(parts)}`"
    return json.dumps(text)


def _pattern_literal(pattern: Pattern) -> str:
    """Return a regular expression, as a literal unless it has a shared set of characters."""
    # Shorter forms of the same: in JavaScript ``\d`` and ``\w`` have ASCII characters alone.
    source = pattern.source.replace("[0-9]", "\\d").replace("A-Za-z0-9_", "\\w").replace("{1}", "")
    text = _text_literal(source)
    if not text.startswith('"'):
        return f"RegExp({text}, {json.dumps(pattern.flags)})" if pattern.flags else f"RegExp({text})"
    escaped = re.sub("[^ -~]", lambda found: _escaped(found[0]), source or "(?:)").replace("/", r"\/")
    return f"/{escaped}/{pattern.flags}"


def _escaped(character: str) -> str:
    return _CONTROL.get(character) or json.dumps(character)[1:-1]


def _property(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)
