"""IBANs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from nofields.fields.account import AccountNumber
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import IbanRule
from nofields.value import Value


class Iban(Value):
    """IBAN of any country: the country's code, two check digits (mod 97) and its account number.

    The country must be in the IBAN registry, and the account number as long and written as there. A
    Norwegian account number is checked by :class:`AccountNumber`. Those of other countries have no
    check but that of the whole IBAN: python-stdnum knows the rules of few countries, and a list of
    banks that new ones are missing from.

    Written ``NO93 8601 1117 947``. Letters may be in lower case, and white space and invisible
    characters are removed; the value is ``NO9386011117947``.

    For the backend alone: JavaScript does not have the IBAN registry.

    Class arguments:
        separators: Characters to remove, wherever they stand. Default: ``WHITE_SPACE``.
            Example: ``separators=WHITE_SPACE + "-"``.

    Source: ISO 13616 and the IBAN registry, as python-stdnum has them.

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``characters``, ``format``, ``country`` (not in the registry),
    ``length``, ``check_digit`` or, for a Norwegian account number, ``series`` (all zeros); ``TEXT_FIELD_ERROR`` when empty.

    >>> Iban("no93 8601 1117 947")
    Iban('NO9386011117947')
    >>> Iban("NO9386011117947").account_number, Iban("GB29NWBK60161331926819").formatted
    (AccountNumber('86011117947'), 'GB29 NWBK 6016 1331 9268 19')
    >>> Iban.problem("NO23 8601 1117 946").reason, Iban.problem("GB29 NWBK 6016 1331 9268").params["length"]
    (<Reason.CHECK_DIGIT: 'check_digit'>, 22)
    """

    __slots__ = ()
    rule: ClassVar[IbanRule] = IbanRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "iban"), country="NO", account=AccountNumber.rule
    )
    name = "iban"
    also_called: ClassVar[tuple[str, ...]] = ("iban-nummer", "iban number", "international bank account number")
    schema_format = "iban"
    label = Phrase.LABEL_IBAN
    hint = Phrase.HINT_IBAN
    source = "ISO 13616; IBAN registry"
    examples = ("NO9386011117947", "GB29NWBK60161331926819", "DE89370400440532013000")

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., separators: str = ...) -> None: ...

    @property
    def formatted(self) -> str:
        """The IBAN in groups of four: ``NO93 8601 1117 947``."""
        return " ".join(self[start : start + 4] for start in range(0, len(self), 4))

    @property
    def country(self) -> str:
        """The country's two letters by ISO 3166-1, or ``XK`` for Kosovo."""
        return self[:2]

    @property
    def account_number(self) -> AccountNumber | None:
        """The account number in a Norwegian IBAN; ``None`` in others."""
        if self.country != self.rule.country:
            return None
        made: AccountNumber = AccountNumber._new(AccountNumber, self[4:])
        return made

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        account = self.account_number
        number = {Phrase.FACT_ACCOUNT_NUMBER: account.formatted} if account else {}
        return {Phrase.FACT_COUNTRY: self.country, **number}
