"""What pydantic reads of a field: core schema, errors, JSON Schema. Imported on demand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar, NoReturn, Protocol

from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError
from pydantic_core import core_schema as schemas

from nofields.catalogs import DEFAULT, Texts, catalog
from nofields.check import compile_rule
from nofields.errors import MASK, Problem, Reason
from nofields.rules import Rule


class Field(Protocol):
    """What this module reads of ``nofields.value.Field``, which imports it and cannot be imported here."""

    rule: ClassVar[Rule]
    schema_format: ClassVar[str]
    examples: ClassVar[tuple[str, ...]]
    _new: ClassVar[Callable[[Any, Any], Any]]

    @classmethod
    def problem(cls, value: object) -> Problem | None: ...


def core_schema(field: type[Field]) -> CoreSchema:
    """A plain validator: any object -> an instance; an instance of the very type passes unchecked."""

    def refuse(problem: Problem) -> NoReturn:
        raise hidden(field, problem)

    parse = compile_rule(field.rule).maker(field, field._new, refuse)
    parse.__qualname__ = parse.__name__ = field.__name__  # names the branch of a union in an error's ``loc``
    return schemas.no_info_plain_validator_function(parse)


def as_pydantic(problem: Problem) -> PydanticCustomError:
    """Return pydantic's error: ``type`` is the key, ``msg`` the bokmål text, ``ctx`` the reason and the parameters."""
    return _as_pydantic(problem, catalog(DEFAULT))


@lru_cache(maxsize=1024)
def _as_pydantic(problem: Problem, texts: Texts) -> PydanticCustomError:
    """Remember the error for as long as the texts stay the same: to fill in the message takes longer than the check."""
    context = {"reason": str(problem.reason), **problem.params}
    return PydanticCustomError(problem.key, problem.message(), context)


def hidden(field: type[Field], problem: Problem) -> ValidationError:
    """The same error with a mask as ``input``; pydantic puts the place of the field in front of its ``loc``.

    Every field's, since what was typed into a field, or tried on a branch of a union, may be a secret of another.
    """
    details = InitErrorDetails(type=as_pydantic(problem), input=MASK)
    return ValidationError.from_exception_data(field.__name__, [details])


def json_schema(field: type[Field], *, clean: bool) -> dict[str, Any]:
    """JSON Schema of the accepted form, or of the clean one."""
    described = {"title": field.__name__, **compile_rule(field.rule).json_schema(clean=clean)}
    if described["type"] == "string":
        described["format"] = field.schema_format
    if examples := [example for example in field.examples if _fits(field, example)]:
        described["examples"] = examples
    return described | {"x-nofields-key": str(field.rule.key)}


def _fits(field: type[Field], example: str) -> bool:
    """Whether an example is one of the field, whatever the process says of synthetic values: a subclass may be narrower."""
    problem = field.problem(example)
    return problem is None or problem.reason in (Reason.SYNTHETIC, Reason.REAL)
