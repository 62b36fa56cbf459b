"""For every test: no setting of the environment, and the same Hypothesis values in every run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from nofields import catalogs, postal_register, synthetic

settings.register_profile("nofields", deadline=None, derandomize=True, database=None, max_examples=25)
#: For a longer search: ``pytest --hypothesis-profile=thorough``.
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("nofields")


#: Files whose set-up takes long (a session of Spark, a build of the package): each runs on one worker of pytest-xdist.
ON_ONE_WORKER = ("tests/test_packaging.py", "tests/test_spark.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Distribute tests one by one, except those files. ``--dist loadgroup`` has no effect with pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file in ON_ONE_WORKER else nodeid

    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset the environment variables that nofields reads."""
    monkeypatch.delenv(synthetic.VARIABLE, raising=False)
    monkeypatch.delenv(postal_register.VARIABLE, raising=False)
    monkeypatch.delenv(catalogs.VARIABLE, raising=False)


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
        for cached in (catalogs.languages, catalogs.catalog, catalogs.own_catalog):
            cached.cache_clear()

    forget()
    yield
    forget()


@pytest.fixture
def own_catalogs(tmp_path: Path, fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for a project's own catalogs, named by NOFIELDS_LOCALES."""
    folder = tmp_path / "own"
    monkeypatch.setenv(catalogs.VARIABLE, str(folder))
    return folder
