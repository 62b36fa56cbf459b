"""Tells from a column's name which field it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nofields.catalogs import languages
from nofields.fields import BY_NAME
from nofields.messages import message
from nofields.value import Field


def guessed(columns: Iterable[str]) -> dict[str, type[Field]]:
    """The columns that are called like a field: by its short name, its label in any language, or another name it has.

    >>> {name: field.__name__ for name, field in guessed(["Orgnr.", "Navn", "fodselsnummer", "E-post"]).items()}
    {'Orgnr.': 'OrganisationNumber', 'fodselsnummer': 'NationalIdentityNumber', 'E-post': 'EmailAddress'}
    """
    fields = {_letters(name): field for field in BY_NAME.values() for name in _names(field)}
    return {column: fields[_letters(column)] for column in columns if _letters(column) in fields}


def _names(field: type[Field]) -> Iterable[str]:
    if field.also_called:  # a field that goes by no other name is too general to be guessed: "number"
        yield from (field.name, *field.also_called)
        yield from (message(field.label, language) for language in languages())


def _letters(name: str) -> str:
    """A name without what people write differently: case, marks, and ø for o."""
    plain = name.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return re.sub(r"[\W_]", "", plain)
