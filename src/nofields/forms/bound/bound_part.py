"""A group, a list or a union with its entries and its errors, ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nofields.ask import Reader
from nofields.forms.bound.bound_control import BoundControl
from nofields.forms.bound.bound_texts import BoundTexts
from nofields.forms.error import FormError


@dataclass(frozen=True)
class BoundPart(BoundTexts):
    """A part of a form that has parts of its own, in a language.

    Attributes:
        name: The name under which it is submitted.
        id: The id of the fieldset; the ids of what is in it begin with it.
        label: The legend.
        hint: The hint, or an empty string.
        marked_optional: Whether the legend is followed by the word "optional".
        errors: The errors of it as a whole.
        when: The values of other controls with which it is shown, as JSON for the script; empty if it always is.
        reader: Who reads it.
    """

    layout: ClassVar[str]

    name: str
    id: str
    label: str
    hint: str
    marked_optional: bool
    errors: tuple[FormError, ...]
    when: str
    reader: Reader

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for ``aria-describedby``."""
        return self._ids(hint=self.hint, error=self.error)


@dataclass(frozen=True)
class BoundGroup(BoundPart):
    """A nested model.

    Attributes:
        parts: What it asks for.
        is_branch: Whether it is one model of a union.
    """

    layout = "nofields/group.html"

    parts: tuple[AnyBound, ...]
    is_branch: bool = False


@dataclass(frozen=True)
class BoundRow:
    """A row of a list.

    Attributes:
        name: The name under which it is submitted, which is the value of the button that removes it.
        index: Its index there.
        title: What it is called, with its number.
        part: What it asks for.
        remove: The text of the button that removes it.
    """

    name: str
    index: str
    title: str
    part: AnyBound
    remove: str


@dataclass(frozen=True)
class BoundList(BoundPart):
    """A list.

    Attributes:
        rows: The rows.
        blank: A row before anything is entered in it, from which the script makes others; ``None`` if nobody adds rows.
        mark: What stands for the index in the names of that row, and in braces for the number in its texts.
        is_shorter: Whether a row was removed just now.
        can_add: Whether it may have one more row now.
        can_remove: Whether it may have one row less now.
        least: The least number of rows.
        most: The greatest number of rows; empty for no limit.
        add: The text of the button that adds a row.
    """

    layout = "nofields/list.html"

    rows: tuple[BoundRow, ...]
    blank: BoundRow | None
    mark: str
    is_shorter: bool
    can_add: bool
    can_remove: bool
    least: int
    most: int | str
    add: str


@dataclass(frozen=True)
class BoundVariants(BoundPart):
    """A union of models.

    Attributes:
        kind: The choice of one of them.
        branches: The models, each shown with its choice.
    """

    layout = "nofields/variants.html"

    kind: BoundControl
    branches: tuple[BoundGroup, ...]


AnyBound = BoundControl | BoundPart
