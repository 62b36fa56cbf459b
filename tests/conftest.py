"""For every test: no setting of the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nofields import catalogs, postal_register, required_texts, synthetic

if TYPE_CHECKING:
    from helpers.altinn3 import Counterpart


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset the environment variables that nofields reads."""
    for name in [name for name in os.environ if name.startswith(("NOFIELDS_ALTINN_", "NOFIELDS_MASKINPORTEN_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv(synthetic.VARIABLE, raising=False)
    monkeypatch.delenv(postal_register.VARIABLE, raising=False)
    monkeypatch.delenv(catalogs.VARIABLE, raising=False)
    monkeypatch.delenv(required_texts.VARIABLE, raising=False)


@pytest.fixture
def synthetic_accepted(no_settings: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accept synthetic numbers: for tests that draw national identity numbers."""
    monkeypatch.setenv(synthetic.VARIABLE, synthetic.Policy.ACCEPT)


@pytest.fixture
def fresh_register() -> Iterator[None]:
    """Clear the cache of the postal register before and after the test."""
    for cached in (postal_register._read, postal_register._codes):
        cached.cache_clear()
    yield
    for cached in (postal_register._read, postal_register._codes):
        cached.cache_clear()


@pytest.fixture
def fresh_catalogs() -> Iterator[None]:
    """Clear the cache of the catalogs before and after the test."""

    def forget() -> None:
        catalogs.PROCESS_WIDE.restore(())
        catalogs.own_catalog.cache_clear()

    forget()
    yield
    forget()


@pytest.fixture
def own_catalogs(tmp_path: Path, fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for a project's own catalogs, named by NOFIELDS_LOCALES."""
    folder = tmp_path / "own"
    monkeypatch.setenv(catalogs.VARIABLE, str(folder))
    return folder


@pytest.fixture
def altinn3() -> Iterator[Counterpart]:
    """A Maskinporten and an Altinn of this test's own, on loopback."""
    from helpers.altinn3.counterpart import running  # needs extras

    with running() as both:
        yield both
