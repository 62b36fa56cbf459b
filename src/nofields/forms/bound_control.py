"""A control with its submitted value and its error, ready for the templates."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from nofields import messages
from nofields.ask import LocalText, Option, Reader
from nofields.check import compile_rule
from nofields.errors import Problem
from nofields.fields.postal import PostalCode
from nofields.forms.controls import Control
from nofields.forms.error import FormError
from nofields.forms.own_checks import Asks
from nofields.forms.read_only import lines
from nofields.forms.submitted import Submitted, is_blank
from nofields.forms.widgets import FIELDSETS, Widget
from nofields.keys import Phrase
from nofields.rules import ENDS, DateRangeRule, Requirement

#: The macro of a control whose value is shown as text.
READ_ONLY = "read_only"


@dataclass(frozen=True)
class Input:
    """One HTML input of a control.

    Attributes:
        id: Its id.
        name: The name under which it is submitted.
        value: Its value.
        label: Its own label, if the control has several inputs.
        attributes: Its other HTML attributes.
        invalid: Whether its value is invalid.
        checked: Whether it is checked.
        lang: The language of its label, if it is not that of the page.
        classes: Its classes, separated by spaces.
    """

    id: str
    name: str
    value: str
    label: str
    attributes: Mapping[str, str]
    invalid: bool = False
    checked: bool = False
    lang: str = ""
    classes: str = "ds-input"


@dataclass(frozen=True)
class BoundControl:
    """A control with its value and its error, in a language.

    Attributes:
        control: The control.
        id: The id of the control; the ids of its parts begin with it.
        widget: The name of the template macro.
        label: The label; HTML if its author marked it as such.
        hint: The hint, or an empty string.
        marked_optional: Whether the label is followed by the word "optional".
        errors: The errors, if the value is invalid.
        inputs: The inputs.
        lines: The value as text, if it cannot be changed.
        options: The choices of a dropdown.
        note: What became of a secret or a file that was entered, or that a file is stored; empty for other controls.
        sealed: The secret, encrypted, to be sent again; empty if there is none.
        placeholder: The first entry of a dropdown, which selects nothing.
        requirements: The requirements of a new password, each with its text.
        postal_place: The place of a postal code, or an empty string; ``None`` for other controls.
        blank_key: The key of the message for a blank value; empty if the value may be blank, or its message is the author's.
        reader: Who reads it.
        asks: What the script asks the server before it says that a value is valid.
        is_held: Whether the error is not one of the field's rule: it may stand though the rule accepts the value.
    """

    control: Control
    id: str
    widget: str
    label: str
    hint: str
    marked_optional: bool
    errors: tuple[FormError, ...]
    inputs: tuple[Input, ...]
    lines: tuple[str, ...]
    options: tuple[Option, ...]
    note: str
    sealed: str
    placeholder: str
    requirements: tuple[tuple[Requirement, str], ...]
    postal_place: str | None
    blank_key: str
    reader: Reader
    asks: Asks
    is_held: bool

    def text(self, key: str) -> str:
        """Return one of nofields' texts, for a template."""
        return self.reader.text(key)

    @property
    def plain_label(self) -> str:
        """The label without HTML."""
        return messages.without_html(self.label)

    @property
    def is_checkbox(self) -> bool:
        """Whether it is a single checkbox, which is never marked as optional."""
        return self.control.appearance.widget is Widget.CHECKBOX

    @property
    def error(self) -> FormError | None:
        """The first error, or ``None``."""
        return self.errors[0] if self.errors else None

    @property
    def error_text(self) -> str:
        """The texts of the errors as one paragraph."""
        return messages.sentences(*(error.text for error in self.errors))

    @property
    def described_by(self) -> str:
        """The ids of the hint, the note, the requirements and the error, for ``aria-describedby``."""
        parts = {"hint": self.hint, "note": self.note, "requirements": self.requirements, "error": self.error}
        return " ".join(f"{self.id}-{part}" for part, present in parts.items() if present)


