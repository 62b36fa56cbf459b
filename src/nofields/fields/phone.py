"""Phone numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Unpack

from nofields.fields.any_phone import widen
from nofields.keys import Key, Phrase
from nofields.rules import PhoneRule
from nofields.value import Value

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as ParsedNumber

    from nofields.fields.arguments import PhoneArguments


class PhoneNumber(Value):
    """Phone number (*telefonnummer*): 8 digits in use in Norway, Svalbard or Jan Mayen.

    Written ``21 23 45 67``. White space and invisible characters anywhere, and hyphens or full stops
    between the groups of 2, 2, 2 and 2, of 3, 2 and 3, or (hyphens alone) of 4 and 4 digits, are removed,
    as is a country code ``+47``, ``0047`` or ``47``, also in parentheses, and ``tel:`` before it. The
    value is the eight digits. Machine numbers (12 digits) and five-digit numbers are rejected.

    Class arguments:
        regions: Regions of libphonenumber whose numbers to accept. Default: ``("NO", "SJ")``.
            Example: ``regions=("SJ",)``.
        separators: Characters to remove. White space may stand anywhere, other characters only between
            these groups. Default: ``WHITE_SPACE + "-."``. Example: ``separators=" "``.
        foreign: Whether to accept numbers of other countries, which must be written with their country
            code: ``+46``, or ``0046``. Default: ``False``. Example: ``foreign=True``.
        short: Whether to accept Norwegian numbers of five digits, from 02000 to 09999; none is a mobile
            number. Default: ``False``. Example: ``short=True``.
        lenient: Whether to accept numbers that are not in use, but have the right length and, in Norway,
            the right first digits: a series may be newer than the metadata. Default: ``False``.
            Example: ``lenient=True``.

    The arguments ``foreign``, ``short`` and ``lenient`` widen the field, for the backend alone:
    JavaScript has no metadata of other countries. A number without a country code is Norwegian;
    the value of a foreign one is its E.164 form, ``+46812345678``. Parentheses, hyphens and full stops
    may then stand anywhere.

    Source: the numbering plan in phonenumbers' (libphonenumber's) metadata; verdicts change with its
    version.

    Errors: ``PHONE_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``country`` or ``unassigned``;
    ``TEXT_FIELD_ERROR`` when empty.

    >>> PhoneNumber("+47 21 23 45 67").e164
    '+4721234567'
    >>> PhoneNumber.problem("+46 8 123 456 78").reason
    <Reason.COUNTRY: 'country'>
    >>> class ContactPhone(PhoneNumber, foreign=True, short=True): ...
    >>> ContactPhone("+46 (0)8 123 456 78"), ContactPhone("02000").e164
    (ContactPhone('+46812345678'), '+4702000')
    """

    __slots__ = ()
    rule: ClassVar[PhoneRule] = PhoneRule(key=Key.PHONE_ERROR)
    name = "phone"
    also_called: ClassVar[tuple[str, ...]] = ("telefon", "tlf", "tlfnr", "telefonnr", "phone number", "telephone")
    schema_format = "no-phone-number"
    label = Phrase.LABEL_PHONE_NUMBER
    hint = Phrase.HINT_PHONE_NUMBER
    source = "libphonenumber metadata, NO and SJ"
    examples = ("21234567", "40612345")
    autocomplete = "tel-national"

    def __init_subclass__(
        cls,
        *,
        foreign: bool | None = None,
        short: bool | None = None,
        lenient: bool | None = None,
        **settings: Unpack[PhoneArguments],
    ) -> None:
        named = {"foreign": foreign, "short": short, "lenient": lenient}
        wider = {name: each for name, each in named.items() if each is not None}
        if wider:
            widen(cls, wider)
        super().__init_subclass__(**settings, **wider)

    @property
    def formatted(self) -> str:
        """The national form, ``21 23 45 67``; the international one of a foreign number."""
        import phonenumbers

        if self.startswith("+"):
            return self.international
        return phonenumbers.format_number(self._parsed, phonenumbers.PhoneNumberFormat.NATIONAL)

    @property
    def e164(self) -> str:
        """The international form without spaces: ``+4721234567``."""
        return str(self) if self.startswith("+") else f"+{self.rule.country_code}{self}"

    @property
    def international(self) -> str:
        """The international form with spaces: ``+47 21 23 45 67``."""
        import phonenumbers

        # Old metadata write a slash in Slovak numbers, which no field reads.
        return phonenumbers.format_number(self._parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL).replace("/", " ")

    @property
    def region(self) -> str | None:
        """The country's code by ISO 3166-1: ``NO``, or ``SJ`` for Svalbard; ``None`` for a number of no country."""
        from nofields.check.any_phone import region_of

        return region_of(self._parsed)

    @property
    def _parsed(self) -> ParsedNumber:
        from nofields.check.any_phone import parsed

        return parsed(self, self.rule.country_code)

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        return {Phrase.FACT_INTERNATIONAL: self.international}


class MobilePhoneNumber(PhoneNumber):
    """Mobile phone number (*mobilnummer*): a phone number in a mobile series (4… and 9…).

    Class arguments: those of :class:`PhoneNumber`.

    With ``foreign=True`` it also accepts numbers of countries where mobile numbers do not differ from
    others, such as the United States.

    Errors: ``MOBILE_PHONE_NO_ERROR`` with the reasons of :class:`PhoneNumber`, or ``not_mobile``.

    >>> MobilePhoneNumber("406 12 345")
    MobilePhoneNumber('40612345')
    >>> MobilePhoneNumber.problem("21 23 45 67").reason
    <Reason.NOT_MOBILE: 'not_mobile'>
    """

    __slots__ = ()
    rule: ClassVar[PhoneRule] = PhoneRule(key=Key.MOBILE_PHONE_NO_ERROR, mobile_only=True)
    name = "mobile"
    also_called = ("mobil", "mobilnr", "mobiltelefon", "mobile phone", "cell phone")
    schema_format = "no-mobile-phone-number"
    label = Phrase.LABEL_MOBILE_PHONE_NUMBER
    hint = Phrase.HINT_MOBILE_PHONE_NUMBER
    examples = ("40612345", "90000000")
