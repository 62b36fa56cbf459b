"""Fill the parts of a form with steps: those of the submitted step with what was submitted, the others from a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nofields.forms.entries.entries import ControlEntry, Entry, walk
from nofields.forms.entries.filling import Sources, fill_each
from nofields.forms.entries.source import Source
from nofields.forms.model.steps import SUMMARY
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.reserved import Reserved
from nofields.forms.types.submitted import Data, all_values, submitted

if TYPE_CHECKING:
    from nofields.forms.form import Form


class StepSources:
    """Where what the parts of a form with steps hold comes from.

    Args:
        form: The form.
        data: The submitted data.
        step: The step that was submitted; empty for none.
        values: What was entered before, nested as the model is.
        initial: The values of what was not visited yet.
        given: The values that the host gives.
    """

    def __init__(
        self, form: Form[Any], data: Data, step: str, values: Mapping[str, object], initial: Data, given: Mapping[str, Any]
    ) -> None:
        self.form, self.data, self.step = form, data, step
        keys = next((frozenset(each.keys) for each in form.steps if each.name == step), frozenset())
        shown = Reserved.SHOWN
        self.submitted_keys = keys.intersection(all_values(shown, data)) if shown in data else keys
        self._values = Source(values)
        stored = Source(initial)
        self._of_data, self._of_draft, self._of_nothing = (
            Sources(sent, stored, given, form.secrets) for sent in (Source(data), self._values, None)
        )

    def _is_in_draft(self, key: str) -> bool:
        """Return whether a part was entered before."""
        return self._values.at(key).is_present()

    def visited(self) -> frozenset[str]:
        """Return the keys of the parts that were entered, now or before."""
        return frozenset(each.key for each in self.form.parts if each.key in self.submitted_keys or self._is_in_draft(each.key))

    def of(self, part: Part) -> Sources:
        """Return where what a part holds comes from."""
        if part.key in self.submitted_keys:
            return self._of_data
        return self._of_draft if self._is_in_draft(part.key) else self._of_nothing


def fill_steps(parts: Iterable[Part], sources: StepSources) -> dict[str, Entry[Part]]:
    """Return what the parts of a form with steps hold, by their keys."""
    entries = fill_each(parts, sources.of)
    visited = sources.visited()
    for key, entry in entries.items():
        _drop_unentered(key, entry, sources, key in visited)
    return entries


def _drop_unentered(key: str, entry: Entry[Part], sources: StepSources, is_entered: bool) -> None:
    """Drop secrets that nobody entered, but that are stored; read what only the last page asks for."""
    for each in walk({key: entry}):
        if not isinstance(each, ControlEntry):
            continue
        if sources.form.is_late(each.part):
            each.value = submitted(each.part, sources.data, each.name) if sources.step == SUMMARY else None
        elif each.part.holds_secret and not each.part.read_only and not is_entered:
            each.value = None


def hide_late(entries: Iterable[Entry[Part]], is_late: Callable[[Control], bool]) -> None:
    """Mark what only the last page asks for as not shown in its step, and groups of nothing else."""
    for entry in entries:
        inner = [*entry.inner()]
        hide_late(inner, is_late)
        if isinstance(entry, ControlEntry):
            entry.is_excluded = entry.is_excluded or is_late(entry.part)
        elif inner and all(each.is_excluded for each in inner):
            entry.is_excluded = True


def unconditional(entry: ControlEntry) -> ControlEntry:
    """Return an entry as it is shown on a page without the controls that its condition names."""
    when = entry.part.when
    return replace(entry, part=replace(entry.part, when=replace(when, fixed=frozenset(when.values)))) if when else entry