def bind_control(
    control: Control,
    *,
    prefix: str,
    reader: Reader,
    value: Submitted,
    errors: tuple[FormError, ...],
    hint: LocalText,
    optional: bool,
    stored: bool,
    given: Collection[str],
    note: str = "",
    sealed: str = "",
) -> BoundControl:
    """Return a control with its value and its errors, for a reader.

    ``hint`` replaces the control's own, ``optional``: it may be left empty, ``stored``: its value is a stored secret,
    ``given``: whose values the host gives, ``note``: what became of what was entered, ``sealed``: that, encrypted.
    """
    return BoundControl(
        control=control,
        id=control_id(control, prefix),
        widget=READ_ONLY if control.read_only else control.appearance.widget,
        label=_label(control, reader),
        hint=reader.text(hint or ("" if control.requirements else control.hint), control.params),
        marked_optional=optional and not stored and not control.read_only and control.appearance.widget is not Widget.CHECKBOX,
        errors=errors,
        inputs=() if control.read_only else _inputs(control, prefix, reader, value, bool(errors)),
        lines=tuple(lines(control, value, reader)) if control.read_only else (),
        options=control.choices(reader),
        note=note,
        sealed=sealed,
        placeholder=control.placeholder(reader),
        requirements=tuple((each, reader.text(each.phrase, control.params)) for each in control.requirements),
        postal_place=_postal_place(control, value),
        blank_key="" if optional or control.is_silent else reader.message_key(control.blank_key),
        reader=reader,
        asks=control.asks(given),
        is_held=len(errors) > 1 or (bool(errors) and not _rule_rejects(control, value, optional)),
    )


def _label(control: Control, reader: Reader) -> str:
    label = reader.text(control.label, control.params)
    return label if messages.is_html(label) else label.strip()


def _rule_rejects(control: Control, value: Submitted, optional: bool) -> bool:
    """Return whether the rule of a control's type alone rejects a value."""
    if is_blank(value):
        return not optional
    return control.field_type is not None and not control.field_type.is_valid(value)


def control_id(control: Control, prefix: str) -> str:
    return re.sub(r"\s+", "-", f"{prefix}{control.name}")


def first_invalid_id(control: Control, prefix: str, value: Submitted) -> str:
    """Return the id of the input to focus if the control has an error."""
    own = control_id(control, prefix)
    if control.read_only:
        return own
    if control.appearance.widget is Widget.DATE_RANGE:
        return f"{own}-{_invalid_ends(control, value)[0]}"
    return f"{own}-1" if control.appearance.widget in FIELDSETS else own


def _invalid_ends(control: Control, value: Submitted) -> list[str]:
    """The ends of an invalid range that are not dates; the last end if only their order is wrong."""
    assert control.field_type is not None
    assert isinstance(control.field_type.rule, DateRangeRule)
    check = compile_rule(control.field_type.rule.date)
    ends = value if isinstance(value, dict) else {}
    invalid = [end for end in ENDS if type(check.clean(ends.get(end))) is Problem]
    return invalid or [ENDS[-1]]


def _inputs(control: Control, prefix: str, reader: Reader, value: Submitted, invalid: bool) -> tuple[Input, ...]:
    own, name = control_id(control, prefix), control.name
    attributes, classes = _attributes(control)
    if control.appearance.widget is Widget.DATE_RANGE:
        invalid_ends = _invalid_ends(control, value) if invalid else []
        ends = value if isinstance(value, dict) else {}
        inputs = [
            Input(f"{own}-{end}", f"{name}.{end}", ends.get(end, ""), label, attributes, invalid=end in invalid_ends)
            for end, label in _end_labels(reader).items()
        ]
    elif control.appearance.widget in (Widget.RADIOS, Widget.CHECKBOXES):
        chosen = value if isinstance(value, list) else [value]
        inputs = [
            Input(f"{own}-{number}", name, choice, label, attributes, invalid, checked=choice in chosen, lang=lang)
            for number, (choice, label, lang) in enumerate(control.choices(reader), start=1)
        ]
    else:
        text = value if isinstance(value, str) and not control.is_withheld else ""
        inputs = [Input(own, name, text, "", attributes, invalid, checked=bool(text))]
    return tuple(replace(each, classes=classes) for each in inputs) if control.attributes else tuple(inputs)


def _attributes(control: Control) -> tuple[dict[str, str], str]:
    """Return the attributes of a control's inputs, and their classes. The author's take precedence over the rule's."""
    attributes = {**control.appearance.attributes, "autocomplete": control.autocomplete or None, **control.attributes}
    classes = " ".join(["ds-input", *(attributes.pop("class", None) or "").split()])
    return {name: value for name, value in attributes.items() if value is not None}, classes


def _end_labels(reader: Reader) -> dict[str, str]:
    phrases = (Phrase.FORM_DATE_FROM, Phrase.FORM_DATE_TO)
    return {end: reader.text(phrase) for end, phrase in zip(ENDS, phrases)}


def _postal_place(control: Control, value: Submitted) -> str | None:
    if control.field_type is None or not issubclass(control.field_type, PostalCode):
        return None
    code = value if isinstance(value, str) else ""
    return PostalCode(code).place or "" if PostalCode.is_valid(code) else ""
