"""Organisation numbers."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.check.digits import kind_of
from nofields.keys import Key, Phrase
from nofields.rules import DigitRule, Kind, Series, WeightedSum
from nofields.value import DigitValue


class OrganisationNumber(DigitValue):
    """Organisation number (organisasjonsnummer): 9 digits, the last a check digit (mod 11).

    Real ones start with 8 or 9; 2 and 3 are Altinn's synthetic test organisations, taken only where
    ``NOFIELDS_SYNTHETIC`` says so. White space is cleaned away. The value is its nine digits.

    Sources: brreg.no, "Organisasjonsnummeret"; Altinn release 22.8 (the synthetic series).

    Errors: ``ORGANISATION_FIELD_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``series``,
    ``check_digit``, ``synthetic`` or ``real``; ``TEXT_FIELD_ERROR`` when empty.

    >>> OrganisationNumber("974 760 673")
    OrganisationNumber('974760673')
    >>> OrganisationNumber("974760673").vat_number
    'NO 974 760 673 MVA'
    >>> OrganisationNumber("974760674")
    Traceback (most recent call last):
    nofields.errors.FieldError: Skriv inn et gyldig organisasjonsnummer (9 siffer).
    """

    __slots__ = ()
    rule = DigitRule(
        key=Key.ORGANISATION_FIELD_ERROR,
        digits=9,
        written="### ### ###",
        kinds=(
            Kind("organisation", first_digits="89"),
            Kind("synthetic_organisation", Series.SYNTHETIC, first_digits="23"),
        ),
        sums=(WeightedSum((3, 2, 7, 6, 5, 4, 3, 2, 1)),),
    )
    name = "orgnr"
    also_called = ("organisasjonsnr", "orgnummer", "organization number", "organisation_no", "vat number")
    schema_format = "no-organisation-number"
    label = Phrase.LABEL_ORGANISATION_NUMBER
    hint = Phrase.HINT_ORGANISATION_NUMBER
    source = "brreg.no, Organisasjonsnummeret"
    examples = ("310926833", "314248295")

    @property
    def is_synthetic(self) -> bool:
        """Whether this is one of Altinn's test organisations."""
        kind = kind_of(self.rule, self)
        return kind is not None and kind.series is Series.SYNTHETIC

    @property
    def vat_number(self) -> str:
        """The number as VAT number (MVA-nummer), as it stands on invoices: ``NO 974 760 673 MVA``.

        Every registered company's VAT number is made so; whether this one is registered for VAT the number does not tell.
        """
        from stdnum.no import mva

        return str(mva.format(f"NO{self}MVA"))

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        kind = Phrase.KIND_SYNTHETIC_ORGANISATION if self.is_synthetic else Phrase.KIND_ORGANISATION
        return {Phrase.FACT_KIND: kind, Phrase.FACT_VAT_NUMBER: self.vat_number}
