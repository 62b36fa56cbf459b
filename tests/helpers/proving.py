"""Compiles ``tests/prove/prove.c`` and runs it over many numbers."""

from __future__ import annotations

import importlib.util
import subprocess
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from nofields.check.codes import RIGHT
from nofields.check.native import packed
from nofields.check.reading import ReadingCheck

ROOT = Path(__file__).parents[2]
ORGANISATION, IDENTITY, PHONE = range(3)


def compiled(folder: Path) -> Any:
    """Return the compiled module; a compiler is required."""
    target, include = folder / "_prove.so", f"-I{sysconfig.get_path('include')}"
    sources = [ROOT / "tests" / "prove" / "prove.c", ROOT / "src" / "native" / "dates.c"]
    subprocess.run(["gcc", "-O3", "-w", "-shared", "-fPIC", include, *sources, "-o", target], check=True)
    spec = importlib.util.spec_from_file_location("_prove", target)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Prover:
    """Proves a check's program against the definition in C."""

    def __init__(self, module: Any, what: int, check: ReadingCheck, digits: int, plan: bytes = b"") -> None:
        parts = packed(check.program)
        assert parts
        self._prove, self._what, self._digits, self._plan = module.prove, what, digits, plan
        self._program, self._codes = bytes(parts[0]), bytes(check.program.settled[None])

    def right(self, start: int, count: int, bits: bytearray | None = None) -> int:
        """Return how many of some numbers are right, and set their bits; fail at the first that differs."""
        places = (self._what, self._digits, start, count)
        right: int = self._prove(*places, self._program, self._codes, self._plan, bits if bits is not None else bytearray())
        assert right >= 0, f"{-right - 1:0{self._digits}} differs from its definition"
        return right

    def right_in(self, ranges: list[tuple[int, int]]) -> int:
        """The same for many ranges, by two threads."""
        with ThreadPoolExecutor(2) as pool:
            return sum(pool.map(lambda each: self.right(*each), ranges))


__all__ = ["IDENTITY", "ORGANISATION", "PHONE", "RIGHT", "Prover", "compiled"]
