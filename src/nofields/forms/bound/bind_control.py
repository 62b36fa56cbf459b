"""Bind a control: with its submitted value and its errors, ready for the templates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from nofields import messages
from nofields.ask import LocalText, Reader
from nofields.fields.postal import PostalCode
from nofields.forms.bound.bound_control import READ_ONLY, BoundControl, Input
from nofields.forms.entries.entries import ControlEntry
from nofields.forms.entries.read_only import lines
from nofields.forms.error import FormError
from nofields.forms.parts.controls import Control
from nofields.forms.parts.ids import control_id, invalid_ends
from nofields.forms.types.own_checks import Asks
from nofields.forms.types.submitted import Submitted, is_blank
from nofields.forms.types.widgets import Widget
from nofields.keys import Phrase
from nofields.rules import ENDS, Requirement


class Kept(NamedTuple):
    """What became of a secret or a file, which is never sent back.

    Attributes:
        is_stored: Whether the host has stored it.
        note: A sentence on one that was entered, or is stored.
        sealed: A secret encrypted, to be sent again.
    """

    is_stored: bool = False
    note: str = ""
    sealed: str = ""


def bind_control(
    entry: ControlEntry,
    *,
    prefix: str,
    reader: Reader,
    errors: tuple[FormError, ...],
    label: LocalText,
    hint: LocalText,
    given: Collection[str],
    kept: Kept,
) -> BoundControl:
    """Return a control with its value and its errors, for a reader.

    ``label`` and ``hint`` replace the control's own; ``given``: whose values the host gives.
    """
    control, value = entry.part, entry.value
    optional = control.optional or control.read_only or entry.is_given or bool(kept.sealed)
    return BoundControl(
        control=control,
        id=control_id(control, prefix),
        widget=READ_ONLY if control.read_only else control.appearance.widget,
        label=_label(control, reader, label),
        hint=_hint(control, reader, hint or (control.kept if kept.is_stored and not control.files else "")),
        is_optional=optional,
        marked_optional=optional and not kept.is_stored and not kept.sealed and _can_be_marked(control),
        errors=errors,
        inputs=() if control.read_only else _inputs(control, prefix, reader, value, bool(errors)),
        lines=lines(control, value, reader) if control.read_only else (),
        options=control.choices(reader),
        note=kept.note,
        sealed=kept.sealed,
        placeholder=control.placeholder(reader),
        requirements=_requirements(control, reader),
        postal_place=_postal_place(control, value),
        blank_key="" if optional or entry.is_spared or control.is_silent else reader.message_key(control.blank_key),
        reader=reader,
        asks=_asks(entry, control, given),
        is_held=len(errors) > 1 or (bool(errors) and not _rule_rejects(control, value, optional)),
        when=control.when.as_json(control.name.removesuffix(control.key)) if control.when else "",
    )


def _asks(entry: ControlEntry, control: Control, given: Collection[str]) -> Asks:
    """Return what the script asks: in a group or a row that may be left blank, only the whole of it tells if a value may."""
    asks = control.asks(given)
    return Asks.FORM if entry.is_spared and asks is not Asks.SUBMIT else asks


def _can_be_marked(control: Control) -> bool:
    return not control.read_only and control.appearance.widget is not Widget.CHECKBOX


def _label(control: Control, reader: Reader, label: LocalText) -> str:
    text = reader.text(label or control.label, control.params)
    return text if messages.is_html(text) else text.strip()


def _hint(control: Control, reader: Reader, hint: LocalText) -> str:
    """Return the hint; requirements of a password take the place of the control's own."""
    return reader.text(hint or ("" if control.requirements else control.hint), control.params)


def _requirements(control: Control, reader: Reader) -> tuple[tuple[Requirement, str], ...]:
    return tuple((each, reader.text(each.phrase, control.params)) for each in control.requirements)


def _rule_rejects(control: Control, value: Submitted, optional: bool) -> bool:
    """Return whether the rule of a control's type alone rejects a value."""
    if is_blank(value):
        return not optional
    return control.field_type is not None and not control.field_type.is_valid(value)


def _inputs(control: Control, prefix: str, reader: Reader, value: Submitted, invalid: bool) -> tuple[Input, ...]:
    own, name = control_id(control, prefix), control.name
    attributes, classes = _attributes(control)
    if control.appearance.widget is Widget.DATE_RANGE:
        wrong = invalid_ends(control, value) if invalid else []
        ends = value if isinstance(value, dict) else {}
        inputs = [
            Input(f"{own}-{end}", f"{name}.{end}", ends.get(end, ""), label, attributes, invalid=end in wrong)
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
