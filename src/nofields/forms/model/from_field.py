"""Read the control of one field of a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, PlainValidator, Strict, WrapValidator
from pydantic.fields import FieldInfo

from nofields.ask import Ask, Option, combined, name_text
from nofields.check import compile_rule
from nofields.forms.parts.controls import Control
from nofields.forms.types.annotations import unwrapped_type
from nofields.forms.types.attributes import own_attributes
from nofields.forms.types.plain import PlainType, constraints, plain_type
from nofields.forms.types.widgets import Appearance, Widget, appearance
from nofields.keys import GENERIC_LABELS
from nofields.value import Field


class Described(NamedTuple):
    """A field of a model as its form sees it, or the items of a list.

    Attributes:
        where: The model and the field, for messages to its author.
        name: The name under which it is submitted.
        key: Its own part of that name.
        attribute: The field's name in the model.
        annotation: Its type, without ``Annotated`` and ``| None``.
        nullable: Whether it accepts ``None``.
        metadata: The constraints and validators, and each ``Ask``.
        settings: What its ``Ask`` sets.
        info: pydantic's description; ``None`` for the items of a list.
        reads_itself: Whether a validator of the field reads what was submitted, before pydantic does.
        is_strict: Whether pydantic converts no value to its type.
    """

    where: str
    name: str
    key: str
    attribute: str
    annotation: object
    nullable: bool
    metadata: Sequence[object]
    settings: Ask
    info: FieldInfo | None = None
    reads_itself: bool = False
    is_strict: bool = False

    @property
    def own_label(self) -> Any:
        """The label that the author set; empty if there is none."""
        return self.settings.label or (self.info and self.info.title) or ""

    @property
    def own_hint(self) -> Any:
        """The hint that the author set; empty if there is none."""
        return self.settings.hint or (self.info and self.info.description) or ""


def described(model: type[BaseModel], attribute: str, key: str, name: str) -> Described:
    """Return a field of a model as its form sees it.

    Args:
        model: The model.
        attribute: The field's name in the model.
        key: Its own part of the name under which it is submitted.
        name: That name.
    """
    info = model.model_fields[attribute]
    annotation, nullable, inner = unwrapped_type(info.annotation)
    metadata = (*info.metadata, *inner)
    settings = combined([each for each in (*reversed(info.metadata), *inner) if isinstance(each, Ask)])
    where, reads_itself = f"{model.__name__}.{attribute}", _reads_itself(model, attribute, metadata)
    is_strict = _is_strict(metadata, bool(model.model_config.get("strict")))
    return Described(where, name, key, attribute, annotation, nullable, metadata, settings, info, reads_itself, is_strict)


def described_item(of: Described, annotation: object) -> Described:
    """Return the items of a list as a form sees them: with the name of the list, and an ``Ask`` of their own."""
    inner, nullable, metadata = unwrapped_type(annotation)
    settings = combined([each for each in metadata if isinstance(each, Ask)])
    described = Described(of.where, of.name, "", of.attribute, inner, nullable, metadata, settings)
    return described._replace(reads_itself=of.reads_itself, is_strict=_is_strict(metadata, of.is_strict))


def control(field: Described) -> Control:
    """Return the control of a field.

    Raises:
        TypeError: There is none; the message names the field.
    """
    where, settings = field.where, field.settings
    defaults, options = _defaults(field)
    if defaults.appearance.widget is Widget.PASSWORD and settings.keep:
        raise TypeError(f"{where}: a password is never sent back; leave keep out")
    return Control(
        name=field.name,
        key=field.key,
        attribute=field.attribute,
        where=where,
        appearance=defaults.appearance,
        label=field.own_label or defaults.label or name_text(field.attribute),
        hint=field.own_hint or defaults.hint,
        required=field.info is None or field.info.is_required(),
        nullable=field.nullable,
        field_type=defaults.field_type,
        plain=defaults.plain,
        reads_itself=field.reads_itself,
        options=options or defaults.options,
        autocomplete=settings.autocomplete or defaults.autocomplete,
        attributes=own_attributes(settings.attributes, where),
        keep=settings.keep,
        kept=settings.kept,
        params=defaults.params,
        own_label=bool(field.own_label),
        own_messages=bool(settings.message or settings.messages),
        info=field.info,
    )


def _defaults(field: Described) -> tuple[_Defaults, tuple[Option, ...]]:
    """Return the parts of a control that follow from the type of its field, and the options that the author set."""
    where, settings = field.where, field.settings
    pairs = settings.options.items() if isinstance(settings.options, Mapping) else settings.options
    options = tuple(Option(*pair) for pair in pairs)
    if isinstance(field.annotation, type) and issubclass(field.annotation, Field):
        if settings.widget:
            raise TypeError(f"{where}: {field.annotation.__name__} has a widget of its own; leave widget out")
        return _field_defaults(where, field.annotation, options), options
    defaults = _plain_defaults(where, field.annotation, field.metadata, settings)
    return defaults, _written_options(where, options, defaults)


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
            "str, bool, int, float, Decimal, date, time, datetime, Enum, Literal, EmailStr, SecretStr, HttpUrl or UUID, "
            "a model, a list of these, or a union of models with a discriminator."
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


def _is_strict(metadata: Sequence[object], default: bool) -> bool:
    return next((bool(each.strict) for each in constraints(metadata) if isinstance(each, Strict)), default)


def _reads_itself(model: type[BaseModel], name: str, metadata: Sequence[object]) -> bool:
    """Return whether a validator of the field reads what was submitted, before pydantic does."""
    if any(isinstance(each, BeforeValidator | PlainValidator | WrapValidator) for each in constraints(metadata)):
        return True
    decorators = model.__pydantic_decorators__.field_validators.values()
    return any(each.info.mode != "after" and {name, "*"} & {*each.info.fields} for each in decorators)
