"""The extension, ``src/native/``. ``nofields.check.native`` alone imports it."""

from collections.abc import Callable
from typing import Any

def reader(
    compile: Callable[[], object], otherwise: Callable[[object], Any], /
) -> tuple[
    Callable[[object], bool],
    Callable[[object], Any],
    Callable[[object], Any],
    Callable[..., tuple[Callable[[object], Any], Callable[..., Any] | None]],
    Callable[..., None],
    Callable[..., None],
]: ...
def dates(
    width: int, first: int, count: int, buffers: tuple[object, ...], row: int, room: int, no_date: int, /
) -> tuple[int, int]: ...
def remembering(make: Callable[[object], Any], name: str, /) -> Callable[[object], Any]: ...
