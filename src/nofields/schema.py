"""What pydantic reads of a field: core schema, errors, JSON Schema. Imported on demand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, NoReturn, Protocol

from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError
from pydantic_core import core_schema as schemas

from nofields.ask import marked
from nofields.catalogs import DEFAULT, PROCESS_WIDE, Texts
from nofields.check import compile_rule
from nofields.check.base import New
from nofields.errors import MASK, CarriedReason, Problem
from nofields.rules import Rule

#: The keyword of JSON Schema for the key of a field's message.
KEYWORD = "x-nofields-key"
#: How many problems of one field pydantic's errors are remembered for.
_MOST_PROBLEMS = 32


class Field(Protocol):
    """What is read here of ``nofields.value.Field``, which imports this module."""

    rule: ClassVar[Rule]
    label: ClassVar[str]
    schema_format: ClassVar[str]
    _new: ClassVar[New]

    @classmethod
    def problem(cls, value: object) -> Problem | None: ...

    @classmethod
    def accepted_examples(cls) -> list[str]: ...

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]: ...


def core_schema(field: type[Field]) -> CoreSchema:
    """Return a validator: any object to an instance of ``field``; instances pass as they are."""
    label = getattr(field, "label", "")

    @lru_cache(_MOST_PROBLEMS)  # the message takes longer than the check; other catalogs have other texts
    def error(problem: Problem, texts: Texts) -> PydanticCustomError:
        return as_pydantic(problem, label)

    def reject(problem: Problem) -> NoReturn:
        raise _masked(field, error(problem, PROCESS_WIDE.catalog(DEFAULT)))

    parse, _ = compile_rule(field.rule).constructor(field, field._new, reject)
    validator = schemas.no_info_plain_validator_function(parse)
    missing = field.problem(None)
    if missing is None or missing.key != field.rule.key:
        return marked(validator, field)
    return _with_own_error_if_missing(field, validator)


def _with_own_error_if_missing(field: type[Field], validator: CoreSchema) -> CoreSchema:
    """Validate a missing value as ``None``, which gives the error of an unticked box or of no choice.

    The default is behind a reference: as the schema itself it would make the field optional in JSON
    Schema, and pydantic rejects it in a ``TypedDict``. Metadata keep pydantic from inlining it, and JSON
    Schema from referring to it.
    """
    ref = f"{field.__module__}.{field.__qualname__}:{id(field)}"
    validated = schemas.with_default_schema(validator, default=None, validate_default=True, ref=ref)
    described = {"pydantic_js_functions": [field.__get_pydantic_json_schema__]}
    reference = schemas.definition_reference_schema(ref, metadata=described)
    return schemas.definitions_schema(marked(reference, field), [validated])


def as_pydantic(problem: Problem, label: str = "") -> PydanticCustomError:
    """Return pydantic's error: the key, the bokmål text, and as ``ctx`` reason and parameters.

    Args:
        problem: The problem, which travels along in the reason.
        label: The label of the field, a key, which travels along too.
    """
    context = {"reason": CarriedReason(problem, label), **problem.params}
    return PydanticCustomError(problem.key, problem.message_for(label), context)


def _masked(field: type[Field], error: PydanticCustomError) -> ValidationError:
    """Return an error with a mask as ``input``; pydantic adds the field's place to ``loc``.

    All fields mask: a value rejected by one, or by one branch of a union, may be the secret of another.
    """
    return ValidationError.from_exception_data(field.__name__, [InitErrorDetails(type=error, input=MASK)])


def json_schema(field: type[Field], *, clean: bool) -> dict[str, Any]:
    """Return the JSON Schema of the accepted form, or of the clean one.

    Args:
        field: The field type.
        clean: Whether to describe the clean form, which is what pydantic serializes.

    Returns:
        The schema. Its ``examples`` are those that ``NOFIELDS_SYNTHETIC`` accepts at the time.
    """
    schema = {"title": field.__name__, **compile_rule(field.rule).json_schema(clean=clean)}
    for form in schema.get("anyOf", [schema]):
        if form["type"] == "string":
            form["format"] = field.schema_format
    if examples := field.accepted_examples():
        schema["examples"] = examples
    return schema | {KEYWORD: str(field.rule.key)}
