"""The controls of a form, read from the fields of a pydantic model."""

from __future__ import annotations

import enum
import types
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from nofields import messages
from nofields.check import compile_rule
from nofields.fields import BY_NAME, Checkbox, Text
from nofields.forms.widgets import TICKED, Appearance, Widget, appearance
from nofields.keys import Key, Phrase
from nofields.rules import PasswordRule, Requirement
from nofields.value import Field


class Option(NamedTuple):
    """One of several choices: the value that is sent, what people read (a text or a key), the language of that text."""

    value: str
    label: str
    lang: str = ""


@dataclass(frozen=True)
class Ask:
    """How one field of a model is asked for, where the field type's own way does not do: ``Annotated[Text, Ask(...)]``.

    ``label`` and ``hint`` are texts, or keys of a catalog. ``autocomplete`` is a token of HTML's. ``options`` are the
    choices with their labels. ``keep`` lets a form send back a secret that was typed, such as a national identity
    number that the user has to correct; a password never is. ``kept`` is the hint of a secret that is known already.
    """

    label: str = ""
    hint: str = ""
    autocomplete: str = ""
    options: Mapping[str, str] | Iterable[Option] = ()
    keep: bool = False
    kept: str = Phrase.FORM_SECRET_KEPT


@dataclass(frozen=True)
class Control:
    """One field of a model as a form asks for it."""

    name: str
    #: The field's name in the model; ``name``, which is sent, may be an alias.
    attribute: str
    appearance: Appearance
    label: str
    hint: str
    required: bool
    nullable: bool
    #: The field type; ``None`` of a plain ``str``, ``bool``, ``Literal`` or ``StrEnum``.
    kind: type[Field] | None = None
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    keep: bool = False
    #: The hint where the value, a secret, is known already.
    kept: str = ""
    #: What the texts of label and hint speak of, e.g. ``{"digits": 9}``.
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def optional(self) -> bool:
        """Whether it may be left empty: a default stands in for what is not typed, never for what is not ticked."""
        if self.appearance.widget in TICKED:
            return self.nullable or self.kind is None  # a plain bool may be false
        return self.nullable or not self.required

    @property
    def is_password(self) -> bool:
        return self.appearance.widget is Widget.PASSWORD

    @property
    def is_secret(self) -> bool:
        """Whether what was typed is never sent back."""
        return self.is_password or (self.kind is not None and self.kind.secret and not self.keep)

    @property
    def reader(self) -> str:
        """The short name under which ``nofields.js`` checks the very same rule; empty where it has none."""
        known = BY_NAME.get(self.kind.name) if self.kind else None
        return known.name if known and self.kind and known.rule == self.kind.rule else ""

    @property
    def blank_key(self) -> str:
        """The key of the error when nothing was typed or chosen."""
        if self.kind is None:
            return Key.DROPDOWN_ERROR if self.appearance.widget is Widget.SELECT else Key.TEXT_FIELD_ERROR
        problem = self.kind.problem(None)
        return problem.key if problem else Key.TEXT_FIELD_ERROR

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What is asked of a new password, one demand after the other; empty of any other."""
        rule = self.kind.rule if self.kind else None
        if not isinstance(rule, PasswordRule) or self.autocomplete != "new-password":
            return ()
        return (Requirement(Phrase.PASSWORD_MIN_LENGTH, f"^[\\s\\S]{{{rule.min},}}$"), *rule.requirements)

    def choices(self, locale: str) -> tuple[Option, ...]:
        """The options with their labels in a language, in the order of the field type's own ``options`` if it has them."""
        if own := getattr(self.kind, "options", None):
            return tuple(Option(*option) for option in own(locale))
        return tuple(option._replace(label=messages.message(option.label, locale)) for option in self.options)

    def placeholder(self, locale: str) -> str:
        """What a dropdown shows before a choice is made."""
        own = getattr(self.kind, "placeholder", None)
        return str(own(locale)) if own else messages.message(Phrase.FORM_CHOOSE, locale)


def controls(model: type[BaseModel], without: Collection[str] = ()) -> dict[str, Control]:
    """The controls of a model's fields in their order, by the name under which they are sent.

    Raises ``TypeError``, naming the field, where a field is of a type that has no control, and ``ValueError`` where the
    model has no field of a name in ``without``: that of Python, or that which is sent.
    """
    names = sent_names(model)
    if unknown := set(without) - {*names, *names.values()}:
        raise ValueError(f"{model.__name__} has no field {min(unknown)!r}")
    asked = [name for name, sent in names.items() if name not in without and sent not in without]
    found = (_control(f"{model.__name__}.{name}", name, model.model_fields[name]) for name in asked)
    return {control.name: control for control in found}


