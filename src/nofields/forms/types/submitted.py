"""Submitted values, read from the form data of any web framework."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from nofields.characters import BLANK
from nofields.forms.types.file_controls import sent_files
from nofields.forms.types.widgets import Widget
from nofields.rules import ENDS, TICK

if TYPE_CHECKING:
    from nofields.forms.parts.controls import Control

#: Values that a plain ``bool`` reads as an unchecked box.
_FALSE = frozenset({"", "false", "0", "off", "no"})

#: Form data by name: a dictionary, or the multi-dictionary of a web framework.
Data = Mapping[str, object]
#: A text; the checked values of a group; the ends of a range; the files; ``None`` if nothing was submitted.
Submitted = str | list[str] | dict[str, str] | tuple[object, ...] | None


def submitted(control: Control, data: Data, name: str) -> Submitted:
    """Return the value of a control in the form data, under a name."""
    if control.files:
        return sent_files(every_value(name, data))
    if control.appearance.widget is Widget.CHECKBOXES:
        return all_values(name, data)
    if control.appearance.widget is Widget.DATE_RANGE:
        return _ends(name, data)
    if control.field_type is None and control.appearance.widget is Widget.CHECKBOX:
        return TICK if is_ticked(first_value(name, data)) else ""
    return next(iter(all_values(name, data)), None)


def is_ticked(text: str) -> bool:
    """Return whether a text means a ticked box to a plain ``bool``."""
    return text.strip(BLANK).lower() not in _FALSE


def is_blank(value: Submitted) -> bool:
    """Return whether a value is blank: nothing but white space, nothing checked."""
    if isinstance(value, dict):
        return all(is_blank(each) for each in value.values())
    return not value if isinstance(value, list | tuple) else not (value or "").strip(BLANK)


def all_values(name: str, data: Data) -> list[str]:
    """Return the values that were submitted under a name."""
    values = every_value(name, data)
    values = values if isinstance(values, list | tuple) else [] if values is None else [values]
    return [_text(each) for each in values]


def first_value(name: str, data: Data) -> str:
    """Return the first value that was submitted under a name; empty if there is none."""
    return next(iter(all_values(name, data)), "")


def every_value(name: str, data: Data) -> object:
    """Return the list of a name's values in the multi-dictionary of a web framework, or its value in a dictionary."""
    # Werkzeug, Django and Starlette have ``getlist``; aiohttp, Bottle and Pyramid ``getall``, which may raise KeyError.
    every = getattr(data, "getlist", None) or getattr(data, "getall", None)
    return data.get(name) if every is None else every(name) if name in data else []


def encodable(text: str) -> str:
    """Return a plain text with lone surrogates replaced, since a page cannot be encoded with them."""
    return str.__str__(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _text(value: object) -> str:
    """The text of a string, boolean, number or date; empty for every other object."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, bool):
        return TICK if value else ""
    return str(value) if hasattr(value, "isoformat") or isinstance(value, int | float | Decimal) else ""


def _ends(name: str, data: Data) -> dict[str, str]:
    ends = data.get(name)
    if isinstance(ends, Mapping):
        return {end: _text(ends.get(end)) for end in ENDS}
    return {end: first_value(f"{name}.{end}" if name else end, data) for end in ENDS}
