"""What holds for every test: no setting of the machine has a say, and Hypothesis draws the same values every time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from nofields import catalogs, postal_register, synthetic

settings.register_profile("nofields", deadline=None, derandomize=True, database=None, max_examples=25)
#: For a long look: ``pytest --hypothesis-profile=thorough``.
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("nofields")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment variables that nofields reads are not set."""
    monkeypatch.delenv(synthetic.VARIABLE, raising=False)
    monkeypatch.delenv(postal_register.VARIABLE, raising=False)
    monkeypatch.delenv(catalogs.VARIABLE, raising=False)


@pytest.fixture
def fresh_register() -> Iterator[None]:
    """The register of postal codes is read anew in the test, and again after it."""
    for remembered in (postal_register._read, postal_register._codes):
        remembered.cache_clear()
    yield
    for remembered in (postal_register._read, postal_register._codes):
        remembered.cache_clear()


@pytest.fixture
def fresh_catalogs() -> Iterator[None]:
    """The texts are read anew in the test, and again after it."""

    def forget() -> None:
        for remembered in (catalogs.languages, catalogs.catalog, catalogs.own_catalog):
            remembered.cache_clear()

    forget()
    yield
    forget()


@pytest.fixture
def own_catalogs(tmp_path: Path, fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for a project's own catalogs, named by NOFIELDS_LOCALES."""
    folder = tmp_path / "own"
    monkeypatch.setenv(catalogs.VARIABLE, str(folder))
    return folder
