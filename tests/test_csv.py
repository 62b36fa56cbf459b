"""CSV in blocks of any size: cells, row numbers, misquoted and ragged rows, delimiters and encodings."""

from __future__ import annotations

import codecs
import csv
import io
from encodings.aliases import aliases
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.csv_oracle import rows_of
from nofields.audit import csv_rows, csv_text
from nofields.audit.csv_file import CsvFile
from nofields.audit.csv_rows import Rows
from nofields.audit.csv_text import CsvText
from nofields.audit.opening import open_source
from nofields.audit.source import Ragged, distinct
from nofields.audit.unreadable import Unreadable

WIDTH = 3
HEADER = ("a", "b", "c")
_CELLS = st.text(st.sampled_from("xæ0 .,;\t\"'\n|€"), max_size=6)
ROWS = st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=12)


def written(rows: list[list[str]], delimiter: str, line_end: str, quoting: int) -> str:
    """Rows as a program writes them; line feeds inside quotes stay as they are."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([list(HEADER), *rows])  # type: ignore[arg-type]
    return text.getvalue()


def read(
    data: bytes, encoding: str | None = None, delimiter: str | None = None
) -> tuple[list[tuple[int, list[str]]], list[Ragged]]:
    """What an audit reads from a file: numbered rows, and ragged ones."""
    source = CsvFile(io.BytesIO(data), "file.csv", None, encoding, delimiter)  # type: ignore[arg-type]
    rows, ragged = [], []
    for piece in source.pieces(source.columns):
        batch = piece.read()
        cells = [list(row.values()) for row in batch.table.to_pylist()]
        rows += list(zip(map(int, batch.numbers), cells, strict=True))
        ragged += batch.ragged
    return rows, ragged


def oracle(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], list[Ragged]]:
    """The same by a second reader, over the whole text at once."""
    rows = rows_of(text, delimiter)[1:]
    ragged = [row for row in rows if row.misquoted or len(row.cells) != WIDTH]
    return [(row.number, row.cells) for row in rows if row not in ragged], [Ragged(*row) for row in ragged]


@given(
    ROWS,
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from([16, 40, 1 << 20]),
    st.sampled_from(["utf-8", "utf-8-sig", "windows-1252", "utf-16"]),
)
def test_round_trip(rows: list[list[str]], delimiter: str, line_end: str, quoting: int, size: int, encoding: str) -> None:
    text = written(rows, delimiter, line_end, quoting)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        named = None if encoding != "windows-1252" else encoding
        assert read(text.encode(encoding), named, delimiter) == oracle(text, delimiter)


@given(ROWS, st.sampled_from([16, 40, 1 << 20]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_blocks(rows: list[list[str]], size: int, encoding: str) -> None:
    """Together they are the whole file, none larger than needed; each has its first line number and its end."""
    text = written(rows, ";", "\n", csv.QUOTE_MINIMAL)
    data = text.encode(encoding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        blocks = list(CsvText(io.BytesIO(data), "file.csv", None, ";").blocks())
    assert b"".join(block.text for block in blocks).decode() == text
    assert [block.line for block in blocks] == [
        1 + b"".join(block.text for block in blocks[:number]).count(b"\n") for number in range(len(blocks))
    ]
    reaches = [block.reaches for block in blocks]
    assert (reaches, reaches[-1]) == (sorted(reaches), len(data))
    longest = max(len(written([row], ";", "\n", csv.QUOTE_MINIMAL).encode()) for row in [[], *rows])
    assert all(len(block.text) < 2 * (longest + size) for block in blocks), (
        "the end of a row is searched for in twice as much text"
    )


#: Pieces of a text with misplaced quotation marks, cells of several lines, and line ends of every kind. "," is a delimiter.
_PIECES = st.sampled_from([*'",x€\n\r', '""', ',"', '",', '5" x', '"x\ny"', '\n"', '"\n', "\r\n", '"\r', "x,x,x\n"])


@given(
    st.lists(_PIECES, max_size=60).map("".join),
    st.sampled_from(",;\t|"),
    st.sampled_from([16, 40, 1 << 20]),
    st.sampled_from([1, 2, 1000]),
    st.booleans(),
)
@example('x,5" pipe,y\nx,"abc,y\nx,z,y\n', ";", 1 << 20, 1000, True)
@example('x,5" pipe,y\nx,"abc\ndef",y\n' * 3, ";", 40, 1000, True)
def test_misplaced_quotes(text: str, delimiter: str, size: int, repeats: int, by_arrow: bool) -> None:
    text = (",".join(HEADER) + "\n" + text).replace(",", delimiter)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        patch.setattr(csv_rows, "_REPEATS", repeats)
        if not by_arrow:
            patch.setattr(CsvFile, "_by_arrow", lambda *block: None)
        assert read(text.encode(), None, delimiter) == oracle(text, delimiter)


#: Rows of a file with three columns, the numbers of the ragged rows, and the count of all. "," is a delimiter.
MISQUOTED = {
    "text after a closing mark": ('"1"x,2,3\n4,5,6\n', [2], 2),
    "text after a closing mark, in the last cell": ('1,2,"3"x\n4,5,6\n', [2], 2),
    "a blank after a closing mark": ('1,"2" ,3\n4,5,6\n', [2], 2),
    "a second cell in marks without a delimiter": ('1,"2""3" "4",3\n4,5,6\n', [2], 2),
    "text after a mark that closes on a later line": ('1,2,"3\n4,5,"6"\n7,8,9\n', [2], 3),
    "never closed": ('1,"2,3\n4,5,6\n7,8,9\n', [2], 3),
    "never closed, in the first cell": ('"1,2,3\n4,5,6\n7,8,9\n', [2], 3),
    "never closed, in the last row": ('1,2,3\n4,5,"6\n', [3], 2),
    "never closed, without a line end": ('1,2,3\n4,5,"', [3], 2),
    "doubled marks do not close": ('1,2,"3""\n4,5,6\n', [2], 2),
    "several, each with a row of its own": ('1,2,"3\n4,5,"6\n7,8,9\n"1"x,2,3\n', [2, 3, 5], 4),
    "marks in a cell that does not begin with one": ('5" x,a "b" c,3"\n4, "5",6\n', [], 2),
    "a cell of several lines": ('1,"2\n""5,6""\n",3\n4,5,6\n', [], 2),
}


@pytest.mark.parametrize("size", [16, 1 << 20])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize(("text", "ragged", "count"), MISQUOTED.values(), ids=MISQUOTED)
def test_misquoted_row(
    text: str, ragged: list[int], count: int, delimiter: str, line_end: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ragged, and the rows around it are read."""
    monkeypatch.setattr(csv_text, "_READ", size)
    text = f"a,b,c\n{text}".replace(",", delimiter).replace("\n", line_end)
    rows, ragged_rows = read(text.encode(), None, delimiter)
    assert [row.row for row in ragged_rows] == ragged
    assert all(row.misquoted for row in ragged_rows)
    assert len(rows) + len(ragged_rows) == count


