"""An audit: how far it reads ahead, which examples it keeps, and how it recognises fields by column names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.columns import LAYOUTS
from nofields import NationalIdentityNumber, OrganisationNumber, PostalCode
from nofields.audit import auditing, csv_text
from nofields.audit.auditing import Example, audit
from nofields.audit.csv_file import CsvFile
from nofields.audit.guess import guess_fields, secret_columns
from nofields.audit.masking import mask_identity_numbers
from nofields.audit.source import Batch, Piece, Source
from nofields.errors import MASK

#: More pieces than there are processors.
PIECES = 12


class Pieces(Source):
    """A file with one row in each piece, which records how many pieces and which columns were requested."""

    name, columns = "file", ("code", "place")

    def __init__(self) -> None:
        self.requested = 0

    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        self.requested_columns = columns
        for number in range(PIECES):
            self.requested += 1
            yield Piece(lambda number=number: Batch(pa.table({"code": ["0357"]}), pa.array([number]), []), number + 1)  # type: ignore[misc]


class RecordingOutput:
    """An output that records how many pieces had been read when it received each."""

    def __init__(self, source: Pieces) -> None:
        self.source = source
        self.requested: list[int] = []

    def write(self, batch: Batch, checked: Any) -> None:
        assert batch.numbers.to_pylist() == [len(self.requested)], "in order"
        self.requested.append(self.source.requested)


@pytest.mark.parametrize("processors", [1, 2, 5])
def test_read_ahead(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most one piece for each processor is in memory, however long the file."""
    monkeypatch.setattr(auditing.os, "sched_getaffinity", lambda process: range(processors), raising=False)
    source = Pieces()
    output = RecordingOutput(source)
    assert audit(source, {"code": PostalCode}, [output]).rows == PIECES
    assert output.requested == [min(PIECES, written + processors) for written in range(1, PIECES + 1)]


def test_projection() -> None:
    """Other columns are read only if an output contains them."""
    source = Pieces()
    audit(source, {"code": PostalCode})
    assert source.requested_columns == ("code",)
    audit(source, {"code": PostalCode}, [RecordingOutput(source)])
    assert source.requested_columns == ("code", "place")


ROWS = st.lists(st.sampled_from(["0357;x", "357;x", "x;x", "0000;x", " ;x", "0357", "0357;x;x"]), max_size=40)


@given(ROWS, st.sampled_from([8, 40, 1 << 20]), st.booleans())
def test_examples(rows: list[str], size: int, empty_is_null: bool) -> None:
    """The first three of each problem, however the file is divided into pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        text = "\n".join(["code;name", *rows])
        source = CsvFile(io.BytesIO(text.encode()), "file.csv", None, None, ";")  # type: ignore[arg-type]
        summary = audit(source, {"code": PostalCode}, empty_is_null=empty_is_null)
    numbered = [(number, row.split(";")) for number, row in enumerate(rows, start=2)]
    ragged = [number for number, cells in numbered if len(cells) != 2]
    values = [Example(number, cells[0]) for number, cells in numbered if len(cells) == 2]
    nulls = [value for value in values if empty_is_null and not value.value.strip()]
    wrong = [value for value in values if value not in nulls and not PostalCode.is_valid(value.value)]
    by_reason: dict[str, list[Example]] = {}
    for example in wrong:
        by_reason.setdefault(PostalCode.problem(example.value).reason, []).append(example)  # type: ignore[union-attr]
    (column,) = summary.columns.values()
    assert (summary.rows, summary.ragged, summary.ragged_rows) == (len(rows), len(ragged), ragged[:3])
    assert (column.values, column.nulls) == (len(values) - len(nulls), len(nulls))
    assert (column.wrong, summary.wrong) == (len(wrong), len(wrong) + len(ragged))
    assert {problem.reason: examples for problem, examples in column.examples.items()} == {
        reason: examples[:3] for reason, examples in by_reason.items()
    }


#: The layouts that a file's columns have once they are read, in slices that begin after other texts.
SLICED = [f"{name}, sliced" for name in ("utf8", "large_utf8", "utf8 in chunks", "dictionary", "dictionary of large_utf8")]


class Table(Source):
    """A file of one piece and one column, ``code``."""

    name, columns = "file", ("code",)

    def __init__(self, column: Any) -> None:
        self.batch = Batch(pa.table({"code": column}), np.arange(1, len(column) + 1), [])

    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        yield Piece(lambda: self.batch, 1)


@pytest.mark.parametrize("layout", SLICED)
def test_empty_cells_of_a_slice(layout: str) -> None:
    """An empty cell counts as null, and the cells around it as what they are."""
    summary = audit(Table(LAYOUTS[layout](["0357", "", None, " ", "x", "0010"])), {"code": PostalCode}, empty_is_null=True)
    (column,) = summary.columns.values()
    assert (column.values, column.nulls, *column.examples.values()) == (3, 3, [Example(5, "x")])


@pytest.mark.parametrize("layout", SLICED)
def test_masks_of_a_slice(layout: str) -> None:
    """A national identity number is masked, and the other texts stay."""
    texts = ["974760673", "mor: 30108299920", None, "301082-99920", ""]
    assert mask_identity_numbers(LAYOUTS[layout](texts)).to_pylist() == ["974760673", MASK, None, MASK, ""]


def test_summary_repr() -> None:
    source = CsvFile(io.BytesIO(b"fnr\n30108299921\n"), "file.csv", None, None, None)  # type: ignore[arg-type]
    summary = audit(source, {"fnr": NationalIdentityNumber})
    assert summary.wrong == 1
    assert "30108299921" not in repr(summary)


def test_numbers_are_not_guessed() -> None:
    assert guess_fields(["number", "Tall", "Orgnr."]) == {"Orgnr.": OrganisationNumber}


@pytest.mark.parametrize(
    "name", ["orgnr (9 siffer)", "orgnr [9 siffer (uten mellomrom)]", "(Orgnr)orgnr", "orgnr" + "(" * 300 + "x"]
)
def test_brackets_in_names(name: str) -> None:
    """They are ignored, as is everything after the first 255 characters."""
    assert guess_fields([name]) == {name: OrganisationNumber}


def test_secret_names() -> None:
    name = "(" * 80_000 + "fødselsnummer"
    assert (guess_fields([name]), secret_columns([name])) == ({}, {name})


def test_labels_in_own_language(own_catalogs: Path) -> None:
    """A secret is recognised too, and masked."""
    folder = own_catalogs / "se/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "nofields.po").write_text(f'msgid "{NationalIdentityNumber.label}"\nmsgstr "Riegádannummir"\n', "utf-8")
    assert guess_fields(["riegádannummir"]) == {"riegádannummir": NationalIdentityNumber}
    assert secret_columns(["riegádannummir", "namma"]) == {"riegádannummir"}
