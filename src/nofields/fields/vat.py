"""VAT numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from nofields.fields.organisation import OrganisationNumber
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import VatRule
from nofields.value import Value


class VatNumber(Value):
    """VAT number (*MVA-nummer*): an organisation number with ``NO`` before it and ``MVA`` after it.

    The organisation number must be valid. The number does not show whether the organisation is
    registered for VAT. ``MVA`` is required, since it is how an organisation states its registration:
    an organisation number alone is rejected. ``NO`` may be missing, as on domestic invoices.

    Written ``NO 974 760 673 MVA``. Letters may be in lower case, and white space is removed; the
    value is ``NO974760673MVA``. An organisation number of Altinn's synthetic series is accepted only
    where ``NOFIELDS_SYNTHETIC`` allows it.

    Class arguments:
        separators: Characters to remove, wherever they stand. Default: ``WHITE_SPACE``.
            Example: ``separators=WHITE_SPACE + "-"``.

    Source: bokføringsforskriften § 5-1-2 (the organisation number, followed by MVA).

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``number``, ``characters`` (invisible or foreign),
    ``format`` or, for its organisation number, ``length``, ``series``, ``check_digit``, ``synthetic`` or ``real``;
    ``TEXT_FIELD_ERROR`` when empty.

    >>> VatNumber("no 974 760 673 mva")
    VatNumber('NO974760673MVA')
    >>> VatNumber("974760673MVA").organisation_number, VatNumber("974760673MVA").formatted
    (OrganisationNumber('974760673'), 'NO 974 760 673 MVA')
    >>> VatNumber.problem("NO974760674MVA").reason, VatNumber.problem("974760673").reason
    (<Reason.CHECK_DIGIT: 'check_digit'>, <Reason.FORMAT: 'format'>)
    """

    __slots__ = ()
    rule: ClassVar[VatRule] = VatRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "vat_number"),
        organisation=OrganisationNumber.rule,
        prefix="NO",
        suffix="MVA",
    )
    name = "mvanr"
    also_called = ("mva-nummer", "vat number", "vat no")
    schema_format = "no-vat-number"
    label = Phrase.LABEL_VAT_NUMBER
    hint = Phrase.HINT_VAT_NUMBER
    source = "bokføringsforskriften § 5-1-2"
    examples = ("NO310926833MVA", "NO314248295MVA")
    real_examples = ("NO974760673MVA",)

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., separators: str = ...) -> None: ...

    @property
    def organisation_number(self) -> OrganisationNumber:
        """The organisation number in it."""
        number = self.removeprefix(self.rule.prefix).removesuffix(self.rule.suffix)
        # Not validated again: NOFIELDS_SYNTHETIC may have changed since.
        made: OrganisationNumber = OrganisationNumber._new(OrganisationNumber, number)
        return made

    @property
    def formatted(self) -> str:
        """The value as written on invoices: ``NO 974 760 673 MVA``."""
        return self.organisation_number.vat_number

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        number = self.organisation_number
        return {Phrase.FACT_ORGANISATION_NUMBER: number.formatted, Phrase.FACT_KIND: number.facts()[Phrase.FACT_KIND]}
