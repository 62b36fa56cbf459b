"""Validate what a form holds as an instance of its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    create_model,
    model_validator,
)

from nofields.errors import FieldError, Problem
from nofields.forms.entries.entries import Entry, Loc
from nofields.forms.entries.model_values import model_values
from nofields.forms.parts.part import Part
from nofields.located import Located, problems

if TYPE_CHECKING:
    from nofields.forms.form import Form

Model = TypeVar("Model", bound=BaseModel)
#: A field that is missing in every input, under a name that no form submits.
_MISSING = "nofields.missing"


def validated(
    form: Form[Model],
    entries: Mapping[str, Entry[Part]],
    given: Mapping[str, object],
    context: object,
    model: type[Model] | None = None,
) -> tuple[Model | None, list[Located]]:
    """Return the model's instance of what the parts hold, or the problems; ``model`` may be that of :func:`incomplete`."""
    values, rejected = model_values(entries, given)
    model = model or form.model
    try:
        instance, found = model.model_validate(values, context=context), []
    except ValidationError as error:
        instance, found = None, [each for each in problems(error, model) if each.place.loc != (_MISSING,)]
    if not rejected:
        return instance, found
    others = [each for each in found if not any(each.place.loc[:end] in rejected for end in range(1, len(each.place.loc) + 1))]
    return None, [*(_rejected(form.model, loc, problem) for loc, problem in rejected.items()), *others]


def incomplete(model: type[Model]) -> type[Model]:
    """Return a model of which a field is always missing, so that validators of the model as a whole do not run.

    What those reject that run before the fields, or around them, does not count.
    """
    missing: Any = (int, Field(alias=_MISSING))
    early = {
        name: _lenient(getattr(model, name), each.info.mode)
        for name, each in model.__pydantic_decorators__.model_validators.items()
        if each.info.mode != "after"
    }
    return create_model(
        model.__name__, __base__=model, __module__=model.__module__, __validators__=early, nofields_missing=missing
    )


def _lenient(validator: Callable[..., Any], mode: Literal["before", "wrap"]) -> Any:
    """Return a validator of a model as a whole that passes on the data which another rejects."""
    takes_info = len(signature(validator).parameters) > (1 if mode == "before" else 2)

    def before(cls: type[BaseModel], data: Any, info: ValidationInfo) -> Any:
        try:
            return validator(data, info) if takes_info else validator(data)
        except (ValueError, AssertionError):
            return data

    def wrap(cls: type[BaseModel], data: Any, fields: ModelWrapValidatorHandler[Any], info: ValidationInfo) -> Any:
        try:
            return validator(data, fields, info) if takes_info else validator(data, fields)
        except ValidationError:
            raise
        except (ValueError, AssertionError):
            return fields(data)

    decorate: Any = model_validator(mode=mode)
    return decorate(classmethod(before if mode == "before" else wrap))


def _rejected(model: type[BaseModel], loc: Loc, problem: Problem) -> Located:
    """Return the problem of what the form itself rejects, such as a text that pydantic may read otherwise."""
    (located,) = problems(FieldError(problem, at=loc), model)
    return located._replace(is_project_error=False)
