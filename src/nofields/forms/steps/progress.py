"""Where a user is in a form with steps: which step is shown next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from nofields.forms.model.steps import SUMMARY
from nofields.forms.reserved import Reserved
from nofields.forms.types.submitted import Data, first_value


class Move(Enum):
    """What a submitted step asks for."""

    NONE = auto()
    FORWARD = auto()
    BACK = auto()
    EDIT = auto()


class Press(NamedTuple):
    """The step that was submitted, and the button.

    Attributes:
        step: The name of the step; empty if none was submitted.
        move: What the button asks for.
        to: The step that a button to go back names; empty for the one before.
    """

    step: str = ""
    move: Move = Move.NONE
    to: str = ""


def press(data: Data | None, names: Collection[str]) -> Press:
    """Return which step was submitted by which button.

    Args:
        data: The submitted data. Those of a step that the form does not have are ignored.
        names: The names of the steps.
    """
    step = first_value(Reserved.STEP, data or {})
    if data is None or (step not in names and step != SUMMARY):
        return Press()
    if Reserved.BACK in data:
        return Press(step, Move.BACK, first_value(Reserved.BACK, data))
    is_edit = step != SUMMARY and any(first_value(each, data) for each in (Reserved.ADD, Reserved.REMOVE))
    return Press(step, Move.EDIT if is_edit else Move.FORWARD)


class StepDraft(NamedTuple):
    """A draft of a form with steps.

    Attributes:
        values: What was entered in the steps that were visited, nested as the model is.
        done: The names of the steps that were completed.
        was_complete: Whether all steps were completed once, so that one that is changed leads back to the end.
    """

    values: Mapping[str, object]
    done: tuple[str, ...]
    was_complete: bool


def opened(draft: object) -> StepDraft:
    """Return a stored draft; whatever is none is ignored."""
    stored = draft if isinstance(draft, Mapping) else {}
    values, done = stored.get("values"), stored.get("done")
    return StepDraft(
        values={name: each for name, each in values.items() if isinstance(name, str)} if isinstance(values, Mapping) else {},
        done=tuple(each for each in done if isinstance(each, str)) if isinstance(done, list | tuple) else (),
        was_complete=stored.get("was_complete") is True,
    )


@dataclass(frozen=True)
class Progress:
    """How far a user is.

    Attributes:
        steps: The names of the steps that apply, in order.
        done: Those that were completed.
        wrong: Those with errors now.
        visited: Those of which anything is stored.
        was_complete: Whether all steps were completed before.
    """

    steps: Sequence[str]
    done: Collection[str]
    wrong: Collection[str]
    visited: Collection[str]
    was_complete: bool

    def first_unfinished(self) -> str:
        """Return the first step that is not completed, or has errors; the page with all answers if there is none."""
        return next((each for each in self.steps if each not in self.done or each in self.wrong), SUMMARY)

    def shown(self, pressed: Press, requested: str = "") -> str:
        """Return the step to show.

        Args:
            pressed: What was submitted.
            requested: The step that the user asked to see.
        """
        step, move, to = pressed
        if move is Move.NONE or (step not in self.steps and step != SUMMARY):
            return requested if self._may_see(requested) else self.first_unfinished()
        if move is Move.BACK:
            return to if self._may_see(to) else self.before(step)
        if move is Move.EDIT or step in self.wrong:
            return self.first_unfinished() if step == SUMMARY else step
        if step == SUMMARY or self.was_complete:
            return self.first_unfinished()
        return next(iter(self._after(step)), None) or self.first_unfinished()

    def before(self, step: str) -> str:
        """Return the step before another; the first has none before it, and is returned itself."""
        names = [*self.steps, SUMMARY]
        return names[max(names.index(step) - 1, 0)]

    def _after(self, step: str) -> Iterable[str]:
        return self.steps[self.steps.index(step) + 1 :]

    def _may_see(self, name: str) -> bool:
        is_begun = name in self.steps and (name in self.done or name in self.visited)
        return is_begun or name == self.first_unfinished()
