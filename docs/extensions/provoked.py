"""Every reason that a field gives, each with a value that is rejected for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import hypothesis

from nofields import Problem, Reason, synthetic
from nofields.strategies import invalid
from nofields.value import Field
from samples import SAMPLES, Sample

#: The setting under which a field rejects real numbers.
ONLY = f"{synthetic.VARIABLE}={synthetic.Policy.ONLY}"
_SEARCH = hypothesis.settings(derandomize=True, database=None, deadline=None, max_examples=30)


class Rejected(NamedTuple):
    """A rejected value. ``where`` is the subclass or the setting that rejects it, if the field alone does not."""

    value: object
    problem: Problem
    where: str = ""


def provoked(field: type[Field]) -> dict[Reason, Rejected]:
    """Return a rejected value for each reason, in the order of the sample, then in that of :class:`Reason`."""
    found: dict[Reason, Rejected] = {}
    for value in sample_of(field).rejected:
        each = _rejected(field, value)
        found.setdefault(Reason(each.problem.reason), each)
    for reason in reasons(field):
        if reason not in found:
            found[reason] = _rejected(field, hypothesis.find(invalid(field, reason=reason), lambda _: True, settings=_SEARCH))
    return found


def sample_of(field: type[Field]) -> Sample:
    """Return the values to show for a field."""
    return SAMPLES.get(field) or Sample(field.examples)


def reasons(field: type[Field]) -> list[Reason]:
    """Return the reasons for which :mod:`nofields.strategies` has values that the field itself rejects."""
    found = []
    for reason in Reason:
        try:
            invalid(field, reason=reason)
        except ValueError:
            continue
        found.append(reason)
    return found


def _rejected(field: type[Field], value: object) -> Rejected:
    if problem := field.problem(value):
        return Rejected(value, problem)
    narrowed = sample_of(field).narrowed()
    if narrowed and (problem := narrowed.problem(value)):
        return Rejected(value, problem, narrowed.__name__)
    with _only_synthetic():
        problem = field.problem(value)
    if problem is None:
        raise ValueError(f"{field.__name__} accepts {value!r}, which docs/extensions/samples.py lists as rejected")
    return Rejected(value, problem, ONLY)


@contextmanager
def _only_synthetic() -> Iterator[None]:
    before = os.environ.get(synthetic.VARIABLE)
    os.environ[synthetic.VARIABLE] = synthetic.Policy.ONLY
    try:
        yield
    finally:
        del os.environ[synthetic.VARIABLE]
        if before is not None:
            os.environ[synthetic.VARIABLE] = before
