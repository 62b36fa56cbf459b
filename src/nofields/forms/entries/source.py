"""Where in a form's data the value of a part is: under a dotted name, or in nested dictionaries and lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pydantic import BaseModel

from nofields.forms.types.submitted import Data, every_value

#: In digits: longer numbers are no indexes of rows.
_LONGEST_INDEX = 9
#: Names with more dots are none of a form's.
_MOST_DOTS = 32


class Source:
    """A place in the data of a form.

    Args:
        data: The data: form data, or stored values, which may be nested.
        name: The name there; empty for the whole of it.
    """

    def __init__(self, data: Data, name: str = "", names: _Names | None = None) -> None:
        self.data, self.name = data, name
        self._names = names or _Names(data)

    def at(self, key: str | int) -> Source:
        """Return the place of a part of what is here; an item of a list has no name of its own."""
        if key == "":
            return self
        return Source(self.data, f"{self.name}.{key}" if self.name else str(key), self._names)

    def inside(self) -> Source:
        """Return the place of the parts of what is here: those of a nested dictionary or model, or names that begin alike."""
        value = self.data.get(self.name) if self.name else None
        return _source_of(value) if isinstance(value, Mapping | BaseModel) else self

    def branch(self, tag: str) -> Source:
        """Return the place of the parts of one model of a union, which nested data do not name."""
        return self.at(tag) if self.name else self

    def is_present(self) -> bool:
        """Return whether there is anything here, even ``None``."""
        return not self.name or self.name in self.data or self.name in self._names.beginnings

    def rows(self) -> list[tuple[int, Source]]:
        """Return the rows of the list that is here, each with its index."""
        values = every_value(self.name, self.data)
        if isinstance(values, list | tuple | set | frozenset):
            return [(index, _source_of(each)) for index, each in enumerate(values)] or self._numbered()
        return self._numbered() if values is None else [(0, _source_of(values))]

    def _numbered(self) -> list[tuple[int, Source]]:
        return [(index, self.at(index)) for index in sorted(self._names.indexes.get(self.name, ()))]


class _Names:
    """The dotted names of form data."""

    def __init__(self, data: Data) -> None:
        self._data = data

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What names begin with, up to a dot."""
        return frozenset(name for name, _ in self._parts())

    @cached_property
    def indexes(self) -> Mapping[str, set[int]]:
        """The indexes that follow each beginning."""
        found: dict[str, set[int]] = {}
        for name, rest in self._parts():
            index = rest.partition(".")[0]
            if index.isascii() and index.isdigit() and len(index) <= _LONGEST_INDEX:
                found.setdefault(name, set()).add(int(index))
        return found

    def _parts(self) -> list[tuple[str, str]]:
        names = [name for name in self._data if isinstance(name, str) and name.count(".") <= _MOST_DOTS]
        return [(name[:place], name[place + 1 :]) for name in names for place, each in enumerate(name) if each == "."]


def _source_of(value: object) -> Source:
    """Return the place of a nested value."""
    if isinstance(value, BaseModel):
        return Source(dict(value))
    return Source(value if isinstance(value, Mapping) else {"": value})
