"""The value of a control that is shown and cannot be changed."""

from __future__ import annotations

from nofields.ask import Reader
from nofields.forms.parts.controls import Control
from nofields.forms.types.submitted import Submitted, is_blank
from nofields.forms.types.widgets import Widget
from nofields.keys import Phrase
from nofields.rules import ENDS


def lines(control: Control, value: Submitted, reader: Reader) -> tuple[str, ...]:
    """Return a value as people read it: choices by their labels, a box as yes or no, and nothing of a secret."""
    return tuple(_lines(control, value, reader))


def _lines(control: Control, value: Submitted, reader: Reader) -> list[str]:
    if control.appearance.widget is Widget.CHECKBOX:
        return [reader.text(Phrase.FORM_NO if is_blank(value) else Phrase.FORM_YES)]
    if is_blank(value):
        return [reader.text(Phrase.FORM_NOT_GIVEN)]
    if control.is_secret:
        return [reader.text(Phrase.FORM_NOT_SHOWN)]
    if isinstance(value, dict):
        return ["–".join(value[end] for end in ENDS)]
    labels = {option.value: option.label for option in control.choices(reader)}
    if isinstance(value, list | tuple):
        return [labels.get(str(each), str(each)) for each in value]
    return [labels.get(value or "", value or "")] if labels else (value or "").splitlines()
