"""What the controls of a form hold: what was submitted, or what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from nofields.forms.from_model import stored_value
from nofields.forms.initial import initial_value
from nofields.forms.submitted import Data, Submitted, is_blank, submitted

if TYPE_CHECKING:
    from nofields.forms.controls import Control
    from nofields.forms.form import Form


class Entries(NamedTuple):
    """What the controls hold, by name.

    Attributes:
        submitted: The value of each control, as it is shown.
        fixed: The stored values of those that cannot be changed.
    """

    submitted: dict[str, Submitted]
    fixed: dict[str, object]


def entries(form: Form[Any], data: Data | None, initial: Data, given: Mapping[str, object]) -> Entries:
    """Return what the controls of a form hold.

    Raises:
        TypeError: A control cannot show a stored value of its type.
        ValueError: A stored value is none of the choices of its control, or has no written form.
    """
    found = Entries({}, {})
    for name, control in form.controls.items():
        if data is not None and not control.read_only:
            found.submitted[name] = _read(form, control, data)
            continue
        value = stored_value(form.model, control, given if control.read_only and name in given else initial)
        found.submitted[name] = initial_value(control, value, f"{form.model.__name__}.{control.attribute}")
        if control.read_only and value is not None:
            found.fixed[name] = value
    return found


def _read(form: Form[Any], control: Control, data: Data) -> Submitted:
    """Return what was submitted for a control; what it kept of an earlier submission, if it is left empty."""
    value = submitted(control, data)
    kept = form.secrets.open(control, data) if form.secrets and is_blank(value) else None
    return value if kept is None else kept
