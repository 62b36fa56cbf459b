"""The ids of what a form asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nofields.check import compile_rule
from nofields.errors import Problem
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import every_part
from nofields.forms.types.submitted import Submitted
from nofields.forms.types.widgets import FIELDSETS, Widget
from nofields.rules import ENDS, DateRangeRule


def check_ids(parts: Iterable[Part]) -> None:
    """Raise ``ValueError`` if two parts of a form have the same id."""
    found: dict[str, Part] = {}
    for part in every_part(parts):
        if (other := found.setdefault(control_id(part, ""), part)) is not part:
            raise ValueError(f"{part.where}: {part.name!r} is also the name of {other.where}; give one of them another alias")


def control_id(part: Part, prefix: str) -> str:
    return re.sub(r"\s+", "-", f"{prefix}{part.name}")


def first_invalid_id(control: Control, prefix: str, value: Submitted) -> str:
    """Return the id of the input to focus if the control has an error."""
    if control.read_only:
        return control_id(control, prefix)
    is_range = control.appearance.widget is Widget.DATE_RANGE
    return input_id(control, prefix, invalid_ends(control, value)[0] if is_range else ENDS[0])


def input_id(control: Control, prefix: str, end: str = ENDS[0]) -> str:
    """Return the id of the first input of a control; of a range that of an end."""
    own, widget = control_id(control, prefix), control.appearance.widget
    if widget is Widget.DATE_RANGE:
        return f"{own}-{end}"
    return f"{own}-1" if widget in FIELDSETS else own


def invalid_ends(control: Control, value: Submitted) -> list[str]:
    """Return the ends of an invalid range that are not dates; the last end if only their order is wrong."""
    assert control.field_type is not None
    assert isinstance(control.field_type.rule, DateRangeRule)
    check = compile_rule(control.field_type.rule.date)
    ends = value if isinstance(value, dict) else {}
    invalid = [end for end in ENDS if type(check.clean(ends.get(end))) is Problem]
    return invalid or [ENDS[-1]]
