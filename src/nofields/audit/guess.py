"""Tells from a column's name which field it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nofields.catalogs import languages
from nofields.fields import BY_NAME
from nofields.messages import message
from nofields.rules import LONGEST_LINE
from nofields.value import Field

#: What stands somewhere in the name of a column of fødselsnummer, or of passwords of any kind: parts of words, and words.
#: It may be generous. But "tlfnr", "refnr" and "tariffnr" are numbers of telephones, references and tariffs.
_SECRET = re.compile(
    "|".join(
        [
            r"f.{0,2}dsels? ?n(r|um)",  # fødselsnummer, also with what a wrong encoding made of the ø
            r"(?<!tl|re)(?<!f)fnr|drefnr",  # kundefnr, foreldrefnr
            r"person(al)? ?(n(r|um)|id)",
            r"(national|nasjonalt|birth|identity|identitets|folkeregister) ?(n(r|um)|ident)",
            r"social ?security",
            r"ssns?\b|\bssn|\bnins?\b|\b[dfp] ?n(rs?\b|um)",
            r"pass ?(ord|word|wd|code|kode|phrase)|pwd",
        ]
    )
)


def guessed(columns: Iterable[str]) -> dict[str, type[Field]]:
    """The columns that are called like a field: by its short name, its label in any language, or another name it has.

    Of a name the first ``LONGEST_LINE`` characters count.

    >>> {name: field.__name__ for name, field in guessed(["Orgnr.", "Navn", "fodselsnummer", "E-post"]).items()}
    {'Orgnr.': 'OrganisationNumber', 'fodselsnummer': 'NationalIdentityNumber', 'E-post': 'EmailAddress'}
    """
    fields = {_letters(name): field for field in BY_NAME.values() for name in _names(field)}
    called = {column: _letters(column[:LONGEST_LINE]) for column in columns}
    return {column: fields[name] for column, name in called.items() if name in fields}


def secret(columns: Iterable[str]) -> set[str]:
    """The columns that are called like a field whose values are not shown, checked or not, or have its name in theirs.

    A name is searched to its end, however long: a secret in its column is masked.

    >>> sorted(secret(["Orgnr.", "Kundens fødselsnummer (11 siffer)", "fnr_kunde", "kundeFnr2", "Passord", "Kundenummer"]))
    ['Kundens fødselsnummer (11 siffer)', 'Passord', 'fnr_kunde', 'kundeFnr2']
    """
    names = {_letters(name) for field in BY_NAME.values() if field.secret for name in _all_names(field)}
    return {column for column in columns if _SECRET.search(_spelt_out(_words(column))) or _letters(column) in names}


def _names(field: type[Field]) -> Iterable[str]:
    # A field that goes by no other name is too general to be guessed: "number".
    return _all_names(field) if field.also_called else ()


def _all_names(field: type[Field]) -> Iterable[str]:
    yield from (field.name, *field.also_called)
    yield from (message(field.label, language) for language in languages())


def _letters(name: str) -> str:
    """A name without what people write differently: case, marks, ø for o, and what they add in brackets."""
    return re.sub(r"[\W_]", "", _plain(re.sub(r"\([^()]*\)|\[[^][]*\]", "", name)))


def _words(name: str) -> str:
    """A name as words of letters, also where a capital letter begins one."""
    return re.sub(r"[\W\d_]+", " ", _plain(re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", name)))


def _spelt_out(words: str) -> str:
    """Words with one letter for oe and aa, as some write ø and å."""
    return words.replace("oe", "o").replace("aa", "a")


def _plain(name: str) -> str:
    return name.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
