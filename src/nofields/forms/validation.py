"""Validate what a form holds as an instance of its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from nofields.errors import FieldError, Problem
from nofields.forms.entries import Entries
from nofields.forms.file_controls import as_stored
from nofields.forms.submitted import is_blank, model_input
from nofields.located import Located, problems

if TYPE_CHECKING:
    from nofields.forms.form import Form

Model = TypeVar("Model", bound=BaseModel)


def validated(
    form: Form[Model], entries: Entries, given: Mapping[str, object], context: object
) -> tuple[Model | None, list[Located]]:
    """Return the model's instance of what the controls hold, or the problems."""
    values = as_stored(form.controls, {**given, **entries.fixed})
    unreadable: dict[str, Problem] = {}
    for name, control in form.controls.items():
        value = entries.submitted[name]
        if control.read_only or (name in given and is_blank(value)):
            continue
        for key, read in model_input(control, value).items():
            values[key] = value if isinstance(read, Problem) else read
            if isinstance(read, Problem):
                unreadable[key] = read
    try:
        instance, found = form.model.model_validate(values, context=context), []
    except ValidationError as error:
        instance, found = None, problems(error, form.model)
    if not unreadable:
        return instance, found
    others = [each for each in found if each.place.loc[:1] not in {(name,) for name in unreadable}]
    return None, [*(_unread(form.model, name, problem) for name, problem in unreadable.items()), *others]


def _unread(model: type[BaseModel], name: str, problem: Problem) -> Located:
    """Return the problem of a text that nofields cannot read as the field's type: pydantic may read it otherwise."""
    (located,) = problems(FieldError(problem, at=name), model)
    return located._replace(is_project_error=False)
