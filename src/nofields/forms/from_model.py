"""Read the controls of a form from a pydantic model."""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal, NamedTuple, NewType, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, PlainValidator, WrapValidator
from pydantic.fields import FieldInfo

from nofields.ask import Ask, Option, combined, name_text
from nofields.check import compile_rule
from nofields.forms.attributes import own_attributes
from nofields.forms.controls import Control
from nofields.forms.own_checks import own_checks
from nofields.forms.plain import PlainType, constraints, plain_type
from nofields.forms.submitted import Data, every_value
from nofields.forms.widgets import Appearance, Widget, appearance
from nofields.keys import GENERIC_LABELS
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
    shown = {name for each in read_only for name in (each, names.get(each, each))}
    read = _with_distinct_labels([_control(model, name) for name in included])
    all_controls = [replace(each, read_only=each.name in shown) for each in read]
    sent = {control.name for control in all_controls if not (control.is_only_submitted or control.read_only)}
    unsent = frozenset(names.values()) - sent
    checks = own_checks(model, names, {control.attribute: control.field_type for control in all_controls}, unsent)
    return {each.name: replace(each, own_checks=checks[each.attribute], unsent=unsent) for each in all_controls}


def _with_distinct_labels(controls: Sequence[Control]) -> list[Control]:
    """Return controls, with the names of their fields as labels where several share the label of their type."""
    counts = Counter(each.label for each in controls if isinstance(each.label, str))
    return [
        replace(each, label=name_text(each.attribute))
        if isinstance(each.label, str) and counts[each.label] > 1 and not each.own_label
        else each
        for each in controls
    ]


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
    if info.is_required() or info.default_factory_takes_validated_data or control.holds_secret:
        return None
    return info.get_default(call_default_factory=True)


def _control(model: type[BaseModel], name: str) -> Control:
    where, info = f"{model.__name__}.{name}", model.model_fields[name]
    annotation, nullable, metadata = _unwrap(info.annotation)
    settings = combined([each for each in (*reversed(info.metadata), *metadata) if isinstance(each, Ask)])
    pairs = settings.options.items() if isinstance(settings.options, Mapping) else settings.options
    options = tuple(Option(*pair) for pair in pairs)
    if isinstance(annotation, type) and issubclass(annotation, Field):
        if settings.widget:
            raise TypeError(f"{where}: {annotation.__name__} has a widget of its own; leave widget out")
        defaults = _field_defaults(where, annotation, options)
    else:
        defaults = _plain_defaults(where, annotation, (*info.metadata, *metadata), settings)
        options = _written_options(where, options, defaults)
    if defaults.appearance.widget is Widget.PASSWORD and settings.keep:
        raise TypeError(f"{where}: a password is never sent back; leave keep out")
    return Control(
        name=_submitted_name(where, name, info),
        attribute=name,
        appearance=defaults.appearance,
        label=settings.label or info.title or defaults.label or name_text(name),
        hint=settings.hint or info.description or defaults.hint,
        required=info.is_required(),
        nullable=nullable,
        field_type=defaults.field_type,
        plain=defaults.plain,
        reads_itself=_reads_itself(model, name, (*info.metadata, *metadata)),
        options=options or defaults.options,
        autocomplete=settings.autocomplete or defaults.autocomplete,
        attributes=own_attributes(settings.attributes, where),
        keep=settings.keep,
        kept=settings.kept,
        params=defaults.params,
        own_label=bool(settings.label or info.title),
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
    plain: PlainType | None = None


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
        label="" if field_type.label in GENERIC_LABELS else field_type.label,
        hint=field_type.hint or "",
        field_type=field_type,
        options=options,
        autocomplete=field_type.autocomplete,
        params=compile_rule(rule).params,
    )


def _plain_defaults(where: str, annotation: object, metadata: Sequence[object], settings: Ask) -> _Defaults:
    widget = settings.widget or (Widget.RADIOS if annotation is bool and settings.options else "")
    plain = plain_type(annotation, metadata, widget)
    if plain is None:
        type_name = getattr(annotation, "__name__", str(annotation))
        raise TypeError(
            f"{where}: a form has no {f'widget {widget!r}' if widget else 'control'} for {type_name}; use a type of nofields, "
            "str, bool, int, float, Decimal, date, time, datetime, Enum, Literal, EmailStr, SecretStr, HttpUrl, UUID or "
            "Upload. For nested models and lists give the form a flat model of its own."
        )
    return _Defaults(
        appearance=plain.appearance,
        label="",
        hint=plain.hint,
        options=plain.options,
        autocomplete=plain.autocomplete,
        params=plain.params,
        plain=plain,
    )


def _written_options(where: str, options: tuple[Option, ...], defaults: _Defaults) -> tuple[Option, ...]:
    """Return the author's options of a plain type with the texts that are submitted for their values."""
    if not options or defaults.plain is None:
        return options
    if not defaults.options:
        raise TypeError(f"{where}: only a choice has options")
    written = [(defaults.plain.write(each.value), each) for each in options]
    offered = {each.value for each in defaults.options}
    if any(text not in offered for text, _ in written):
        raise ValueError(f"{where}: an option is none of the type's choices, which are {', '.join(sorted(offered))}")
    return tuple(each._replace(value=text or "") for text, each in written)


def _reads_itself(model: type[BaseModel], name: str, metadata: Sequence[object]) -> bool:
    """Return whether a validator of the field reads what was submitted, before pydantic does."""
    if any(isinstance(each, BeforeValidator | PlainValidator | WrapValidator) for each in constraints(metadata)):
        return True
    decorators = model.__pydantic_decorators__.field_validators.values()
    return any(each.info.mode != "after" and {name, "*"} & {*each.info.fields} for each in decorators)


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
    if hasattr(annotation, "__value__") and not isinstance(annotation, type):  # an alias of typing or typing_extensions
        return _unwrap(annotation.__value__)
    if isinstance(annotation, NewType):
        return _unwrap(annotation.__supertype__)
    if get_origin(annotation) is Literal:
        return annotation, None in get_args(annotation), ()
    return annotation, False, ()


def _alias(info: FieldInfo) -> object:
    return info.validation_alias or info.alias


def _submitted_name(where: str, name: str, info: FieldInfo) -> str:
    alias = _alias(info) or name
    if not isinstance(alias, str):
        raise TypeError(f"{where}: a form needs one plain alias, not {type(alias).__name__}")
    return alias
