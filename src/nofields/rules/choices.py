"""The rules of what is chosen from a list, or ticked."""

from __future__ import annotations

from dataclasses import dataclass

from nofields.rules.limits import TICK


@dataclass(frozen=True, kw_only=True)
class ChoiceRule:
    """One of ``choices``, or one or more if ``several``; any text if ``choices`` is ``None``. Forms list ``open`` ones."""

    key: str
    choices: tuple[str, ...] | None = None
    several: bool = False
    open: bool = False
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class CountryRule(ChoiceRule):
    """The two-letter code of one of CLDR's territories, except ``no_countries``."""

    no_countries: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class CheckboxRule:
    """A box that must be ticked; ``checked`` are the texts that mean ticked."""

    key: str
    checked: frozenset[str] = frozenset({TICK, "true", "1"})
