"""Mask the parts of an error's ``loc`` that come from the input: dictionary keys and unknown names.

With a model, its core schema is followed, and every part that the schema does not name is masked.
Without one, the error's type and the rule for national identity numbers decide. The rule for
passwords is never applied: it would accept ``addressLine2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from nofields.errors import MASK, Reason
from nofields.fields.identity import IdentityKind, NationalIdentityNumber
from nofields.rules import LONGEST_LINE

Part = int | str
#: A pydantic core schema.
Schema = Mapping[str, Any]

#: Follows, in ``loc``, a dictionary key that was rejected itself.
KEY = "[key]"
#: Types of errors whose ``loc`` ends in a name from the input.
_SENT_NAMES = {"extra_forbidden", "invalid_key", "unexpected_keyword_argument"}
#: Keys under which a schema holds an inner one that adds no part to ``loc``.
_WRAPPED = ("schema", "steps", "lax_schema", "strict_schema", "json_schema", "python_schema", "arguments_schema")
#: Keys under which a schema holds arbitrary objects.
_NO_SCHEMAS = ("default", "metadata", "serialization", "expected")
_DIGITS = 11
_LONG_NUMBER = re.compile(f"[0-9]{{{_DIGITS},}}")


class AnyIdentityNumber(NationalIdentityNumber, accept=IdentityKind):
    """A national identity number of any kind, whatever ``NOFIELDS_SYNTHETIC`` is."""


class Shape(NamedTuple):
    """The core schemas that a ``loc`` may start in, and the definitions that they refer to."""

    schemas: tuple[Schema, ...]
    definitions: Mapping[str, Schema]


def shape(of: object) -> Shape:
    """Return the shape of a model, a ``TypeAdapter`` or any other type that pydantic validates."""
    try:
        return _shape(of)
    except TypeError:  # an unhashable annotation
        return _shape.__wrapped__(of)


@lru_cache(maxsize=256)
def _shape(of: object) -> Shape:
    from pydantic import TypeAdapter

    schema = (of if isinstance(of, TypeAdapter) else TypeAdapter(cast(type, of))).core_schema
    return Shape((schema,), {each["ref"]: each for each in _nested(schema) if isinstance(each.get("ref"), str)})


def parameters_shape(shapes: Iterable[tuple[str, Shape]]) -> Shape:
    """Return the shape of parameters, from their names and shapes.

    Each is also included without its name, since the ``loc`` of a single one has none.
    """
    pairs = list(shapes)
    fields = {name: {"schema": schema} for name, each in pairs for schema in each.schemas}
    unnamed = [schema for _, each in pairs for schema in each.schemas]
    definitions = {ref: schema for _, each in pairs for ref, schema in each.definitions.items()}
    return Shape(({"type": "typed-dict", "fields": fields}, *unnamed), definitions)


def mask_loc(loc: Sequence[Part], kind: str, known: Shape | None = None) -> tuple[Part, ...]:
    """Return ``loc`` with a mask in place of each part that comes from the input.

    Args:
        loc: The location of an error.
        kind: The error's type.
        known: The shape that ``loc`` starts in, if it is known.
    """
    sent = len(loc) - 1 if kind in _SENT_NAMES else None
    if known is not None:
        return tuple(_masked_by_shape(tuple(loc), sent, known))
    return tuple(
        MASK if index == sent or loc[index + 1 : index + 2] == (KEY,) or contains_identity_number(part) else part
        for index, part in enumerate(loc)
    )


def contains_identity_number(part: Part) -> bool:
    """Return whether a part of a ``loc`` is or contains a national identity number.

    Wrong check digits do not matter. A part longer than any name counts as one without being read,
    since it would be read again for each error inside it.
    """
    if isinstance(part, int):
        number = abs(part)
        return number >= 10**_DIGITS or (number >= 10 ** (_DIGITS - 2) and _is_number(f"{number:0{_DIGITS}}"))
    return len(part) > LONGEST_LINE or any(map(_is_number, _LONG_NUMBER.findall(re.sub(r"[\W_]+", "", part))))


def _is_number(digits: str) -> bool:
    if len(digits) > _DIGITS:
        return any(AnyIdentityNumber.is_valid(digits[start : start + _DIGITS]) for start in range(len(digits) - _DIGITS + 1))
    problem = AnyIdentityNumber.problem(digits)
    # FH-numbers contain no date, so a mistyped one cannot be distinguished from other numbers.
    return problem is None or (problem.reason == Reason.CHECK_DIGIT and digits[0] not in "89")


def _masked_by_shape(loc: tuple[Part, ...], sent: int | None, known: Shape) -> Iterator[Part]:
    """Yield the parts of a ``loc``, masking those that no schema on the way names."""
    schemas = [*_unwrapped(known.schemas, known.definitions)]
    index = 0
    while index < len(loc):
        step = _step_into_field(schemas, loc[index:]) or _other_step(schemas, loc[index:], index == sent)
        yield from step.shown
        index += len(step.shown)
        schemas = [*_unwrapped(step.inner, known.definitions)]


class _Step(NamedTuple):
    """The next parts of a ``loc``, masked where needed, and the schemas that they lead to."""

    shown: Sequence[Part]
    inner: list[Schema]


def _step_into_field(schemas: list[Schema], rest: tuple[Part, ...]) -> _Step | None:
    """Step into a field, whose name or alias may be several parts."""
    matches = [(path, field) for schema in schemas for path, field in _fields(schema) if rest[: len(path)] == path]
    longest = max((path for path, _ in matches), key=len, default=())
    return _Step(longest, [field for path, field in matches if path == longest]) if longest else None


def _other_step(schemas: list[Schema], rest: tuple[Part, ...], sent: bool) -> _Step:
    """Step into an item, a dictionary's value or a branch of a union. Mask what none of them names."""
    part, is_key = rest[0], rest[1:2] == (KEY,)
    hide = sent or is_key or contains_identity_number(part)
    items = [each for schema in schemas for each in _items(schema)]
    if items and isinstance(part, int) and not hide:
        return _Step((part,), items)
    side = "keys_schema" if is_key else "values_schema"
    keyed = [schema.get(side, {"type": "any"}) for schema in schemas if schema["type"] == "dict"]
    keyed += [schema["extras_schema"] for schema in schemas if "extras_schema" in schema]
    if keyed:
        return _Step((MASK, KEY) if is_key else (MASK,), keyed)
    branches = [each for schema in schemas for each in _branches(schema, part)]
    if branches and not hide:
        return _Step((part,), branches)
    return _Step((part if part == KEY or (isinstance(part, int) and not hide) else MASK,), [])


