"""Masks what the caller made up in an error's ``loc``: keys of dictionaries, and names of fields that there are not.

Where the model is known, its core schema is followed, and every part that it has no name for is masked. Where it is not,
pydantic's own hints and the rule of national identity numbers decide. No part is ever judged by the rule of passwords,
which ``addressLine2`` fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from nofields.errors import MASK, Reason
from nofields.fields.identity import IdentityKind, NationalIdentityNumber
from nofields.rules import LONGEST_LINE

Part = int | str
#: A core schema of pydantic's.
Schema = Mapping[str, Any]

#: Stands in ``loc`` behind the key of a dictionary that was refused itself.
KEY = "[key]"
#: Errors whose last part is a name that the caller sent.
_SENT_NAMES = {"extra_forbidden", "invalid_key", "unexpected_keyword_argument"}
#: What leads from a schema to the one inside it without a part in ``loc``.
_WRAPPED = ("schema", "steps", "lax_schema", "strict_schema", "json_schema", "python_schema", "arguments_schema")
#: What else a schema holds, any object among it.
_NO_SCHEMAS = ("default", "metadata", "serialization", "expected")
_DIGITS = 11
_LONG_NUMBER = re.compile(f"[0-9]{{{_DIGITS},}}")


class _AnyNumber(NationalIdentityNumber, accept=IdentityKind):
    """A national identity number of any kind, whatever NOFIELDS_SYNTHETIC says."""


class Shape(NamedTuple):
    """The core schemas that a ``loc`` may lead into, and the definitions that these refer to."""

    schemas: tuple[Schema, ...]
    definitions: Mapping[str, Schema]


def shape(of: Any) -> Shape:
    """The shape of a model or of any other type that pydantic validates."""
    try:
        return _shape(of)
    except TypeError:  # an annotation that is no key of a cache
        return _shape.__wrapped__(of)


@lru_cache(maxsize=256)
def _shape(of: Any) -> Shape:
    from pydantic import TypeAdapter

    schema: Any = (of if isinstance(of, TypeAdapter) else TypeAdapter(of)).core_schema
    return Shape((schema,), {each["ref"]: each for each in _nested(schema) if isinstance(each.get("ref"), str)})


def named(shapes: Iterable[tuple[str, Shape]]) -> Shape:
    """The shape of parameters: each by its name, and each alone, since a ``loc`` leads into a single one without its name."""
    pairs = list(shapes)
    fields = {name: {"schema": schema} for name, each in pairs for schema in each.schemas}
    alone = [schema for _, each in pairs for schema in each.schemas]
    definitions = {ref: schema for _, each in pairs for ref, schema in each.definitions.items()}
    return Shape(({"type": "typed-dict", "fields": fields}, *alone), definitions)


def masked(loc: Sequence[Part], kind: str, known: Shape | None = None) -> tuple[Part, ...]:
    """``loc`` of an error of a kind, with a mask in the place of each part that the caller made up."""
    sent = len(loc) - 1 if kind in _SENT_NAMES else None
    if known is not None:
        return tuple(_followed(tuple(loc), sent, known))
    hidden = (place == sent or loc[place + 1 : place + 2] == (KEY,) or holds_number(part) for place, part in enumerate(loc))
    return tuple(MASK if hide else part for part, hide in zip(loc, hidden))


def holds_number(part: Part) -> bool:
    """Whether a part of a ``loc`` is, or contains, a national identity number, also one with wrong check digits.

    What is longer than any name counts as such, unread: it would be read again for each error inside it.
    """
    if isinstance(part, int):
        text = f"{part:0{_DIGITS}}" if 0 <= part < 10**_DIGITS else ""
        return part >= 10**_DIGITS or (part >= 10 ** (_DIGITS - 2) and _is_number(text))
    return len(part) > LONGEST_LINE or any(map(_is_number, _LONG_NUMBER.findall(re.sub(r"[\W_]+", "", part))))


def _is_number(digits: str) -> bool:
    if len(digits) > _DIGITS:
        return any(_AnyNumber.is_valid(digits[place : place + _DIGITS]) for place in range(len(digits) - _DIGITS + 1))
    problem = _AnyNumber.problem(digits)
    # An FH-number has no date that would tell a mistyped one from other numbers.
    return problem is None or (problem.reason == Reason.CHECK_DIGIT and digits[0] not in "89")


def _followed(loc: tuple[Part, ...], sent: int | None, known: Shape) -> Iterator[Part]:
    """The parts of a ``loc``, those masked that are no names in the schemas it leads through."""
    inside = [*_unwrapped(known.schemas, known.definitions)]
    place = 0
    while place < len(loc):
        step = _named(inside, loc[place:]) or _unnamed(inside, loc[place:], place == sent)
        yield from step.shown
        place += len(step.shown)
        inside = [*_unwrapped(step.inside, known.definitions)]


class _Step(NamedTuple):
    """What to show of the next parts of a ``loc``, and the schemas behind them."""

    shown: Sequence[Part]
    inside: list[Schema]


def _named(inside: list[Schema], rest: tuple[Part, ...]) -> _Step | None:
    """The step into a field, whose name or alias may be several parts."""
    found = [(path, field) for schema in inside for path, field in _fields(schema) if rest[: len(path)] == path]
    longest = max((path for path, _ in found), key=len, default=())
    return _Step(longest, [field for path, field in found if path == longest]) if longest else None


def _unnamed(inside: list[Schema], rest: tuple[Part, ...], sent: bool) -> _Step:
    """The step to an item, a dictionary's value or a branch of a union, or to where nothing is known. In doubt it masks."""
    part, is_key = rest[0], rest[1:2] == (KEY,)
    hide = sent or is_key or holds_number(part)
    items = [each for schema in inside for each in _items(schema)]
    if items and isinstance(part, int) and not hide:
        return _Step((part,), items)
    to = "keys_schema" if is_key else "values_schema"
    keyed = [schema.get(to, {"type": "any"}) for schema in inside if schema["type"] == "dict"]
    keyed += [schema["extras_schema"] for schema in inside if "extras_schema" in schema]
    if keyed:
        return _Step((MASK, KEY) if is_key else (MASK,), keyed)
    branches = [each for schema in inside for each in _branches(schema, part)]
    if branches and not hide:
        return _Step((part,), branches)
    return _Step((part if part == KEY or (isinstance(part, int) and not hide) else MASK,), [])


