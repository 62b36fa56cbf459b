"""The data of a request whose web framework has its files apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nofields.forms.types.submitted import Data, every_value


class WithFiles(Mapping[str, object]):
    """Form data and files of one request, as frameworks have them apart: the files take precedence under a name."""

    def __init__(self, data: Data, files: Data) -> None:
        self._data, self._files = data, files

    def __getitem__(self, name: str) -> object:
        return (self._files if name in self._files else self._data)[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._data, *self._files))

    def __len__(self) -> int:
        return sum(1 for _ in self)  # a list would ask for the length first

    def getlist(self, name: str) -> Sequence[object]:
        """Return all values of a name."""
        values = every_value(name, self._files if name in self._files else self._data)
        return values if isinstance(values, list | tuple) else [values]
