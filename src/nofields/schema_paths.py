"""Follow an error's ``loc`` through the core schema of a model, to the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from nofields.ask import Ask, combined, marks_of
from nofields.locations import Part, sent_name
from nofields.schema_steps import Schema, nested, other_step, sent_as, step_into_field, unwrapped
from nofields.value import Field


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
    return Shape((schema,), {each["ref"]: each for each in nested(schema) if isinstance(each.get("ref"), str)})


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
        secret: Whether its value must not be shown; ``None`` if that is not known.
    """

    loc: tuple[Part, ...]
    field_type: type[Field] | None = None
    ask: Ask = Ask()
    name: str = ""
    title: str = ""
    nullable: bool = False
    secret: bool | None = None


#: Places that hold nothing from the input, by model, location and error type.
_PLACES: dict[object, Place] = {}
_MOST_PLACES = 4096


def place_in(model: object, loc: tuple[Part, ...], kind: str, at: tuple[Part, ...] = ()) -> Place:
    """Follow the location of an error in a model, or any other type that pydantic validates; see :func:`place`."""
    if at:
        return place(loc, kind, shape(model), at)
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


def place(loc: Sequence[Part], kind: str, known: Shape, at: Sequence[Part] = ()) -> Place:
    """Follow the location of an error.

    Args:
        loc: The location.
        kind: The error's type.
        known: The shape that the location starts in.
        at: The path from there to the field that the error belongs to. Names of fields are replaced by their aliases,
            as pydantic itself shows them.
    """
    sent, rest = sent_name(loc, kind), (*loc, *at)
    inner: Sequence[Schema] = known.schemas
    shown: list[Part] = []
    name = title = ""
    while rest:
        schemas = [*unwrapped(inner, known.definitions)]
        field = step_into_field(schemas, rest)
        step = field or other_step(schemas, rest, len(shown) == sent)
        if field:
            name = str(field.shown[-1])
            title = _title(schemas, field.shown)
        shown += sent_as(schemas, step.shown) if field and len(shown) >= len(loc) else step.shown
        rest = rest[len(step.shown) :]
        inner = step.inner
    schemas = [*unwrapped(inner[:1], known.definitions)]  # of several branches, the one that was named comes first
    marks = [mark for schema in schemas for mark in marks_of(schema)]
    field_type: type[Field] | None = next((mark for mark in marks if isinstance(mark, type)), None)
    return Place(
        loc=tuple(shown),
        field_type=field_type,
        ask=combined([mark for mark in marks if isinstance(mark, Ask)]),
        name=name,
        title=title,
        nullable=any(schema["type"] == "nullable" for schema in schemas),
        secret=field_type.secret if field_type else any(map(_is_secret, schemas)) if schemas else None,
    )


def _is_secret(schema: Schema) -> bool:
    """Return whether a schema is that of pydantic's ``SecretStr``, ``SecretBytes`` or ``Secret``."""
    function = schema.get("function")
    made_by = function.get("function") if isinstance(function, Mapping) else None
    bases = made_by.__mro__ if isinstance(made_by, type) else (made_by,)
    names = ((getattr(each, "__module__", ""), getattr(each, "__qualname__", "")) for each in bases)
    return any(module == "pydantic.types" and name.startswith("Secret") for module, name in names)


def _title(schemas: Sequence[Schema], path: Sequence[Part]) -> str:
    """Return pydantic's title of a model's field, which a core schema holds only for JSON Schema."""
    for schema in schemas:
        fields = getattr(schema.get("cls"), "model_fields", {})
        for name, info in fields.items():
            if path[-1] in (name, info.alias, info.validation_alias):
                return info.title or ""
    return ""
