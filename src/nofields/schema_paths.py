"""Follow an error's ``loc`` through the core schema of a model, to the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from nofields.ask import METADATA, Ask
from nofields.errors import MASK
from nofields.locations import KEY, Part, contains_identity_number, sent_name
from nofields.value import Field

#: A pydantic core schema.
Schema = Mapping[str, Any]

#: Keys under which a schema holds an inner one that adds no part to ``loc``.
_WRAPPED = ("schema", "steps", "lax_schema", "strict_schema", "json_schema", "python_schema", "arguments_schema")
#: Keys under which a schema holds arbitrary objects.
_NO_SCHEMAS = ("default", "metadata", "serialization", "expected")


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


class Place(NamedTuple):
    """Where an error is in a model.

    Attributes:
        loc: The location; a mask replaces each part that no schema on the way names.
        field_type: The nofields type of the field, if it has one.
        ask: What the author of the model set for the field.
        name: The field's name, or an empty string where the error concerns no field.
        title: pydantic's title of the field.
        nullable: Whether the field accepts ``None``.
    """

    loc: tuple[Part, ...]
    field_type: type[Field] | None = None
    ask: Ask = Ask()
    name: str = ""
    title: str = ""
    nullable: bool = False


#: Places that hold nothing from the input, by model, location and error type.
_PLACES: dict[object, Place] = {}
_MOST_PLACES = 4096


def place_in(model: object, loc: tuple[Part, ...], kind: str) -> Place:
    """Follow the location of an error in a model, or any other type that pydantic validates."""
    try:
        if found := _PLACES.get((model, loc, kind)):
            return found
    except TypeError:  # an unhashable annotation
        return place(loc, kind, shape(model))
    found = place(loc, kind, shape(model))
    if found.loc == loc:
        if len(_PLACES) >= _MOST_PLACES:
            _PLACES.clear()
        _PLACES[model, loc, kind] = found
    return found


def place(loc: Sequence[Part], kind: str, known: Shape) -> Place:
    """Follow the location of an error.

    Args:
        loc: The location.
        kind: The error's type.
        known: The shape that the location starts in.
    """
    sent, rest = sent_name(loc, kind), tuple(loc)
    schemas = [*_unwrapped(known.schemas, known.definitions)]
    shown: list[Part] = []
    name = title = ""
    while rest:
        field = _step_into_field(schemas, rest)
        step = field or _other_step(schemas, rest, len(shown) == sent)
        if field:
            name = str(field.shown[-1])
            title = _title(schemas, field.shown)
        shown += step.shown
        rest = rest[len(step.shown) :]
        schemas = [*_unwrapped(step.inner, known.definitions)]
    marks = [mark for schema in schemas for mark in (schema.get("metadata") or {}).get(METADATA, ())]
    field_type = next((mark for mark in marks if isinstance(mark, type)), None)
    ask = next((mark for mark in marks if isinstance(mark, Ask)), Ask())
    nullable = any(schema["type"] == "nullable" for schema in schemas)
    return Place(tuple(shown), field_type, ask, name, title, nullable)


def _title(schemas: Sequence[Schema], path: Sequence[Part]) -> str:
    """Return pydantic's title of a model's field, which a core schema holds only for JSON Schema."""
    for schema in schemas:
        fields = getattr(schema.get("cls"), "model_fields", {})
        for name, info in fields.items():
            if path[-1] in (name, info.alias, info.validation_alias):
                return info.title or ""
    return ""


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
