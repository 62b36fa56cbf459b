"""Postal codes."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.keys import Key, Phrase
from nofields.postal_register import Entry, entries
from nofields.rules import PostalRule
from nofields.value import DigitValue


class PostalCode(DigitValue):
    """Postal code (postnummer): 4 digits; leading zeros count.

    By default every such number but 0000 is taken, so that a new address is not turned away; the register of postal
    places is a lookup. A field that must be in the register says so: ``class Delivery(PostalCode, registered=True)``.
    White space is cleaned away. The value is its four digits.

    Source: Bring, "Postnummer i Norge"; see :mod:`nofields.postal_register` for the copy at hand.

    Errors: ``POSTAL_CODE_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``series`` (0000) or,
    for a registered one, ``unassigned``; ``TEXT_FIELD_ERROR`` when empty.

    >>> PostalCode("0357").place, PostalCode("9999").place
    ('OSLO', None)
    >>> PostalCode.problem("357").reason
    <Reason.LENGTH: 'length'>
    """

    __slots__ = ()
    rule = PostalRule(key=Key.POSTAL_CODE_ERROR, digits=4, written="####")
    name = "postnr"
    also_called = ("postnummer", "zip", "zip code", "postcode")
    schema_format = "no-postal-code"
    label = Phrase.LABEL_POSTAL_CODE
    hint = Phrase.HINT_POSTAL_CODE
    source = "Bring, Postnummer i Norge"
    examples = ("0357", "9170")
    autocomplete = "postal-code"

    @property
    def entry(self) -> Entry | None:
        """The code's line in the register; ``None`` when it is not there."""
        return entries().get(self)

    @property
    def place(self) -> str | None:
        """The postal place (poststed), in capitals as Bring writes it."""
        return self.entry.place if self.entry else None

    @property
    def municipality(self) -> str | None:
        """The municipality (kommune), in capitals."""
        return self.entry.municipality if self.entry else None

    @property
    def municipality_number(self) -> str | None:
        """Four digits; ``None`` also where the register at hand does not tell."""
        return self.entry.municipality_number if self.entry else None

    @property
    def category(self) -> str | None:
        """B, F, G, P or S; ``None`` also where the register at hand does not tell."""
        return self.entry.category if self.entry else None

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        if self.entry is None:
            return {Phrase.FACT_POSTAL_PLACE: Phrase.NOT_IN_REGISTER}
        category = Phrase[f"CATEGORY_{self.category}"] if self.category else Phrase.NOT_TOLD
        return {
            Phrase.FACT_POSTAL_PLACE: self.entry.place,
            Phrase.FACT_MUNICIPALITY: self.entry.municipality,
            Phrase.FACT_CATEGORY: category,
        }
