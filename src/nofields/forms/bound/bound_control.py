"""A control with its submitted value and its error, ready for the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from nofields import messages
from nofields.ask import Option, Reader
from nofields.forms.bound.bound_texts import BoundTexts
from nofields.forms.error import FormError
from nofields.forms.parts.controls import Control
from nofields.forms.types.own_checks import Asks
from nofields.forms.types.widgets import Widget
from nofields.rules import Requirement

#: The template of a control whose value is shown as text.
READ_ONLY = "read_only"


@dataclass(frozen=True)
class Input:
    """One HTML input of a control.

    Attributes:
        id: Its id.
        name: The name under which it is submitted.
        value: Its value.
        label: Its own label, if the control has several inputs.
        attributes: Its other HTML attributes.
        invalid: Whether its value is invalid.
        checked: Whether it is checked.
        lang: The language of its label, if it is not that of the page.
        classes: Its classes, separated by spaces.
    """

    id: str
    name: str
    value: str
    label: str
    attributes: Mapping[str, str]
    invalid: bool = False
    checked: bool = False
    lang: str = ""
    classes: str = "ds-input"


@dataclass(frozen=True)
class BoundControl(BoundTexts):
    """A control with its value and its error, in a language.

    Attributes:
        control: The control.
        id: The id of the control; the ids of its parts begin with it.
        widget: The name of the widget.
        label: The label; HTML if its author marked it as such.
        hint: The hint, or an empty string.
        is_optional: Whether it may be left empty.
        marked_optional: Whether the label is followed by the word "optional".
        errors: The errors, if the value is invalid.
        inputs: The inputs.
        lines: The value as text, if it cannot be changed.
        options: The choices of a dropdown.
        note: What became of a secret or a file that was entered, or that a file is stored; empty for other controls.
        sealed: The secret, encrypted, to be sent again; empty if there is none.
        placeholder: The first entry of a dropdown, which selects nothing.
        requirements: The requirements of a new password, each with its text.
        postal_place: The place of a postal code, or an empty string; ``None`` for other controls.
        blank_key: The key of the message for a blank value; empty if the value may be blank, or its message is the author's.
        reader: Who reads it.
        asks: What the script asks the server before it says that a value is valid.
        is_held: Whether the error is not one of the field's rule: it may stand though the rule accepts the value.
        when: The values of other controls with which it is shown, as JSON for the script; empty if it always is.
    """

    layout: ClassVar[str] = "nofields/control.html"

    control: Control
    id: str
    widget: str
    label: str
    hint: str
    is_optional: bool
    marked_optional: bool
    errors: tuple[FormError, ...]
    inputs: tuple[Input, ...]
    lines: tuple[str, ...]
    options: tuple[Option, ...]
    note: str
    sealed: str
    placeholder: str
    requirements: tuple[tuple[Requirement, str], ...]
    postal_place: str | None
    blank_key: str
    reader: Reader
    asks: Asks
    is_held: bool
    when: str = ""

    @property
    def plain_label(self) -> str:
        """The label without HTML."""
        return messages.without_html(self.label)

    @property
    def template(self) -> str:
        """The name of the template that shows it."""
        own = "" if self.control.read_only else self.control.template
        return own or f"nofields/widgets/{self.widget}.html"

    @property
    def is_checkbox(self) -> bool:
        """Whether it is a single checkbox, which is never marked as optional."""
        return self.control.appearance.widget is Widget.CHECKBOX

    @property
    def described_by(self) -> str:
        """The ids of the hint, the note, the requirements and the error, for ``aria-describedby``."""
        return self._ids(hint=self.hint, note=self.note, requirements=self.requirements, error=self.error)
