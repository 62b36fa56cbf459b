"""The text of a CSV file, decoded and cut into blocks of whole rows."""

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

#: So much is read at once, and a row may be so long, in bytes. A cell that is never closed is looked at so far.
_READ, _LONGEST_ROW = 1 << 22, 1 << 26
#: What may part the cells.
DELIMITERS = ";,\t|"
#: What Windows programs in Norway write where they do not write UTF-8.
_FALLBACK = "windows-1252"
#: UTF-32's stand before UTF-16's, whose marks some of them begin with.
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
#: Encodings that leave to a byte order mark which one they are, and what they are without one.
_MARKED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
#: Encodings in which every byte below 128 is that character of ASCII, wherever it stands: their lines end as ASCII's do.
_BYTE_BY_BYTE = re.compile(r"utf-8|ascii|iso8859-\d+|cp(125\d|437|850|858|865)|mac-roman")
#: A first line for Excel, which tells the delimiter and is no row.
_TELLING = re.compile(r"""("?)sep=([\t !#-~])\1[\r\n]""", re.IGNORECASE)
#: So many rows tell the delimiter.
_SAMPLE = 20


class Line(NamedTuple):
    """A line: its number, and its text without the line end."""

    number: int
    text: str


class Block(NamedTuple):
    """Whole rows in UTF-8: the number of their first line, and how far into the file they reach."""

    text: bytes
    line: int
    reaches: int
    #: Lines of misquoted rows, see :class:`~.csv_rows.Rows`. In ``text`` they are empty.
    misquoted: tuple[Line, ...] = ()


