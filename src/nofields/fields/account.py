"""Account numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from nofields.characters import WHITE_SPACE
from nofields.keys import Key, Phrase
from nofields.rules import Affix, DigitRule, WeightedSum
from nofields.value import DigitValue

#: The sum of an IBAN's check digits and the account number's digits: ISO 7064, mod 97. With NO as 2324 between these and the
#: check digits, the number leaves 1.
_IBAN = WeightedSum(
    weights=(10, 1, *(10 ** (6 + right) % 97 for right in reversed(range(11)))),
    remainders=frozenset({(1 - 232400) % 97}),
    modulus=97,
)


class AccountNumber(DigitValue):
    """Account number (*kontonummer*): 11 digits, the last a check digit (mod 11).

    The first four digits are the bank's register number, the next two the account group. The
    rule is the same for every group; an exception for group 00 in the IBAN registry, which most
    software ignores, is not followed. The retired 7-digit postgiro numbers are rejected.

    Written ``8601.11.17947``. White space and invisible characters anywhere, and full stops or hyphens
    between the groups of 4, 2 and 5 digits, are removed. The Norwegian IBAN is accepted too, if its
    check digits are right. The value is its eleven digits.

    Class arguments:
        separators: Characters to remove. White space may stand anywhere, other characters only
            between the groups. Default: ``WHITE_SPACE + ".-"``. Example: ``separators=" "``.

    Source: Bits AS (the banks' standards), in the IBAN registry's entry for Norway.

    Errors: ``ACCOUNT_FIELD_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``series`` (all zeros) or
    ``check_digit``; ``TEXT_FIELD_ERROR`` when empty.

    >>> AccountNumber("8601.11.17947").iban
    'NO93 8601 1117 947'
    >>> AccountNumber("NO93 8601 1117 947")
    AccountNumber('86011117947')
    >>> AccountNumber.problem("8601.11.17949").reason
    <Reason.CHECK_DIGIT: 'check_digit'>
    """

    __slots__ = ()
    rule: ClassVar[DigitRule] = DigitRule(
        key=Key.ACCOUNT_FIELD_ERROR,
        digits=11,
        written="####.##.#####",
        sums=(WeightedSum((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)),),
        separators=WHITE_SPACE + ".-",
        affixes=(Affix("no", head=2, sum=_IBAN),),
    )
    name = "kontonr"
    also_called = ("konto", "bankkonto", "bankkontonummer", "account", "bank account")
    schema_format = "no-account-number"
    label = Phrase.LABEL_ACCOUNT_NUMBER
    hint = Phrase.HINT_ACCOUNT_NUMBER
    source = "IBAN registry, Norway; stdnum.no.kontonr"
    examples = ("86011117947", "12345678903")

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., separators: str = ...) -> None: ...

    @property
    def iban(self) -> str:
        """The IBAN in groups of four: ``NO93 8601 1117 947``."""
        from stdnum import iban
        from stdnum.no import kontonr

        return str(iban.format(kontonr.to_iban(str(self))))

    @property
    def bank_register_number(self) -> str:
        """The four digits of the bank (*registernummer*)."""
        return self[:4]

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        return {Phrase.FACT_IBAN: self.iban, Phrase.FACT_BANK_REGISTER_NUMBER: self.bank_register_number}
