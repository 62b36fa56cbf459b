"""The names under which the pages of forms submit what is no field."""

from __future__ import annotations

from enum import StrEnum


class Reserved(StrEnum):
    """Names of buttons and hidden inputs, for the templates and for what reads them."""

    #: The buttons of lists. Their values are the name of a list, and that of a row.
    ADD = "nofields.add"
    REMOVE = "nofields.remove"
    #: Which step a page is, what of the step it shows, and which answers.
    STEP = "nofields.step"
    SHOWN = "nofields.shown"
    ANSWERS = "nofields.answers"
    #: The buttons of a step.
    NEXT = "nofields.next"
    BACK = "nofields.back"
