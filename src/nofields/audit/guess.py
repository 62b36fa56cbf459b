"""Guess from a column's name which field it holds, and whether its values are secret."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nofields.catalogs import languages
from nofields.fields import BY_NAME
from nofields.messages import message
from nofields.rules import LONGEST_LINE
from nofields.value import Field

#: Parts of the names of columns that hold national identity numbers or passwords. A few too many matches do no harm,
#: but "tlfnr", "refnr" and "tariffnr" are numbers of telephones, references and tariffs.
_SECRET = re.compile(
    "|".join(
        [
            r"f.{0,2}dsels? ?n(r|um)",  # fødselsnummer, also with a garbled ø
            r"(?<!tl|re)(?<!f)fnr|drefnr",  # kundefnr, foreldrefnr
            r"person(al)? ?(n(r|um)|id)",
            r"(national|nasjonalt|birth|identity|identitets|folkeregister) ?(n(r|um)|ident)",
            r"social ?security",
            r"ssns?\b|\bssn|\bnins?\b|\b[dfp] ?n(rs?\b|um)",
            r"pass ?(ord|word|wd|code|kode|phrase)|pwd",
        ]
    )
)


def guess_fields(columns: Iterable[str]) -> dict[str, type[Field]]:
    """Return the columns that are named like a field: by its short name, another name, or its label in any language.

    Only the first ``LONGEST_LINE`` characters of a name are compared.

    >>> {name: field.__name__ for name, field in guess_fields(["Orgnr.", "Navn", "fodselsnummer", "E-post"]).items()}
    {'Orgnr.': 'OrganisationNumber', 'fodselsnummer': 'NationalIdentityNumber', 'E-post': 'EmailAddress'}
    """
    fields = {_letters(name): field for field in BY_NAME.values() for name in _names(field)}
    names = {column: _letters(column[:LONGEST_LINE]) for column in columns}
    return {column: fields[name] for column, name in names.items() if name in fields}


def secret_columns(columns: Iterable[str]) -> set[str]:
    """Return the columns whose names are, or contain, the name of a field with secret values.

    Names of any length are searched to their ends, since the values of these columns are masked.

    >>> names = ["Orgnr.", "Kundens fødselsnummer (11 siffer)", "fnr_kunde", "kundeFnr2", "Passord", "Kundenummer"]
    >>> sorted(secret_columns(names))
    ['Kundens fødselsnummer (11 siffer)', 'Passord', 'fnr_kunde', 'kundeFnr2']
    """
    names = {_letters(name) for field in BY_NAME.values() if field.secret for name in _all_names(field)}
    return {column for column in columns if _SECRET.search(_without_digraphs(_words(column))) or _letters(column) in names}


def _names(field: type[Field]) -> Iterable[str]:
    # A field without other names is too general to guess, such as "number".
    return _all_names(field) if field.also_called else ()


def _all_names(field: type[Field]) -> Iterable[str]:
    yield from (field.name, *field.also_called)
    yield from (message(field.label, language) for language in languages())


def _letters(name: str) -> str:
    """Return a name in a form to compare: no case, punctuation or text in brackets, and o for ø."""
    return re.sub(r"[\W_]", "", _to_ascii(re.sub(r"\([^()]*\)|\[[^][]*\]", "", name)))


def _words(name: str) -> str:
    """Split a name into words of letters, also before a capital letter."""
    return re.sub(r"[\W\d_]+", " ", _to_ascii(re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", name)))


def _without_digraphs(words: str) -> str:
    """Replace oe and aa, which some write for ø and å."""
    return words.replace("oe", "o").replace("aa", "a")


def _to_ascii(name: str) -> str:
    return name.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