class CsvText:
    """Reads CSV from a file, in UTF-8 or Windows-1252 unless another encoding is named; lines may end in any way."""

    def __init__(self, file: BinaryIO, name: str, encoding: str | None, delimiter: str | None) -> None:
        if delimiter is not None and (len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n'):
            raise Unreadable("The delimiter must be one character of ASCII, and no quotation mark or end of a line.")
        self._file, self._name = file, name
        self._start = file.read(_READ)
        bom = next((bom for bom in _BOMS if self._start.startswith(bom)), b"")
        self._start, self._mark = self._start[len(bom) :], len(bom)
        #: Whether Windows-1252 may take the place of UTF-8: as long as all that was read means the same in both.
        self._may_fall_back = not bom and encoding is None
        self._advice = "Name the encoding" if encoding is None else "Name another encoding"
        self.encoding = _told(encoding, _BOMS.get(bom))
        self._transcoded = not _BYTE_BY_BYTE.fullmatch(codecs.lookup(self.encoding).name)
        sample = self._recoded(lambda text: text.decode(self.encoding, "replace"), self._start).decode()
        telling = _TELLING.match(sample)
        self.first_line_tells = telling is not None
        self.delimiter = delimiter or (telling[2] if telling else _delimiter(sample))
        self._rows = Rows(self.delimiter, _LONGEST_ROW)

    @property
    def is_plain_utf8(self) -> bool:
        """Whether it is in UTF-8 without a byte order mark, as far as it has been read."""
        return self.encoding == "utf-8" and not self._mark

    def blocks(self) -> Iterator[Block]:
        """The whole text, from the first line on."""
        waiting, reaches, line, enough = b"", self._mark, 1, 0
        for chunk, reaches in self._chunks():
            waiting += chunk
            if b"\0" in chunk:
                raise self._no_text(line + line_ends(waiting[: waiting.index(b"\0")]))
            if len(waiting) < enough:
                continue
            end, given_up = self._split(waiting, line)
            if end:
                yield self._block(waiting[:end], line, reaches, given_up)
                line, waiting = line + line_ends(waiting[:end]), waiting[end:]
            # Where no row ends, one is looked for again in twice as much: in every chunk it would take quadratic time.
            enough = 0 if end else min(2 * len(waiting), _LONGEST_ROW + 1)
        if waiting:
            _, given_up = self._split(waiting + b"\n", line, whole=True)
            yield self._block(waiting, line, reaches, given_up)

    def _split(self, text: bytes, line: int, *, whole: bool = False) -> tuple[int, list[Span]]:
        """Where the last complete row ends, and the lines before that which are given up."""
        try:
            if b'"' in text or len(text) > _LONGEST_ROW:
                return self._rows.split(text, whole=whole)
        except LineTooLongError as error:
            where = line + line_ends(text[: error.start])
            raise Unreadable(f"{self._name}, line {where}: longer than {_LONGEST_ROW >> 20} MiB.") from None
        # Every line is a row. A carriage return at the end may be half a line end.
        return max(text.rfind(b"\n"), text.rfind(b"\r", 0, -1)) + 1, []

    def _block(self, text: bytes, line: int, reaches: int, given_up: list[Span]) -> Block:
        recoded = self._as_utf8(text, line)
        if not given_up:
            return Block(recoded, line, reaches)
        parts, misquoted, start, number = list[bytes](), list[Line](), 0, line
        for span in given_up:
            rows, given = text[start : span.start], text[span.start : span.end]
            if rows:
                parts.append(self._as_utf8(rows, number))
                number += line_ends(rows)
            misquoted.append(Line(number, self._as_utf8(given, number).decode().rstrip("\r\n")))
            parts.append(b"\r\n")  # a line feed alone would join a carriage return before it
            start, number = span.end, number + 1
        return Block(b"".join([*parts, self._as_utf8(text[start:], number)]), line, reaches, tuple(misquoted))

    def _no_text(self, line: int) -> Unreadable:
        return Unreadable(
            f"{self._name} is neither text nor Parquet nor Arrow: line {line} has a null character. "
            "Text in UTF-16 may need --encoding utf-16-le."
        )

    def _chunks(self) -> Iterator[tuple[bytes, int]]:
        """Pieces of the file as they come, in an encoding that has ASCII's line ends; and how far they reach."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        chunk, reaches = self._start, self._mark
        while chunk:
            reaches += len(chunk)
            yield self._recoded(decoder.decode, chunk) if self._transcoded else chunk, reaches
            chunk = self._more()
        if self._transcoded and self._start:  # half a character at the end is none
            yield self._recoded(lambda text: decoder.decode(text, True), b""), reaches

    def _more(self) -> bytes:
        try:
            return self._file.read(_READ)
        except OSError as error:
            raise Unreadable(f"{self._name}: {sentence(error)}") from error

    def _recoded(self, decode: Callable[[bytes], str], text: bytes) -> bytes:
        with suppress(UnicodeError):  # which holds the text: nothing is chained to it
            return decode(text).encode()
        raise self._not_so_encoded()

    def _not_so_encoded(self, where: str = "") -> Unreadable:
        return Unreadable(f"{self._name}{where}: not {self.encoding.upper()}. {self._advice} with --encoding.")

    def _as_utf8(self, text: bytes, line: int) -> bytes:
        if text.isascii() or self._transcoded:
            return text
        try:
            decoded = text.decode(self.encoding)
        except UnicodeDecodeError as error:
            wrong = error.start  # the error itself holds the text: nothing is chained to it
        else:
            self._may_fall_back = False
            return text if self.encoding == "utf-8" else decoded.encode()
        if not (self._may_fall_back and text[:wrong].isascii()):
            where = line + line_ends(text[:wrong])
            raise self._not_so_encoded(f", line {where}")
        self.encoding, self._may_fall_back = _FALLBACK, False
        return self._as_utf8(text, line)


def _told(encoding: str | None, mark: str | None) -> str:
    """The encoding that is named, by the mark where the name leaves it to that; else the mark's own, or UTF-8."""
    if encoding is None:
        return mark or "utf-8"
    left_open = codecs.lookup(encoding).name
    if left_open not in _MARKED:
        return encoding
    return mark if mark and mark.startswith(left_open) else _MARKED[left_open]


def _delimiter(sample: str) -> str:
    """The delimiter that gives the most columns, of those that give most rows as many as the header; else the header's own."""

    def columns(delimiter: str) -> tuple[bool, int]:
        rows = [row for row, _ in zip(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), range(_SAMPLE)) if row]
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows)
        return width > 1 and 2 * alike > len(rows), width

    return max(DELIMITERS, key=columns)


def line_ends(text: bytes) -> int:
    """How many lines end in a text: in a line feed, a carriage return, or both."""
    returns = _count(text, b"\r")
    return _count(text, b"\n") + (returns - text.count(b"\r\n") if returns else 0)


def _count(text: bytes, character: bytes) -> int:
    """As ``text.count``, but as fast when there are many."""
    return int(np.count_nonzero(np.frombuffer(text, np.uint8) == ord(character)))
