"""Whether this process accepts synthetic persons and organisations: ``NOFIELDS_SYNTHETIC``."""

from __future__ import annotations

import os
import warnings
from enum import StrEnum
from typing import Any

from nofields.rules import DigitRule, Series

#: Whether the process accepts synthetic persons and organisations.
#:
#: Values: ``reject`` rejects them, ``accept`` accepts them and real ones, ``only`` rejects real ones. Any other value
#: counts as ``reject``, with a warning.
#:
#: Default: ``reject``.
#:
#: Read by: every check of an organisation number, a national identity number or a system ID, at each check, unless the
#: field has the class argument ``accept``. Spark's executors use the driver's.
VARIABLE = "NOFIELDS_SYNTHETIC"

#: The dictionary behind os.environ, and the variable's name in it. Every check looks it up, so that
#: a change has effect at once: ``is_valid`` of a clean organisation number takes 0.55 µs, and with
#: ``os.environ.get`` 2.2 µs, four times as long (CPython 3.11).
environment: dict[object, object] = os.environ._data  # type: ignore[attr-defined]
raw_name: object = os.environ.encodekey(VARIABLE)

#: Stands for the current setting.
_CURRENT = object()


class Policy(StrEnum):
    """The values of ``NOFIELDS_SYNTHETIC``."""

    REJECT = "reject"  #: real numbers only (the default)
    ACCEPT = "accept"  #: real and synthetic ones: a test environment
    ONLY = "only"  #: synthetic ones only: a test environment that must reject real people's numbers


#: The series that each policy accepts.
ACCEPTED = {
    Policy.REJECT: frozenset({Series.REAL}),
    Policy.ACCEPT: frozenset(Series),
    Policy.ONLY: frozenset({Series.SYNTHETIC}),
}


def setting() -> object:
    """Return the variable's current value as the operating system encodes it, or ``None``."""
    return environment.get(raw_name)


def accepted(rule: DigitRule, setting: object = _CURRENT) -> frozenset[str]:
    """Return the names of the accepted kinds: the rule's own, or those that ``setting`` accepts."""
    if rule.accept is not None:
        return rule.accept
    series = ACCEPTED[policy(setting)] if depends(rule) else frozenset(Series)
    return frozenset(kind.name for kind in rule.kinds if kind.series in series)


def depends(rule: DigitRule) -> bool:
    """Return whether the variable matters: the rule has synthetic kinds, and no ``accept``."""
    return rule.accept is None and any(kind.series is Series.SYNTHETIC for kind in rule.kinds)


def policy(of: object = _CURRENT) -> Policy:
    """Return the policy of a setting, by default the current one.

    Warns of an unknown value, which counts as ``reject``.
    """
    raw: Any = setting() if of is _CURRENT else of
    value: str = (os.environ.decodevalue(raw) if raw else "") or Policy.REJECT
    try:
        return Policy(value.strip().lower())
    except ValueError:
        known = ", ".join(Policy)
        warnings.warn(f"{VARIABLE}={value!r} is not one of {known}: using {Policy.REJECT}", stacklevel=2)
        return Policy.REJECT
