"""Whether this process lets synthetic persons and organisations through: the environment variable NOFIELDS_SYNTHETIC."""

from __future__ import annotations

import os
import warnings
from enum import StrEnum
from typing import Any

from nofields.rules import DigitRule, Series

VARIABLE = "NOFIELDS_SYNTHETIC"

#: The dictionary behind os.environ and the variable's name in it. Every check asks it whether the variable is set, so
#: that setting it takes effect at once: 30 ns, where os.environ itself takes 1000.
environment: dict[object, object] = os.environ._data  # type: ignore[attr-defined]
raw_name: object = os.environ.encodekey(VARIABLE)

#: In the place of a setting: the one of this moment.
_NOW = object()


class Policy(StrEnum):
    """The values of ``NOFIELDS_SYNTHETIC``."""

    REJECT = "reject"  #: real numbers only (the default)
    ACCEPT = "accept"  #: real and synthetic ones: a test environment
    ONLY = "only"  #: synthetic ones only: a test environment that must refuse real people's numbers


ACCEPTED = {
    Policy.REJECT: frozenset({Series.REAL}),
    Policy.ACCEPT: frozenset(Series),
    Policy.ONLY: frozenset({Series.SYNTHETIC}),
}


def setting() -> object:
    """The variable as it is now, in the form that the system has it in; ``None`` where it is not set."""
    return environment.get(raw_name)


def accepted(rule: DigitRule, setting: object = _NOW) -> frozenset[str]:
    """The names of the kinds let through: the rule's own, else those of the series that a setting accepts."""
    if rule.accept is not None:
        return rule.accept
    series = ACCEPTED[policy(setting)] if depends(rule) else frozenset(Series)
    return frozenset(kind.name for kind in rule.kinds if kind.series in series)


def depends(rule: DigitRule) -> bool:
    """Whether the variable has a say: some kind is synthetic, and the rule names none itself."""
    return rule.accept is None and any(kind.series is Series.SYNTHETIC for kind in rule.kinds)


def policy(of: object = _NOW) -> Policy:
    """The policy of a setting, or the one in force now; an unknown value counts as ``reject`` and is warned of."""
    raw: Any = setting() if of is _NOW else of
    value: str = (os.environ.decodevalue(raw) if raw else "") or Policy.REJECT
    try:
        return Policy(value.strip().lower())
    except ValueError:
        known = ", ".join(Policy)
        warnings.warn(f"{VARIABLE}={value!r} is none of {known}: taken as {Policy.REJECT}", stacklevel=2)
        return Policy.REJECT
