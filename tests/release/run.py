"""Build the package, and test it as installed. Run by ``make release``.

The files are the sdist, a wheel with the C extension for this machine, and one without. They are built twice, in different
folders, and must have the same bytes; twine checks their metadata, and abi3audit that the extension keeps to the stable ABI.
Under each Python named on the command line, or one of each supported version that is found, the wheels are installed into new
environments, without extras and with them, and used. README's examples run where all extras are installed. If all of this
passes, the files are in ``dist/``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

from helpers.building import build, build_elsewhere, digests, wheels
from helpers.pythons import Python, at_hand

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
#: Code that uses each extra; "" is the package without one.
USES = {
    "": "from nofields import OrganisationNumber, message; OrganisationNumber('974760673'); message('SSN_ERROR', 'nn')",
    "cli": "import sys; from nofields.cli import main; sys.argv[1:] = ['explain', 'orgnr', '974760673']; main()",
    "columns": "from nofields import columns, OrganisationNumber as O; print(columns.check(O, ['974760673']).valid)",
    "spark": "import nofields.spark",
    "test": "from nofields import strategies; print(strategies.postal_codes())",
    "web": "import nofields.forms, nofields.web, nofields.altinn",
    "maskinporten": "import nofields.altinn.maskinporten, nofields.altinn.system_users, nofields.altinn.client.signing_key",
    "all": "import nofields.cli, nofields.columns, nofields.spark, nofields.strategies, nofields.altinn",
}
#: Fails unless the installed wheel is the one with the extension, or the one without.
NATIVE = "import nofields; assert nofields.native"
PLAIN = "import nofields; assert not nofields.native"
#: What collects and runs README's examples.
RUNS_README = ("README.md", "conftest.py", "tests/helpers")


def main(names: list[str]) -> None:
    assert set(USES) == {"", *PYPROJECT["project"]["optional-dependencies"]}, "USES needs an entry for every extra"
    pythons = named(names) if names else found()
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "dist"
        build(ROOT, built)
        check_reproducible(built, Path(folder))
        run(sys.executable, "-m", "twine", "check", "--strict", *built.iterdir())
        native, plain = wheels(built)
        run(sys.executable, "-m", "abi3audit", "--strict", native)
        for python in pythons:
            home = Path(folder) / python.version
            if python.stable_abi:
                use_all(python, native, NATIVE, home / "native", USES)
                use_all(python, plain, PLAIN, home / "plain", ("", "all"))
            else:
                use_all(python, plain, PLAIN, home / "plain", USES)
        shutil.rmtree(DIST, ignore_errors=True)
        shutil.copytree(built, DIST)
    for name, digest in digests(DIST).items():
        print(f"dist/{name}  sha256:{digest}")


def named(names: list[str]) -> list[Python]:
    """The Pythons named on the command line; exit if one of them cannot be used."""
    pythons = [Python.at(name) for name in names]
    unusable = [name for name, python in zip(names, pythons, strict=True) if python is None]
    if unusable:
        raise SystemExit(f"No Python with venv and pip: {', '.join(unusable)}")
    return [python for python in pythons if python]


def found() -> list[Python]:
    """One Python of each supported version that this machine has; print which, and which are not here."""
    prefix = "Programming Language :: Python :: "
    supported = [each.removeprefix(prefix) for each in PYPROJECT["project"]["classifiers"] if each.startswith(f"{prefix}3.")]
    pythons = at_hand(supported)
    missing = set(supported) - {python.release for python in pythons}
    print(f"Found {', '.join(map(str, pythons))}; not found: {', '.join(sorted(missing)) or 'none'}", flush=True)
    return pythons


def check_reproducible(built: Path, folder: Path) -> None:
    """Exit if a second build has other bytes."""
    again = folder / "again"
    build_elsewhere(built, folder / "source", again)
    if digests(again) != digests(built):
        raise SystemExit(f"Two builds differ:\n{digests(built)}\n{digests(again)}")
    print("ok: two builds have the same bytes", flush=True)


def use_all(python: Python, wheel: Path, check: str, home: Path, extras: Iterable[str]) -> None:
    """Install the wheel without extras, and with each, into new environments, and use it."""
    for extra in extras:
        use(python, wheel, extra, f"{check}\n{USES[extra]}", home / (extra or "none"))
        shutil.rmtree(home)
        print(f"ok: Python {python.version}, {home.name} wheel [{extra}]", flush=True)


def use(python: Python, wheel: Path, extra: str, code: str, home: Path) -> None:
    """Install the wheel with one extra and nothing else into a new environment, and use it."""
    run(python.path, "-m", "venv", home)
    inside = home / "bin" / "python"
    run(inside, "-m", "pip", "install", "-q", f"{wheel}[{extra}]" if extra else wheel)
    run(inside, "-c", code, cwd=home)
    if extra == "all":
        run(inside, "-m", "pip", "install", "-q", *PYPROJECT["dependency-groups"]["tests"])
        run_readme(inside, home)


def run_readme(python: Path, home: Path) -> None:
    """Run README's examples, with a copy of what runs them and nothing else of this checkout."""
    for name in RUNS_README:
        source, copy = ROOT / name, home / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, copy) if source.is_dir() else shutil.copyfile(source, copy)
    options = ["-o", "pythonpath=tests", "--import-mode=importlib", "-p", "no:cacheprovider"]
    print(run(python, "-m", "pytest", "-q", *options, "README.md", cwd=home).splitlines()[-1])


def run(*command: object, cwd: Path | None = None) -> str:
    """Run a command and return its output; exit with it if the command fails."""
    ended = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
