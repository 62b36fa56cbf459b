"""Where the rows of a CSV text end, and which lines belong to misquoted rows."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Most repetitions in one match: until it ends, `re` keeps some 60 bytes for each.
_REPEATS = 1000


class LineTooLongError(ValueError):
    """A line is longer than a row may be; ``start`` is its offset."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


class Span(NamedTuple):
    """A part of a text, by its offsets."""

    start: int
    end: int


class Rows:
    """Finds the ends of rows, by RFC 4180.

    A cell in quotation marks has those inside doubled, and nothing before or after them. A cell that does not begin with one
    has none by RFC 4180; here they are characters of it, as for Python, Arrow and DuckDB: such a cell ends at the next
    delimiter or line end, so it cannot hide another.

    A row is misquoted if it has text after a closing quotation mark, a cell that is never closed, or more bytes than the
    longest row may have. Of a misquoted row only the first line is given up: reading resumes on the next one.
    """

    def __init__(self, delimiter: str, longest: int) -> None:
        between, self._between, self._longest = re.escape(delimiter), ord(delimiter), longest
        # Repeated groups are atomic and not possessive: `re` gets those wrong before Python 3.11.5.
        inside = rf'(?>[^"]*(?:""[^"]*){{0,{_REPEATS}}})'
        unquoted = rf"[^{between}\r\n]*"
        cell = rf'(?>"[^"]*"(?!")|"{inside}"|(?!"){unquoted})'  # the first case is the second without doubled marks, faster
        line_end = r"(?:\r?\n|\r(?!\Z))"  # at the end of a text, a carriage return may be half of one

        def rows(cell: str) -> re.Pattern[bytes]:
            row = rf"{cell}(?>(?:{between}{cell}){{0,{_REPEATS}}}){line_end}"
            return re.compile(rf"(?>(?:{row}){{0,{_REPEATS}}})".encode())

        self._rows, self._rows_of_one_line = rows(cell), rows(cell.replace('[^"]', r'[^"\r\n]'))
        self._cells = re.compile(rf"(?>(?:{cell}{between}){{0,{_REPEATS}}})".encode())
        self._inside, self._unquoted = re.compile(inside.encode()), re.compile(unquoted.encode())
        self._line_end = re.compile(line_end.encode())

    def split(self, text: bytes, *, whole: bool) -> tuple[int, list[Span]]:
        """Find where the last row ends that is complete, and the lines before that which are given up.

        Args:
            text: Begins with a row. A ``whole`` text ends with a line feed.
            whole: Whether nothing follows the text.

        Raises:
            LineTooLongError: A line is longer than the longest row.
        """
        position, given_up = 0, list[Span]()
        while position < len(text):
            limit = min(position + self._longest, len(text))
            end = self._rows.match(text, position, limit).end()  # type: ignore[union-attr]
            if end == position:
                end, reached = self._row(text, position, limit)
            if end == position:
                ran_out = limit == len(text) and not whole
                if ran_out and reached == limit:
                    break
                if not self._line_end.search(text, position, limit):
                    if ran_out:
                        break
                    raise LineTooLongError(position)
                end = self._line_by_line(text, position, reached, limit, given_up)
            position = end
        return position, given_up

    def _row(self, text: bytes, start: int, limit: int) -> tuple[int, int]:
        """Where one row ends, ``start`` if it does not; and where it became clear that it does not, or ``limit``."""
        position = start
        while position < limit:
            position = self._cells.match(text, position, limit).end()  # type: ignore[union-attr]
            if text.startswith(b'"', position, limit):
                position = self._closed(text, position + 1, limit)
            else:
                position = self._unquoted.match(text, position, limit).end()  # type: ignore[union-attr]
            if position == limit:
                break
            if end := self._line_end.match(text, position, limit):
                return end.end(), limit
            if text[position] == ord("\r"):
                break
            if text[position] != self._between:
                return start, position
            position += 1
        return start, limit

    def _closed(self, text: bytes, position: int, limit: int) -> int:
        """The offset after the quotation mark that closes a cell; ``limit`` if none does, or it may be half of two."""
        while True:
            position = self._inside.match(text, position, limit).end()  # type: ignore[union-attr]
            if position + 1 >= limit:
                return limit
            if text[position + 1] != ord('"'):
                return position + 1

    def _line_by_line(self, text: bytes, start: int, reached: int, limit: int, given_up: list[Span]) -> int:
        """Give up the first line of a misquoted row, and of the next ones those that are no rows by themselves.

        At each line end up to ``reached`` the row was inside of quotation marks. A row that begins later but is inside of
        them there as well is misquoted in the same place, so it is not read to the end again: that would take quadratic time.
        """
        end = self._line_end.search(text, start, limit).end()  # type: ignore[union-attr]
        given_up.append(Span(start, end))
        while end < reached:
            rows_end = self._rows_of_one_line.match(text, end, reached).end()  # type: ignore[union-attr]
            if rows_end == end:
                line = self._line_end.search(text, end, reached)
                if not line:
                    break
                rows_end = line.end()
                if self._row(text, end, min(rows_end + 1, len(text)))[0] == end:
                    given_up.append(Span(end, rows_end))
            end = rows_end
        return end
