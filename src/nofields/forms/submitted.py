"""What was typed: the data of a request, of whatever framework, read control by control."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nofields.forms.controls import Control
from nofields.forms.widgets import Widget
from nofields.rules import ENDS, TICK, WHITE_SPACE

#: What a plain ``bool`` takes for a box that is not ticked.
_FALSE = frozenset({"", "false", "0", "off", "no"})

Data = Mapping[str, Any]
#: A text; the ticks of a group; the ends of a range; ``None`` where nothing was sent.
Submitted = str | list[str] | dict[str, str] | None


def submitted(control: Control, data: Data) -> Submitted:
    """What was typed into a control. Takes the multi-dictionaries of Werkzeug, Django and Starlette, and plain ones."""
    if control.appearance.widget is Widget.CHECKBOXES:
        return _all(control.name, data)
    if control.appearance.widget is Widget.DATE_RANGE:
        return _ends(control.name, data)
    values = _all(control.name, data)
    if control.kind is None and control.appearance.widget is Widget.CHECKBOX:
        return TICK if values and values[0].strip(WHITE_SPACE).lower() not in _FALSE else ""
    return values[0] if values else None


def is_blank(value: Submitted) -> bool:
    """Whether nothing was typed or ticked."""
    if isinstance(value, dict):
        return all(is_blank(each) for each in value.values())
    return not value if isinstance(value, list) else not (value or "").strip(WHITE_SPACE)


def as_validated(control: Control, value: Submitted) -> dict[str, Any]:
    """What the model is given for a control, by its name: nothing where the field's own default is to stand.

    Blank is ``None`` of a field that may be ``None``. A box that is not ticked is ``False`` of a plain ``bool``.
    """
    if control.kind is None and control.appearance.widget is Widget.CHECKBOX:
        return {control.name: not is_blank(value)}
    if not is_blank(value):
        return {control.name: value}
    if control.nullable:
        return {control.name: None}
    if control.optional:
        return {}
    return {} if control.kind is None else {control.name: None}


def _all(name: str, data: Data) -> list[str]:
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
    values = found if isinstance(found, list | tuple) else [] if found is None else [found]
    return [_text(value) for value in values]


def _text(value: object) -> str:
    """A text, a tick given as ``True``, a date given as one; what is no text at all counts as nothing typed.

    Half surrogates, which no page can show again, are replaced.
    """
    if isinstance(value, str):
        return str.__str__(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, bool):
        return TICK if value else ""
    return str(value) if hasattr(value, "isoformat") or isinstance(value, int) else ""


def _ends(name: str, data: Data) -> dict[str, str]:
    whole = data.get(name)
    if isinstance(whole, Mapping):
        return {end: _text(whole.get(end)) for end in ENDS}
    found = {end: _all(f"{name}.{end}", data) for end in ENDS}
    return {end: values[0] if values else "" for end, values in found.items()}
