"""Collects the code of README.md and of the pages under docs/, distributes all tests over workers, and sets up Hypothesis."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

from helpers.documents import PAGES

pytest_collect_file = PAGES.pytest()
#: Python files of ``docs/`` are no pages.
collect_ignore = ["docs/conf.py", "docs/extensions", "docs/picture.py"]

#: The same values in every run, whatever the load of the machine.
settings.register_profile("nofields", deadline=None, derandomize=True, database=None, max_examples=25)
#: For a longer search: ``pytest --hypothesis-profile=thorough``.
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("nofields")

#: Files whose set-up takes long (a session of Spark, a build of the package): each runs on one worker of pytest-xdist,
#: as does each page of the documentation, whose blocks depend on those before them.
ON_ONE_WORKER = ("tests/test_build.py", "tests/test_packaging.py", "tests/test_spark.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Distribute tests one by one, except those files and pages. ``--dist loadgroup`` has no effect with pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file in ON_ONE_WORKER or file.endswith(".md") else nodeid

    return Scheduling(config, log)
