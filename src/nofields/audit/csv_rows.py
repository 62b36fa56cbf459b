"""Find the ends of rows in a CSV text, and the lines of misquoted rows."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Limit of the repetitions in one match: `re` keeps some 60 bytes for each until it ends.
_REPEATS = 1000


class LineTooLongError(ValueError):
    """A line is longer than the longest row allowed; ``start`` is its offset."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


class Span(NamedTuple):
    """A part of a text, by its offsets."""

    start: int
    end: int


class Rows:
    """Find the ends of rows, by RFC 4180.

    A quoted cell doubles the quotation marks inside it and has no text before or after its own.
    RFC 4180 allows none in an unquoted cell; here they are ordinary characters, as in Python, Arrow
    and DuckDB. Such a cell ends at the next delimiter or line end.

    A row is misquoted if it has text after a closing quotation mark, a quoted cell that is never
    closed, or more bytes than the longest row allowed. Only the first line of a misquoted row is
    skipped: reading resumes on the next one.

    Args:
        delimiter: One character of ASCII.
        longest: The most bytes in a row.
    """

    def __init__(self, delimiter: str, longest: int) -> None:
        between, self._delimiter, self._longest = re.escape(delimiter), ord(delimiter), longest
        # Atomic groups, since possessive ones are wrong before Python 3.11.5.
        inside = rf'(?>[^"]*(?:""[^"]*){{0,{_REPEATS}}})'
        unquoted = rf"[^{between}\r\n]*"
        cell = rf'(?>"[^"]*"(?!")|"{inside}"|(?!"){unquoted})'  # the first case is only faster
        line_end = r"(?:\r?\n|\r(?!\Z))"  # a line feed may follow a carriage return at the end of the text

        def rows(cell: str) -> re.Pattern[bytes]:
            row = rf"{cell}(?>(?:{between}{cell}){{0,{_REPEATS}}}){line_end}"
            return re.compile(rf"(?>(?:{row}){{0,{_REPEATS}}})".encode())

        self._rows, self._rows_of_one_line = rows(cell), rows(cell.replace('[^"]', r'[^"\r\n]'))
        self._cells = re.compile(rf"(?>(?:{cell}{between}){{0,{_REPEATS}}})".encode())
        self._inside, self._unquoted = re.compile(inside.encode()), re.compile(unquoted.encode())
        self._line_end = re.compile(line_end.encode())

    def split(self, text: bytes, *, whole: bool) -> tuple[int, list[Span]]:
        """Find the end of the last complete row.

        Args:
            text: Text that begins with a row and, if ``whole``, ends with a line feed.
            whole: Whether the text is the last of the file.

        Returns:
            The offset of the end, and the lines of misquoted rows before it.

        Raises:
            LineTooLongError: A line is longer than the longest row.
        """
        position, skipped = 0, list[Span]()
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
                end = self._skip_lines(text, position, reached, limit, skipped)
            position = end
        return position, skipped

    def _row(self, text: bytes, start: int, limit: int) -> tuple[int, int]:
        """Find the end of one row.

        Returns:
            The offset of the end, or ``start`` if the row is misquoted or incomplete; and the offset
            where that became clear, or ``limit``.
        """
        position = start
        while position < limit:
            position = self._cells.match(text, position, limit).end()  # type: ignore[union-attr]
            if text.startswith(b'"', position, limit):
                position = self._closing_mark(text, position + 1, limit)
            else:
                position = self._unquoted.match(text, position, limit).end()  # type: ignore[union-attr]
            if position == limit:
                break
            if end := self._line_end.match(text, position, limit):
                return end.end(), limit
            if text[position] == ord("\r"):
                break
            if text[position] != self._delimiter:
                return start, position
            position += 1
        return start, limit

    def _closing_mark(self, text: bytes, position: int, limit: int) -> int:
        """Return the offset after a cell's closing quotation mark.

        ``limit`` if there is none, or if the last one may be the first of two.
        """
        while True:
            position = self._inside.match(text, position, limit).end()  # type: ignore[union-attr]
            if position + 1 >= limit:
                return limit
            if text[position + 1] != ord('"'):
                return position + 1

    def _skip_lines(self, text: bytes, start: int, reached: int, limit: int, skipped: list[Span]) -> int:
        """Skip the first line of a misquoted row, and each later line up to ``reached`` that is not a row.

        At each line end up to ``reached`` the misquoted row was inside quotation marks. A later row
        that is inside them as well is misquoted in the same place, and is not read to its end again:
        that would take quadratic time.
        """
        end = self._line_end.search(text, start, limit).end()  # type: ignore[union-attr]
        skipped.append(Span(start, end))
        while end < reached:
            rows_end = self._rows_of_one_line.match(text, end, reached).end()  # type: ignore[union-attr]
            if rows_end == end:
                line = self._line_end.search(text, end, reached)
                if not line:
                    break
                rows_end = line.end()
                if self._row(text, end, min(rows_end + 1, len(text)))[0] == end:
                    skipped.append(Span(end, rows_end))
            end = rows_end
        return end
