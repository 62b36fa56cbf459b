"""Validate what a form holds as an instance of its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from nofields.errors import FieldError, Problem
from nofields.forms.entries import Entry, Loc
from nofields.forms.model_values import model_values
from nofields.forms.part import Part
from nofields.located import Located, problems

if TYPE_CHECKING:
    from nofields.forms.form import Form

Model = TypeVar("Model", bound=BaseModel)


def validated(
    form: Form[Model], entries: Mapping[str, Entry[Part]], given: Mapping[str, object], context: object
) -> tuple[Model | None, list[Located]]:
    """Return the model's instance of what the parts hold, or the problems."""
    values, rejected = model_values(entries, given)
    try:
        instance, found = form.model.model_validate(values, context=context), []
    except ValidationError as error:
        instance, found = None, problems(error, form.model)
    if not rejected:
        return instance, found
    others = [each for each in found if not any(each.place.loc[:end] in rejected for end in range(1, len(each.place.loc) + 1))]
    return None, [*(_rejected(form.model, loc, problem) for loc, problem in rejected.items()), *others]


def _rejected(model: type[BaseModel], loc: Loc, problem: Problem) -> Located:
    """Return the problem of what the form itself rejects, such as a text that pydantic may read otherwise."""
    (located,) = problems(FieldError(problem, at=loc), model)
    return located._replace(is_project_error=False)
