"""Countries."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar, Unpack, cast

from nofields import messages
from nofields.catalogs import DEFAULT
from nofields.check import compile_rule
from nofields.check.choice import CountryCheck
from nofields.fields.choice import Dropdown
from nofields.keys import Key, Phrase
from nofields.languages import cldr, negotiate
from nofields.rules import CountryRule

if TYPE_CHECKING:
    from nofields.fields.arguments import CountryArguments

#: The Norwegian alphabet ends in æ, ø, å, with ä as æ and ö as ø. ``{|}`` follow ``z`` in ASCII.
_ALPHABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


class Country(Dropdown):
    """Country (*land*), chosen in a dropdown: its two letters by ISO 3166-1, or ``XK`` for Kosovo.

    Names come from CLDR by way of Babel, in the reader's language, or in bokmål if CLDR lacks one.

    Class arguments:
        no_countries: Codes of CLDR's territories to reject. Default: those that are not countries,
            such as ``EU``. Example: ``no_countries=Country.rule.no_countries | {"SJ"}``.

    Source: ISO 3166-1 and CLDR.

    Errors: ``DROPDOWN_ERROR`` with reason ``required`` (nothing chosen), ``choice`` or ``type``.

    >>> Country("NO").name_in("en"), Country.options("nb")[0], Country.options("nb")[-1]
    ('Norway', ('AF', 'Afghanistan'), ('AX', 'Åland'))
    >>> Country.placeholder("nn"), Country.problem("ZZ").reason
    ('Vel land', <Reason.CHOICE: 'choice'>)
    >>> class Other(Country, no_countries=Country.rule.no_countries | {"NO"}): ...
    >>> Other.is_valid("NO")
    False
    """

    __slots__ = ()
    rule: ClassVar[CountryRule] = CountryRule(
        key=Dropdown.rule.key,
        # CLDR's other territories: unions, islands that belong to a country, test codes.
        no_countries=frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]),
    )
    schema_format = "no-country"
    label = Phrase.LABEL_COUNTRY
    source = "ISO 3166-1 and CLDR, by Babel"
    examples = ("NO",)
    autocomplete = "country"

    def __init_subclass__(cls, **given: Unpack[CountryArguments]) -> None:
        settings: dict[str, Any] = {**given}
        if "choices" in settings:
            raise TypeError("unknown class argument 'choices': all countries are choices; use Dropdown for others")
        super().__init_subclass__(**settings)

    @classmethod
    def options(cls, locale: str | None = DEFAULT) -> list[tuple[str, str]]:
        """Return code and name of every country, sorted by the reader's alphabet."""
        codes = cast(CountryCheck, compile_rule(cls.rule)).choices
        language = negotiate(locale)
        return sorted(((code, _name(code, language)) for code in codes), key=lambda option: _sort_key(option[1], language))

    @staticmethod
    def placeholder(locale: str | None = DEFAULT) -> str:
        """Return the text of the dropdown before a choice is made."""
        return messages.message(Key.SEC_BLOCKER_DROPDOWN_DEFAULT, locale)

    def name_in(self, locale: str | None = DEFAULT) -> str:
        """Return the country's name in the reader's language."""
        return _name(self, negotiate(locale))


def _name(code: str, language: str) -> str:
    """Return a country's name, in bokmål if CLDR lacks it in ``language``."""
    names = (cldr(each).territories.get(code) for each in (language, DEFAULT))
    return next((str(name) for name in names if name), str(code))


def _sort_key(name: str, language: str) -> str:
    """Return a key by the alphabet of ``language``, without accents."""
    lower = name.lower()
    letters = lower if language == "en" else lower.translate(_ALPHABET)
    return "".join(letter for letter in unicodedata.normalize("NFD", letters) if not unicodedata.combining(letter))