@pytest.mark.parametrize("start", ["", "\n\n", "sep=;\n", "\n" * 40])
@pytest.mark.parametrize("header", ['a;"b"x;c\n', 'a;"b;c\n1;2;3\n'])
def test_misquoted_header(start: str, header: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_READ", 16)
    line = 1 + start.count("\n")
    with pytest.raises(Unreadable, match=f"line {line}: the names of the columns cannot be read"):
        read(f"{start}{header}4;5;6\n".encode(), None, ";")


@pytest.mark.parametrize("size", [16, 1 << 20])
def test_blank_lines_before_header(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_READ", size)
    assert read(b"sep=;\n" + b"\n" * 40 + b'a;"b\n";c\n1;2;3\n') == ([(44, ["1", "2", "3"])], [])


@pytest.mark.parametrize("size", [16, 100, 1 << 20])
def test_too_long_row(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lines are then read one by one, as if the quote were never closed."""
    monkeypatch.setattr(csv_text, "_READ", size)
    monkeypatch.setattr(csv_text, "_LONGEST_ROW", 50)
    lines = ['1,2,"3', *["4,5,6"] * 20, '7",8,9', '1,2,"3', *["4,5,6"] * 6, '"', "1,2,3"]
    rows, ragged = read("\n".join(["a,b,c", *lines]).encode())
    assert [row.row for row in ragged] == [2]
    assert [number for number, _ in rows] == [*range(3, 25), 32]


@pytest.mark.parametrize("mark", ["", '"'])
def test_too_long_line(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_READ", 64)
    monkeypatch.setattr(csv_text, "_LONGEST_ROW", 1 << 20)
    with pytest.raises(Unreadable, match="line 2: longer than 1 MiB"):
        read(b"a\n" + mark.encode() + b"x" * (1 << 21))


def test_unclosed_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is scanned only once."""
    searched = []
    split = Rows.split
    monkeypatch.setattr(csv_text, "_READ", 1 << 10)
    monkeypatch.setattr(Rows, "split", lambda self, text, **more: searched.append(len(text)) or split(self, text, **more))
    assert len(read(b'a\n"' + b"x" * (1 << 20))[1]) == 1
    assert sum(searched) < 4 << 20


@pytest.mark.parametrize("blank", ["\n", "\n\n\n", "\r\n\r\n"])
def test_empty_lines(blank: str) -> None:
    rows, ragged = read(f"a;b;c\n1;2;3\n{blank}4;5;6\n{blank}".encode())
    assert [number for number, _ in rows] == [2, 3 + blank.count("\n")]
    assert not ragged


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("first", ["1", '"a, b; c\td|e"', "0,5"])
def test_delimiter(delimiter: str, first: str) -> None:
    first = first if delimiter != "," or first != "0,5" else '"0,5"'
    lines = [delimiter.join(["navn", "tall", "by"]), delimiter.join([first, "2", "3"])] * 3
    rows, ragged = read("\n".join(lines).encode())
    assert len(rows) == 5
    assert not ragged


@pytest.mark.parametrize("rows", [["974760673"], ["974760673,Ola", "974760673", "974760673,a,b"], ["1", "2", "3", "4"]])
def test_delimiter_by_header(rows: list[str]) -> None:
    source = CsvFile(io.BytesIO("\n".join(["orgnr,navn", *rows]).encode()), "file.csv", None, None, None)  # type: ignore[arg-type]
    assert source.columns == ("orgnr", "navn")


@pytest.mark.parametrize(("first", "after"), [(5, 0), (5, 4), (15, 100)])
def test_delimiter_by_first_rows(first: int, after: int) -> None:
    """Even if another delimiter divides the header into more cells."""
    data = b"a;b,c,d\n" + b"1;2\n" * first + b"1,2,3\n" * after
    source = CsvFile(io.BytesIO(data), "file.csv", None, None, None)  # type: ignore[arg-type]
    assert source.columns == ("a", "b,c,d")


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n", "\r"])
def test_invalid_delimiter(delimiter: str) -> None:
    with pytest.raises(Unreadable, match="one character"):
        read(b"a;b\n1;2\n", delimiter=delimiter)


@pytest.mark.parametrize("line", ["sep=|\n", "sep=|\r\n", "\ufeffsep=|\r\n", "SEP=|\n", '"sep=|"\r\n', '"Sep=|"\n'])
@pytest.mark.parametrize("delimiter", [None, "|"])
def test_sep_line(line: str, delimiter: str | None) -> None:
    assert read(f"{line}a|b;c;d\n1|2;3;4\n".encode(), None, delimiter) == ([(3, ["1", "2;3;4"])], [])
    with pytest.raises(Unreadable, match="is empty"):
        read(line.encode(), None, delimiter)


def test_long_cell() -> None:
    """Python's own reader has a limit by default."""
    long = "x" * 200_000
    assert read(f'a;b;c\n"{long}\n";2;3\n'.encode()) == ([(2, [f"{long}\n", "2", "3"])], [])


def test_one_column() -> None:
    assert read(b"orgnr\n974760673\n\n974760674") == ([(2, ["974760673"]), (4, ["974760674"])], [])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("navn\nBlåbær".encode(), "Blåbær"),
        ("navn\nBlåbær".encode("utf-8-sig"), "Blåbær"),
        ("navn\nBlåbær – 5 €".encode("windows-1252"), "Blåbær – 5 €"),
        ("navn\nBlåbær".encode("utf-16"), "Blåbær"),
        ("navn\nBlåbær".encode("utf-32"), "Blåbær"),
        ("navn\rBlåbær".encode(), "Blåbær"),
    ],
)
def test_encoding_and_line_ends(data: bytes, name: str) -> None:
    assert read(data)[0] == [(2, [name])]


@pytest.mark.parametrize("wide", ["utf-16", "utf-32"])
@pytest.mark.parametrize(("mark", "end"), [("", "-le"), ("\ufeff", "-le"), ("\ufeff", "-be")])
def test_wide_encoding(wide: str, mark: str, end: str) -> None:
    """Without an explicit byte order the mark decides, or else little-endian."""
    assert read(f"{mark}navn\nBlåbær 😀".encode(wide + end), wide) == ([(2, ["Blåbær 😀"])], [])


@pytest.mark.parametrize("encoding", ["utf-7", "iso-2022-jp", "hz", "utf-16-le", "shift_jis", "gb18030", "cp037", "utf-8-sig"])
def test_named_encodings(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where ASCII bytes mean something else, or a block ends inside a character."""
    monkeypatch.setattr(csv_text, "_READ", 16)
    names = ["A + B"] * 5 if encoding == "cp037" else ["日本", "A + B", "人本", "日日"] * 5
    data = "\n".join(["navn|by", *(f"{name}|x" for name in names)]).encode(encoding)
    assert [cells for _, cells in read(data, encoding, "|")[0]] == [[name, "x"] for name in names]


def test_ascii_compatible_encodings() -> None:
    """Only in those are bytes split before they are decoded."""
    compatible = [name for name in sorted({*aliases.values()}) if csv_text._ASCII_COMPATIBLE.fullmatch(_name_of(name))]
    assert len(compatible) > 20
    for encoding in compatible:
        assert all(bytes([byte]).decode(encoding) == chr(byte) for byte in range(128)), encoding


def _name_of(alias: str) -> str:
    try:
        return codecs.lookup(alias).name
    except LookupError:  # an encoding of Windows alone
        return ""


@pytest.mark.parametrize("size", [16, 1 << 20])
@pytest.mark.parametrize("place", [1, 2, 3, 90])
def test_null_characters(place: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_READ", size)
    lines = ["a;b;c", *["1;2;3"] * 99]
    lines[place - 1] = "1;2\0;3"
    with pytest.raises(Unreadable, match=f"neither text nor Parquet nor Arrow: line {place} has a null character"):
        read("\n".join(lines).encode())


@pytest.mark.parametrize("size", [16, 40, 1 << 20])
def test_mark_inside_file(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a character: the verdict on a cell does not depend on its row or block."""
    monkeypatch.setattr(csv_text, "_READ", size)
    rows = [["\ufeff1", "2", "3"]] * 20
    text = "\n".join(map(";".join, [list(HEADER), *rows]))
    assert read(text.encode()) == (list(enumerate(rows, 2)), [])


def test_columns_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many columns would otherwise take quadratic time."""

    class Names(tuple):  # type: ignore[type-arg]
        def index(self, *name: object) -> int:
            raise AssertionError("a column is searched for")

    source = CsvFile(io.BytesIO(b'a;b;c\n1;"2\n";3\n'), "file.csv", None, None, None)  # type: ignore[arg-type]
    source.columns = Names(source.columns)
    batches = [piece.read() for piece in source.pieces(("c", "a"))]
    assert batches[0].table.to_pylist() == [{"c": "3", "a": "1"}]


def test_carriage_return() -> None:
    """Even mixed with other line ends, and across blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", 16)
        rows, ragged = read(b"a;b\nx\rOla;1\r\nKari;2\r\nPer;3\rLise;4\r\n", delimiter=";")
    assert rows == [(3, ["Ola", "1"]), (4, ["Kari", "2"]), (5, ["Per", "3"]), (6, ["Lise", "4"])]
    assert ragged == [Ragged(2, ["x"])]


def test_late_windows_1252() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", 64)
        rows, _ = read(b"navn\n" + b"Ola\n" * 100 + "Kåre\n".encode("windows-1252"))
    assert rows[-1] == (102, ["Kåre"])


def test_size(tmp_path: Path) -> None:
    """Progress is measured against the size of the file."""
    (tmp_path / "in.csv").write_text("orgnr\n1\n")
    assert open_source(str(tmp_path / "in.csv")).size == 8


def test_duplicate_names() -> None:
    source = CsvFile(io.BytesIO(b"navn;navn; by \n"), "file.csv", None, None, None)  # type: ignore[arg-type]
    assert source.columns == ("navn", "navn (2)", "by")


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "a (2) (2)"]), max_size=12))
def test_numbered_names(names: list[str]) -> None:
    numbered = list(distinct(names))
    assert len(set(numbered)) == len(names)
    assert all(new.startswith(name) for new, name in zip(numbered, names))


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"", None, "file.csv is empty."),
        (b"\n\n", None, "file.csv is empty."),
        (b"\xef\xbb\xbf", None, "file.csv is empty."),
        (b"\xff\xfe", None, "file.csv is empty."),
        (b"\xef\xbb\xbf", "base64", "file.csv is empty."),
        ("navn\nKåre\n".encode() + b"K\xe5re\n", None, "line 3: not UTF-8"),
        (b"navn\nK\x81re\n", None, "line 2: not WINDOWS-1252"),
        (b"\xef\xbb\xbfnavn\nK\xe5re\n", None, "line 2: not UTF-8"),
        ("navn\nKåre".encode(), "ascii", "line 2: not ASCII"),
        (b"navn\0", None, "neither text nor Parquet nor Arrow"),
        ("navn\nOla".encode("utf-16-le") + b"x", "utf-16-le", "not UTF-16-LE"),
        (b"navn\n+2AA-", "utf-7", "not UTF-7"),
    ],
)
def test_unreadable_files(data: bytes, encoding: str | None, expected: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(data, encoding)
    assert expected in str(error.value)
