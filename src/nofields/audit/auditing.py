"""Checks the columns of a file, piece for piece, and counts what is wrong."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.audit.layouts import transform
from nofields.audit.source import Batch, Piece, Source
from nofields.audit.unreadable import Unreadable
from nofields.columns import Checked, check
from nofields.errors import Problem
from nofields.rules import WHITE_SPACE
from nofields.value import Field

#: So many wrong values of each kind are kept as examples.
_EXAMPLES = 3


class Example(NamedTuple):
    """A wrong value, and the row that it stands in."""

    row: int
    value: str


@dataclasses.dataclass
class Column:
    """What was found in a column."""

    field: type[Field]
    values: int = 0
    nulls: int = 0
    problems: Counter[Problem] = dataclasses.field(default_factory=Counter)
    #: The first few of each problem; not shown, since they may be secret.
    examples: dict[Problem, list[Example]] = dataclasses.field(default_factory=dict, repr=False)

    @property
    def wrong(self) -> int:
        """How many values are wrong."""
        return self.problems.total()

    def add(self, name: str, batch: Batch, found: Checked) -> None:
        """Counts what was found in some more rows."""
        nulls = found.null_count
        self.values += len(found) - nulls
        self.nulls += nulls
        for problem, count in found.counts().items():
            self.problems[problem] += count
            examples = self.examples.setdefault(problem, [])
            if len(examples) < _EXAMPLES:
                rows = found.rows(problem)[: _EXAMPLES - len(examples)]
                values = batch.table[name].take(pa.array(rows)).to_pylist()
                examples += [Example(int(number), value) for number, value in zip(batch.numbers[rows], values)]


@dataclasses.dataclass
class Summary:
    """What was found in a file."""

    source: str
    columns: dict[str, Column]
    #: Every row is either clean or rejected, for a wrong value or as ragged.
    rows: int = 0
    rows_rejected: int = 0
    #: Rows that have more or fewer cells than the header or are misquoted, whose values were not checked; and the first few.
    ragged: int = 0
    ragged_rows: list[int] = dataclasses.field(default_factory=list)

    @property
    def rows_clean(self) -> int:
        """How many rows have no wrong value and are not ragged."""
        return self.rows - self.rows_rejected

    @property
    def wrong(self) -> int:
        """How many values are wrong, and rows ragged."""
        return self.ragged + sum(column.wrong for column in self.columns.values())

    def add(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Counts what was found in some more rows."""
        self.rows += len(batch.table) + len(batch.ragged)
        self.rows_rejected += int(np.count_nonzero(~clean_rows(batch, checked))) + len(batch.ragged)
        self.ragged += len(batch.ragged)
        self.ragged_rows += [each.row for each in batch.ragged[: _EXAMPLES - len(self.ragged_rows)]]
        for name, found in checked.items():
            self.columns[name].add(name, batch, found)


def clean_rows(batch: Batch, checked: Mapping[str, Checked]) -> Any:
    """Which rows of a batch's table have no wrong value, as a boolean array."""
    clean = np.ones(len(batch.table), bool)
    for found in checked.values():
        clean[found.rows()] = False
    return clean


class Output(Protocol):
    """Something that is told of every piece of a file, in order, once it is checked."""

    def take(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Take in some rows, and what was found in their columns."""


def audit(
    source: Source,
    fields: Mapping[str, type[Field]],
    outputs: Sequence[Output] = (),
    *,
    empty_is_null: bool = False,
    advance: Callable[[int], None] = lambda reaches: None,
) -> Summary:
    """Checks columns of a file, by name, and tells ``outputs`` of every piece; they get the columns not checked as well.

    With ``empty_is_null`` an empty cell is no value: neither right nor wrong. ``advance`` hears how far into the file the
    audit is, in the unit of ``source.size``. The file may be larger than the memory.

    Raises :class:`~nofields.audit.unreadable.Unreadable`, also for a column that does not hold texts.
    """
    summary = Summary(source.name, {name: Column(field) for name, field in fields.items()})

    def read(piece: Piece) -> tuple[Batch, dict[str, Checked], int]:
        batch = piece.read()
        return batch, {name: _checked(name, field, batch, empty_is_null) for name, field in fields.items()}, piece.reaches

    for batch, checked, reaches in _side_by_side(read, source.pieces(source.columns if outputs else tuple(fields))):
        summary.add(batch, checked)
        for output in outputs:
            output.take(batch, checked)
        advance(reaches)
    return summary


def _checked(name: str, field: type[Field], batch: Batch, empty_is_null: bool) -> Checked:
    column = batch.table[name]
    if empty_is_null:
        column = transform(column, _without_empty)
    try:
        return check(field, column)
    except TypeError as error:
        raise Unreadable(f"Column {name}: {error}") from error


def _without_empty(array: Any, nullable: bool) -> Any:
    """Texts, with nulls for those that are empty or blank."""
    if array.type not in (pa.utf8(), pa.large_utf8()):
        return array
    empty = pc.equal(pc.utf8_trim(array, WHITE_SPACE), "").fill_null(False).to_numpy(zero_copy_only=False)
    return array.take(pa.array(np.arange(len(array)), mask=empty)) if empty.any() else array


def _side_by_side(work: Callable[[Piece], Any], pieces: Iterator[Piece]) -> Iterator[Any]:
    """What the work on each piece gives, in order; as many pieces at once as there are processors, and no more in memory."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Any]] = deque()
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
