"""The compiled tables agree with a direct evaluation of the rule."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.values import POLICIES, VALUES, digits, identity_numbers, organisation_numbers, policy
from nofields import AccountNumber, Field, NationalIdentityNumber, OrganisationNumber, PostalCode, synthetic
from nofields.check import compile_rule
from nofields.check.digits import DigitCheck, kind_of, satisfies
from nofields.check.tables import Tables
from nofields.errors import Problem
from nofields.fields import ALL
from nofields.rules import DigitRule


class Issued(NationalIdentityNumber, issued="before_2032"): ...


class Named(NationalIdentityNumber, accept=frozenset({"dnr", "fh", "bost"})): ...


class TestCompany(OrganisationNumber, accept=frozenset({"synthetic_organisation"})):
    __test__ = False


FIELDS = [field for field in ALL if isinstance(getattr(field, "rule", None), DigitRule)] + [Issued, Named, TestCompany]
each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
each_policy = pytest.mark.parametrize("setting", [None, *POLICIES])

#: Numbers that are valid under some policy.
VALID: dict[type[Field], st.SearchStrategy[str]] = {
    OrganisationNumber: organisation_numbers("2389"),
    NationalIdentityNumber: st.one_of(
        [identity_numbers(day, month) for day in (0, 40) for month in (0, 20, 40, 65, 80)]  # (40, 20) is no kind
    ),
}


def evaluated(rule: DigitRule, text: str) -> bool:
    """Whether a text satisfies the rule, evaluated without tables."""
    kind = kind_of(rule, text)
    return kind is not None and all(satisfies(each, text) for each in rule.sums) and kind.name in synthetic.accepted(rule)


def assert_agrees(field: type[Field], text: str) -> bool:
    """Fail unless tables and rule agree on a text of digits; return whether it is valid."""
    check = compile_rule(field.rule)
    assert isinstance(check, DigitCheck)
    expected = evaluated(field.rule, text)
    assert check.is_valid(text) is expected, text
    clean, diagnosed = check.clean(text), check.diagnose(text)
    assert clean == diagnosed
    assert clean == text if expected else type(clean) is Problem
    return expected


def mutated(number: str, place: int, character: str) -> str:
    place %= len(number)
    return number[:place] + character + number[place + 1 :]


def test_every_digit_field_is_tested() -> None:
    """The fields of this file are those with digits."""
    assert FIELDS[:4] == [OrganisationNumber, AccountNumber, NationalIdentityNumber, PostalCode]


@each_field
@each_policy
@given(data=st.data())
def test_agree_on_digits(field: type[Field], setting: str | None, data: st.DataObject) -> None:
    """Any digits, valid numbers, and valid numbers with one digit changed."""
    base = next(each for each in (*VALID, *VALUES) if issubclass(field, each))
    valid = data.draw(VALID.get(base, VALUES[base]))
    changed = mutated(valid, data.draw(st.integers(0, 10)), data.draw(st.sampled_from("0123456789")))
    with policy(setting):
        for text in (valid, changed, data.draw(digits(field.rule.digits))):
            assert_agrees(field, text)


@each_field
@given(data=st.data(), character=st.characters() | st.sampled_from("\0/:;９٣²  \n\ud800"))
def test_agree_on_other_characters(field: type[Field], data: st.DataObject, character: str) -> None:
    """A number with one character replaced, whatever the character."""
    base = next(each for each in VALUES if issubclass(field, each))
    text = mutated(data.draw(VALUES[base]), data.draw(st.integers(0, 10)), character)
    check = compile_rule(field.rule)
    assert isinstance(check, DigitCheck)
    assert check.clean(text) == check.diagnose(text)
    assert check.is_valid(text) is (type(check.diagnose(text)) is not Problem)
    if character not in "0123456789":
        assert not check.is_valid(text)


@each_field
@each_policy
def test_agree_on_many(field: type[Field], setting: str | None) -> None:
    """A few thousand numbers of every size."""
    draw = random.Random(11)
    count = field.rule.digits
    with policy(setting):
        for _ in range(1500):
            assert_agrees(field, f"{draw.randrange(10 ** draw.randint(1, count)):0{count}}")


def test_agree_on_every_postal_code() -> None:
    """All postal codes but 0000 are accepted."""
    assert sum(assert_agrees(PostalCode, f"{code:04}") for code in range(10_000)) == 9_999


def test_agree_on_every_date() -> None:
    """Each of the 10,000 pairs of day and month, in a common year and in a leap year."""
    with policy("accept"):
        for day_and_month in range(10_000):
            for year in ("00", "01"):
                assert_agrees(NationalIdentityNumber, f"{day_and_month:04}{year}12345")


CAPTURED = """
import os
from nofields.fields import ALL
from nofields.value import Field
bound = [(field.is_valid, field.problem, field, example) for field in ALL for example in field.examples]
for setting in {settings!r}:
    os.environ.pop("NOFIELDS_SYNTHETIC", None)
    if setting:
        os.environ["NOFIELDS_SYNTHETIC"] = setting
    for is_valid, problem, field, example in bound:
        valid = is_valid(example)
        assert valid is (problem(example) is None), (field, example, setting)
        assert valid is (example not in {synthetic!r} if setting != "accept" else True) or setting == "only", (field, example)
        if valid:
            field(example)
