"""The pytest plugin sets NOFIELDS_SYNTHETIC for a run, and for no run that does not name it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nofields.synthetic import VARIABLE

TESTS = """
import os
import pytest
from hypothesis import given, strategies as st
from nofields import NationalIdentityNumber

@pytest.fixture(scope="module")
def person():
    return NationalIdentityNumber("03851598730")

def test_of_a_fixture(person):
    assert person.is_synthetic

@given(st.from_type(NationalIdentityNumber))
def test_of_a_strategy(person):
    assert person.is_synthetic

def test_another_setting(monkeypatch):
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "reject")
    assert not NationalIdentityNumber.is_valid("03851598730")
"""


@pytest.mark.parametrize(
    ("conftest", "passed"),
    [('pytest_plugins = ["nofields.testing"]', "3 passed"), ("", "1 failed, 1 passed, 1 error")],
)
def test_plugin(tmp_path: Path, conftest: str, passed: str) -> None:
    (tmp_path / "conftest.py").write_text(conftest, "utf-8")
    (tmp_path / "test_persons.py").write_text(TESTS, "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert passed in run.stdout
