"""An independent, slow reader of CSV by RFC 4180, to compare the package's with."""

from __future__ import annotations

import re
from typing import NamedTuple


class Row(NamedTuple):
    """A row's number and cells; of a misquoted row, the parts of its first line between delimiters."""

    number: int
    cells: list[str]
    misquoted: bool = False


def rows_of(text: str, delimiter: str) -> list[Row]:
    """The rows of a text, the header among them."""
    found, position, number = [], 0, 1
    while position < len(text):
        row = _row(text, position, delimiter)
        if row is None:
            end = _line_end(text, position)
            line = text[position:end].rstrip("\r\n")
            found.append(Row(number, line.split(delimiter), misquoted=True))
        else:
            cells, end = row
            if text[position] not in "\r\n":
                found.append(Row(number, cells))
        number += len(re.findall(r"\r\n|\r|\n", text[position:end]))
        position = end
    return found


def _row(text: str, position: int, delimiter: str) -> tuple[list[str], int] | None:
    """The cells of the row at a position, and the position of the next; ``None`` if it is misquoted."""
    cells = []
    while True:
        cell, quoted = "", text.startswith('"', position)
        if quoted:
            position += 1
            while not text.startswith('"', position) or text.startswith('""', position):
                if position == len(text):
                    return None
                cell += text[position]
                position += 2 if text[position] == '"' else 1
            position += 1
        while position < len(text) and text[position] not in f"{delimiter}\r\n":
            if quoted:
                return None
            cell += text[position]
            position += 1
        cells.append(cell)
        if not text.startswith(delimiter, position):
            return cells, _line_end(text, position)
        position += 1


def _line_end(text: str, position: int) -> int:
    end = re.compile(r"\r\n|\r|\n").search(text, position)
    return end.end() if end else len(text)
