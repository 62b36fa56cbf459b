"""``make fuzz``: each property of this folder under atheris, which searches for input that reaches new code.

``extension.py`` runs under gcc's AddressSanitizer and UBSan instead. ``MINUTES=10`` is the time for each. Failing input is
saved in ``.fuzz``. To reproduce a failure, run ``python tests/fuzz/run.py fields .fuzz/fields/crash-…``;
``pytest --hypothesis-profile=thorough`` then shrinks it.
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
RESULTS = HERE.parents[1] / ".fuzz"
#: The parts of the extension that are fuzzed under sanitizers, against the plain reader, by ``extension.py``.
EXTENSION = ("scalar", "columns")
#: In bytes: longer than the input that Hypothesis generates by itself.
LONGEST = 16 * 1024


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] == "--minutes":
        return _fuzz_all(float(arguments[1]))
    return _fuzz(*arguments)


def _fuzz_all(minutes: float) -> int:
    """Run every property in a process of its own, one per processor at a time, and print a line about each."""
    names = sorted(file.stem.removeprefix("test_") for file in HERE.glob("test_*.py"))
    seconds = round(minutes * 60)
    commands = {f"extension-{part}": [HERE / "extension.py", part, f"--seconds={seconds}"] for part in EXTENSION}
    commands |= {name: _atheris(name, seconds) for name in names}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return max(pool.map(_fuzz_in_process, commands, commands.values()))


def _atheris(name: str, seconds: int) -> list[object]:
    options = [f"-max_total_time={seconds}", "-print_final_stats=1", f"-artifact_prefix={RESULTS / name}/"]
    return [__file__, name, f"-max_len={LONGEST}", "-len_control=0", *options, RESULTS / name / "corpus"]


def _fuzz_in_process(name: str, command: list[object]) -> int:
    log = RESULTS / name / "log"
    (RESULTS / name / "corpus").mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        started = [sys.executable, *map(str, command)]
        code = subprocess.run(started, stdout=file, stderr=subprocess.STDOUT, check=False).returncode
    executed = re.findall(r"number_of_executed_units: (\d+)", log.read_text("utf-8", "replace"))
    print(
        f"{name:18} {int(executed[-1]) if executed else 0:>12,} executions   {'failed: ' + str(log) if code else 'no failure'}"
    )
    sys.stdout.flush()
    return int(code != 0)  # a signal is a negative code


def _fuzz(name: str, *arguments: str) -> int:
    """Fuzz one property in this process until the time is up or it fails."""
    import atheris

    sys.path[:0] = [str(HERE), str(HERE.parent)]
    with atheris.instrument_imports(include=["nofields"]):
        module = import_module(f"test_{name}")
    (fuzz_target,) = _properties(module)
    atheris.Setup([sys.argv[0], *arguments], fuzz_target)
    atheris.Fuzz()
    return 0


def _properties(module: object) -> Iterator[Callable[[bytes], object]]:
    """Yield the properties of a module, as functions of the bytes that Hypothesis draws values from."""
    for name, test in vars(module).items():
        if name.startswith("test_"):
            yield test.hypothesis.fuzz_one_input


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
