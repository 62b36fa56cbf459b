"""What was answered in a form, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nofields.ask import Reader
from nofields.errors import Problem
from nofields.forms.entries.entries import ControlEntry, Entry, ListEntry, VariantsEntry
from nofields.forms.entries.initial import initial_value
from nofields.forms.entries.read_only import lines
from nofields.forms.parts.controls import Control
from nofields.forms.parts.ids import control_id, input_id
from nofields.forms.parts.part import Part
from nofields.forms.parts.titles import row_title
from nofields.forms.types.file_controls import stored_names
from nofields.forms.types.submitted import Submitted, is_blank
from nofields.keys import Phrase


@dataclass(frozen=True)
class Answer:
    """The answer to one question, or those in a nested model, a list or a row of one.

    Attributes:
        name: The name under which it is submitted.
        label: The label.
        lines: The value as people read it; empty if there are answers inside.
        answers: The answers inside.
        url: Where it can be changed; empty if it cannot be.
    """

    name: str
    label: str
    lines: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class AnsweredStep:
    """The answers of one step.

    Attributes:
        name: The name of the step; empty in a form without steps.
        title: The title of the step, likewise.
        url: Its address, likewise.
        answers: The answers to what applies.
    """

    name: str
    title: str
    url: str
    answers: tuple[Answer, ...]


def answers_of(entries: Iterable[Entry[Part]], reader: Reader) -> tuple[Answer, ...]:
    """Return the answers to what applies and is asked for."""
    return tuple(_answer(each, reader) for each in entries if each.applies and not each.is_excluded)


def _answer(entry: Entry[Part], reader: Reader, label: str = "") -> Answer:
    part = entry.part
    label = label or reader.plain_text(part.label, part.params).strip()
    if isinstance(entry, ControlEntry):
        return Answer(part.name, label, _lines(entry, reader))
    if not isinstance(entry, ListEntry) and part.may_be_left_out and entry.is_untouched():
        return Answer(part.name, label, (reader.text(Phrase.FORM_NOT_GIVEN),))
    inner = tuple(_inside(entry, reader))
    return Answer(part.name, label, () if inner else (reader.text(Phrase.FORM_NOT_GIVEN),), inner)


def _inside(entry: Entry[Part], reader: Reader) -> Iterator[Answer]:
    if isinstance(entry, ListEntry):
        counted = (row for row in entry.rows if row.is_counted)
        yield from (_answer(row.entry, reader, row_title(entry.part, number, reader)) for number, row in enumerate(counted, 1))
    elif isinstance(entry, VariantsEntry):
        kind = _answer(entry.kind, reader)
        yield replace(kind, label=kind.label or reader.plain_text(entry.part.label, entry.part.params).strip())
        for branch in entry.branches:
            yield from answers_of(branch.inner(), reader) if branch.applies else ()
    else:
        yield from answers_of(entry.inner(), reader)


def _lines(entry: ControlEntry, reader: Reader) -> tuple[str, ...]:
    """Return the lines of an answer: of files their names. A secret is masked even if its author lets the form show it."""
    control = entry.part
    if control.files and not is_blank(entry.value):
        return tuple(stored_names(entry.value))
    if control.holds_secret:
        control = replace(control, keep=False)
    return lines(control, _as_written(control, entry.value), reader)


def _as_written(control: Control, value: Submitted) -> Submitted:
    """Return a value in its written form; one that is wrong as it was entered."""
    if is_blank(value) or control.holds_secret or control.options or control.read_only:
        return value
    read = control.plain.read(value) if control.plain and not control.reads_itself and isinstance(value, str) else value
    try:
        return value if isinstance(read, Problem) else initial_value(control, read)
    except (TypeError, ValueError):
        return value


def focused_id(entry: Entry[Part], prefix: str) -> str:
    """Return the id of what gets the focus when an answer is to be changed."""
    if isinstance(entry, VariantsEntry):
        return focused_id(entry.kind, prefix)
    return input_id(entry.part, prefix) if isinstance(entry, ControlEntry) else control_id(entry.part, prefix)
