"""CSV is read to the letter, in blocks of any size: the cells, the numbers of the rows, and the rows that are ragged."""

from __future__ import annotations

import codecs
import csv
import io
from encodings.aliases import aliases

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nofields.audit import csv_text
from nofields.audit.csv_file import CsvFile
from nofields.audit.csv_text import CsvText
from nofields.audit.source import Ragged, distinct
from nofields.audit.unreadable import Unreadable

WIDTH = 3
HEADER = ("a", "b", "c")
_CELLS = st.text(st.sampled_from("xæ0 .,;\t\"'\n|€"), max_size=6)
ROWS = st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=12)


def written(rows: list[list[str]], delimiter: str, line_end: str, quoting: int) -> str:
    """Rows as a program writes them; what stands in quotes keeps its line feeds."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([list(HEADER), *rows])  # type: ignore[arg-type]
    return text.getvalue()


def read(
    data: bytes, encoding: str | None = None, delimiter: str | None = None
) -> tuple[list[tuple[int, list[str]]], list[Ragged]]:
    """What an audit sees of a file: numbered rows, and ragged ones."""
    source = CsvFile(io.BytesIO(data), "file.csv", None, encoding, delimiter)  # type: ignore[arg-type]
    rows, ragged = [], []
    for piece in source.pieces(source.columns):
        batch = piece.read()
        cells = [list(row.values()) for row in batch.table.to_pylist()]
        rows += list(zip(map(int, batch.numbers), cells, strict=True))
        ragged += batch.ragged
    return rows, ragged


def oracle(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], list[Ragged]]:
    """The same by Python's reader, over the whole text at once."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    numbered, line = [], 1
    for row in reader:
        numbered.append((line, row))
        line = reader.line_num + 1
    rows = [(line, row) for line, row in numbered[1:] if row]
    fits = [(line, row) for line, row in rows if len(row) == WIDTH]
    return fits, [Ragged(line, row) for line, row in rows if len(row) != WIDTH]


@given(
    ROWS,
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from([16, 40, 1 << 20]),
    st.sampled_from(["utf-8", "utf-8-sig", "windows-1252", "utf-16"]),
)
def test_reads_what_a_program_wrote(
    rows: list[list[str]], delimiter: str, line_end: str, quoting: int, size: int, encoding: str
) -> None:
    text = written(rows, delimiter, line_end, quoting)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        named = None if encoding != "windows-1252" else encoding
        assert read(text.encode(encoding), named, delimiter) == oracle(text, delimiter)


