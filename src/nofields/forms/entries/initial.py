"""Stored values, as the controls of a form show them before it is submitted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum

from nofields.ask import Reader
from nofields.characters import BLANK
from nofields.fields import NorwegianDate
from nofields.forms.entries.source import Source
from nofields.forms.parts.controls import Control
from nofields.forms.types.file_controls import stored_names
from nofields.forms.types.plain_values import write_any
from nofields.forms.types.submitted import Submitted, encodable, every_value, is_blank, is_ticked
from nofields.forms.types.widgets import CHOICES, Widget
from nofields.rules import ENDS, TICK, TextRule
from nofields.value import Field

#: How a date is written for a field that does not read the usual form.
_DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d%m%Y", "%Y%m%d")


def stored_in(control: Control, source: Source) -> object:
    """Return the stored value of a control by its name or alias, or the default of its field unless that is a secret."""
    for key in (control.key, control.attribute) if control.key else ("",):
        place = source.at(key)
        if place.name in place.data:
            several = control.appearance.widget is Widget.CHECKBOXES
            return every_value(place.name, place.data) if several else place.data[place.name]
        if control.appearance.widget is Widget.DATE_RANGE and place.is_present():
            return {end: place.data.get(place.at(end).name) for end in ENDS}
    return default_of(control)


def default_of(control: Control) -> object:
    """Return the default of a control's field, unless that is a secret."""
    return None if control.holds_secret else control.default()


def initial_value(control: Control, value: object) -> Submitted:
    """Return a stored value as a control shows it: in its written form, or, if its field rejects a text, that text.

    Args:
        control: The control.
        value: The value.

    Raises:
        TypeError: The control cannot show a value of this type.
        ValueError: The value is none of the control's choices, or has no written form. No message contains the value.
    """
    where = control.where
    if control.files:
        return stored_names(value)
    if control.appearance.widget is not Widget.CHECKBOXES:
        value = _single(value)
    if value is None:
        return None
    if control.is_secret:
        return _secret(value)
    if control.appearance.widget is Widget.CHECKBOX:
        return _tick(control, value, where)
    if control.appearance.widget is Widget.DATE_RANGE:
        return _range(control, value, where)
    if control.appearance.widget is Widget.CHECKBOXES:
        several = value if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping | Enum) else [value]
        return _offered(control, [_choice(each, where) for each in several], where)
    if control.appearance.widget in CHOICES:
        return _offered(control, [_choice(value, where)], where)[0] if control.plain is None else _plain(control, value, where)
    return _written(control, value, where)


def shown_entry(control: Control, value: Submitted) -> str | bool | list[str] | dict[str, str] | None:
    """Return what was entered in a control as plain data, which :func:`initial_value` shows alike."""
    if control.appearance.widget is Widget.CHECKBOX:
        return bool(value)
    if control.appearance.widget in CHOICES:
        offered = _choices(control)
        return [each for each in value if each in offered] if isinstance(value, list) else value if value in offered else None
    return dict(value) if isinstance(value, dict) else None if isinstance(value, tuple) else value


def _single(value: object) -> object:
    """Return the one value of a list, as dictionaries of lists have it; any other value as it is."""
    return (value[0] if value else None) if isinstance(value, list | tuple) and len(value) < 2 else value


def _secret(value: object) -> str:
    """Return a secret, which is not shown; only whether there is one matters."""
    reveal = getattr(value, "get_secret_value", None)
    return str(reveal() if reveal else value)


def _tick(control: Control, value: object, where: str) -> str:
    if isinstance(value, bool | int):
        return TICK if value else ""
    if not isinstance(value, str):
        raise _wrong_type(value, where)
    return TICK if is_ticked(value) else ""


