"""National identity numbers: *fødselsnummer*, D-number, temporary numbers and synthetic numbers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Unpack

from nofields.characters import WHITE_SPACE
from nofields.check.definition import day_and_month, kind_of, kinds_of, satisfies
from nofields.keys import Key, Phrase
from nofields.rules import BirthDate, Century, DigitRule, Kind, Series, WeightedSum
from nofields.value import DigitValue

if TYPE_CHECKING:
    from nofields.fields.arguments import NumberArguments


class IdentityKind(StrEnum):
    """The kinds of national identity number, which differ in the offset added to day and month."""

    FNR = "fnr"  #: fødselsnummer, of residents
    DNR = "dnr"  #: D-number, of people without residence: day + 40
    TENOR_FNR = "tenor-fnr"  #: synthetic, Skatteetaten's Tenor: month + 80
    TENOR_DNR = "tenor-dnr"  #: synthetic D-number from Tenor: day + 40, month + 80
    NAV_FNR = "nav-fnr"  #: synthetic, NAV's Dolly, or an H-number of the health services: month + 40
    NAV_DNR = "nav-dnr"  #: the same for D-numbers: day + 40, month + 40
    NHN_FNR = "nhn-fnr"  #: synthetic, Norsk helsenett and SyntPop: month + 65
    NHN_DNR = "nhn-dnr"  #: the same for D-numbers: day + 40, month + 65
    NAV_NPID = "nav-npid"  #: synthetic, NAV's own temporary number in its test environments: month + 60
    BOST = "bost"  #: NAV's own temporary number, BOST or NPID: month + 20
    FH = "fh"  #: the health services' common temporary number: first digit 8 or 9, no date


class Gender(StrEnum):
    """Legal gender, as the third individual digit of numbers issued before 2032 shows it."""

    FEMALE = "female"
    MALE = "male"


def gender_of(individual: str) -> Gender:
    """Return the gender that an individual number shows, before 2032."""
    return Gender.MALE if int(individual[-1]) % 2 else Gender.FEMALE


_D_NUMBER = 40
_FNR = (
    Century(range(500, 750), range(1854, 1900)),
    Century(range(0, 500), range(1900, 2000)),
    Century(range(900, 1000), range(1940, 2000)),
    Century(range(500, 1000), range(2000, 2040)),
)
#: The series in use since 16 November 2021.
_DNR = (
    Century(range(500, 600), range(1858, 1900)),
    Century(range(0, 200), range(1900, 1940)),
    Century(range(0, 500), range(1940, 2000)),
    Century(range(600, 1000), range(1940, 2000)),
    Century(range(200, 1000), range(2000, 2040)),
)


def _pair(fnr: str, dnr: str, series: Series, month_offset: int) -> tuple[Kind, Kind]:
    return (
        Kind(fnr, series, birth_date=BirthDate(_FNR, 0, month_offset)),
        Kind(dnr, series, birth_date=BirthDate(_DNR, _D_NUMBER, month_offset)),
    )


_KINDS = (
    *_pair(IdentityKind.FNR, IdentityKind.DNR, Series.REAL, 0),
    *_pair(IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR, Series.SYNTHETIC, 80),
    *_pair(IdentityKind.NAV_FNR, IdentityKind.NAV_DNR, Series.SYNTHETIC, 40),
    *_pair(IdentityKind.NHN_FNR, IdentityKind.NHN_DNR, Series.SYNTHETIC, 65),
    # After Norsk helsenett's, whose numbers have the months 66 to 77, as those of NAV's have 61 to 72.
    Kind(IdentityKind.NAV_NPID, Series.SYNTHETIC, birth_date=BirthDate(_FNR, 0, 60)),
    Kind(IdentityKind.BOST, Series.SYNTHETIC, birth_date=BirthDate(_FNR, 0, 20)),
    Kind(IdentityKind.FH, Series.SYNTHETIC, first_digits="89"),
)

#: The sum of the first check digit before 2032; since then its remainder may also be 1, 2 or 3.
_FIRST_UNTIL_2032 = WeightedSum((3, 7, 6, 1, 8, 9, 4, 5, 2, 1))
_FIRST = replace(_FIRST_UNTIL_2032, remainders=frozenset({0, 1, 2, 3}))
_SECOND = WeightedSum((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
#: The sums by the class argument ``issued``.
ISSUED = {"any": (_FIRST, _SECOND), "before_2032": (_FIRST_UNTIL_2032, _SECOND)}
#: The sums of the numbers that only the 2032 rule accepts.
ONLY_FROM_2032 = (replace(_FIRST, remainders=_FIRST.remainders - _FIRST_UNTIL_2032.remainders), _SECOND)


class NationalIdentityNumber(DigitValue):
    """National identity number (*fødselsnummer*, *d-nummer*, …): 11 digits ``DDMMYY iii kk``.

    A date, an individual number and two check digits (mod 11). The date must exist; Skatteetaten's
    own JavaScript also accepts impossible ones. By default fødselsnummer and D-numbers are accepted,
    by the rule of 1964 and by that of 2032, which allows more first check digits. Synthetic numbers,
    and temporary numbers (H, BOST or NPID, FH), which count as synthetic, are accepted only where
    ``NOFIELDS_SYNTHETIC`` or ``accept`` allows it.

    The months 66 to 72 are those of two kinds of test number, Norsk helsenett's and NAV's NPID. Such a
    number is of the kind that ``accept`` names. If it names both or is ``None``, the kind is Norsk
    helsenett's and the birth date unknown.

    Written ``301082 99920``. White space and invisible characters anywhere, hyphens between the groups
    of 6 and 5 digits, and hyphens or full stops between those of 2, 2, 2 and 5 are removed; the value is
    its eleven digits. ``repr`` masks it, and errors never contain it.

    Class arguments:
        accept: The kinds to accept, by the values of :class:`IdentityKind`. Default: ``None``, by
            ``NOFIELDS_SYNTHETIC``. Example: ``accept={"fnr", "dnr", "fh"}``.
        issued: ``"any"`` for both rules, ``"before_2032"`` for the rule of 1964 alone.
            Default: ``"any"``. Example: ``issued="before_2032"``.
        separators: Characters to remove. White space may stand anywhere, other characters only
            between these groups. Default: ``WHITE_SPACE + "-."``. Example: ``separators=" "``.

    Sources: Skatteetaten, folkeregisteret-api-dokumentasjon, "Nytt fødselsnummer fra 2032" and
    "Spørsmål og svar"; for temporary numbers ehelse.no, HITR 1001 and navikt/fnrvalidator#116.

    Errors: ``SSN_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``date``, ``check_digit``,
    ``synthetic``, ``real`` or, with ``accept``, ``kind``; ``TEXT_FIELD_ERROR`` when empty.

    >>> number = NationalIdentityNumber("301082 99920")
    >>> number, number.kind, number.birth_date
    (NationalIdentityNumber('***'), <IdentityKind.FNR: 'fnr'>, datetime.date(1982, 10, 30))
    >>> NationalIdentityNumber.problem("03851598730").reason
    <Reason.SYNTHETIC: 'synthetic'>
    """

    __slots__ = ()
    rule: ClassVar[DigitRule] = DigitRule(
        key=Key.SSN_ERROR,
        digits=11,
        written="###### #####",
        grouped=("## ## ## #####",),
        separators=WHITE_SPACE + "-.",
        kinds=_KINDS,
        sums=ISSUED["any"],
    )
    name = "fnr"
    also_called = (
        "dnr",
        "d-nummer",
        "personal id",
        "fødselsnr",
        "personnummer",
        "personnr",
        "fødsels- og personnummer",
        "ssn",
        "national id",
        "fødselsnummer/d-nummer",
    )
    schema_format = "no-national-identity-number"
    label = Phrase.LABEL_NATIONAL_IDENTITY_NUMBER
    hint = Phrase.HINT_NATIONAL_IDENTITY_NUMBER
    source = "Skatteetaten, folkeregisteret-api-dokumentasjon"
    examples = ("03851598730", "30908299902")
    real_examples = ("20036914700",)  # published by Skatteetaten
    autocomplete = "off"
    secret = True

    def __init_subclass__(
        cls, *, issued: Literal["any", "before_2032"] | None = None, **given: Unpack[NumberArguments]
    ) -> None:
        settings: dict[str, Any] = {**given}
        if given.get("accept") is not None:
            settings["accept"] = accepted = frozenset(settings["accept"])
            own = {kind: place for place, kind in enumerate(_KINDS)}
            in_order = sorted(cls.rule.kinds, key=lambda kind: own.get(kind, -1))
            # Of two kinds that a number fits, the one that is accepted.
            settings["kinds"] = tuple(sorted(in_order, key=lambda kind: kind.name not in accepted))
        if issued is not None:
            if issued not in ISSUED:
                raise ValueError(f"issued={issued!r} is not one of {', '.join(ISSUED)}")
            settings["sums"] = ISSUED[issued]
        super().__init_subclass__(**settings)

    @property
    def kind(self) -> IdentityKind:
        """The kind of the number."""
        return IdentityKind(self._kind.name)

    @property
    def is_synthetic(self) -> bool:
        """Whether it is a synthetic or temporary number, outside the population register's series."""
        return self._kind.series is Series.SYNTHETIC

    @property
    def birth_date(self) -> datetime.date | None:
        """The birth date in the number.

        In a D-number, day and month may be those of its registration: they are used where no number is left for the
        birth date. Source: udi.no, "Mitt d-nummer stemmer ikke med fødselsdatoen min".

        ``None`` for FH-numbers, numbers valid only by the 2032 rule, those outside every century's series, and test
        numbers whose month is that of two kinds.
        """
        date = self._kind.birth_date
        if date is None or self._is_of_two_kinds or not self._issued_before_2032:
            return None
        individual, year_of_century = int(self[6:9]), int(self[4:6])
        day, month = day_and_month(date, self)  # type: ignore[misc]
        for century in date.centuries:
            year = next((year for year in century.years if year % 100 == year_of_century), None)
            if individual in century.individuals and year is not None:
                try:
                    return datetime.date(year, month, day)
                except ValueError:  # 29 February 1900: issued from 2032 on, to someone born in 2000
                    return None
        return None

    @property
    def gender(self) -> Gender | None:
        """The legal gender when the number was issued.

        ``None`` for FH-numbers and numbers valid only by the 2032 rule.
        """
        if self._kind.birth_date is None or not self._issued_before_2032:
            return None
        return gender_of(self[6:9])

    @property
    def _kind(self) -> Kind:
        kind = kind_of(self.rule, self)
        assert kind is not None  # checked when the value was constructed
        return kind

    @property
    def _is_of_two_kinds(self) -> bool:
        """Whether another accepted kind has numbers with this date as well."""
        accept = self.rule.accept
        return sum(accept is None or kind.name in accept for kind in kinds_of(self.rule, self)) > 1

    @property
    def _issued_before_2032(self) -> bool:
        """Whether the number may be older: numbers valid only by the 2032 rule are not."""
        return satisfies(_FIRST_UNTIL_2032, self)

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        genders = {Gender.FEMALE: Phrase.GENDER_FEMALE, Gender.MALE: Phrase.GENDER_MALE, None: Phrase.NOT_TOLD}
        return {
            Phrase.FACT_KIND: Phrase["KIND_" + self.kind.name],
            Phrase.FACT_BIRTH_DATE: self.birth_date.isoformat() if self.birth_date else Phrase.NOT_TOLD,
            Phrase.FACT_GENDER: genders[self.gender],
        }
