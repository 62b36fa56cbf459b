"""What was entered in a form, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nofields.forms.entries import ControlEntry, Entry, GroupEntry, ListEntry, VariantsEntry
from nofields.forms.initial import shown_entry
from nofields.forms.part import Part

#: Plain data for JSON.
Plain = str | bool | list["Plain"] | dict[str, "Plain"] | None


def draft_of(entries: Mapping[str, Entry[Part]]) -> dict[str, Plain]:
    """Return what was entered, nested as the model is, without secrets, files and what cannot be changed."""
    return {key: each for key, entry in entries.items() for each in _draft(entry)}


def _draft(entry: Entry[Part]) -> Iterator[Plain]:
    """Yield the draft of an entry, if it has one."""
    if isinstance(entry, ControlEntry):
        if not (entry.part.read_only or entry.part.holds_secret or entry.part.files):
            yield shown_entry(entry.part, entry.value)  # type: ignore[misc]
    elif isinstance(entry, GroupEntry):
        yield draft_of(entry.entries)
    elif isinstance(entry, ListEntry):
        if not entry.part.read_only:
            yield [each for row in entry.rows for each in _draft(row.entry)]
    elif isinstance(entry, VariantsEntry):
        chosen = next((each for each in entry.branches if each.applies), None)
        yield {**(draft_of(chosen.entries) if chosen else {}), **draft_of({entry.kind.part.key: entry.kind})}
