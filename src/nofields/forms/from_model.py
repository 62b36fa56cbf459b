"""Read the controls of a form from a pydantic model."""

from __future__ import annotations

import enum
import types
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Annotated, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nofields.ask import Ask, Option, combined
from nofields.check import compile_rule
from nofields.fields import Checkbox, Text
from nofields.forms.attributes import own_attributes
from nofields.forms.controls import Control
from nofields.forms.submitted import Data, every_value
from nofields.forms.widgets import Appearance, Widget, appearance
from nofields.rules import ENDS
from nofields.value import Field


def controls(model: type[BaseModel], without: Collection[str] = (), read_only: Collection[str] = ()) -> dict[str, Control]:
    """Return the controls of a model's fields, in their order, by the name under which they are submitted.

    Args:
        model: The model.
        without: Fields to leave out, by name or alias.
        read_only: Fields that cannot be changed.

    Raises:
        TypeError: A field has no control; the message names the field.
        ValueError: The model has no field of such a name, or an ``Ask`` has an attribute that the form sets itself.
    """
    names = submitted_names(model)
    if unknown := {*without, *read_only} - {*names, *names.values()}:
        raise ValueError(f"{model.__name__} has no field {min(unknown)!r}")
    included = [name for name, submitted in names.items() if name not in without and submitted not in without]
    all_controls = (_control(f"{model.__name__}.{name}", name, model.model_fields[name]) for name in included)
    shown = {name for each in read_only for name in (each, names.get(each, each))}
    return {each.name: replace(each, read_only=True) if each.name in shown else each for each in all_controls}


def submitted_names(model: type[BaseModel]) -> dict[str, str]:
    """Return the name under which each field is submitted: its alias if that is a string, else its own."""
    model.model_rebuild()  # resolves annotations with names that were defined after the model
    aliases = {name: _alias(info) for name, info in model.model_fields.items()}
    return {name: alias if isinstance(alias, str) else name for name, alias in aliases.items()}


def stored_value(model: type[BaseModel], control: Control, values: Data) -> object:
    """Return the value of a control among some by name or alias, or the default of its field unless that is a secret."""
    for name in (control.name, control.attribute):
        if name in values:
            several = control.appearance.widget is Widget.CHECKBOXES
            return every_value(name, values) if several else values[name]
        if control.appearance.widget is Widget.DATE_RANGE and any(f"{name}.{end}" in values for end in ENDS):
            return {end: values.get(f"{name}.{end}") for end in ENDS}
    info = model.model_fields[control.attribute]
    secret = control.field_type is not None and control.field_type.secret
    if info.is_required() or info.default_factory_takes_validated_data or secret:
        return None
    return info.get_default(call_default_factory=True)


def _control(where: str, name: str, info: FieldInfo) -> Control:
    annotation, nullable, metadata = _unwrap(info.annotation)
    settings = combined([each for each in (*reversed(info.metadata), *metadata) if isinstance(each, Ask)])
    pairs = settings.options.items() if isinstance(settings.options, Mapping) else settings.options
    options = tuple(Option(*pair) for pair in pairs)
    if isinstance(annotation, type) and issubclass(annotation, Field):
        defaults = _field_defaults(where, annotation, options)
    else:
        defaults = _plain_defaults(where, annotation, name)
    if defaults.appearance.widget is Widget.PASSWORD and settings.keep:
        raise TypeError(f"{where}: a password is never sent back; leave keep out")
    return Control(
        name=_submitted_name(where, name, info),
        attribute=name,
        appearance=defaults.appearance,
        label=settings.label or info.title or defaults.label,
        hint=settings.hint or info.description or defaults.hint,
        required=info.is_required(),
        nullable=nullable,
        field_type=defaults.field_type,
        options=options or defaults.options,
        autocomplete=settings.autocomplete or defaults.autocomplete,
        attributes=own_attributes(settings.attributes, where),
        keep=settings.keep,
        kept=settings.kept,
        params=defaults.params,
        own_messages=bool(settings.message or settings.messages),
    )


class _Defaults(NamedTuple):
    """The parts of a control that follow from the type of its field."""

    appearance: Appearance
    label: str
    hint: str = ""
    field_type: type[Field] | None = None
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    params: Mapping[str, object] = {}


def _field_defaults(where: str, field_type: type[Field], options: tuple[Option, ...]) -> _Defaults:
    rule = field_type.rule
    shown = appearance(rule)
    if not options and not hasattr(field_type, "options"):
        labels = getattr(field_type, "labels", {})
        options = tuple(Option(choice, labels.get(choice, choice)) for choice in getattr(rule, "choices", None) or ())
        if shown.widget in (Widget.SELECT, Widget.RADIOS, Widget.CHECKBOXES) and not options:
            raise TypeError(f"{where}: {field_type.__name__} has no choices: class Own({field_type.__name__}, choices=[...])")
    return _Defaults(
        appearance=shown,
        label=field_type.label,
        hint=field_type.hint or "",
        field_type=field_type,
        options=options,
        autocomplete=field_type.autocomplete,
        params=compile_rule(rule).params,
    )


def _plain_defaults(where: str, annotation: object, name: str) -> _Defaults:
    label = name.replace("_", " ").capitalize()
    if annotation is str:
        return _Defaults(appearance(Text.rule), label)
    if annotation is bool:
        return _Defaults(appearance(Checkbox.rule), label)
    if isinstance(annotation, type) and issubclass(annotation, enum.StrEnum):
        choices = [each.value for each in annotation]
    elif get_origin(annotation) is Literal and all(isinstance(each, str) for each in get_args(annotation)):
        choices = [*get_args(annotation)]
    else:
        type_name = getattr(annotation, "__name__", str(annotation))
        raise TypeError(
            f"{where}: a form has no control for {type_name}; use a type of nofields, str, bool, Literal or StrEnum. "
            "For nested models and lists give the form a flat model of its own."
        )
    return _Defaults(Appearance(Widget.SELECT), label, options=tuple(Option(each, each) for each in choices))


def _unwrap(annotation: object) -> tuple[object, bool, tuple[object, ...]]:
    """Return an annotation without ``Annotated`` and ``| None``, whether it had ``| None``, and the metadata, outer first."""
    if get_origin(annotation) is Annotated:
        inner, nullable, metadata = _unwrap(get_args(annotation)[0])
        return inner, nullable, (*reversed(get_args(annotation)[1:]), *metadata)
    if get_origin(annotation) in (Union, types.UnionType):
        branches = [each for each in get_args(annotation) if each is not types.NoneType]
        if len(branches) == 1 and len(get_args(annotation)) == 2:
            inner, _, metadata = _unwrap(branches[0])
            return inner, True, metadata
    return annotation, False, ()


def _alias(info: FieldInfo) -> object:
    return info.validation_alias or info.alias


def _submitted_name(where: str, name: str, info: FieldInfo) -> str:
    alias = _alias(info) or name
    if not isinstance(alias, str):
        raise TypeError(f"{where}: a form needs one plain alias, not {type(alias).__name__}")
    return alias