def _range(control: Control, value: object, where: str) -> dict[str, str]:
    assert control.field_type is not None
    if isinstance(value, str):
        if value.strip(BLANK) and not control.field_type.is_valid(value):
            raise ValueError(f"{where}: the text is no range of dates that the form can show; pass a pair")
        days = control.field_type(value) if value.strip(BLANK) else None  # type: ignore[call-arg]
        value = (days.start, days.end) if days else (None, None)  # type: ignore[attr-defined]
    if isinstance(value, Mapping):
        if value.keys() - {*ENDS}:
            raise ValueError(f"{where}: a range has {' and '.join(ENDS)}, and no other keys")
        value = [_single(value.get(end)) for end in ENDS]
    if not isinstance(value, list | tuple):
        raise _wrong_type(value, where)
    if len(value) != len(ENDS):
        raise ValueError(f"{where}: a range has two ends, not {len(value)}")
    return {end: "" if each is None else _field_text(NorwegianDate, each, where) for end, each in zip(ENDS, value)}


def _choice(value: object, where: str) -> str:
    value = value.value if isinstance(value, Enum) else value
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong_type(value, where)
    return str(value)


def _offered(control: Control, values: list[str], where: str) -> list[str]:
    """Return values that a control offers, or that it shows as text."""
    if not control.read_only:
        offered = _choices(control)
        if any(each not in offered and not is_blank(each) for each in values):
            raise ValueError(f"{where}: the value is none of the choices that the form offers")
    return values


def _choices(control: Control) -> set[str]:
    """Return the values of the choices that a control offers, which are the same in every language."""
    return {option.value for option in control.choices(Reader("nb"))}


def _plain(control: Control, value: object, where: str) -> str:
    """Return the text of a value of a type that is not nofields' own."""
    assert control.plain is not None
    text = control.plain.write(value)
    if text is None and isinstance(value, str) and (control.read_only or is_blank(value)):
        return encodable(value)
    if text is not None:
        return _offered(control, [text], where)[0] if control.options else text
    if isinstance(value, float | Decimal):
        raise ValueError(f"{where}: the field has no written form of this {type(value).__name__}")
    if control.options and isinstance(value, str | int | Enum) and not isinstance(value, bool):
        raise ValueError(f"{where}: the value is none of the choices that the form offers")
    raise _wrong_type(value, where)


def _written(control: Control, value: object, where: str) -> str:
    if control.plain is not None:
        return _plain(control, value, where)
    value = value.value if isinstance(value, Enum) else value
    if control.field_type is not None and not isinstance(control.field_type.rule, TextRule):
        return _field_text(control.field_type, value, where)
    if (text := write_any(value)) is None:
        raise _wrong_type(value, where)
    return text


def _field_text(field_type: type[Field], value: object, where: str) -> str:
    """Return a value in the written form of a field, or of the field that it narrows if only that accepts the value."""
    for each in field_type.__mro__:
        if issubclass(each, Field) and hasattr(each, "rule") and each.is_valid(value):
            text = _readable(field_type, value if isinstance(value, each) else each(value), value)  # type: ignore[call-arg]
            if text is None:
                raise ValueError(f"{where}: the value has no written form that the field reads")
            return text
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _field_text(field_type, str(value), where)
    if isinstance(value, float | Decimal | datetime.date) and not isinstance(value, datetime.datetime):
        raise ValueError(f"{where}: the field has no written form of this {type(value).__name__}")
    raise _wrong_type(value, where)


def _readable(field_type: type[Field], clean: Field, value: object) -> str | None:
    """Return the written form of a clean value: one that the field itself reads, if it accepts the value."""
    if not field_type.is_valid(value):
        return clean.formatted
    forms = [clean.formatted, *([value] if isinstance(value, str) else [])]
    if isinstance(clean, datetime.date):
        forms += [clean.strftime(form) for form in _DATE_FORMS]
    return next((form for form in forms if field_type._clean(form) == field_type._clean(value)), None)


def _wrong_type(value: object, where: str) -> TypeError:
    return TypeError(f"{where}: the form cannot show a value of type {type(value).__name__}")
