"""``make fuzz``: each property of this folder under atheris, which looks for input that reaches code not reached before.

``MINUTES=10`` is how long, each. What fails is kept in ``.fuzz``: ``python tests/fuzz/run.py fields .fuzz/fields/crash-…``
shows it again, and pytest then finds the smallest such input by itself.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / ".fuzz"
#: Longer input than Hypothesis makes of itself, in bytes.
LONGEST = 16 * 1024


def main(words: list[str]) -> int:
    if words and words[0] == "--minutes":
        return _all_of_them(float(words[1]))
    return _one(*words)


def _all_of_them(minutes: float) -> int:
    """Every property in a process of its own, as many at once as there are processors; and a line about each."""
    names = sorted(file.stem.removeprefix("test_") for file in HERE.glob("test_*.py"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return max(pool.map(lambda name: _watched(name, minutes), names))


def _watched(name: str, minutes: float) -> int:
    log = KEPT / name / "log"
    (KEPT / name / "corpus").mkdir(parents=True, exist_ok=True)
    told = [f"-max_total_time={round(minutes * 60)}", "-print_final_stats=1", f"-artifact_prefix={KEPT / name}/"]
    with log.open("wb") as file:
        code = subprocess.run(
            [sys.executable, __file__, name, f"-max_len={LONGEST}", "-len_control=0", *told, KEPT / name / "corpus"],
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    executed = re.findall(r"number_of_executed_units: (\d+)", log.read_text("utf-8", "replace"))
    print(
        f"{name:10} {int(executed[-1]) if executed else 0:>12,} executions   {'failed: ' + str(log) if code else 'no failure'}"
    )
    sys.stdout.flush()
    return code


def _one(name: str, *words: str) -> int:
    """One property in this process, until the time is up or it fails."""
    import atheris

    sys.path[:0] = [str(HERE), str(HERE.parent)]
    with atheris.instrument_imports(include=["nofields"]):
        module = import_module(f"test_{name}")
    (prove,) = _properties(module)
    atheris.Setup([sys.argv[0], *words], prove)
    atheris.Fuzz()
    return 0


def _properties(module: object) -> Iterator[Callable[[bytes], object]]:
    """The properties of a module, from the bytes that Hypothesis draws values from."""
    for name, test in vars(module).items():
        if name.startswith("test_"):
            yield test.hypothesis.fuzz_one_input


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
