"""Without the libraries of an extra, the error has the command that installs them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from nofields.extras import MODULES, MissingExtraError, importing

PYPROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
REQUIREMENT = re.compile(r"(?P<name>[\w-]+)(?:\[(?P<extras>[\w,]+)\])?")


#: A finder that hides modules, as if they were not installed.
HIDE = """
import sys

class Hiding:
    def find_spec(name, path=None, target=None):
        if name in {modules}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Hiding)
"""


def without(modules: list[str], script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a new process in which some modules are not installed."""
    command = [sys.executable, *options, "-c", HIDE.format(modules=modules) + script]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def required(extra: str) -> set[str]:
    """The names of the libraries that an extra requires, itself or by another extra."""
    found: set[str] = set()
    for requirement in PYPROJECT["project"]["optional-dependencies"][extra]:
        match = REQUIREMENT.match(requirement)
        assert match
        others = (match["extras"] or "").split(",")
        found |= set().union(*map(required, others)) if match["name"] == "nofields" else {match["name"]}
    return found


@pytest.mark.parametrize("extra", MODULES)
def test_table(extra: str) -> None:
    """It names the libraries that the extra requires, except what Starlette or zoneinfo alone imports."""
    modules = {"pyjwt": "jwt"}
    assert {modules.get(name, name) for name in required(extra)} - {"python-multipart", "tzdata"} == MODULES[extra]


def test_every_extra_is_in_the_table() -> None:
    assert set(MODULES) == set(PYPROJECT["project"]["optional-dependencies"]) - {"all"}


IMPORT = """
try:
    import {module}
except ImportError as error:
    print(error, isinstance(error, ModuleNotFoundError), error.name, type(error.__cause__).__name__, sep="|")
"""


@pytest.mark.parametrize(
    ("module", "missing", "extra"),
    [
        ("nofields.columns", "numpy", "columns"),
        ("nofields.columns", "pyarrow", "columns"),
        ("nofields.columns.checked", "numpy", "columns"),
        ("nofields.spark", "pyspark", "spark"),
        ("nofields.spark", "pyarrow", "spark"),
        ("nofields.forms", "jinja2", "web"),
        ("nofields.forms", "markupsafe", "web"),
        ("nofields.web", "starlette", "web"),
        ("nofields.web", "jinja2", "web"),
        ("nofields.altinn", "starlette", "web"),
        ("nofields.altinn", "cryptography", "web"),
        ("nofields.altinn", "jinja2", "web"),
        ("nofields.altinn.maskinporten", "httpx2", "maskinporten"),
        ("nofields.altinn.maskinporten", "jwt", "maskinporten"),
        ("nofields.altinn.system_users", "jwt", "maskinporten"),
        ("nofields.strategies", "hypothesis", "test"),
    ],
)
def test_missing_library(module: str, missing: str, extra: str) -> None:
    """The package that was imported is named, not another that it imports; the cause is Python's own error."""
    package = module if extra == "maskinporten" else ".".join(module.split(".")[:2])
    ended = without([missing], IMPORT.format(module=module))
    message = f"{package} needs {missing}: pip install 'nofields[{extra}]'"
    assert (ended.stdout, ended.stderr) == (f"{message}|True|{missing}|ModuleNotFoundError\n", "")


@pytest.mark.parametrize(
    ("words", "missing", "message"),
    [
        (["fields"], "typer", "nofields' command line needs typer: pip install 'nofields[cli]'"),
        (["fields"], "rich", "nofields' command line needs rich: pip install 'nofields[cli]'"),
        (["check", "-"], "numpy", "nofields: `nofields check` needs numpy: pip install 'nofields[columns]'"),
        (["check", "-"], "pyarrow", "nofields: `nofields check` needs pyarrow: pip install 'nofields[columns]'"),
        (["serve"], "uvicorn", "nofields: `nofields serve` needs uvicorn: pip install 'nofields[web]'"),
        (["serve"], "cryptography", "nofields: `nofields serve` needs cryptography: pip install 'nofields[web]'"),
    ],
)
def test_missing_library_of_a_command(words: list[str], missing: str, message: str) -> None:
    ended = without([missing], f"sys.argv[1:] = {words}; from nofields.cli import main; main()")
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"{message}\n")


def test_missing_library_of_a_report(tmp_path: Path) -> None:
    """No file is left behind."""
    (tmp_path / "a.csv").write_text("orgnr\n974760673\n")
    words = ["check", str(tmp_path / "a.csv"), "--report", str(tmp_path / "a.html")]
    ended = without(["jinja2"], f"sys.argv[1:] = {words}; from nofields.cli import main; main()")
    assert ended.returncode == 2
    assert ended.stderr.endswith("nofields: A report needs jinja2: pip install 'nofields[cli]'\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_other_missing_module() -> None:
    """A module that no extra installs is not explained by one."""
    with pytest.raises(ModuleNotFoundError) as caught, importing("web", "nofields.web"):
        import no_such_module  # type: ignore[import-not-found]  # noqa: F401
    assert not isinstance(caught.value, MissingExtraError)


def test_hypothesis_without_other_extras() -> None:
    """Hypothesis imports nofields.strategies by its entry point; that needs no other extra and warns of nothing."""
    others = sorted(set().union(*MODULES.values()) - {"hypothesis"})
    ended = without(others, "import hypothesis; print('nofields.strategies' in sys.modules)", "-W", "error")
    assert (ended.stdout, ended.stderr) == ("True\n", "")
