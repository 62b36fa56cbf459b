"""Bind the parts of a form that have parts of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from nofields.ask import LocalText
from nofields.forms.bound.bound_control import BoundControl
from nofields.forms.bound.bound_part import AnyBound, BoundGroup, BoundList, BoundRow, BoundVariants
from nofields.forms.entries.edits import can_add, can_remove
from nofields.forms.entries.entries import ControlEntry, Entry, GroupEntry, ListEntry, VariantsEntry
from nofields.forms.entries.filling import blank_row
from nofields.forms.parts.conditions import condition_json
from nofields.forms.parts.ids import control_id
from nofields.forms.parts.part import Part
from nofields.forms.parts.titles import add_text, inside_sentence, row_title
from nofields.keys import Phrase

if TYPE_CHECKING:
    from nofields.forms.bound.shown import Shown


def bind_all(bound: Shown, entries: Iterable[Entry[Part]]) -> list[AnyBound]:
    """Return parts with their entries and their errors, without those that a value excludes which the user cannot change."""
    return [bind_part(bound, each) for each in entries if not each.is_excluded]


def bind_part(bound: Shown, entry: Entry[Part], label: LocalText = "") -> AnyBound:
    """Return a part with its entries and its errors.

    Args:
        bound: The form.
        entry: What the part holds.
        label: A label that replaces its own.
    """
    if isinstance(entry, ControlEntry):
        return bound.bind_entry(entry, label)
    common = _common(bound, entry, label)
    if isinstance(entry, GroupEntry):
        return BoundGroup(**common, parts=tuple(bind_all(bound, entry.inner())))
    if isinstance(entry, ListEntry):
        return _list(bound, entry, common)
    assert isinstance(entry, VariantsEntry)
    return _variants(bound, entry, common)


def _common(bound: Shown, entry: Entry[Part], label: LocalText) -> dict[str, Any]:
    part, reader = entry.part, bound.reader
    return {
        "name": part.name,
        "id": control_id(part, bound.form.prefix),
        "label": reader.text(label or part.label, part.params),
        "hint": reader.text(part.hint, part.params),
        "marked_optional": part.may_be_left_out and not part.read_only and not isinstance(entry, ListEntry) and not label,
        "errors": bound.errors_of(part.name),
        "when": part.when.as_json(part.name.removesuffix(part.key)) if part.when else "",
        "reader": reader,
    }


def _list(bound: Shown, entry: ListEntry, common: dict[str, Any]) -> BoundList:
    part = entry.part
    mark = f"__{part.name.count('.')}__"  # one for each depth: the blank rows of a list may have lists of their own
    rows = [_row(bound, entry, str(row.index), row.entry, number) for number, row in enumerate(entry.rows, start=1)]
    if entry.added is not None:
        rows[-1] = replace(rows[-1], part=_focused(rows[-1].part))
    blank = None if part.read_only else _row(bound, entry, mark, blank_row(entry, mark).entry, f"{{{mark}}}")
    return BoundList(
        **common,
        rows=tuple(rows),
        blank=blank,
        mark=mark,
        is_shorter=entry.is_shorter,
        can_add=can_add(entry),
        can_remove=can_remove(entry),
        least=part.least,
        most="" if part.most is None else part.most,
        add=add_text(part, bound.reader),
    )


def _row(bound: Shown, entry: ListEntry, index: str, row: Entry[Part], number: int | str) -> BoundRow:
    title = row_title(entry.part, number, bound.reader)
    remove = bound.reader.text(Phrase.FORM_ROW_REMOVE, {"title": inside_sentence(title)})
    return BoundRow(f"{entry.name}.{index}", index, title, bind_part(bound, row, title), remove)


def _focused(part: AnyBound) -> AnyBound:
    """Return a part whose first input has the focus when the page is loaded."""
    if isinstance(part, BoundControl) and part.inputs:
        first, *others = part.inputs
        attributes = {**first.attributes, "autofocus": ""}
        return replace(part, inputs=(replace(first, attributes=attributes), *others))
    if isinstance(part, BoundGroup) and part.parts:
        return replace(part, parts=(_focused(part.parts[0]), *part.parts[1:]))
    if isinstance(part, BoundVariants):
        return replace(part, kind=cast(BoundControl, _focused(part.kind)))
    return part


def _variants(bound: Shown, entry: VariantsEntry, common: dict[str, Any]) -> BoundVariants:
    kind = bound.bind_entry(entry.kind, common["label"])
    branches = []
    for branch, group in zip(entry.part.branches, entry.branches):
        when = condition_json({entry.kind.name: frozenset(branch.tags)})
        parts = tuple(bind_all(bound, group.inner()))
        own = _common(bound, group, group.part.label) | {"when": when}
        branches.append(BoundGroup(**own, parts=parts, is_branch=True))
    return BoundVariants(**common, kind=kind, branches=tuple(branches))


def controls_in(parts: Iterable[AnyBound]) -> Iterator[BoundControl]:
    """Yield the controls in bound parts, at any depth, without those of rows that the script may add."""
    for part in parts:
        if isinstance(part, BoundControl):
            yield part
        elif isinstance(part, BoundGroup):
            yield from controls_in(part.parts)
        elif isinstance(part, BoundList):
            yield from controls_in(row.part for row in part.rows)
        elif isinstance(part, BoundVariants):
            yield from controls_in([part.kind, *part.branches])
