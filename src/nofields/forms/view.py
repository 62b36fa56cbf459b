"""What a template is told of one control, all of it worked out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nofields import messages
from nofields.check import compile_rule
from nofields.errors import Problem
from nofields.fields.date import DateRange
from nofields.fields.postal import PostalCode
from nofields.forms.controls import Control, Option
from nofields.forms.error import FormError
from nofields.forms.submitted import Submitted, submitted
from nofields.forms.widgets import FRAMED, Widget
from nofields.keys import Phrase
from nofields.rules import ENDS, DateRangeRule, Requirement
from nofields.value import Field


@dataclass(frozen=True)
class Input:
    """One input element of a control: its id, its name, what stands in it, and the attributes of its own."""

    id: str
    name: str
    value: str
    label: str
    attributes: Mapping[str, str]
    invalid: bool = False
    checked: bool = False
    lang: str = ""


@dataclass(frozen=True)
class View:
    """One control as it is to be shown; ``id`` is that of the control as a whole, from which the others are made."""

    control: Control
    id: str
    widget: str
    label: str
    hint: str
    #: Whether the label says that the field may be left empty.
    says_optional: bool
    error: FormError | None
    inputs: tuple[Input, ...]
    options: tuple[Option, ...]
    placeholder: str
    requirements: tuple[tuple[Requirement, str], ...]
    place: str | None
    #: The key and the text of the error when nothing was typed; empty where nothing need be.
    blank: str

    @property
    def is_tick(self) -> bool:
        """Whether it is one box, which is never called optional."""
        return self.control.appearance.widget is Widget.CHECKBOX

    @property
    def described_by(self) -> str:
        """The ids of what describes the control: hint, requirements, error."""
        parts = {"hint": self.hint, "requirements": self.requirements, "error": self.error}
        return " ".join(f"{self.id}-{part}" for part, there in parts.items() if there)


def view(
    control: Control,
    *,
    prefix: str,
    locale: str,
    value: Submitted,
    error: FormError | None,
    hint: str,
    optional: bool,
    told: bool,
) -> View:
    """The control with what was typed into it and what is wrong with it, in a language."""
    requirements = control.requirements
    own_hint = "" if requirements else control.hint
    said = hint or own_hint
    return View(
        control=control,
        id=control_id(control, prefix),
        widget=control.appearance.widget,
        label=messages.message(control.label, locale, **control.params).strip(),
        hint=messages.message(said, locale, **control.params) if said else "",
        says_optional=optional and not told and control.appearance.widget is not Widget.CHECKBOX,
        error=error,
        inputs=_inputs(control, prefix, locale, value, error is not None),
        options=control.choices(locale),
        placeholder=control.placeholder(locale),
        requirements=tuple((each, messages.message(each.phrase, locale, **control.params)) for each in requirements),
        place=_place(control, value),
        blank="" if optional else control.blank_key,
    )


def control_id(control: Control, prefix: str) -> str:
    return re.sub(r"\s+", "-", f"{prefix}{control.name}")


def ids(control: Control, prefix: str, value: Submitted) -> list[str]:
    """The ids of the inputs of a control that are wrong, given that the control is: both ends of a range, or one."""
    own = control_id(control, prefix)
    if control.appearance.widget is Widget.DATE_RANGE:
        return [f"{own}-{end}" for end in wrong_ends(control, value)]
    return [f"{own}-1" if control.appearance.widget in FRAMED else own]


def wrong_ends(control: Control, value: Submitted) -> list[str]:
    """The ends of a range that are no dates; the last one where both are, so that only their order can be wrong."""
    assert control.kind is not None
    assert isinstance(control.kind.rule, DateRangeRule)
    check = compile_rule(control.kind.rule.date)
    ends = value if isinstance(value, dict) else {}
    wrong = [end for end in ENDS if type(check.clean(ends.get(end))) is Problem]
    return wrong or [ENDS[-1]]


def shown(control: Control, value: Any) -> Submitted:
    """A value as it stands in the control before anybody typed: in its written form."""
    if value is None:
        return None
    if isinstance(value, DateRange):
        return dict(zip(ENDS, (value.start.formatted, value.end.formatted)))
    if isinstance(value, Field):
        value = list(value) if isinstance(value, tuple) else value.formatted
    return submitted(control, {control.name: value})


def _inputs(control: Control, prefix: str, locale: str, value: Submitted, invalid: bool) -> tuple[Input, ...]:
    own, name = control_id(control, prefix), control.name
    attributes = dict(control.appearance.attributes)
    if control.autocomplete:
        attributes["autocomplete"] = control.autocomplete
    if control.appearance.widget is Widget.DATE_RANGE:
        wrong = wrong_ends(control, value) if invalid else []
        ends = value if isinstance(value, dict) else {}
        return tuple(
            Input(f"{own}-{end}", f"{name}.{end}", ends.get(end, ""), label, attributes, invalid=end in wrong)
            for end, label in _end_labels(locale).items()
        )
    if control.appearance.widget in (Widget.RADIOS, Widget.CHECKBOXES):
        chosen = value if isinstance(value, list) else [value]
        return tuple(
            Input(f"{own}-{number}", name, choice, label, attributes, invalid, checked=choice in chosen, lang=lang)
            for number, (choice, label, lang) in enumerate(control.choices(locale), start=1)
        )
    text = value if isinstance(value, str) and not control.is_secret else ""
    return (Input(own, name, text, "", attributes, invalid, checked=bool(text)),)


def _end_labels(locale: str) -> dict[str, str]:
    phrases = (Phrase.FORM_DATE_FROM, Phrase.FORM_DATE_TO)
    return {end: messages.message(phrase, locale) for end, phrase in zip(ENDS, phrases)}


def _place(control: Control, value: Submitted) -> str | None:
    """The postal place of what stands in a control for postal codes; ``None`` of any other control."""
    if control.kind is None or not issubclass(control.kind, PostalCode):
        return None
    code = value if isinstance(value, str) else ""
    return PostalCode(code).place or "" if PostalCode.is_valid(code) else ""
