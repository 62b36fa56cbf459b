"""What was entered in a form, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from nofields.forms.entries.entries import ControlEntry, Entry, GroupEntry, ListEntry, VariantsEntry
from nofields.forms.entries.initial import shown_entry
from nofields.forms.parts.controls import SEALED
from nofields.forms.parts.part import Part

#: Plain data for JSON.
Plain = str | bool | list["Plain"] | dict[str, "Plain"] | None
#: Returns a secret encrypted, or an empty text.
Sealing = Callable[[ControlEntry], str]


def draft_of(entries: Mapping[str, Entry[Part]], seal: Sealing = lambda entry: "") -> dict[str, Plain]:
    """Return what was entered, nested as the model is, without secrets, files and what cannot be changed.

    Args:
        entries: What the parts hold.
        seal: Encrypts the secrets, which then stand under the names under which they are submitted encrypted.
    """
    return {name: each for key, entry in entries.items() for name, each in _draft(key, entry, seal)}


def _draft(key: str, entry: Entry[Part], seal: Sealing) -> Iterator[tuple[str, Plain]]:
    """Yield the name and the draft of an entry, if it has one."""
    if isinstance(entry, ControlEntry):
        yield from _of_control(key, entry, seal)
    elif isinstance(entry, GroupEntry):
        yield key, draft_of(entry.entries, seal)
    elif isinstance(entry, ListEntry):
        if not entry.part.read_only:
            yield key, [each for row in entry.rows for each in _row(row.entry, seal)]
    elif isinstance(entry, VariantsEntry):
        chosen = next((each for each in entry.branches if each.applies), None)
        kind = {entry.kind.part.key: entry.kind}
        yield key, {**(draft_of(chosen.entries, seal) if chosen else {}), **draft_of(kind, seal)}


def _of_control(key: str, entry: ControlEntry, seal: Sealing) -> Iterator[tuple[str, Plain]]:
    control = entry.part
    if control.read_only or control.files:
        return
    if not control.holds_secret:
        yield key, shown_entry(control, entry.value)  # type: ignore[misc]
    elif sealed := seal(entry):
        yield f"{key}.{SEALED}" if key else SEALED, sealed


def _row(entry: Entry[Part], seal: Sealing) -> Iterator[Plain]:
    """Yield the draft of a row, if it has one; a secret alone stands under the name of one without a field."""
    for name, each in _draft("", entry, seal):
        yield {name: each} if name else each