def _fields(schema: Schema) -> Iterator[tuple[tuple[Part, ...], Schema]]:
    """Yield the fields of a schema with every path to them in a ``loc``: name, aliases, position."""
    listed = schema.get("arguments_schema" if schema["type"].startswith("arguments") else "fields", ())
    if isinstance(listed, Mapping):
        listed = [{"name": name, **field} for name, field in listed.items()]
    for number, field in enumerate(listed):
        if not isinstance(field, Mapping):  # a dataclass lists only names; its inner schema has the fields
            return
        yield (field["name"],), field["schema"]
        if not isinstance(schema.get("fields"), Mapping):
            yield (number,), field["schema"]
        for path in _paths(field.get("validation_alias", field.get("alias"))):
            yield path, field["schema"]


def _paths(alias: str | list[Part] | list[list[Part]] | None) -> Iterator[tuple[Part, ...]]:
    """Yield the paths of an alias, which is a name, a path or a list of paths."""
    if isinstance(alias, str):
        yield (alias,)
    elif alias:
        for path in alias if isinstance(alias[0], list) else [alias]:
            yield tuple(path)


def _items(schema: Schema) -> Iterator[Schema]:
    """Yield the schemas of the items of a list, set or tuple."""
    items = schema.get("items_schema", ())
    yield from [items] if isinstance(items, Mapping) else items


def _branches(schema: Schema, part: Part) -> Iterator[Schema]:
    """Yield the branches of a union that a part may name, by their tags or by pydantic's names."""
    choices = schema.get("choices", ())
    if isinstance(choices, Mapping):
        yield from (choice for tag, choice in choices.items() if str(part) in (str(tag), str(getattr(tag, "value", tag))))
    else:
        yield from _alternatives(schema)


def _alternatives(schema: Schema) -> list[Schema]:
    """Return the choices of an untagged union, some of which are pairs of schema and name."""
    choices = schema["choices"] if schema["type"] == "union" else ()
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def _unwrapped(schemas: Iterable[Schema], definitions: Mapping[str, Schema]) -> Iterator[Schema]:
    """Yield schemas and all that they wrap, with definitions resolved."""
    waiting, seen = list(schemas), set()
    while waiting:
        schema = waiting.pop()
        if id(schema) in seen:
            continue
        seen.add(id(schema))
        if len(only := _alternatives(schema)) == 1:  # pydantic drops such a union
            waiting += only
            continue
        yield schema
        if schema["type"] == "definition-ref" and schema["schema_ref"] in definitions:
            waiting.append(definitions[schema["schema_ref"]])
        elif not schema["type"].startswith("arguments"):
            waiting += [each for name in _WRAPPED for each in _schemas(schema.get(name))]


def _schemas(inner: Schema | Iterable[object] | None) -> list[Schema]:
    return [inner] if isinstance(inner, Mapping) else [each for each in inner or () if isinstance(each, Mapping)]


def _nested(schema: object) -> Iterator[Schema]:
    """Yield a schema and all schemas in it, at any depth."""
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            if is_schema := isinstance(each.get("type"), str):
                yield each
            waiting += [value for name, value in each.items() if not (is_schema and name in _NO_SCHEMAS)]
        elif isinstance(each, list | tuple):
            waiting += each
