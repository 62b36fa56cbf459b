"""Tells from a column's name which field it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nofields.catalogs import languages
from nofields.fields import BY_NAME
from nofields.messages import message
from nofields.rules import DIGITS
from nofields.value import Field

#: Columns of passwords of any kind, which are not checked as Altinn's unless somebody says so.
_PASSWORDS = {"passord", "password", "pwd"}
#: A name of so many letters at most says what a column holds as a word of its own only: fnr, pwd.
_SHORT = 5


def guessed(columns: Iterable[str]) -> dict[str, type[Field]]:
    """The columns that are called like a field: by its short name, its label in any language, or another name it has.

    >>> {name: field.__name__ for name, field in guessed(["Orgnr.", "Navn", "fodselsnummer", "E-post"]).items()}
    {'Orgnr.': 'OrganisationNumber', 'fodselsnummer': 'NationalIdentityNumber', 'E-post': 'EmailAddress'}
    """
    fields = {_letters(name): field for field in BY_NAME.values() for name in _names(field)}
    return {column: fields[_letters(column)] for column in columns if _letters(column) in fields}


def secret(columns: Iterable[str]) -> set[str]:
    """The columns that are called like a field whose values are not shown, checked or not.

    >>> sorted(secret(["Orgnr.", "Fødselsnummer (11 siffer)", "fnr (2)", "Passord"]))
    ['Fødselsnummer (11 siffer)', 'Passord', 'fnr (2)']
    """
    names = {_letters(name) for field in BY_NAME.values() if field.secret for name in _all_names(field)} | _PASSWORDS
    parts = [name for name in names if len(name) > _SHORT]
    return {
        column
        for column in columns
        if names & {_letters(word).rstrip(DIGITS) for word in (column, *re.split(r"[\W_]+", column))}
        or any(part in _letters(column) for part in parts)
    }


def _names(field: type[Field]) -> Iterable[str]:
    # A field that goes by no other name is too general to be guessed: "number".
    return _all_names(field) if field.also_called else ()


def _all_names(field: type[Field]) -> Iterable[str]:
    yield from (field.name, *field.also_called)
    yield from (message(field.label, language) for language in languages())


def _letters(name: str) -> str:
    """A name without what people write differently: case, marks, ø for o, and what they add in brackets."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", "", name).casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return re.sub(r"[\W_]", "", plain)
