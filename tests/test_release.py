"""What ``make release`` tries of the installed package; the whole of it runs before each release."""

from __future__ import annotations

import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
USES: dict[str, str] = runpy.run_path(str(ROOT / "tests" / "release" / "run.py"))["USES"]


def test_extras() -> None:
    """Each is tried, and the package without one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(USES) == {"", *project["optional-dependencies"]}


@pytest.mark.parametrize("extra", USES)
def test_use(extra: str) -> None:
    """The code runs where everything is installed."""
    subprocess.run([sys.executable, "-c", USES[extra]], check=True, capture_output=True)