@given(ROWS, st.sampled_from([16, 40, 1 << 20]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_blocks_are_the_whole_file_in_order_and_none_is_larger_than_it_need_be(
    rows: list[list[str]], size: int, encoding: str
) -> None:
    """What is read at once, and what a row has before it; each says where it begins and how far into the file it reaches."""
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
        "a row that does not end is looked for in twice as much"
    )


#: Pieces of a text that nobody wrote with care: lone quotation marks, cells of several lines, lines that end in any way.
_PIECES = st.sampled_from(['"', '""', ';"', '";', ";", "x", '5" x', '"x\ny"', '\n"', '"\n', "\n", "\r", "\r\n", "x;x;x\n"])


def never_closed(text: str, delimiter: str) -> bool:
    """Whether the last cell has not ended where the text does: what is put behind it becomes part of it."""
    rows = list(csv.reader(io.StringIO(f"{text}\n{delimiter}", newline=""), delimiter=delimiter))
    return rows[-1][-1].endswith(f"\n{delimiter}")


@given(st.lists(_PIECES, max_size=60).map("".join), st.sampled_from([16, 40, 1 << 20]))
@example('x;5" pipe;y\nx;"abc;y\nx;z;y\n', 1 << 20)
@example('x;5" pipe;y\nx;"abc\ndef";y\n' * 3, 40)
def test_quotation_marks_and_line_ends_of_any_kind_are_read_as_python_reads_them(text: str, size: int) -> None:
    text = ";".join(HEADER) + "\n" + text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        if never_closed(text, ";"):
            with pytest.raises(Unreadable, match="never closed"):
                read(text.encode(), None, ";")
        else:
            assert read(text.encode(), None, ";") == oracle(text, ";")


def test_a_cell_that_is_never_closed_takes_no_more_time_than_its_length_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []
    monkeypatch.setattr(csv_text, "_READ", 1 << 10)
    monkeypatch.setattr(CsvText, "_end_of_rows", lambda self, text: searched.append(len(text)) or 0)
    with pytest.raises(Unreadable, match="never closed"):
        list(CsvText(io.BytesIO(b'a\n"' + b"x" * (1 << 20)), "file.csv", None, ";").blocks())  # type: ignore[arg-type]
    assert sum(searched) < 4 << 20


@pytest.mark.parametrize("blank", ["\n", "\n\n\n", "\r\n\r\n"])
def test_an_empty_line_is_no_row_but_is_counted(blank: str) -> None:
    rows, ragged = read(f"a;b;c\n1;2;3\n{blank}4;5;6\n{blank}".encode())
    assert [number for number, _ in rows] == [2, 3 + blank.count("\n")]
    assert not ragged


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("first", ["1", '"a, b; c\td|e"', "0,5"])
def test_the_delimiter_is_found_out(delimiter: str, first: str) -> None:
    first = first if delimiter != "," or first != "0,5" else '"0,5"'
    lines = [delimiter.join(["navn", "tall", "by"]), delimiter.join([first, "2", "3"])] * 3
    rows, ragged = read("\n".join(lines).encode())
    assert len(rows) == 5
    assert not ragged


@pytest.mark.parametrize("rows", [["974760673"], ["974760673,Ola", "974760673", "974760673,a,b"], ["1", "2", "3", "4"]])
def test_the_header_tells_the_delimiter_where_most_rows_are_ragged(rows: list[str]) -> None:
    source = CsvFile(io.BytesIO("\n".join(["orgnr,navn", *rows]).encode()), "file.csv", None, None, None)  # type: ignore[arg-type]
    assert source.columns == ("orgnr", "navn")


@pytest.mark.parametrize(("first", "after"), [(5, 0), (5, 4), (15, 100)])
def test_most_of_the_first_rows_tell_the_delimiter_whatever_comes_after(first: int, after: int) -> None:
    """Another that parts the header into more is none."""
    data = b"a;b,c,d\n" + b"1;2\n" * first + b"1,2,3\n" * after
    source = CsvFile(io.BytesIO(data), "file.csv", None, None, None)  # type: ignore[arg-type]
    assert source.columns == ("a", "b,c,d")


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n", "\r"])
def test_a_delimiter_is_one_character(delimiter: str) -> None:
    with pytest.raises(Unreadable, match="one character"):
        read(b"a;b\n1;2\n", delimiter=delimiter)


@pytest.mark.parametrize("line", ["sep=|\n", "sep=|\r\n", "\ufeffsep=|\r\n", "SEP=|\n", '"sep=|"\r\n', '"Sep=|"\n'])
@pytest.mark.parametrize("delimiter", [None, "|"])
def test_a_first_line_for_excel_tells_the_delimiter_and_is_no_row(line: str, delimiter: str | None) -> None:
    assert read(f"{line}a|b;c;d\n1|2;3;4\n".encode(), None, delimiter) == ([(3, ["1", "2;3;4"])], [])
    with pytest.raises(Unreadable, match="is empty"):
        read(line.encode(), None, delimiter)


def test_a_cell_of_any_length_is_read() -> None:
    """Also by Python's reader, which has a limit unless it is told."""
    long = "x" * 200_000
    assert read(f'a;b;c\n"{long}\n";2;3\n'.encode()) == ([(2, [f"{long}\n", "2", "3"])], [])


def test_one_column_needs_no_delimiter() -> None:
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
def test_the_encoding_and_the_line_ends_are_found_out(data: bytes, name: str) -> None:
    assert read(data)[0] == [(2, [name])]


@pytest.mark.parametrize("wide", ["utf-16", "utf-32"])
@pytest.mark.parametrize(("mark", "end"), [("", "-le"), ("\ufeff", "-le"), ("\ufeff", "-be")])
def test_a_wide_encoding_named_without_its_ends_is_what_the_mark_says_else_little_endian(
    wide: str, mark: str, end: str
) -> None:
    assert read(f"{mark}navn\nBlåbær 😀".encode(wide + end), wide) == ([(2, ["Blåbær 😀"])], [])


@pytest.mark.parametrize("encoding", ["utf-7", "iso-2022-jp", "hz", "utf-16-le", "shift_jis", "gb18030", "cp037", "utf-8-sig"])
def test_an_encoding_of_any_kind_is_read_as_python_reads_it(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where bytes of ASCII mean something else, and where a block ends in the middle of it."""
    monkeypatch.setattr(csv_text, "_READ", 16)
    names = ["A + B"] * 5 if encoding == "cp037" else ["日本", "A + B", "人本", "日日"] * 5
    data = "\n".join(["navn|by", *(f"{name}|x" for name in names)]).encode(encoding)
    assert [cells for _, cells in read(data, encoding, "|")[0]] == [[name, "x"] for name in names]


def test_where_text_is_not_decoded_before_it_is_cut_ascii_means_itself() -> None:
    cut = [name for name in sorted({*aliases.values()}) if csv_text._BYTE_BY_BYTE.fullmatch(_name_of(name))]
    assert len(cut) > 20
    for encoding in cut:
        assert all(bytes([byte]).decode(encoding) == chr(byte) for byte in range(128)), encoding


def _name_of(alias: str) -> str:
    try:
        return codecs.lookup(alias).name
    except LookupError:  # Windows' own
        return ""


@pytest.mark.parametrize("size", [16, 1 << 20])
@pytest.mark.parametrize("place", [1, 2, 3, 90])
def test_a_null_character_is_no_text_wherever_it_stands(place: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_READ", size)
    lines = ["a;b;c", *["1;2;3"] * 99]
    lines[place - 1] = "1;2\0;3"
    with pytest.raises(Unreadable, match=f"neither text nor Parquet nor Arrow: line {place} has a null character"):
        read("\n".join(lines).encode())


@pytest.mark.parametrize("size", [16, 40, 1 << 20])
def test_a_byte_order_mark_inside_of_a_file_is_a_character(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the verdict on a cell depends neither on its row nor on where a block begins."""
    monkeypatch.setattr(csv_text, "_READ", size)
    rows = [["\ufeff1", "2", "3"]] * 20
    text = "\n".join(map(";".join, [list(HEADER), *rows]))
    assert read(text.encode()) == (list(enumerate(rows, 2)), [])


def test_a_column_is_found_by_its_name_once_and_not_in_every_row_or_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else many columns take quadratic time where Python reads the rows."""

    class Names(tuple):  # type: ignore[type-arg]
        def index(self, *name: object) -> int:
            raise AssertionError("a column is searched for")

    source = CsvFile(io.BytesIO(b'a;b;c\n1;"2\n";3\n'), "file.csv", None, None, None)  # type: ignore[arg-type]
    source.columns = Names(source.columns)
    batches = [piece.read() for piece in source.pieces(("c", "a"))]
    assert batches[0].table.to_pylist() == [{"c": "3", "a": "1"}]


def test_a_carriage_return_alone_ends_a_line_too() -> None:
    """Also where other lines end otherwise, and the file is read in several blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", 16)
        rows, ragged = read(b"a;b\nx\rOla;1\r\nKari;2\r\nPer;3\rLise;4\r\n", delimiter=";")
    assert rows == [(3, ["Ola", "1"]), (4, ["Kari", "2"]), (5, ["Per", "3"]), (6, ["Lise", "4"])]
    assert ragged == [Ragged(2, ["x"])]


def test_windows_1252_is_found_out_far_into_a_file() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", 64)
        rows, _ = read(b"navn\n" + b"Ola\n" * 100 + "Kåre\n".encode("windows-1252"))
    assert rows[-1] == (102, ["Kåre"])


def test_names_that_come_again_get_a_number() -> None:
    source = CsvFile(io.BytesIO(b"navn;navn; by \n"), "file.csv", None, None, None)  # type: ignore[arg-type]
    assert source.columns == ("navn", "navn (2)", "by")


@given(st.lists(st.sampled_from(["a", "a (2)", "a (3)", "a (2) (2)"]), max_size=12))
def test_names_are_distinct_also_where_some_have_a_number_already(names: list[str]) -> None:
    made = list(distinct(names))
    assert len(set(made)) == len(names)
    assert all(new.startswith(name) for new, name in zip(made, names))


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
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
        (b'navn\nOla\n"Kari\nNordmann\n', None, "line 3: a quotation mark that begins a cell here is never closed."),
        (b"navn\0", None, "neither text nor Parquet nor Arrow"),
        ("navn\nOla".encode("utf-16-le") + b"x", "utf-16-le", "not UTF-16-LE"),
        (b"navn\n+2AA-", "utf-7", "not UTF-7"),
    ],
)
def test_says_where_and_why_a_file_cannot_be_read(data: bytes, encoding: str | None, said: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(data, encoding)
    assert said in str(error.value)
