"""The text of a CSV file, decoded and cut into blocks of whole rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

import numpy as np

from nofields.audit.unreadable import Unreadable

#: So much is read at once, and a row may be so long, in bytes.
_READ, _LONGEST_ROW = 1 << 22, 1 << 26
#: What may part the cells.
DELIMITERS = ";,\t|"
#: What Windows programs in Norway write where they do not write UTF-8.
_FALLBACK = "windows-1252"
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: So many rows tell the delimiter.
_SAMPLE = 20


class Block(NamedTuple):
    """Whole rows in UTF-8: the number of their first line, and how far into the file they reach."""

    text: bytes
    line: int
    reaches: int


class CsvText:
    """Reads CSV from a file, in UTF-8 or Windows-1252 unless another encoding is named; lines may end in any way."""

    def __init__(self, file: BinaryIO, name: str, encoding: str | None, delimiter: str | None) -> None:
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
            raise Unreadable("The delimiter must be one character, and no quotation mark or end of a line.")
        self._file, self._name = file, name
        self._start = file.read(_READ)
        if not self._start:
            raise Unreadable(f"{name} is empty.")
        bom = next((bom for bom in _BOMS if self._start.startswith(bom)), b"")
        self._start, self._marked = self._start[len(bom) :], bool(bom)
        #: Whether Windows-1252 may take the place of UTF-8: as long as all that was read means the same in both.
        self._may_fall_back = not bom and encoding is None
        self.encoding = encoding or _BOMS.get(bom, "utf-8")
        self._wide = codecs.lookup(self.encoding).name.startswith(("utf-16", "utf-32"))
        sample = self._decoded(lambda text: text.decode(self.encoding, "replace"), self._start)
        if "\0" in sample:
            raise Unreadable(f"{name} is neither text nor Parquet nor Arrow.")
        self._carriage_returns = "\r" in sample and "\n" not in sample
        self.delimiter = delimiter or _delimiter(sample)
        opened = rf'(?:\A|[{re.escape(self.delimiter)}\n])("(?:[^"]|"")*+("?))'
        self._quoted = re.compile(opened.encode())

    @property
    def plain(self) -> bool:
        """Whether it is in UTF-8 without a byte order mark, as far as it has been read."""
        return self.encoding == "utf-8" and not self._marked

    def blocks(self) -> Iterator[Block]:
        """The whole text, from the first line on."""
        waiting, reached, line = b"", 0, 1
        for chunk, reaches in self._chunks():
            waiting += chunk
            end = self._end_of_rows(waiting)
            if end:
                block = Block(self._as_utf8(waiting[:end], line), line, reached or reaches)
                yield block
                line, waiting = line + line_ends(waiting[:end]), waiting[end:]
            elif len(waiting) > _LONGEST_ROW:
                raise Unreadable(f"{self._name}, line {line}: a quotation mark that begins a cell here is never closed.")
            reached = reaches
        if waiting:
            if self._is_open(waiting):
                raise Unreadable(f"{self._name}, line {line}: a quotation mark that begins a cell here is never closed.")
            yield Block(self._as_utf8(waiting, line), line, reached)

    def _chunks(self) -> Iterator[tuple[bytes, int]]:
        """Pieces of the file as they come, in an encoding that has ASCII's line feeds; and how far they reach."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        chunk, reaches = self._start, 0
        while chunk:
            reaches += len(chunk)
            text = self._decoded(decoder.decode, chunk).encode() if self._wide else chunk
            yield text.replace(b"\r", b"\n") if self._carriage_returns else text, reaches
            chunk = self._file.read(_READ)

    def _decoded(self, decode: Callable[[bytes], str], text: bytes) -> str:
        with suppress(UnicodeError):  # which holds the text: nothing is chained to it
            return decode(text)
        raise self._not_so_encoded()

    def _not_so_encoded(self, where: str = "") -> Unreadable:
        return Unreadable(f"{self._name}{where}: not {self.encoding.upper()}. Name the encoding with --encoding.")

    def _end_of_rows(self, text: bytes) -> int:
        """Where the last row ends that ends in ``text``; 0 if none does."""
        end = text.rfind(b"\n") + 1
        # An even number of quotation marks has no open cell, and an odd one may: a mark inside of a cell opens none.
        return self._end_outside_quotes(text[:end]) if _count(text[:end], b'"') % 2 else end

    def _end_outside_quotes(self, text: bytes) -> int:
        end, behind, is_open = 0, 0, False
        for cell in self._quoted.finditer(text):
            end = text.rfind(b"\n", behind, cell.start(1)) + 1 or end
            behind, is_open = cell.end(1), not cell[2]
        return end if is_open else text.rfind(b"\n", behind) + 1 or end

    def _is_open(self, text: bytes) -> bool:
        """Whether the last quoted cell has not ended."""
        last = next(iter(deque(self._quoted.finditer(text), maxlen=1)), None)
        return last is not None and not last[2]

    def _as_utf8(self, text: bytes, line: int) -> bytes:
        if text.isascii() or self._wide:
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
