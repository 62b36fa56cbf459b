"""Organisation numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from nofields.check.definition import kind_of
from nofields.keys import Key, Phrase
from nofields.rules import Affix, DigitRule, Kind, Series, WeightedSum
from nofields.value import DigitValue

#: What stands before an organisation number in ISO 6523, as Altinn and Peppol write it.
ISO_6523 = "0192:"


class OrganisationNumber(DigitValue):
    """Organisation number (*organisasjonsnummer*): 9 digits, the last a check digit (mod 11).

    Real numbers start with 8 or 9. Those that start with 2 or 3 are Altinn's synthetic test
    organisations and are accepted only where ``NOFIELDS_SYNTHETIC`` or ``accept`` allows it.

    Written ``974 760 673``. The VAT number ``NO 974 760 673 MVA``, with or without ``NO`` and ``MVA``,
    and Peppol's ``0192:974760673`` are accepted too. White space and invisible characters are removed;
    the value is its nine digits.

    Class arguments:
        accept: Names of the kinds to accept, ``"organisation"`` and ``"synthetic_organisation"``.
            Default: ``None``, by ``NOFIELDS_SYNTHETIC``. Example: ``accept={"organisation"}``.
        separators: Characters to remove. White space may stand anywhere, other characters only
            between the groups of three. Default: ``WHITE_SPACE``.
            Example: ``separators=WHITE_SPACE + "."``.

    Sources: brreg.no, "Organisasjonsnummeret"; Altinn release 22.8 (the synthetic series); ISO 6523,
    code 0192.

    Errors: ``ORGANISATION_FIELD_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``series``,
    ``check_digit``, ``synthetic`` or ``real``; ``TEXT_FIELD_ERROR`` when empty.

    >>> OrganisationNumber("974 760 673")
    OrganisationNumber('974760673')
    >>> OrganisationNumber("974760673").vat_number
    'NO 974 760 673 MVA'
    >>> OrganisationNumber("974760674")
    Traceback (most recent call last):
    nofields.errors.FieldError: Skriv inn et gyldig organisasjonsnummer (9 siffer).
    >>> class TestOrganisation(OrganisationNumber, accept={"synthetic_organisation"}): ...
    >>> TestOrganisation.is_valid("310926833"), TestOrganisation.problem("974760673").reason
    (True, <Reason.REAL: 'real'>)
    """

    __slots__ = ()
    rule: ClassVar[DigitRule] = DigitRule(
        key=Key.ORGANISATION_FIELD_ERROR,
        digits=9,
        written="### ### ###",
        affixes=(Affix("no"), Affix("no", "mva"), Affix("", "mva"), Affix(ISO_6523)),
        kinds=(
            Kind("organisation", first_digits="89"),
            Kind("synthetic_organisation", Series.SYNTHETIC, first_digits="23"),
        ),
        sums=(WeightedSum((3, 2, 7, 6, 5, 4, 3, 2, 1)),),
    )
    name = "orgnr"
    also_called = ("organisasjonsnr", "orgnummer", "organization number", "organisation_no")
    schema_format = "no-organisation-number"
    label = Phrase.LABEL_ORGANISATION_NUMBER
    hint = Phrase.HINT_ORGANISATION_NUMBER
    source = "brreg.no, Organisasjonsnummeret"
    examples = ("310926833", "314248295")
    real_examples = ("974760673",)

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., accept: Iterable[str] | None = ..., separators: str = ...) -> None: ...

    @property
    def is_synthetic(self) -> bool:
        """Whether this is an Altinn test organisation."""
        kind = kind_of(self.rule, self)
        return kind is not None and kind.series is Series.SYNTHETIC

    @property
    def vat_number(self) -> str:
        """The VAT number (*MVA-nummer*) as written on invoices: ``NO 974 760 673 MVA``.

        It does not show whether the organisation is registered for VAT.
        """
        from stdnum.no import mva

        return str(mva.format(f"NO{self}MVA"))

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        kind = Phrase.KIND_SYNTHETIC_ORGANISATION if self.is_synthetic else Phrase.KIND_ORGANISATION
        return {Phrase.FACT_KIND: kind, Phrase.FACT_VAT_NUMBER: self.vat_number}
