"""Replaces settings of a rule by class arguments."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from nofields.characters import DECIMAL_SIGNS
from nofields.keys import own_key
from nofields.rules import DateRangeRule, DateRule, NumberRule, ReferenceRule, Rule

R = TypeVar("R", bound=Rule)

#: The settings that are keys: a documented one, or any name of the project's own.
_KEYS = ("key", "too_long_key")
#: The settings of dates that are limits.
_LIMITS = ("min", "max")
#: The settings that may be 0, unlike other counts.
_MAY_BE_ZERO = ("decimals",)


def with_settings(rule: R, settings: Mapping[str, Any]) -> R:
    """Return ``rule`` with some of its settings replaced.

    Raises:
        TypeError: The rule has no such setting, or the value is of another type than the current one.
        ValueError: A count is too small, ``min`` is more than ``max``, or a separator cannot be one.
    """
    for name, value in settings.items():
        if name not in vars(rule):
            raise TypeError(f"unknown class argument {name!r}; known: {', '.join(vars(rule))}")
        if isinstance(rule, DateRule) and name in _LIMITS:
            _check_limit(name, value)
            continue
        kind = str if name in _KEYS else type(getattr(rule, name))
        if kind is not type(None) and (not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool)):
            raise TypeError(f"{name} must be {kind.__name__}, not {type(value).__name__}")
        if kind is int and value < (least := 0 if name in _MAY_BE_ZERO else 1):
            raise ValueError(f"{name} must be {least} or more, not {value}")
    changed = dataclasses.replace(rule, **{**settings, **_own_keys(rule, settings)})
    low, high = getattr(changed, "min", 0), getattr(changed, "max", float("inf"))
    # Whether limits of dates that are functions are in order cannot be known yet.
    if not any(limit is None or callable(limit) for limit in (low, high)) and low > high:
        raise ValueError(f"min={low} is more than max={high}")
    _check_separators(changed)
    return changed


def _own_keys(rule: Rule, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that ``key`` changes: each key of the rule is the new one, with the text of the old one."""
    if "key" not in settings:
        return {}
    keys: dict[str, Any] = {name: own_key(settings["key"], getattr(rule, name)) for name in _KEYS if hasattr(rule, name)}
    if isinstance(rule, DateRangeRule):
        keys["date"] = dataclasses.replace(settings.get("date", rule.date), key=keys["key"])
    return keys


def _check_limit(name: str, limit: object) -> None:
    """Raise ``TypeError`` for what is neither a date, nor a function, nor ``None``."""
    is_date = isinstance(limit, datetime.date) and not isinstance(limit, datetime.datetime)
    if not (limit is None or is_date or callable(limit)):
        raise TypeError(f"{name} must be a date or a function that returns one, not {type(limit).__name__}")


def _check_separators(rule: Rule) -> None:
    """Raise ``ValueError`` for separators that would turn another text into a number of the field."""
    separators = getattr(rule, "separators", "")
    if isinstance(separators, str) and any(map(str.isalnum, separators)):
        raise ValueError("separators cannot contain letters or digits")
    if isinstance(rule, ReferenceRule | NumberRule) and set(separators) & set(DECIMAL_SIGNS):
        raise ValueError("separators cannot contain . or , here: a number with decimals would become another number")
