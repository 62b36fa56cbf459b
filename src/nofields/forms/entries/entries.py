"""What the parts of a form hold: what was submitted, or what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from nofields.forms.entries.initial import default_of, initial_value
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import Group, Repeat, Variants
from nofields.forms.types.submitted import Submitted, is_blank

#: The path to a value in the model, as pydantic gives it in an error.
Loc = tuple[int | str, ...]
AnyPart = TypeVar("AnyPart", bound=Part, covariant=True)


@dataclass
class Entry(Generic[AnyPart]):
    """What a part holds.

    Attributes:
        part: The part, with the name under which it is submitted here.
        loc: Where its value is in the model.
        applies: Whether its condition is met, and those of all around it.
        is_excluded: Whether it is not shown: a value that the user cannot change excludes it, or it is asked for elsewhere.
        is_spared: Whether it is in a group or a row that may be left blank.
    """

    part: AnyPart
    loc: Loc = ()
    applies: bool = True
    is_excluded: bool = False
    is_spared: bool = False

    @property
    def name(self) -> str:
        """The name under which the part is submitted."""
        return self.part.name

    def inner(self) -> Iterator[Entry[Part]]:
        """Yield the entries inside."""
        yield from ()

    def is_untouched(self) -> bool:
        """Return whether nothing was entered: all is blank, or as the form shows it at first."""
        return all(each.is_untouched() for each in self.inner())


@dataclass
class ControlEntry(Entry[Control]):
    """What a control holds.

    Attributes:
        value: The value, as it is shown.
        fixed: The stored value of a control that cannot be changed.
        is_given: Whether the host gives a value, with which the control may be left empty.
        given: That value.
        is_lost: Whether it was sent encrypted by an earlier submission, and cannot be opened any more.
    """

    value: Submitted = field(default=None, repr=False)
    fixed: object = field(default=None, repr=False)
    is_given: bool = False
    given: object = field(default=None, repr=False)
    is_lost: bool = False

    def is_untouched(self) -> bool:
        return not self.is_lost and self._is_as_at_first()

    def _is_as_at_first(self) -> bool:
        return is_blank(self.value) or self.value == initial_value(self.part, default_of(self.part))


@dataclass
class GroupEntry(Entry[Group]):
    """What a nested model holds.

    Attributes:
        entries: The entries of its parts, by their keys.
    """

    entries: Mapping[str, Entry[Part]] = field(default_factory=dict)

    def inner(self) -> Iterator[Entry[Part]]:
        yield from self.entries.values()


@dataclass
class Row:
    """A row of a list.

    Attributes:
        index: Its index in the names of what is submitted.
        entry: What it holds.
        is_counted: Whether it is an item of the model's list, which a row that was left blank is not.
    """

    index: int
    entry: Entry[Part]
    is_counted: bool = True


@dataclass
class ListEntry(Entry[Repeat]):
    """What a list holds.

    Attributes:
        rows: The rows.
        is_sent: Whether they were submitted.
        added: The index of the row that was added just now, or ``None``.
        is_shorter: Whether a row was removed just now.
    """

    rows: list[Row] = field(default_factory=list)
    is_sent: bool = False
    added: int | None = None
    is_shorter: bool = False

    def inner(self) -> Iterator[Entry[Part]]:
        yield from (row.entry for row in self.rows)


@dataclass
class VariantsEntry(Entry[Variants]):
    """What a union of models holds.

    Attributes:
        kind: Which of them.
        branches: What each model holds.
    """

    kind: ControlEntry = field(kw_only=True)
    branches: tuple[GroupEntry, ...] = ()

    def inner(self) -> Iterator[Entry[Part]]:
        yield self.kind
        yield from self.branches


def walk(entries: Mapping[str, Entry[Part]]) -> Iterator[Entry[Part]]:
    """Yield entries and all those inside them, in the order of the form."""
    waiting = [*entries.values()][::-1]
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting += [*entry.inner()][::-1]


def find(entries: Mapping[str, Entry[Part]], name: str) -> Entry[Part] | None:
    """Return the entry with a dotted name, of which each part is a field's name or alias, or the index of a row."""
    by_key = [(entry.part.key, entry) for entry in entries.values()]
    by_name = [(entry.part.attribute, entry) for entry in entries.values()]  # which may be the alias of another
    for own, entry in (*by_key, *by_name):
        if name == own:
            return entry
        if name.startswith(f"{own}.") and (found := _find_inside(entry, name[len(own) + 1 :])):
            return found
    return None


def _find_inside(entry: Entry[Part], name: str) -> Entry[Part] | None:
    if isinstance(entry, GroupEntry):
        return find(entry.entries, name)
    if isinstance(entry, ListEntry):
        index, _, rest = name.partition(".")
        row = next((each.entry for each in entry.rows if str(each.index) == index), None)
        return _find_inside(row, rest) if row and rest else row
    if isinstance(entry, VariantsEntry):
        return find({"": entry.kind, **{each.part.key: each for each in entry.branches}}, name)
    return None
