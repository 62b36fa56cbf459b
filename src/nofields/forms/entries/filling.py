"""Fill the parts of a form with what was submitted, or with what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nofields.forms.entries.entries import ControlEntry, Entry, GroupEntry, ListEntry, Row, VariantsEntry
from nofields.forms.entries.initial import initial_value, stored_in
from nofields.forms.entries.settling import settle
from nofields.forms.entries.source import Source
from nofields.forms.parts.controls import SEALED, Control
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import Group, Repeat, Variants, every_control
from nofields.forms.types.file_controls import stored_names
from nofields.forms.types.submitted import all_values, is_blank, submitted

if TYPE_CHECKING:
    from nofields.forms.entries.entered_secrets import EnteredSecrets

#: Nothing is stored, and nothing is submitted.
_NOTHING = Source({})


@dataclass(frozen=True)
class Sources:
    """Where what a part holds comes from.

    Attributes:
        sent: What was submitted; ``None`` if nothing was.
        stored: What is stored.
        given: The values that the host gives, by the keys of the parts.
        secrets: What opens the secrets of an earlier submission; ``None`` if the form keeps none.
    """

    sent: Source | None
    stored: Source
    given: Mapping[str, object] = field(repr=False)
    secrets: EnteredSecrets | None = None

    def inside(self, part: Part) -> Sources:
        """Return where what the parts of a part hold comes from."""
        sent = self.sent and self.sent.at(part.key).inside()
        given = self.given.get(part.key)
        inner = given if isinstance(given, Mapping) else {}
        return replace(self, sent=sent, stored=_stored_source(part, self.stored).inside(), given=inner)


def fill(parts: Iterable[Part], sources: Sources) -> dict[str, Entry[Part]]:
    """Return what the parts of a form hold, by their keys.

    Raises:
        TypeError: A control cannot show a stored value of its type.
        ValueError: A stored value is none of the choices of its control, or has no written form.
    """
    entries = fill_each(parts, lambda part: sources)
    settle(entries)
    return entries


def fill_each(parts: Iterable[Part], sources_of: Callable[[Part], Sources]) -> dict[str, Entry[Part]]:
    """Return what parts hold that come from different sources. They are not settled yet."""
    return {part.key: _filled(part, part.key, sources_of(part)) for part in parts}


def blank_row(entry: ListEntry, index: int | str) -> Row:
    """Return a row of a list before anything is entered in it, with an index or what stands for one in a script."""
    filled = _filled(entry.part.item, f"{entry.name}.{index}", Sources(None, _NOTHING, {}))
    settle({"": filled}, entry.loc, entry.applies, is_spared=True)
    return Row(index if isinstance(index, int) else 0, filled)


def _filled(part: Part, name: str, sources: Sources) -> Entry[Part]:
    """Return what a part holds. The sources of an item of a list, which has no key, are those of its row."""
    part = part.named(name)
    if isinstance(part, Control):
        return _control(part, sources)
    if isinstance(part, Repeat):
        return _list(part, sources)
    inner = sources.inside(part)
    if isinstance(part, Group):
        return _group(part, inner)
    assert isinstance(part, Variants)
    return _variants(part, inner)


def _control(control: Control, sources: Sources) -> ControlEntry:
    entry = _given(control, sources.given)
    if sources.sent is not None and not control.read_only:
        _submit(entry, sources.sent.at(control.key), sources.secrets)
        return entry
    stored = entry.given if control.read_only and entry.is_given else stored_in(control, sources.stored)
    entry.value = initial_value(control, stored)
    entry.fixed = stored if control.read_only else None
    return entry


def _given(control: Control, given: Mapping[str, object]) -> ControlEntry:
    """Return a control with the value that the host gives. A file without a name, as an empty column has it, is none."""
    is_given, value = control.key in given, given.get(control.key)
    if control.files and not stored_names(value):
        return ControlEntry(control, is_given=is_given and control.read_only)
    return ControlEntry(control, is_given=is_given, given=value)


def _submit(entry: ControlEntry, source: Source, secrets: EnteredSecrets | None) -> None:
    """Enter what was submitted for a control; what it kept of an earlier submission, if it is left empty."""
    entry.value = submitted(entry.part, source.data, source.name)
    if entry.part.can_be_sealed and is_blank(entry.value):
        kept = secrets.open(entry.part, source) if secrets else None
        entry.is_lost = kept is None and any(all_values(source.at(SEALED).name, source.data))
        entry.value = entry.value if kept is None else kept


def _group(group: Group, inner: Sources) -> GroupEntry:
    return GroupEntry(group, entries={part.key: _filled(part, f"{group.name}.{part.key}", inner) for part in group.parts})


def _list(part: Repeat, sources: Sources) -> ListEntry:
    stored = dict(_stored_rows(part, sources))
    is_sent = sources.sent is not None and not part.read_only
    sent: dict[int, Source | None] = dict.fromkeys(stored)
    if sources.sent is not None and not part.read_only:
        sent = dict(sources.sent.at(part.key).rows())
    entry = ListEntry(part, is_sent=is_sent)
    for index, source in sent.items():
        row = Sources(source, stored.get(index, _NOTHING), {}, sources.secrets)
        entry.rows.append(Row(index, _filled(part.item, f"{part.name}.{index}", row)))
    while len(entry.rows) < part.least and not part.read_only:
        entry.rows.append(blank_row(entry, next_index(entry)))
    return entry


def _stored_rows(part: Repeat, sources: Sources) -> list[tuple[int, Source]]:
    """Return the stored rows of a list: for what cannot be changed in it, those that the host gives."""
    is_given = part.key in sources.given and any(each.read_only for each in every_control([part]))
    given = Source({part.key: sources.given[part.key]}).at(part.key) if is_given else None
    return (given or _stored_source(part, sources.stored)).rows()


def next_index(entry: ListEntry) -> int:
    """Return the index of the next row of a list."""
    return max((row.index for row in entry.rows), default=-1) + 1


def _variants(part: Variants, inner: Sources) -> VariantsEntry:
    kind = _control(part.kind.named(f"{part.name}.{part.kind.key}"), inner)
    branches = []
    for branch in part.branches:
        key = branch.group.key
        stored = inner.stored.branch(key) if kind.value in branch.tags else _NOTHING
        sources = replace(inner, sent=inner.sent and inner.sent.branch(key), stored=stored)
        branches.append(_group(branch.group.named(f"{part.name}.{key}"), sources))
    return VariantsEntry(part, kind=kind, branches=tuple(branches))


def _stored_source(part: Part, source: Source) -> Source:
    """Return where the value of a part is stored: under its alias or its name, or in the default of its field."""
    for key in (part.key, part.attribute):
        if (found := source.at(key)).is_present():
            return found
    default = part.default()
    return Source({} if default is None else {part.key: default}).at(part.key)
