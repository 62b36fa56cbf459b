"""A pytest plugin that accepts synthetic numbers; loaded by ``pytest_plugins = ["nofields.testing"]`` in ``conftest.py``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nofields.synthetic import VARIABLE, Policy


@pytest.fixture(scope="session", autouse=True)
def nofields_synthetic() -> Iterator[None]:
    """Set ``NOFIELDS_SYNTHETIC`` to ``accept`` for every test of the run, since generated persons are synthetic.

    A test of another setting uses ``monkeypatch.setenv``.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, Policy.ACCEPT)
        yield
