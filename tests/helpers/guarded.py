"""Memory that ends, or begins, at a page that nobody may read: a step outside of it ends the process."""

from __future__ import annotations

import ctypes
import mmap
import weakref
from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.mmap.restype = ctypes.c_void_p
_LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_LIBC.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
_LIBC.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
PAGE = mmap.PAGESIZE


def guarded(content: bytes, at_end: bool = True) -> Any:
    """Return writable memory with some content, which ends or begins at a guard page."""
    room = max(-(-len(content) // PAGE), 1) * PAGE
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    base = _LIBC.mmap(None, room + 2 * PAGE, mmap.PROT_READ | mmap.PROT_WRITE, flags, -1, 0)
    if base in (None, ctypes.c_void_p(-1).value):
        raise MemoryError
    for guard in (base, base + PAGE + room):
        if _LIBC.mprotect(guard, PAGE, 0):
            raise OSError(ctypes.get_errno(), "mprotect")
    address = base + PAGE + (room - len(content) if at_end else 0)
    memory = (ctypes.c_char * len(content)).from_address(address)
    ctypes.memmove(address, content, len(content))
    weakref.finalize(memory, _LIBC.munmap, base, room + 2 * PAGE)
    return memory
