"""``make release``: builds the package and walks it in empty environments, as those who install it will.

The wheel alone, then with each extra, under each Python named on the command line: the rooms of the extra are entered, and
where all extras are there, README's examples are run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: What is done with each extra; an extra without an entry stops the walk.
ROOMS = {
    "": "from nofields import OrganisationNumber, message; OrganisationNumber('974760673'); message('SSN_ERROR', 'nn')",
    "cli": "import sys; from nofields.cli import main; sys.argv[1:] = ['explain', 'orgnr', '974760673']; main()",
    "columns": "from nofields import columns, OrganisationNumber as O; print(columns.check(O, ['974760673']).valid)",
    "spark": "import nofields.spark",
    "test": "from nofields import strategies; print(strategies.postal_codes())",
    "web": "import nofields.forms, nofields.web, nofields.altinn",
    "all": "import nofields.cli, nofields.columns, nofields.spark, nofields.strategies, nofields.altinn",
}
#: What README's examples show nofields beside.
BESIDE = ["pytest", "polars", "duckdb", "pandas"]


def main(pythons: list[str]) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(ROOMS) == {"", *extras}, "an extra is walked that is not there, or the other way round"
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
        (wheel,) = Path(folder).glob("*.whl")
        for number, python in enumerate(pythons or [sys.executable]):
            for extra, words in ROOMS.items():
                walk(python, wheel, extra, words, Path(folder) / f"{number}-{extra}")


def walk(python: str, wheel: Path, extra: str, words: str, home: Path) -> None:
    """Installs the wheel with one extra and nothing else into a new home, and uses it."""
    run(python, "-m", "venv", home)
    inside = home / "bin" / "python"
    run(inside, "-m", "pip", "install", "-q", f"{wheel}[{extra}]" if extra else wheel)
    run(inside, "-c", words, cwd=home)
    if extra == "all":
        run(inside, "-m", "pip", "install", "-q", *BESIDE)
        (home / "README.md").write_bytes((ROOT / "README.md").read_bytes())
        options = ["--doctest-glob=README.md", "-o", "doctest_optionflags=NORMALIZE_WHITESPACE IGNORE_EXCEPTION_DETAIL"]
        run(inside, "-m", "pytest", "-q", *options, "README.md", cwd=home)
    print(f"ok: {run(inside, '--version').strip()} [{extra}]", flush=True)


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
