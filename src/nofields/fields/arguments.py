"""Class arguments that ``__init_subclass__`` passes on, for type checkers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict


class Arguments(TypedDict, total=False):
    """Those of every field."""

    key: str


class NumberArguments(Arguments, total=False):
    """Those of a number of several kinds."""

    accept: Iterable[str] | None
    separators: str


class PhoneArguments(Arguments, total=False):
    """Those of a phone number, but for the ones that widen it."""

    regions: tuple[str, ...]
    separators: str


class ReferenceArguments(Arguments, total=False):
    """Those of a payment reference."""

    min: int
    max: int
    separators: str


class CountryArguments(Arguments, total=False):
    """Those of a country."""

    no_countries: frozenset[str]
