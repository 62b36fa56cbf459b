"""Check the columns of a file piece by piece, and count the problems."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from nofields.audit.layouts import transform
from nofields.audit.source import Batch, Piece, Source
from nofields.audit.unreadable import Unreadable
from nofields.characters import BLANK
from nofields.columns import Checked, check
from nofields.errors import Problem
from nofields.value import Field

#: The most examples that are kept of each problem.
_EXAMPLES = 3
_Result = TypeVar("_Result")


class Example(NamedTuple):
    """A wrong value and the number of its row."""

    row: int
    value: str


@dataclasses.dataclass
class Column:
    """The counts of a column."""

    field: type[Field]
    values: int = 0
    nulls: int = 0
    problems: Counter[Problem] = dataclasses.field(default_factory=Counter)
    #: The first values with each problem. Not in ``repr``, since they may be secret.
    examples: dict[Problem, list[Example]] = dataclasses.field(default_factory=dict, repr=False)

    @property
    def wrong(self) -> int:
        """The number of wrong values."""
        return self.problems.total()

    def add(self, name: str, batch: Batch, checked: Checked) -> None:
        """Add the results of a batch."""
        nulls = checked.null_count
        self.values += len(checked) - nulls
        self.nulls += nulls
        for problem, count in checked.counts().items():
            self.problems[problem] += count
            examples = self.examples.setdefault(problem, [])
            if len(examples) < _EXAMPLES:
                rows = checked.rows(problem)[: _EXAMPLES - len(examples)]
                values = batch.table[name].take(pa.array(rows)).to_pylist()
                examples += [Example(int(number), value) for number, value in zip(batch.numbers[rows], values)]


@dataclasses.dataclass
class Summary:
    """The counts of a file."""

    source: str
    columns: dict[str, Column]
    rows: int = 0
    #: Rows with a wrong value, and ragged rows. All others are clean.
    rows_rejected: int = 0
    #: Rows with more or fewer cells than the header, and misquoted rows. Their values are not checked.
    ragged: int = 0
    #: The numbers of the first ragged rows.
    ragged_rows: list[int] = dataclasses.field(default_factory=list)

    @property
    def rows_clean(self) -> int:
        """The number of rows that are not ragged and have no wrong value."""
        return self.rows - self.rows_rejected

    @property
    def wrong(self) -> int:
        """The number of wrong values and ragged rows."""
        return self.ragged + sum(column.wrong for column in self.columns.values())

    def add(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Add the results of a batch."""
        self.rows += len(batch.table) + len(batch.ragged)
        self.rows_rejected += int(np.count_nonzero(~clean_rows(batch, checked))) + len(batch.ragged)
        self.ragged += len(batch.ragged)
        self.ragged_rows += [each.row for each in batch.ragged[: _EXAMPLES - len(self.ragged_rows)]]
        for name, column in checked.items():
            self.columns[name].add(name, batch, column)


def clean_rows(batch: Batch, checked: Mapping[str, Checked]) -> npt.NDArray[np.bool_]:
    """Return a flag for each row of a batch's table: whether it has no wrong value."""
    clean = np.ones(len(batch.table), bool)
    for column in checked.values():
        clean[column.rows()] = False
    return clean


class Output(Protocol):
    """Receives every batch of a file, in order, once it is checked."""

    def write(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Write a batch, given the results of its checked columns by name."""


def audit(
    source: Source,
    fields: Mapping[str, type[Field]],
    outputs: Sequence[Output] = (),
    *,
    empty_is_null: bool = False,
    advance: Callable[[int], None] = lambda reaches: None,
) -> Summary:
    """Check columns of a file, which may be larger than memory.

    Args:
        source: The file.
        fields: The columns to check, by name, and their fields.
        outputs: Receive every batch, with all columns of the file.
        empty_is_null: Whether an empty or blank cell counts as null, not as a wrong value.
        advance: Called after each piece with the position in the file, in the unit of ``source.size``.

    Returns:
        The counts of the file and its columns.

    Raises:
        Unreadable: The file cannot be read, or a column does not hold texts.
    """
    summary = Summary(source.name, {name: Column(field) for name, field in fields.items()})

    def read(piece: Piece) -> tuple[Batch, dict[str, Checked], int]:
        batch = piece.read()
        return batch, {name: _checked(name, field, batch, empty_is_null) for name, field in fields.items()}, piece.reaches

    for batch, checked, reaches in _map_in_parallel(read, source.pieces(source.columns if outputs else tuple(fields))):
        summary.add(batch, checked)
        for output in outputs:
            output.write(batch, checked)
        advance(reaches)
    return summary


def _checked(name: str, field: type[Field], batch: Batch, empty_is_null: bool) -> Checked:
    column = batch.table[name]
    if empty_is_null:
        column = transform(column, _blank_as_null)
    try:
        return check(field, column)
    except TypeError as error:
        raise Unreadable(f"Column {name}: {error}") from error


def _blank_as_null(array: pa.Array, nullable: bool) -> pa.Array:
    if array.type not in (pa.utf8(), pa.large_utf8()):
        return array
    empty = pc.equal(pc.utf8_trim(array, BLANK), "").fill_null(False).to_numpy(zero_copy_only=False)
    return array.take(pa.array(np.arange(len(array)), mask=empty)) if empty.any() else array


def _map_in_parallel(work: Callable[[Piece], _Result], pieces: Iterator[Piece]) -> Iterator[_Result]:
    """Yield the result for each piece, in order, with one worker and at most one piece ahead for each processor."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[_Result]] = deque()
        for piece in pieces:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
