"""Settle where the values of entries are in the model, and which of them apply."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.forms.entries.entries import ControlEntry, Entry, GroupEntry, ListEntry, Loc, VariantsEntry
from nofields.forms.parts.conditions import without_spaces
from nofields.forms.parts.part import Part
from nofields.forms.types.submitted import Submitted

#: The index of a row that is no item of the model's list.
_UNCOUNTED = -1


def settle(entries: Mapping[str, Entry[Part]], loc: Loc = (), applies: bool = True, is_spared: bool = False) -> None:
    """Settle the entries of a model's parts, at any depth.

    Args:
        entries: The entries, by the keys of their parts.
        loc: Where the model is.
        applies: Whether the model applies.
        is_spared: Whether it may be left blank.
    """
    for key, entry in entries.items():
        entry.loc = (*loc, key) if key else loc
        entry.applies = applies and _is_met(entry, entries)
        entry.is_spared = is_spared
        entry.is_excluded = _is_excluded(entry, entries)
    for entry in entries.values():
        _settle_inner(entry, is_spared or entry.part.may_be_left_out)


def _settle_inner(entry: Entry[Part], is_spared: bool) -> None:
    if isinstance(entry, GroupEntry):
        settle(entry.entries, entry.loc, entry.applies, is_spared)
    elif isinstance(entry, ListEntry):
        _settle_rows(entry)
    elif isinstance(entry, VariantsEntry):
        settle({"": entry.kind}, entry.loc, entry.applies, is_spared)
        for branch, group in zip(entry.part.branches, entry.branches):
            tag = branch.tags.get(entry.kind.value) if isinstance(entry.kind.value, str) else None
            group.loc = (*entry.loc, _UNCOUNTED if tag is None else tag)
            group.applies = entry.applies and tag is not None
            settle(group.entries, group.loc, group.applies)


def _settle_rows(entry: ListEntry) -> None:
    """Number the rows that are items: those with an entry, and as many blank ones as a list needs that is not left out."""
    touched = [not entry.is_sent or not row.entry.is_untouched() for row in entry.rows]
    is_left_out = entry.part.may_be_left_out and not any(touched)
    spare = 0 if is_left_out else max(entry.part.least - sum(touched), 0)
    number = 0
    for row, is_touched in zip(entry.rows, touched):
        row.is_counted = is_touched or spare > 0
        spare -= row.is_counted and not is_touched
        loc = (*entry.loc, number if row.is_counted else _UNCOUNTED)
        settle({"": row.entry}, loc, entry.applies, is_spared=True)
        number += row.is_counted


def _is_met(entry: Entry[Part], siblings: Mapping[str, Entry[Part]]) -> bool:
    """Return whether the condition of an entry is met, by siblings that apply themselves."""
    condition = entry.part.when
    return condition is None or all(_holds(siblings[key], texts, siblings) for key, texts in condition.values.items())


def _holds(entry: Entry[Part], texts: frozenset[str], siblings: Mapping[str, Entry[Part]]) -> bool:
    return _is_met(entry, siblings) and not texts.isdisjoint(_texts(entry))


def _is_excluded(entry: Entry[Part], siblings: Mapping[str, Entry[Part]]) -> bool:
    """Return whether a value that the user cannot change excludes an entry."""
    condition = entry.part.when
    fixed = condition.fixed & condition.values.keys() if condition else ()
    return condition is not None and not all(_holds(siblings[key], condition.values[key], siblings) for key in fixed)


def _texts(entry: Entry[Part]) -> set[str]:
    """Return the texts that an entry holds, as conditions compare them."""
    control = entry.kind if isinstance(entry, VariantsEntry) else entry
    value: Submitted = control.value if isinstance(control, ControlEntry) else None
    if isinstance(value, list):
        return {without_spaces(each) for each in value}
    return {without_spaces(value or "")} if isinstance(value, str) or value is None else set()
