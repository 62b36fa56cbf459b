"""Decode the text of a CSV file and split it into blocks of whole rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

import numpy as np

from nofields.audit.csv_rows import LineTooLongError, Rows, Span
from nofields.audit.unreadable import Unreadable, sentence

#: Bytes that are read at once, and the most bytes in a row, after which a quoted cell counts as never closed.
_READ, _LONGEST_ROW = 1 << 22, 1 << 26
#: Delimiters that are detected.
DELIMITERS = ";,\t|"
#: What Windows programs in Norway write instead of UTF-8.
_FALLBACK = "windows-1252"
#: UTF-32 comes before UTF-16, since UTF-32's mark may begin with UTF-16's.
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
#: Encodings that depend on a byte order mark, and what they are without one.
_WITHOUT_BOM = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
#: Encodings in which a byte below 128 is always that ASCII character, so that rows can be found without decoding.
_ASCII_COMPATIBLE = re.compile(r"utf-8|ascii|iso8859-\d+|cp(125\d|437|850|858|865)|mac-roman")
#: A first line for Excel that names the delimiter and is not a row.
_SEP_LINE = re.compile(r"""("?)sep=([\t !#-~])\1[\r\n]""", re.IGNORECASE)
#: Rows from which the delimiter is detected.
_SAMPLE = 20


class Line(NamedTuple):
    """The number of a line, and its text without the line end."""

    number: int
    text: str


class Block(NamedTuple):
    """Whole rows in UTF-8, the number of their first line, and the position in the file where they end."""

    text: bytes
    line: int
    reaches: int
    #: Skipped lines of misquoted rows, see :class:`~.csv_rows.Rows`. They are empty in ``text``.
    misquoted: tuple[Line, ...] = ()


