"""The error of one control of a form."""

from __future__ import annotations

from dataclasses import dataclass

from nofields import messages
from nofields.errors import Reason
from nofields.keys import Key, replaced_by

#: The reasons, or keys with reasons, whose explanation adds to the documented message.
EXPLAINED = (
    Reason.NUMBER,
    Reason.CHARACTERS,
    Reason.SERIES,
    Reason.DATE,
    Reason.CHECK_DIGIT,
    Reason.SYNTHETIC,
    Reason.REAL,
    Reason.UNASSIGNED,
    Reason.NOT_MOBILE,
    Reason.COUNTRY,
    Reason.ORDER,
    f"{Key.TEXT_FIELD_CONTENTS_ERROR}/{Reason.FORMAT}",
    f"{Key.TEXT_FIELD_CONTENTS_ERROR}/{Reason.LENGTH}",
    f"{Key.NUMBER_ERROR}/{Reason.FORMAT}",
    f"{Key.DATE_TO_FROM_ERROR}/{Reason.TOO_EARLY}",
    f"{Key.DATE_TO_FROM_ERROR}/{Reason.TOO_LATE}",
)


def is_explained(key: str, reason: str) -> bool:
    """Return whether a form shows the explanation of a reason of nofields beside the message."""
    return reason in EXPLAINED or f"{replaced_by(key) or key}/{reason}" in EXPLAINED


@dataclass(frozen=True)
class FormError:
    """The error of one control, ready to be shown. It never holds the value.

    Attributes:
        name: The control's name; empty where the error concerns the model as a whole.
        id: The id of the input to focus; empty where the error concerns the model as a whole.
        label: The control's label in the reader's language.
        loc: Where the value is in the model, as pydantic gives it.
        key: The key of the message.
        reason: Why the value was rejected, one of :class:`nofields.Reason`.
        message: The sentence for the key.
        explanation: A second sentence if it adds to the message, otherwise empty.
    """

    name: str
    id: str
    label: str
    loc: tuple[int | str, ...]
    key: str
    reason: str
    message: str
    explanation: str = ""

    @property
    def text(self) -> str:
        """The message, followed by the explanation if there is one."""
        return messages.sentences(self.message, self.explanation)