print("done")
"""


@pytest.mark.parametrize("settings", [(None, "accept", "only", "reject"), ("accept", None), ("only", "accept", None)])
def test_methods_bound_before_first_use(settings: tuple[str | None, ...]) -> None:
    """``f = OrganisationNumber.is_valid``, bound in a fresh process, works under every policy."""
    rejected = [*OrganisationNumber.examples, *NationalIdentityNumber.examples, "310926833_regnskap"]
    script = CAPTURED.format(settings=settings, synthetic=rejected)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("done", "")


def test_setting_takes_effect_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting NOFIELDS_SYNTHETIC while the process runs changes the next verdict, and unsetting it changes it back."""
    real, made_up, is_valid = "974760673", "310926833", OrganisationNumber.is_valid
    expected = {None: (True, False), "accept": (True, True), "only": (False, True), "reject": (True, False)}
    for setting in (None, "accept", None, "only", "accept", "reject", "only", None):
        monkeypatch.delenv(synthetic.VARIABLE, raising=False)
        if setting:
            monkeypatch.setenv(synthetic.VARIABLE, setting)
        assert (is_valid(real), is_valid(made_up)) == expected[setting]


def test_named_kinds_ignore_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that names its kinds accepts the same numbers under every policy."""
    for setting in POLICIES:
        monkeypatch.setenv(synthetic.VARIABLE, setting)
        assert TestCompany.is_valid("310926833")
        assert not TestCompany.is_valid("974760673")


def test_first_use_in_threads() -> None:
    """The tables are built by the first thread; no other sees them half built."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            check, start = DigitCheck(OrganisationNumber.rule), threading.Barrier(8)

            def verdict(check: DigitCheck = check, start: threading.Barrier = start) -> bool:
                start.wait()
                return check.is_valid("974760673") and not check.is_valid("97476067x")

            with ThreadPoolExecutor(8) as pool:
                assert all(future.result() for future in [pool.submit(verdict) for _ in range(8)])
    finally:
        sys.setswitchinterval(interval)


def test_threads_wait_for_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are built once, and a thread that needs them meanwhile waits."""
    check, second = DigitCheck(OrganisationNumber.rule), threading.Event()
    verdicts: list[bool] = []
    make, making = Tables._make_verdicts, list[threading.Thread]()

    def slowly(tables: Tables, setting: object) -> None:
        making.append(threading.current_thread())
        if len(making) == 1:
            other.start()
            second.wait(0.1)  # times out
        else:
            second.set()
        make(tables, setting)

    other = threading.Thread(target=lambda: verdicts.append(check.is_valid("974760673")))
    monkeypatch.setattr(Tables, "_make_verdicts", slowly)
    verdicts.append(check.is_valid("974760674"))
    other.join()
    assert (making, verdicts) == ([threading.current_thread()], [False, True])
