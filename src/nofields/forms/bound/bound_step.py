"""A step of a form with its data, ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BoundStep:
    """The step that a form shows, in a language.

    Attributes:
        name: The name of the step; ``"summary"`` for the page with all answers, which is the last; empty
            in a form without steps.
        title: The title.
        hint: A sentence below the title, or an empty string.
        number: Its number among the steps that apply, from 1.
        count: How many steps apply, the page with all answers included.
        url: Its address, by the form's ``step_url``.
        progress: "Step 2 of 4".
        before: The name of the step before it; empty for the first.
    """

    name: str = ""
    title: str = ""
    hint: str = ""
    number: int = 1
    count: int = 1
    url: str = ""
    progress: str = ""
    before: str = ""
