"""Plural forms by CLDR's categories, which the libraries of frontends go by; gettext goes by a formula of the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from nofields.languages import cldr
from nofields.message_templates import template

#: CLDR's plural categories, in CLDR's order.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: The counts whose forms are compared. Large ones have a category of their own in some languages, such as French.
_COUNTS = (*range(200), 1_000, 2_000, 1_000_000)


class PluralForms(NamedTuple):
    """The plural forms of a text.

    Attributes:
        by_category: The form of each of the language's categories; the last is always ``other``.
        exact: The forms of single counts that have another form than their category.
    """

    by_category: Mapping[str, str]
    exact: Mapping[int, str]


def plural_samples(language: str) -> dict[str, int]:
    """Return one count for each of a language's plural categories (CLDR): ``{"one": 1, "other": 0}``.

    A category of fractions alone has none.
    """
    return {category: counts[0] for category, counts in _counts(language).items()}


def plural_forms(key: str, language: str) -> PluralForms:
    """Return the plural forms of a key. That of a category is the one of large counts, the others are exact.

    A category that no count has, such as that of fractions in Polish, has the form of the one before it.
    """
    by_category: dict[str, str] = {}
    exact: dict[int, str] = {}
    text = ""
    for category in _categories(language):
        if counts := _counts(language).get(category, ()):
            texts = {count: template(key, language, count) for count in counts}
            text = texts[counts[-1]]
            exact |= {count: each for count, each in texts.items() if each != text}
        by_category[category] = text
    return PluralForms(by_category, exact)


def _categories(language: str) -> tuple[str, ...]:
    tags = {*cldr(language).plural_form.tags, CATEGORIES[-1]}
    return tuple(each for each in CATEGORIES if each in tags)


@cache
def _counts(language: str) -> Mapping[str, tuple[int, ...]]:
    """Return the counts of each category, in ascending order."""
    category = cldr(language).plural_form
    found: dict[str, list[int]] = {}
    for count in _COUNTS:
        found.setdefault(category(count), []).append(count)
    return {each: tuple(found[each]) for each in CATEGORIES if each in found}