def sent_names(model: type[BaseModel]) -> dict[str, str]:
    """The names under which a model's fields are sent, by their names in Python: an alias where a field has a plain one."""
    model.model_rebuild()  # where an annotation named what was defined after the model
    aliases = {name: _alias(info) for name, info in model.model_fields.items()}
    return {name: alias if isinstance(alias, str) else name for name, alias in aliases.items()}


def _control(where: str, name: str, info: FieldInfo) -> Control:
    annotation, nullable, asked = _unwrapped(info.annotation)
    ask = next((each for each in (*info.metadata, *asked) if isinstance(each, Ask)), Ask())
    shared: dict[str, Any] = {
        "name": _sent_name(where, name, info),
        "attribute": name,
        "required": info.is_required(),
        "nullable": nullable,
        "keep": ask.keep,
        "kept": ask.kept,
    }
    said = {"label": ask.label or info.title or "", "hint": ask.hint or info.description or ""}
    if isinstance(annotation, type) and issubclass(annotation, Field):
        return _of_field(where, annotation, ask, said, shared)
    plain, options = _plain(where, annotation)
    label = said["label"] or name.replace("_", " ").capitalize()
    return Control(
        **shared,
        appearance=plain,
        label=label,
        hint=said["hint"],
        options=_options(ask) or options,
        autocomplete=ask.autocomplete,
    )


def _of_field(where: str, kind: type[Field], ask: Ask, said: Mapping[str, str], shared: Mapping[str, Any]) -> Control:
    seen, options = appearance(kind.rule), _options(ask)
    if seen.widget is Widget.PASSWORD and ask.keep:
        raise TypeError(f"{where}: a password is never sent back; leave keep out")
    if not options and not hasattr(kind, "options"):
        labels = getattr(kind, "labels", {})
        options = tuple(Option(choice, labels.get(choice, choice)) for choice in getattr(kind.rule, "choices", None) or ())
    if seen.widget in (Widget.SELECT, Widget.RADIOS, Widget.CHECKBOXES) and not options and not hasattr(kind, "options"):
        raise TypeError(f"{where}: {kind.__name__} has no choices: class Own({kind.__name__}, choices=[...])")
    return Control(
        **shared,
        kind=kind,
        appearance=seen,
        label=said["label"] or kind.label,
        hint=said["hint"] or kind.hint or "",
        options=options,
        autocomplete=ask.autocomplete or kind.autocomplete,
        params=compile_rule(kind.rule).params,
    )


def _plain(where: str, annotation: Any) -> tuple[Appearance, tuple[Option, ...]]:
    """The look of what is no type of nofields."""
    if annotation is str:
        return appearance(Text.rule), ()
    if annotation is bool:
        return appearance(Checkbox.rule), ()
    if isinstance(annotation, type) and issubclass(annotation, enum.StrEnum):
        return Appearance(Widget.SELECT), tuple(Option(each.value, each.value) for each in annotation)
    if get_origin(annotation) is Literal and all(isinstance(each, str) for each in get_args(annotation)):
        return Appearance(Widget.SELECT), tuple(Option(each, each) for each in get_args(annotation))
    name = getattr(annotation, "__name__", str(annotation))
    raise TypeError(f"{where}: a form has no control for {name}; use a type of nofields, str, bool, Literal or StrEnum")


def _unwrapped(annotation: Any) -> tuple[Any, bool, tuple[Any, ...]]:
    """An annotation without ``| None`` and ``Annotated``; whether it had the one, and what the other said."""
    if get_origin(annotation) is Annotated:
        inner, nullable, said = _unwrapped(get_args(annotation)[0])
        return inner, nullable, (*get_args(annotation)[1:], *said)
    if get_origin(annotation) in (Union, types.UnionType):
        branches = [each for each in get_args(annotation) if each is not types.NoneType]
        if len(branches) == 1 and len(get_args(annotation)) == 2:
            inner, _, said = _unwrapped(branches[0])
            return inner, True, said
    return annotation, False, ()


def _options(ask: Ask) -> tuple[Option, ...]:
    pairs = ask.options.items() if isinstance(ask.options, Mapping) else ask.options
    return tuple(Option(*pair) for pair in pairs)


def _alias(info: FieldInfo) -> object:
    return info.validation_alias or info.alias


def _sent_name(where: str, name: str, info: FieldInfo) -> str:
    alias = _alias(info) or name
    if not isinstance(alias, str):
        raise TypeError(f"{where}: a form needs one plain alias, not {type(alias).__name__}")
    return alias
