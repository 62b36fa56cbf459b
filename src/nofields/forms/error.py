"""The error of one control of a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from nofields import messages
from nofields.ask import Reader
from nofields.errors import Reason
from nofields.keys import Key, replaced_by
from nofields.localization import LocalizedError
from nofields.message_templates import has_own_reason

#: The reasons, or keys with reasons, whose explanation adds to the documented message.
EXPLAINED = (
    Reason.NUMBER,
    Reason.CHARACTERS,
    Reason.SERIES,
    Reason.DATE,
    Reason.CHECK_DIGIT,
    Reason.SYNTHETIC,
    Reason.REAL,
    Reason.KIND,
    Reason.UNASSIGNED,
    Reason.NOT_MOBILE,
    Reason.COUNTRY,
    Reason.ORDER,
    f"{Key.TEXT_FIELD_CONTENTS_ERROR}/{Reason.FORMAT}",
    f"{Key.TEXT_FIELD_CONTENTS_ERROR}/{Reason.LENGTH}",
    f"{Key.NUMBER_ERROR}/{Reason.FORMAT}",
    f"{Key.DATE_TO_FROM_ERROR}/{Reason.TOO_EARLY}",
    f"{Key.DATE_TO_FROM_ERROR}/{Reason.TOO_LATE}",
    f"{Key.NUMBER_ERROR}/{Reason.DECIMALS}",
)
#: The marks after which the summary puts no colon. ``forms.js`` has them as well.
LABEL_ENDS = ("?", "!", ":", ".", "…")


def is_explained(key: str, reason: str) -> bool:
    """Return whether a form shows the explanation of a reason of nofields beside the message."""
    return reason in EXPLAINED or f"{replaced_by(key) or key}/{reason}" in EXPLAINED


class ShownTexts(TypedDict):
    """The texts of a :class:`FormError`."""

    message: str
    explanation: str
    lead: str
    items: tuple[str, ...]


def shown_texts(error: LocalizedError, reader: Reader) -> ShownTexts:
    """Return what a form shows of an error."""
    explained = is_explained(error["key"], error["reason"]) or has_own_reason(error["reason"], *reader)
    message, explanation = error["message"].strip(), error["explanation"] if explained else ""
    params = {**error["params"], "label": error["label"]}
    lead, items = ("", ()) if explanation else messages.itemized(message, params, *reader)
    return {"message": message, "explanation": explanation, "lead": lead, "items": items}


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
        lead: What stands above ``items``, in place of the message, where there is room for a list.
        items: The requirements of a password that are not met; empty if there are fewer than two.
    """

    name: str
    id: str
    label: str
    loc: tuple[int | str, ...]
    key: str
    reason: str
    message: str
    explanation: str = ""
    lead: str = ""
    items: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The message, followed by the explanation if there is one, in one line."""
        return messages.sentences(self.message, self.explanation)

    @property
    def line(self) -> str:
        """The label and the text, as the error summary has them: with no colon after a question mark."""
        colon = "" if self.label.endswith(LABEL_ENDS) else ":"
        return f"{self.label}{colon} {self.text}" if self.label else self.text
