"""Collects the code of README.md and of the pages under docs/, and distributes all tests over workers."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.documents import PAGES

pytest_collect_file = PAGES.pytest()
#: Python files of ``docs/`` are no pages.
collect_ignore = ["docs/conf.py", "docs/extensions"]

#: Files whose set-up takes long (a session of Spark, a build of the package): each runs on one worker of pytest-xdist,
#: as does each page of the documentation, whose blocks depend on those before them.
ON_ONE_WORKER = ("tests/test_packaging.py", "tests/test_spark.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Distribute tests one by one, except those files and pages. ``--dist loadgroup`` has no effect with pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file in ON_ONE_WORKER or file.endswith(".md") else nodeid

    return Scheduling(config, log)
