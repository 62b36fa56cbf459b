"""Step through pydantic's core schemas, one part of an error's ``loc`` at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from nofields.errors import MASK
from nofields.locations import KEY, Part, contains_identity_number

#: A pydantic core schema.
Schema = Mapping[str, Any]

#: Keys under which a schema holds an inner one that adds no part to ``loc``.
_WRAPPED = ("schema", "steps", "lax_schema", "strict_schema", "json_schema", "python_schema", "arguments_schema")
#: Keys under which a schema holds arbitrary objects.
_NO_SCHEMAS = ("default", "metadata", "serialization", "expected")


class Step(NamedTuple):
    """The next parts of a ``loc``, masked where needed, and the schemas that they lead to."""

    shown: Sequence[Part]
    inner: list[Schema]


def step_into_field(schemas: list[Schema], rest: tuple[Part, ...]) -> Step | None:
    """Step into a field, whose name or alias may be several parts."""
    matches = [(path, field) for schema in schemas for path, field in _fields(schema) if rest[: len(path)] == path]
    longest = max((path for path, _ in matches), key=len, default=())
    return Step(longest, [field for path, field in matches if path == longest]) if longest else None


def other_step(schemas: list[Schema], rest: tuple[Part, ...], sent: bool) -> Step:
    """Step into an item, a dictionary's value or a branch of a union. Mask what none of them names."""
    part, is_key = rest[0], rest[1:2] == (KEY,)
    hide = sent or is_key or contains_identity_number(part)
    items = [each for schema in schemas for each in _items(schema)]
    if items and isinstance(part, int) and not hide:
        return Step((part,), items)
    side = "keys_schema" if is_key else "values_schema"
    keyed = [schema.get(side, {"type": "any"}) for schema in schemas if schema["type"] == "dict"]
    keyed += [schema["extras_schema"] for schema in schemas if "extras_schema" in schema]
    if keyed:
        return Step((MASK, KEY) if is_key else (MASK,), keyed)
    branches = [each for schema in schemas for each in _branches(schema, part)]
    if branches and not hide:
        return Step((part,), branches)
    return Step((part if part == KEY or (isinstance(part, int) and not hide) else MASK,), [])


def _fields(schema: Schema) -> Iterator[tuple[tuple[Part, ...], Schema]]:
    """Yield the fields of a schema with every path to them in a ``loc``: name, aliases, position."""
    for number, field in enumerate(_listed(schema)):
        if not isinstance(field, Mapping):  # a dataclass lists only names; its inner schema has the fields
            return
        yield (field["name"],), field["schema"]
        if not isinstance(schema.get("fields"), Mapping):
            yield (number,), field["schema"]
        for path in _paths(field.get("validation_alias", field.get("alias"))):
            yield path, field["schema"]


def _listed(schema: Schema) -> Sequence[Any]:
    """Return the fields of a schema, each with its name; those of a dataclass are only names."""
    listed = schema.get("arguments_schema" if schema["type"].startswith("arguments") else "fields", ())
    return [{"name": name, **field} for name, field in listed.items()] if isinstance(listed, Mapping) else listed


def sent_as(schemas: Iterable[Schema], path: Sequence[Part]) -> Sequence[Part]:
    """Return the alias of a field if that is one name, and else the path to it as it is."""
    for schema in schemas:
        for field in _listed(schema):
            if isinstance(field, Mapping) and (field["name"],) == tuple(path):
                alias = field.get("validation_alias", field.get("alias"))
                return (alias,) if isinstance(alias, str) else path
    return path


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
    """Yield the branches of a union that a part may name: by their tags, or those with pydantic's name first."""
    choices = schema.get("choices", ())
    if isinstance(choices, Mapping):
        yield from (
            choice for tag, choice in choices.items() if str(part) in (str(tag), str(getattr(tag, "value", tag)), repr(tag))
        )
        return
    alternatives = _alternatives(schema)
    named = [each for each in alternatives if part in _names(each)]
    yield from (*named, *(each for each in alternatives if each not in named))


def _written(tag: object) -> tuple[str, ...]:
    """Return what pydantic may call a tag in ``loc``: the representation of a member of an enumeration."""
    return str(tag), str(getattr(tag, "value", tag)), repr(tag)


def _names(branch: Schema) -> tuple[str, ...]:
    """Return the names that pydantic gives a branch of a union in ``loc``, where they are simple."""
    function = branch.get("function")
    called = getattr(function.get("function"), "__qualname__", "") if isinstance(function, Mapping) else ""
    model = getattr(branch.get("cls"), "__name__", "")
    referred = branch.get("schema_ref", "").rpartition(":")[0].rpartition(".")[2]
    return branch["type"], f"{branch['type']}[{called}()]", model, referred


def _alternatives(schema: Schema) -> list[Schema]:
    """Return the choices of an untagged union, some of which are pairs of schema and name."""
    choices = schema["choices"] if schema["type"] == "union" else ()
    return [choice[0] if isinstance(choice, tuple) else choice for choice in choices]


def unwrapped(schemas: Iterable[Schema], definitions: Mapping[str, Schema]) -> Iterator[Schema]:
    """Yield schemas and all that they wrap, in order, with definitions resolved."""
    waiting, seen = [*schemas][::-1], set()
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
            waiting += [each for name in reversed(_WRAPPED) for each in reversed(_schemas(schema.get(name)))]


def _schemas(inner: Schema | Iterable[object] | None) -> list[Schema]:
    return [inner] if isinstance(inner, Mapping) else [each for each in inner or () if isinstance(each, Mapping)]


def nested(schema: object) -> Iterator[Schema]:
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
