"""The model's input of what the parts of a form hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nofields.errors import Problem, Reason
from nofields.forms.entries.entries import ControlEntry, Entry, GroupEntry, ListEntry, Loc, VariantsEntry
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.types.file_controls import as_stored, files_input
from nofields.forms.types.submitted import Submitted, is_blank
from nofields.forms.types.widgets import Widget


class ModelValues(NamedTuple):
    """The input of a model.

    Attributes:
        values: The values by the names of fields, nested as the model is.
        problems: What the form itself rejects, by the place in the model: texts that cannot be read as the field's type,
            and what is required where its condition is met.
    """

    values: dict[str, object]
    problems: dict[Loc, Problem]


def model_values(entries: Mapping[str, Entry[Part]], given: Mapping[str, object]) -> ModelValues:
    """Return the model's input.

    Args:
        entries: What the parts hold.
        given: The values that the host gives, nested as the model is.
    """
    problems: dict[Loc, Problem] = {}
    return ModelValues(_of_group(entries, given, problems), problems)


def _of_group(entries: Mapping[str, Entry[Part]], given: object, problems: dict[Loc, Problem]) -> dict[str, object]:
    """Return the input of a model; a field that does not apply, or whose default applies, is left out."""
    given = given if isinstance(given, Mapping) else {}
    values = {**given}
    for key, entry in entries.items():
        if not entry.applies:
            values.pop(key, None)
            values |= {key: None} if entry.part.nullable and entry.part.required else {}
        elif isinstance(entry, ControlEntry):
            if entry.part.files:  # what is given is the name of a file, or none
                values.pop(key, None)
            values |= {key: _stored(entry.part, entry.given)} if entry.is_given else {}
            values |= _named(key, _of_control(entry, problems))
        elif isinstance(entry, ListEntry) and entry.part.read_only and key in given:
            continue
        elif not _is_needed(entry) and not _has_files(entry, given.get(key)):
            values |= {key: None} if entry.part.nullable and key not in given else {}
        else:
            values[key] = _value(entry, given.get(key), problems)
    return values


def _has_files(entry: Entry[Part], given: object) -> bool:
    """Return whether the host gives the names of files in a group that was left blank, which then are files."""
    if not isinstance(entry, GroupEntry) or not isinstance(given, Mapping):
        return False
    inner = ((each, given[key]) for key, each in entry.entries.items() if key in given)
    return any((isinstance(each, ControlEntry) and each.part.files) or _has_files(each, value) for each, value in inner)


def _is_needed(entry: Entry[Part]) -> bool:
    """Return whether a part has to be filled in: it has been begun, or cannot be left out. A list may be empty."""
    if isinstance(entry, ListEntry) and not entry.part.least:
        return True
    return not entry.part.may_be_left_out or not entry.is_untouched()


def _value(entry: Entry[Part], given: object, problems: dict[Loc, Problem]) -> object:
    """Return the input of a part that applies and has a value."""
    if isinstance(entry, GroupEntry):
        return _of_group(entry.entries, given, problems)
    if isinstance(entry, ListEntry):
        return _of_list(entry, problems)
    if isinstance(entry, VariantsEntry):
        return _of_variants(entry, given, problems)
    assert isinstance(entry, ControlEntry)
    return next(iter(_of_control(entry, problems)), None)


def _of_list(entry: ListEntry, problems: dict[Loc, Problem]) -> Sequence[object] | None:
    rows = [_value(row.entry, None, problems) for row in entry.rows if row.is_counted]
    return (tuple(rows) if entry.part.is_tuple else rows) if rows or not entry.part.nullable else None


def _of_variants(entry: VariantsEntry, given: object, problems: dict[Loc, Problem]) -> dict[str, object]:
    chosen = next((each for each in entry.branches if each.applies), None)
    values = _of_group(chosen.entries, given, problems) if chosen else {}
    return values | _named(entry.kind.part.key, _of_control(entry.kind, problems))


def _named(key: str, values: list[object]) -> dict[str, object]:
    return {key: values[0]} if values else {}


def _of_control(entry: ControlEntry, problems: dict[Loc, Problem]) -> list[object]:
    """Return the input of a control: one value, or none if the field's default applies.

    A blank value is ``None`` for a field that accepts it, and an unchecked box is ``False`` for a plain ``bool``. The value
    of a type that is not nofields' own is read.
    """
    control, value = entry.part, entry.value
    if control.read_only:
        if entry.fixed is None:
            return [None] if control.nullable and control.required else []
        return [_stored(control, entry.fixed)]
    if entry.is_given and is_blank(value):
        return []
    if control.field_type is None and control.appearance.widget is Widget.CHECKBOX:
        return [not is_blank(value)]
    if control.is_demanded and is_blank(value):
        problems[entry.loc] = Problem(control.blank_key, Reason.REQUIRED)
    if control.files:
        return files_input(control, control.files, value)
    if not is_blank(value):
        read = _read(control, value)
        if not isinstance(read, Problem):
            return [read]
        problems[entry.loc] = read
        return [value]
    return _of_blank(control)


def _stored(control: Control, value: object) -> object:
    return as_stored(control.files.type, value) if control.files else value


def _of_blank(control: Control) -> list[object]:
    """Return the input of a control that was left blank."""
    if control.nullable:
        return [None]
    if control.plain is not None and control.plain.read_several is not None:
        return [control.plain.read_several([])]
    if control.optional or (control.field_type is None and control.required):
        return []
    return [None]


def _read(control: Control, value: Submitted) -> object:
    """Return the value of a type that is not nofields' own, or its problem; every other value as it is."""
    if control.plain is None or control.reads_itself:
        return value
    if isinstance(value, list):
        return control.plain.read_several(value) if control.plain.read_several else value
    return control.plain.read(value) if isinstance(value, str) else value
