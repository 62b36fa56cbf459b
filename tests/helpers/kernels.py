"""Every kernel that can read columns of numbers, and the layouts that only views have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from helpers.readers import check_by, native, needs_native, plain
from nofields import Field, synthetic
from nofields.columns import checked
from nofields.columns.kernel import Kernel
from nofields.columns.native import NativeNumbers
from nofields.columns.numbers import NumPyNumbers
from nofields.columns.plain import PlainKernel

#: Bytes of a text that stands in its view.
INLINE = 12


@cache
def by_extension(field: type[Field]) -> Kernel:
    check: Any = check_by(native, field)
    return NativeNumbers(check, check.reader)


def by_numpy(field: type[Field]) -> Kernel:
    check = check_by(plain, field)
    return NumPyNumbers(check, check.program, check.program.settled[synthetic.setting()])


def by_scalar_check(field: type[Field]) -> Kernel:
    return PlainKernel(check_by(plain, field))


KERNELS: dict[str, Callable[[type[Field]], Kernel]] = {"native": by_extension, "numpy": by_numpy, "scalar": by_scalar_check}
each_kernel = pytest.mark.parametrize(
    "kernel", [pytest.param(make, marks=needs_native if name == "native" else (), id=name) for name, make in KERNELS.items()]
)


@contextmanager
def reading_by(kernel: Callable[[type[Field]], Kernel]) -> Iterator[None]:
    """Check columns by one kernel, whichever the package would choose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checked, "kernel_of", kernel)
        yield


def views_of(texts: Sequence[str | None], buffers: int = 1, filler: bytes = b"\xff") -> pa.Array:
    """String views whose long texts stand in several buffers by turns, with other bytes beneath nulls."""
    data, views = [bytearray(b"974760673" * number) for number in range(buffers)], []
    for row, text in enumerate(texts):
        encoded = b"" if text is None else text.encode()
        length = np.int32(len(encoded)).tobytes()
        if text is None:
            views.append(16 * filler)
        elif len(encoded) <= INLINE:
            views.append(length + encoded.ljust(INLINE, b"\0"))  # Arrow demands zeros here
        else:
            which = row % buffers
            views.append(length + encoded[:4] + np.array([which, len(data[which])], np.int32).tobytes())
            data[which] += encoded
    present = _bitmap(texts)
    nulls = None in texts
    memory = [pa.py_buffer(present) if nulls else None, *map(pa.py_buffer, [b"".join(views), *map(bytes, data)])]
    return pa.Array.from_buffers(pa.string_view(), len(texts), memory, null_count=-1 if nulls else 0)


def _bitmap(texts: Sequence[str | None]) -> bytes:
    return np.packbits(np.array([text is not None for text in texts], bool), bitorder="little").tobytes()


def offsets_of(texts: Sequence[str | None], kind: pa.DataType, before: bytes = b"974760673") -> pa.Array:
    """Texts whose memory has other bytes before the first, behind the last and beneath nulls."""
    width = np.int64 if pa.types.is_large_string(kind) else np.int32
    parts = [b"x9" if text is None else text.encode() for text in texts]
    ends = np.cumsum([len(before), *map(len, parts)]).astype(width)
    present = _bitmap(texts)
    nulls = None in texts
    memory = [pa.py_buffer(present) if nulls else None, pa.py_buffer(ends), pa.py_buffer(before + b"".join(parts) + before)]
    return pa.Array.from_buffers(kind, len(texts), memory, null_count=-1 if nulls else 0)


#: Arrays of the same texts in every layout, by name.
BY_HAND: dict[str, Callable[[Sequence[str | None]], Any]] = {
    "utf8": lambda texts: offsets_of(texts, pa.utf8()),
    "large_utf8": lambda texts: offsets_of(texts, pa.large_utf8()),
    "views": views_of,
    "views in three buffers": lambda texts: views_of(texts, 3),
    "views, zeros beneath nulls": lambda texts: views_of(texts, 2, b"\0"),
}
