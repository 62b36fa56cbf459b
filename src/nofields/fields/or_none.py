"""``OrNone``, the annotation of a value that may be left out, left blank or ``None``.

>>> from pydantic import BaseModel
>>> from nofields import OrNone, PostalCode
>>> class Address(BaseModel):
...     postal_code: OrNone[PostalCode] = None
>>> Address(), Address.model_validate({"postal_code": " "}), Address.model_validate({"postal_code": "0357"})
(Address(postal_code=None), Address(postal_code=None), Address(postal_code=PostalCode('0357')))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

from nofields.ask import marks_of
from nofields.characters import BLANK
from nofields.check.base import any_of
from nofields.errors import Reason
from nofields.value import Field

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

T = TypeVar("T")

_BLANK_TEXT = {"type": "string", "pattern": f"^{any_of(BLANK)}$"}
#: What else is blank, by the type of a field in JSON Schema: an unticked box, a group or range without a text.
_BLANK = {"boolean": {"const": False}, "array": {"type": "array", "items": _BLANK_TEXT}}


class _BlankAsNone:
    """What pydantic reads of ``OrNone``."""

    def __repr__(self) -> str:
        return "OrNone"

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema as schemas

        inner = handler(source)
        return schemas.no_info_before_validator_function(_blank_as_none(_field_of(inner)), inner)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from nofields.schema import KEYWORD

        made = handler(schema)
        if handler.mode == "serialization":
            return made
        branches = made.get("anyOf", [made])
        blank = [_BLANK[each["type"]] for each in branches if KEYWORD in each and each.get("type") in _BLANK]
        return {"anyOf": [*branches, _BLANK_TEXT, *blank]}


#: ``OrNone[X]`` is ``X | None`` that reads blank text as ``None``, wherever pydantic validates it. Of a
#: nofields type it also reads an unticked box, an empty group and an empty range as ``None``.
OrNone: TypeAlias = Annotated[T | None, _BlankAsNone()]


def _field_of(schema: Any) -> type[Field] | None:
    """Return the field type in the core schema of a union with ``None``, if it is one."""
    inner = schema["schema"] if schema["type"] == "nullable" else schema
    return next((mark for mark in marks_of(inner) if isinstance(mark, type)), None)


def _blank_as_none(field: type[Field] | None) -> Callable[[object], object]:
    """Return a function from a blank value to ``None``, and from any other to itself."""

    def blank_as_none(value: object) -> object:
        if value is None or _is_blank_text(value):
            return None
        if field is None or issubclass(type(value), str):
            return value
        problem = field.problem(value)
        required = problem is not None and problem.reason == Reason.REQUIRED
        return None if required and all(each is None or _is_blank_text(each) for each in _members(value)) else value

    return blank_as_none


def _is_blank_text(value: object) -> bool:
    return issubclass(type(value), str) and not str.strip(value, BLANK)  # type: ignore[arg-type]


def _members(value: object) -> tuple[object, ...]:
    """Return the texts of a group, or the ends of a range; a range of which one end is blank is not blank."""
    if type(value) is dict:
        return tuple(value.values())
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else ()
