"""Countries."""

from __future__ import annotations

import unicodedata
from typing import Any, cast

from nofields import messages
from nofields.catalogs import DEFAULT
from nofields.check import compile_rule
from nofields.check.choice import CountryCheck
from nofields.fields.choice import Dropdown
from nofields.keys import Key, Phrase
from nofields.languages import cldr, negotiate
from nofields.rules import CountryRule

#: The Norwegian alphabet ends in æ, ø, å; ä and ö are sorted with æ and ø.
_ALPHABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


class Country(Dropdown):
    """A country (land), chosen in a dropdown: the value is its two letters by ISO 3166-1, or ``XK``, Kosovo.

    Names come from Babel (CLDR) in the reader's language, or in bokmål where CLDR has none.

    Errors: ``DROPDOWN_ERROR`` with reason ``required`` (nothing chosen), ``choice`` or ``type``.

    >>> Country("NO").name_in("en"), Country.options("nb")[0], Country.options("nb")[-1]
    ('Norway', ('AF', 'Afghanistan'), ('AX', 'Åland'))
    >>> Country.placeholder("nn"), Country.problem("ZZ").reason
    ('Vel land', <Reason.CHOICE: 'choice'>)
    """

    __slots__ = ()
    rule = CountryRule(
        key=Dropdown.rule.key,
        # What CLDR names besides countries: unions, groups of islands that belong to a country, test codes.
        no_countries=frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]),
    )
    schema_format = "no-country"
    label = Phrase.LABEL_COUNTRY
    source = "ISO 3166-1 and CLDR, by Babel"
    examples = ("NO",)
    autocomplete = "country"

    def __init_subclass__(cls, **settings: Any) -> None:
        if "choices" in settings:
            raise TypeError("a country is one of all countries: there is no setting 'choices'; Dropdown has it")
        super().__init_subclass__(**settings)

    @classmethod
    def options(cls, locale: str | None = DEFAULT) -> list[tuple[str, str]]:
        """Code and name of every country, in the order of the reader's alphabet."""
        codes = cast(CountryCheck, compile_rule(cls.rule)).choices
        language = negotiate(locale)
        return sorted(((code, _name(code, language)) for code in codes), key=lambda option: _place(option[1], language))

    @staticmethod
    def placeholder(locale: str | None = DEFAULT) -> str:
        """What the dropdown shows before a choice is made."""
        return messages.message(Key.SEC_BLOCKER_DROPDOWN_DEFAULT, locale)

    def name_in(self, locale: str | None = DEFAULT) -> str:
        """The country's name in the reader's language."""
        return _name(self, negotiate(locale))


def _name(code: str, language: str) -> str:
    """Return a country's name: in many languages CLDR lacks some, which are then taken from bokmål."""
    names = (cldr(each).territories.get(code) for each in (language, DEFAULT))
    return next((str(name) for name in names if name), str(code))


def _place(name: str, language: str) -> str:
    """A key that sorts names by the alphabet of the language, accents aside."""
    lower = name.lower()
    known = lower if language == "en" else lower.translate(_ALPHABET)
    return "".join(letter for letter in unicodedata.normalize("NFD", known) if not unicodedata.combining(letter))