def _fields(schema: Schema) -> Iterator[tuple[tuple[Part, ...], Schema]]:
    """The fields of a schema by every path that leads to them in a ``loc``: name, aliases, place among the arguments."""
    listed: Any = schema.get("arguments_schema" if schema["type"].startswith("arguments") else "fields", ())
    if isinstance(listed, Mapping):
        listed = [{"name": name, **field} for name, field in listed.items()]
    for number, field in enumerate(listed):
        if not isinstance(field, Mapping):  # a dataclass lists the names alone; what is in it has the fields
            return
        yield (field["name"],), field["schema"]
        if not isinstance(schema.get("fields"), Mapping):
            yield (number,), field["schema"]
        for path in _paths(field.get("validation_alias", field.get("alias"))):
            yield path, field["schema"]


def _paths(alias: Any) -> Iterator[tuple[Part, ...]]:
    """The paths of an alias: one name, one path, or several paths."""
    if isinstance(alias, str):
        yield (alias,)
    elif alias and isinstance(alias[0], list):
        yield from map(tuple, alias)
    elif alias:
        yield tuple(alias)


def _items(schema: Schema) -> Iterator[Schema]:
    """What stands at the numbered places of a list, set or tuple."""
    items = schema.get("items_schema", ())
    yield from [items] if isinstance(items, Mapping) else items


def _branches(schema: Schema, part: Part) -> Iterator[Schema]:
    """The branches of a union that a part may name: by its tag, or as pydantic calls it."""
    choices = schema.get("choices", ())
    if isinstance(choices, Mapping):
        yield from (choice for tag, choice in choices.items() if str(part) in (str(tag), str(getattr(tag, "value", tag))))
    else:
        yield from _alternatives(schema)


def _alternatives(schema: Schema) -> list[Schema]:
    """The choices of a union without tags; some are a pair of schema and name."""
    choices = schema["choices"] if schema["type"] == "union" else ()
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def _unwrapped(schemas: Iterable[Schema], definitions: Mapping[str, Schema]) -> Iterator[Schema]:
    """Schemas and all that they wrap, definitions looked up."""
    waiting, seen = list(schemas), set()
    while waiting:
        schema = waiting.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        if len(only := _alternatives(schema)) == 1:  # pydantic leaves such a union out
            waiting += only
            continue
        yield schema
        if schema["type"] == "definition-ref" and schema["schema_ref"] in definitions:
            waiting.append(definitions[schema["schema_ref"]])
        elif not schema["type"].startswith("arguments"):
            waiting += [each for name in _WRAPPED for each in _schemas(schema.get(name))]


def _schemas(inside: Any) -> list[Schema]:
    return [inside] if isinstance(inside, Mapping) else [each for each in inside or () if isinstance(each, Mapping)]


def _nested(schema: Any) -> Iterator[Schema]:
    """A schema and all schemas in it, at any depth."""
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            if is_schema := isinstance(each.get("type"), str):
                yield each
            waiting += [value for name, value in each.items() if not (is_schema and name in _NO_SCHEMAS)]
        elif isinstance(each, list | tuple):
            waiting += each
