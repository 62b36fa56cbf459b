"""Read a union of models that a discriminator tells apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nofields.forms.model.from_field import Described, control
from nofields.forms.parts.controls import Control
from nofields.forms.types.annotations import is_model, model_title, union_of, unwrapped_type
from nofields.forms.types.widgets import Widget

#: How many choices are shown as radio buttons and not as a dropdown.
_MOST_RADIOS = 6


def tagged_models(field: Described) -> tuple[list[type[BaseModel]], str]:
    """Return the models of a union, and the name of the field that tells them apart.

    Raises:
        TypeError: It is no union of models, or it has no discriminator that is a field.
    """
    models = [unwrapped_type(each)[0] for each in union_of(field.annotation)]
    discriminator = _discriminator(field)
    if not all(map(is_model, models)) or not discriminator:
        raise TypeError(
            f"{field.where}: of the unions, a form shows X | None, and models that a field tells apart: "
            'Annotated[Card | Invoice, Field(discriminator="kind")]'
        )
    return cast("list[type[BaseModel]]", models), discriminator


def _discriminator(field: Described) -> str:
    infos = [each for each in (field.info, *field.metadata) if isinstance(each, FieldInfo)]
    found: Any = next((each.discriminator for each in infos if each.discriminator), "")
    found = getattr(found, "discriminator", found)
    return found if isinstance(found, str) else ""


def kind_field(field: Described, models: Sequence[type[BaseModel]], discriminator: str) -> Control:
    """Return the control of a discriminator: one choice for each value of it in a model."""
    infos = [model.model_fields[discriminator] for model in models]
    alias = next((each.validation_alias or each.alias for each in infos), None)
    key = alias if isinstance(alias, str) else discriminator
    values = [each for model in models for each in _values(model, discriminator)]
    widget = field.settings.widget or (Widget.RADIOS if len(values) <= _MOST_RADIOS else Widget.SELECT)
    kind = field._replace(
        name=f"{field.name}.{key}",
        key=key,
        attribute=discriminator,
        annotation=Literal[tuple(values)],
        settings=replace(field.settings, widget=widget),
        info=None,
        nullable=False,
    )
    labels = {value: model_title(model) for model in models for value in _values(model, discriminator)}
    found = control(kind)
    titled = tuple(
        option._replace(label=labels[value]) if labels[value] and not field.settings.options else option
        for option, value in zip(found.options, values)
    )
    return replace(
        found,
        options=titled,
        label=field.own_label or found.label,
        hint=field.own_hint,
        required=field.info is None or field.info.is_required(),
        nullable=field.nullable,
        own_label=bool(field.own_label),
    )


def branches(
    kind: Control, models: Sequence[type[BaseModel]], discriminator: str
) -> list[tuple[Mapping[str, int | str], type[BaseModel]]]:
    """Return each model with what pydantic calls it in an error's location, by what is submitted for it."""
    assert kind.plain is not None
    found: list[tuple[Mapping[str, int | str], type[BaseModel]]] = []
    for model in models:
        texts = {kind.plain.write(each) or "": _tag(each) for each in _values(model, discriminator)}
        found.append((texts, model))
    return found


def _values(model: type[BaseModel], discriminator: str) -> list[object]:
    annotation = unwrapped_type(model.model_fields[discriminator].annotation)[0]
    if get_origin(annotation) is not Literal:
        raise TypeError(f"{model.__name__}.{discriminator}: a discriminator is a Literal")
    return [*get_args(annotation)]


def _tag(value: object) -> int | str:
    if isinstance(value, Enum) and not isinstance(value, str | int):
        return repr(value)
    return value if isinstance(value, int | str) else str(value)
