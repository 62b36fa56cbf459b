"""Postal codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from nofields.keys import Key, Phrase
from nofields.postal_register import Entry, entries
from nofields.rules import Affix, PostalRule
from nofields.value import DigitValue


class PostalCode(DigitValue):
    """Postal code (*postnummer*): 4 digits, of which leading zeros count.

    By default any four digits but 0000 are accepted, since the register at hand may be older than
    the address: ``nofields postal-codes --status`` prints its age, and ``nofields postal-codes``
    imports Bring's current one. White space, invisible characters and the country's ``N-`` or ``NO-``
    are removed; the value is its four digits.

    Class arguments:
        registered: Whether to reject codes that are not in the register. Default: ``False``.
            Example: ``registered=True``.

    Source: Bring, "Postnummer i Norge", by way of the copy in :mod:`nofields.postal_register`.

    Errors: ``POSTAL_CODE_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``series`` (0000) or,
    with ``registered``, ``unassigned``; ``TEXT_FIELD_ERROR`` when empty.

    >>> PostalCode("0357").place, PostalCode("9999").place
    ('OSLO', None)
    >>> PostalCode.problem("357").reason
    <Reason.LENGTH: 'length'>
    >>> class Delivery(PostalCode, registered=True): ...
    >>> Delivery.problem("9999").reason
    <Reason.UNASSIGNED: 'unassigned'>
    """

    __slots__ = ()
    rule: ClassVar[PostalRule] = PostalRule(
        key=Key.POSTAL_CODE_ERROR, digits=4, written="####", affixes=(Affix("n-"), Affix("no-"))
    )
    name = "postnr"
    also_called = ("postnummer", "zip", "zip code", "postcode")
    schema_format = "no-postal-code"
    label = Phrase.LABEL_POSTAL_CODE
    hint = Phrase.HINT_POSTAL_CODE
    source = "Bring, Postnummer i Norge"
    examples = ("0357", "9170")
    autocomplete = "postal-code"

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., registered: bool = ...) -> None: ...

    @property
    def entry(self) -> Entry | None:
        """The code's entry in the register; ``None`` if it has none."""
        return entries().get(self)

    @property
    def place(self) -> str | None:
        """The postal place (*poststed*), in capitals as in the register."""
        return self.entry.place if self.entry else None

    @property
    def municipality(self) -> str | None:
        """The municipality (*kommune*), in capitals as in the register."""
        return self.entry.municipality if self.entry else None

    @property
    def municipality_number(self) -> str | None:
        """The municipality's four digits; ``None`` also if the register at hand lacks them."""
        return self.entry.municipality_number if self.entry else None

    @property
    def category(self) -> str | None:
        """B, F, G, P or S; ``None`` also if the register at hand lacks it."""
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