class CsvText:
    """Read CSV text with any line ends.

    Args:
        file: A binary file.
        name: What messages call the file.
        encoding: The encoding. Default: ``None``, by the byte order mark, otherwise UTF-8 or Windows-1252.
        delimiter: One character of ASCII. Default: ``None``, detected.

    Raises:
        Unreadable: The delimiter is not allowed, or the text is not in the encoding.
        LookupError: The encoding is unknown.
    """

    def __init__(self, file: BinaryIO, name: str, encoding: str | None, delimiter: str | None) -> None:
        if delimiter is not None and (len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n'):
            raise Unreadable("The delimiter must be one character of ASCII, and no quotation mark or end of a line.")
        self._file, self._name = file, name
        self._start = file.read(_READ)
        bom = next((bom for bom in _BOMS if self._start.startswith(bom)), b"")
        self._start, self._mark = self._start[len(bom) :], len(bom)
        #: Whether all that was read so far is ASCII, so that the encoding can still become Windows-1252.
        self._may_fall_back = not bom and encoding is None
        self._advice = "Name the encoding" if encoding is None else "Name another encoding"
        self.encoding = _resolve_encoding(encoding, _BOMS.get(bom))
        self._transcoded = not _ASCII_COMPATIBLE.fullmatch(codecs.lookup(self.encoding).name)
        sample = self._recoded(lambda text: text.decode(self.encoding, "replace"), self._start).decode()
        sep_line = _SEP_LINE.match(sample)
        self.has_sep_line = sep_line is not None
        self.delimiter = delimiter or (sep_line[2] if sep_line else _detect_delimiter(sample))
        self._row_splitter = Rows(self.delimiter, _LONGEST_ROW)

    @property
    def is_plain_utf8(self) -> bool:
        """Whether the text read so far is UTF-8 without a byte order mark."""
        return self.encoding == "utf-8" and not self._mark

    def blocks(self) -> Iterator[Block]:
        """Yield the text in blocks, from the first line on.

        Raises:
            Unreadable: The text is not in the encoding, has a null character or has a line that is too long.
        """
        waiting, reaches, line, enough = b"", self._mark, 1, 0
        for chunk, reaches in self._chunks():
            waiting += chunk
            if b"\0" in chunk:
                raise self._null_character(line + line_ends(waiting[: waiting.index(b"\0")]))
            if len(waiting) < enough:
                continue
            end, skipped = self._split(waiting, line)
            if end:
                yield self._block(waiting[:end], line, reaches, skipped)
                line, waiting = line + line_ends(waiting[:end]), waiting[end:]
            # If no row ends, search again in twice as much text: a search in every chunk would take quadratic time.
            enough = 0 if end else min(2 * len(waiting), _LONGEST_ROW + 1)
        if waiting:
            _, skipped = self._split(waiting + b"\n", line, whole=True)
            yield self._block(waiting, line, reaches, skipped)

    def _split(self, text: bytes, line: int, *, whole: bool = False) -> tuple[int, list[Span]]:
        """Find the end of the last complete row, and the lines of misquoted rows before it."""
        try:
            if b'"' in text or len(text) > _LONGEST_ROW:
                return self._row_splitter.split(text, whole=whole)
        except LineTooLongError as error:
            where = line + line_ends(text[: error.start])
            raise Unreadable(f"{self._name}, line {where}: longer than {_LONGEST_ROW >> 20} MiB.") from None
        # Every line is a row. A line feed may follow a carriage return at the end of the text.
        return max(text.rfind(b"\n"), text.rfind(b"\r", 0, -1)) + 1, []

    def _block(self, text: bytes, line: int, reaches: int, skipped: list[Span]) -> Block:
        recoded = self._as_utf8(text, line)
        if not skipped:
            return Block(recoded, line, reaches)
        parts, misquoted, start, number = list[bytes](), list[Line](), 0, line
        for span in skipped:
            rows, given = text[start : span.start], text[span.start : span.end]
            if rows:
                parts.append(self._as_utf8(rows, number))
                number += line_ends(rows)
            misquoted.append(Line(number, self._as_utf8(given, number).decode().rstrip("\r\n")))
            parts.append(b"\r\n")  # a line feed alone would join a carriage return before it
            start, number = span.end, number + 1
        return Block(b"".join([*parts, self._as_utf8(text[start:], number)]), line, reaches, tuple(misquoted))

    def _null_character(self, line: int) -> Unreadable:
        return Unreadable(
            f"{self._name} is neither text nor Parquet nor Arrow: line {line} has a null character. "
            "Text in UTF-16 may need --encoding utf-16-le."
        )

    def _chunks(self) -> Iterator[tuple[bytes, int]]:
        """Yield parts of the text in an ASCII-compatible encoding, and the positions where they end."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        chunk, reaches = self._start, self._mark
        while chunk:
            reaches += len(chunk)
            yield self._recoded(decoder.decode, chunk) if self._transcoded else chunk, reaches
            chunk = self._more()
        if self._transcoded and self._start:  # raises for an incomplete character at the end
            yield self._recoded(lambda text: decoder.decode(text, True), b""), reaches

    def _more(self) -> bytes:
        try:
            return self._file.read(_READ)
        except OSError as error:
            raise Unreadable(f"{self._name}: {sentence(error)}") from error

    def _recoded(self, decode: Callable[[bytes], str], text: bytes) -> bytes:
        with suppress(UnicodeError):  # not chained: the error holds the text
            return decode(text).encode()
        raise self._wrong_encoding()

    def _wrong_encoding(self, where: str = "") -> Unreadable:
        return Unreadable(f"{self._name}{where}: not {self.encoding.upper()}. {self._advice} with --encoding.")

    def _as_utf8(self, text: bytes, line: int) -> bytes:
        if text.isascii() or self._transcoded:
            return text
        try:
            decoded = text.decode(self.encoding)
        except UnicodeDecodeError as error:
            wrong = error.start  # not chained: the error holds the text
        else:
            self._may_fall_back = False
            return text if self.encoding == "utf-8" else decoded.encode()
        if not (self._may_fall_back and text[:wrong].isascii()):
            where = line + line_ends(text[:wrong])
            raise self._wrong_encoding(f", line {where}")
        self.encoding, self._may_fall_back = _FALLBACK, False
        return self._as_utf8(text, line)


def _resolve_encoding(encoding: str | None, marked: str | None) -> str:
    """Return the encoding to read, given the requested one and the one of the byte order mark."""
    if encoding is None:
        return marked or "utf-8"
    name = codecs.lookup(encoding).name
    if name not in _WITHOUT_BOM:
        return encoding
    return marked if marked and marked.startswith(name) else _WITHOUT_BOM[name]


def _detect_delimiter(sample: str) -> str:
    """Return the delimiter that splits the header into the most cells.

    Delimiters that split most rows into as many cells as the header come first.
    """

    def columns(delimiter: str) -> tuple[bool, int]:
        rows = [row for row, _ in zip(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), range(_SAMPLE)) if row]
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows)
        return width > 1 and 2 * alike > len(rows), width

    return max(DELIMITERS, key=columns)


def line_ends(text: bytes) -> int:
    """Count the line ends of a text: a line feed, a carriage return, or both."""
    returns = _count(text, b"\r")
    return _count(text, b"\n") + (returns - text.count(b"\r\n") if returns else 0)


def _count(text: bytes, character: bytes) -> int:
    """Like ``text.count``, but as fast for frequent characters."""
    return int(np.count_nonzero(np.frombuffer(text, np.uint8) == ord(character)))
