"""Any field over a column, by its scalar check: every distinct value is checked once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa

from nofields.check import Check
from nofields.columns.kernel import RIGHT, Classified, Kernel, as_bytes, as_text, wide
from nofields.errors import Problem
from nofields.rules import DateRule

#: Rows whose distinct values are found together.
_ROWS = 1 << 18
#: How many dates are remembered: they are few and repeated.
_DATES = 1 << 16


class PlainKernel(Kernel):
    """Texts -> the clean values of a check."""

    def __init__(self, check: Check, problems: list[Problem] | None = None) -> None:
        self.problems = [] if problems is None else problems
        #: The places in ``problems``, which keeps them, by the objects' identity.
        self._places = {id(problem): place for place, problem in enumerate(self.problems)}
        dated = isinstance(check.rule, DateRule)
        self._clean = lru_cache(_DATES)(check.clean) if dated else check.clean
        self._type = pa.date32() if dated else pa.large_utf8()

    def classify(self, array: pa.Array) -> Classified:
        as_bytes(array)  # raises where Arrow, which reads it below, would read outside of its buffers
        parts = [self._part(array.slice(start, _ROWS)) for start in range(0, len(array), _ROWS)]
        codes = np.concatenate([codes for codes, _ in parts]) if parts else np.zeros(0, np.uint8)

        def clean() -> pa.Array:
            values = pa.concat_arrays([pa.array([], self._type), *(each.dictionary.take(each.indices) for _, each in parts)])
            return values if pa.types.is_date(self._type) else as_text(values, array.type)

        return Classified(codes, clean)

    def _part(self, array: pa.Array) -> tuple[np.ndarray, pa.DictionaryArray]:
        encoded = wide(array).dictionary_encode()
        found = [self._clean(text) for text in encoded.dictionary.to_pylist()]
        codes = np.array([self._code(each) for each in found] or [RIGHT], np.uint8)
        clean = pa.array([None if type(each) is Problem else each for each in found], self._type)
        indices = encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)
        return codes.take(indices), pa.DictionaryArray.from_arrays(encoded.indices, clean)

    def _code(self, found: object) -> int:
        if type(found) is not Problem:
            return RIGHT
        # Most checks return the same few objects, which are found without comparing their parts.
        place = self._places.get(id(found))
        if place is not None:
            return place
        if "character" in found.params:  # there may be more of them than codes
            found = Problem(found.key, found.reason, {name: each for name, each in found.params.items() if name != "character"})
        if found not in self.problems:
            self.problems.append(found)
            self._places[id(found)] = self.problems.index(found)
        return self.problems.index(found)
