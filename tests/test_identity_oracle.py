"""National identity numbers agree with Skatteetaten's rule, written independently in ``helpers.skatteetaten``."""

from __future__ import annotations

import datetime

import pytest

from helpers.skatteetaten import EVERY, REAL, any_digits, nearly_valid, read
from helpers.values import POLICIES, identity_number, policy, valid_by_1964_rule
from nofields import FieldError, NationalIdentityNumber, Phrase

ACCEPTED = {"reject": REAL, "accept": EVERY, "only": EVERY - REAL}
NUMBERS = nearly_valid(20_000, seed=2032) + any_digits(2_000, seed=1964)
KNOWN = [(number, read(number)) for number in NUMBERS]


def compare(field: type[NationalIdentityNumber], accepted: set[str], *, until_2032: bool = False) -> set[str]:
    """Fail at the first number on which the field differs from ``KNOWN``; return the kinds that it accepted."""
    seen = set()
    for number, known in KNOWN:
        expected = known is not None and known.kind in accepted and (not until_2032 or valid_by_1964_rule(number))
        assert field.is_valid(number) is expected, number
        if known is not None and expected:
            seen.add(known.kind)
            value = field(number)
            assert (value.kind, value.birth_date, value.gender) == known, number
    return seen


@pytest.mark.parametrize("setting", POLICIES)
def test_agrees_under(setting: str) -> None:
    """The same numbers are accepted with the same facts under each policy, and every kind occurs."""
    with policy(setting):
        assert compare(NationalIdentityNumber, ACCEPTED[setting]) == ACCEPTED[setting]


def test_agrees_when_issued_before_2032() -> None:
    """``issued="before_2032"`` accepts the numbers of the 1964 rule only."""

    class Issued(NationalIdentityNumber, issued="before_2032"): ...

    with policy("accept"):
        assert compare(Issued, EVERY, until_2032=True) == EVERY


@pytest.mark.parametrize("setting", POLICIES)
def test_agrees_when_kinds_are_named(setting: str) -> None:
    """``accept`` names the accepted kinds, whatever the policy."""

    class PatientId(NationalIdentityNumber, accept={"fnr", "dnr", "fh"}): ...

    with policy(setting):
        assert compare(PatientId, {"fnr", "dnr", "fh"}) == {"fnr", "dnr", "fh"}


def test_agrees_when_kinds_and_issue_are_named() -> None:
    """Both class arguments hold together."""

    class Resident(NationalIdentityNumber, accept=frozenset({"tenor-fnr"}), issued="before_2032"): ...

    assert compare(Resident, {"tenor-fnr"}, until_2032=True) == {"tenor-fnr"}


TWO = ("nhn-fnr", "nav-npid")


@pytest.mark.parametrize("accept", [{"nhn-fnr"}, {"nav-npid"}, {"nav-npid", "fnr"}, {*TWO}])
def test_agrees_when_two_kinds_share_months(accept: set[str]) -> None:
    """A number of the months 66 to 72 is of the kind that ``accept`` names, and has a birth date if it names one of the two."""

    class Own(NationalIdentityNumber, accept=accept): ...

    seen = set()
    for number in NUMBERS:
        known = read(number, accept)
        assert Own.is_valid(number) is (known is not None), number
        if known is not None:
            value = Own(number)
            assert (value.kind, value.birth_date, value.gender) == known, number
            seen.add((known.kind, 66 <= int(number[2:4]) <= 72))
    both = {(kind, True) for kind in accept & {*TWO}} - ({("nav-npid", True)} if accept == {*TWO} else set())
    assert both <= seen


@pytest.mark.parametrize(
    ("date", "kind", "born"),
    [
        ("016100", "nav-npid", (2000, 1, 1)),
        ("316500", "nav-npid", (2000, 5, 31)),
        ("016600", "nhn-fnr", None),
        ("017200", "nhn-fnr", None),
        ("316800", "nhn-fnr", None),
        ("316600", "nhn-fnr", (2000, 1, 31)),
        ("316700", "nav-npid", (2000, 7, 31)),
        ("017300", "nhn-fnr", (2000, 8, 1)),
        ("317700", "nhn-fnr", (2000, 12, 31)),
        ("416600", "nhn-dnr", (2000, 1, 1)),
        ("417200", "nhn-dnr", (2000, 7, 1)),
    ],
)
def test_months_of_two_kinds(date: str, kind: str, born: tuple[int, int, int] | None) -> None:
    """By default a month of both is Norsk helsenett's, without a birth date; a day that only one of them has is that one's."""
    number = next(filter(None, (identity_number(f"{date}{individual}") for individual in range(500, 600))))
    with policy("accept"):
        value = NationalIdentityNumber(number)
    assert (value.kind, value.birth_date) == (kind, born and datetime.date(*born))
    assert (value.facts()[Phrase.FACT_BIRTH_DATE] == Phrase.NOT_TOLD) is (value.birth_date is None)


def test_narrowed_twice() -> None:
    """A subclass that names both kinds again has the default's."""

    class Npid(NationalIdentityNumber, accept={"nav-npid"}): ...

    class Both(Npid, accept={*TWO}): ...

    number = next(filter(None, (identity_number(f"016600{individual}") for individual in range(500, 600))))
    assert (Npid(number).kind, Both(number).kind) == ("nav-npid", "nhn-fnr")
    assert (Npid(number).birth_date, Both(number).birth_date) == (datetime.date(2000, 6, 1), None)


@pytest.mark.parametrize(
    ("first_nine", "year"),
    [
        ("010118499", 1918), ("010140499", 1940), ("010199000", 1999), ("010154500", 1854), ("010199749", 1899),
        ("010140900", 1940), ("010199999", 1999), ("010100500", 2000), ("010139999", 2039), ("010153500", None),
        ("010199750", None), ("010140899", None),
        ("410100000", 1900), ("410139199", 1939), ("410100200", 2000), ("410139999", 2039), ("410140000", 1940),
        ("410199499", 1999), ("410140600", 1940), ("410199999", 1999), ("410158500", 1858), ("410199599", 1899),
        ("410157599", None), ("410140500", None),
    ],
)  # fmt: skip
def test_century(first_nine: str, year: int | None) -> None:
    """At the edges of each series of individual numbers the century is the documented one."""
    day, year_and_individual = first_nine[:2], first_nine[4:]
    # In some months the check digit would be 10: use the first month in which it is not.
    numbers = (identity_number(f"{day}{month:02}{year_and_individual}") for month in range(1, 13))
    number = next(filter(None, numbers))
    born = NationalIdentityNumber(number).birth_date
    assert (born and born.year) == year


@pytest.mark.parametrize("accept", [frozenset({"nonsense"}), frozenset({"fnr", "orgnr"})])
def test_unknown_kinds(accept: frozenset[str]) -> None:
    """Rejected when the class is defined."""
    with pytest.raises((TypeError, ValueError)):
        type("Wrong", (NationalIdentityNumber,), {}, accept=accept)


def test_unknown_issue() -> None:
    """Rejected when the class is defined."""
    with pytest.raises(ValueError, match="before_2032"):
        type("Wrong", (NationalIdentityNumber,), {}, issued="yesterday")


def test_all_zeros() -> None:
    """Eleven zeros are rejected."""
    with pytest.raises(FieldError):
        NationalIdentityNumber("0" * 11)
