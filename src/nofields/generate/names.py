"""Names of people, streets and trades."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

STREETS = (
    "Bakkegata", "Bjørkeveien", "Elvegata", "Fjellveien", "Furuveien", "Granveien", "Hagegata", "Havnegata", "Industriveien",
    "Jernbanegata", "Kirkegata", "Kirkeveien", "Lyngveien", "Markveien", "Parkveien", "Prestegata", "Ringveien", "Sjøgata",
    "Skogveien", "Skolegata", "Skoleveien", "Solbakken", "Storgata", "Strandgata", "Strandveien", "Torggata", "Åsveien",
)  # fmt: skip
TRADES = ("Bygg", "Data", "Eiendom", "Elektro", "Handel", "Invest", "Regnskap", "Rådgivning", "Service", "Transport")
FORMS = ("AS", "AS", "AS", "ASA", "ANS", "DA", "SA")
_FEMALE = (
    "Anne", "Astrid", "Berit", "Bjørg", "Emma", "Eva", "Gerd", "Grete", "Hanne", "Hilde", "Ida", "Inger", "Ingrid", "Kari",
    "Kristin", "Liv", "Marit", "Nora", "Randi", "Sara", "Silje", "Solveig", "Tone", "Åse",
)  # fmt: skip
_MALE = (
    "Anders", "Arne", "Bjørn", "Einar", "Erik", "Geir", "Hans", "Håkon", "Ivar", "Jan", "Kjell", "Knut", "Lars", "Magnus",
    "Morten", "Odd", "Ola", "Per", "Rune", "Sindre", "Svein", "Terje", "Tor", "Øyvind",
)  # fmt: skip
_LAST = (
    "Andersen", "Bakken", "Berg", "Dahl", "Eide", "Eriksen", "Fjeld", "Hagen", "Halvorsen", "Hansen", "Haugen", "Jacobsen",
    "Johansen", "Karlsen", "Larsen", "Lie", "Lund", "Moen", "Nilsen", "Nygård", "Olsen", "Solberg", "Strand", "Ødegård",
)  # fmt: skip

#: Letters that do not fall apart into a letter of ASCII and a mark.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "đ": "d"})


class Names(NamedTuple):
    """First names by gender, and last names."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    last: tuple[str, ...]


@cache
def names() -> Names:
    """Return the names of Faker's locale ``no_NO`` or, where Faker is not installed, a few of nofields' own."""
    try:
        from faker.providers.person.no_NO import Provider
    except ImportError:
        return Names(_FEMALE, _MALE, _LAST)
    return Names(tuple(Provider.first_names_female), tuple(Provider.first_names_male), tuple(Provider.last_names))


@cache
def to_ascii(name: str) -> str:
    """Return the letters of a name as an e-mail address has them.

    >>> to_ascii("Bjørn-Åge")
    'bjornage'
    """
    text = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return "".join(letter for letter in text if "a" <= letter <= "z")
