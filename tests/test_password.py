"""The password of a data system in Altinn, and its ID."""

from __future__ import annotations

import re
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.near import NEAR, AnyPassword, Passphrase
from helpers.values import LANGUAGES, organisation_number, policy
from nofields import AltinnPassword, AltinnSystemId, OrganisationNumber
from nofields.characters import WHITE_SPACE
from nofields.keys import Phrase
from nofields.messages import itemized, message
from nofields.rules import PasswordRule

SHORT, LONG, UPPER, LOWER, DIGIT, ONLY = (
    Phrase.PASSWORD_MIN_LENGTH,
    Phrase.PASSWORD_MAX_LENGTH,
    Phrase.PASSWORD_UPPER,
    Phrase.PASSWORD_LOWER,
    Phrase.PASSWORD_DIGIT,
    Phrase.PASSWORD_ONLY_LETTERS_AND_DIGITS,
)


def unmet(password: str) -> set[str]:
    """What a password lacks, by the requirements as Altinn words them."""
    if len(password) > 128:
        return {LONG}
    lacks = {
        SHORT: len(password) < 7,
        UPPER: not any("A" <= character <= "Z" for character in password),
        LOWER: not any("a" <= character <= "z" for character in password),
        DIGIT: not any("0" <= character <= "9" for character in password),
        ONLY: not all(character.isascii() and character.isalnum() for character in password),
    }
    return {phrase for phrase, lacking in lacks.items() if lacking}


@given(st.text("aZ5æ!１ ٣\n", min_size=1, max_size=12) | st.text("aZ5", min_size=5, max_size=140) | st.text(min_size=1))
def test_all_requirements_at_once(password: str) -> None:
    """A password is rejected with all unmet requirements, or accepted as it is."""
    problem = AltinnPassword.problem(password)
    assert AltinnPassword.is_valid(password) is (problem is None)
    if not password.strip(" \t\r\n\u00a0\u202f\u2009"):
        assert problem is not None
        assert problem.key == "TEXT_FIELD_ERROR"
    elif lacking := unmet(password):
        assert problem is not None
        assert set(problem.params["requirements"]) == lacking  # type: ignore[call-overload]
        assert problem.reason == ("too_long" if lacking == {LONG} else "requirements")
        assert problem.key == "TEXT_FIELD_CONTENTS_ERROR"
    else:
        assert problem is None
        assert AltinnPassword(password) == password


@pytest.mark.parametrize("field", [Passphrase, AnyPassword])
@example(password="a\n")
@example(password="\na")
@given(password=NEAR[PasswordRule] | st.text("aaZZ45", min_size=1, max_size=5))
def test_own_requirements(field: type[AltinnPassword], password: str) -> None:
    """Each pattern is searched for as ``re`` does, whatever it is."""
    rule = field.rule
    short = (SHORT,) if len(password) < rule.min else ()
    lacks = tuple(each.phrase for each in rule.requirements if bool(re.search(each.pattern, password)) is each.absent)
    problem = field.problem(password)
    assert field.is_valid(password) is (problem is None)
    if len(password) > rule.max:
        assert problem is not None
        assert problem.reason == "too_long"
    elif not password.strip(WHITE_SPACE):
        assert problem is not None
        assert problem.reason == "required"
    elif short + lacks:
        assert problem is not None
        assert problem.params["requirements"] == short + lacks
    else:
        assert problem is None


@pytest.mark.parametrize(
    ("password", "requirements"),
    [
        ("Fjell2024", ()),
        ("Fjell24", ()),
        ("Fjel24", (SHORT,)),
        ("aB3" + "x" * 125, ()),
        ("aB3" + "x" * 126, (LONG,)),
        ("fjell2024", (UPPER,)),
        ("FJELL2024", (LOWER,)),
        ("Fjelltopp", (DIGIT,)),
        ("Fjell 2024", (ONLY,)),
        ("Fjell2024\n", (ONLY,)),
        (" Fjell2024", (ONLY,)),
        ("Blåbær2024", (ONLY,)),
        ("Fjell２０２４", (DIGIT, ONLY)),
        ("å", (SHORT, UPPER, LOWER, DIGIT, ONLY)),
    ],
)
def test_requirements(password: str, requirements: tuple[Phrase, ...]) -> None:
    """Unmet requirements come in the order of the form's list, and the value is not cleaned."""
    problem = AltinnPassword.problem(password)
    assert (problem.params["requirements"] if problem else ()) == requirements


MESSAGES = [
    (
        "å",
        "Passordet må ha minst 7 tegn, en stor bokstav (A–Z), en liten bokstav (a–z), et siffer (0–9) "
        "og bare tegnene A–Z, a–z og 0–9.",
        "Passordet må ha minst 7 teikn, ein stor bokstav (A–Z), ein liten bokstav (a–z), eit siffer (0–9) "
        "og berre teikna A–Z, a–z og 0–9.",
        "The password must have at least 7 characters, an upper-case letter (A to Z), a lower-case letter (a to z), "
        "a digit (0 to 9), and only the characters A to Z, a to z and 0 to 9.",
    ),
    (
        "abc",
        "Passordet må ha minst 7 tegn, en stor bokstav (A–Z) og et siffer (0–9).",
        "Passordet må ha minst 7 teikn, ein stor bokstav (A–Z) og eit siffer (0–9).",
        "The password must have at least 7 characters, an upper-case letter (A to Z), and a digit (0 to 9).",
    ),
    (
        "Fjell",
        "Passordet må ha minst 7 tegn og et siffer (0–9).",
        "Passordet må ha minst 7 teikn og eit siffer (0–9).",
        "The password must have at least 7 characters and a digit (0 to 9).",
    ),
    (
        "Fjell2024!",
        "Passordet må ha bare tegnene A–Z, a–z og 0–9.",
        "Passordet må ha berre teikna A–Z, a–z og 0–9.",
        "The password must have only the characters A to Z, a to z and 0 to 9.",
    ),
    (
        "x" * 129,
        "Passordet må ha høyst 128 tegn.",
        "Passordet må ha høgst 128 teikn.",
        "The password must have 128 characters or fewer.",
    ),
]


@pytest.mark.parametrize(("password", "nb", "nn", "en"), MESSAGES)
def test_message(password: str, nb: str, nn: str, en: str) -> None:
    """One sentence has all unmet requirements, joined as the language joins a list."""
    problem = AltinnPassword.problem(password)
    assert problem is not None
    assert [problem.message(language) for language in ("nb", "nn", "en")] == [nb, nn, en]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("password", [password for password, *_ in MESSAGES])
def test_itemized(password: str, locale: str) -> None:
    """The same as a lead sentence and a list, if there are two requirements or more."""
    problem = AltinnPassword.problem(password)
    assert problem is not None
    text, requirements = problem.message(locale), cast("tuple[Phrase, ...]", problem.params["requirements"])
    lead, items = itemized(text, problem.params, locale)
    if len(requirements) < 2:
        assert (lead, items) == (text, ())
        return
    assert lead == message(Phrase.PASSWORD_REQUIREMENTS_LEAD, locale)
    assert items == tuple(message(each, locale, min=7, max=128) for each in requirements)
    assert itemized("Another text.", problem.params, locale) == ("Another text.", ())


@pytest.mark.parametrize(
    "system_id",
    ["1", "0", "12345", "1234567890", "991825827_smartcloud", "974760673_A-b.c_9", "991825827_" + "x" * 100, "991825827__"],
)
def test_system_ids(system_id: str) -> None:
    """Both forms of a system ID are accepted, blanks at the ends aside."""
    assert AltinnSystemId(f" {system_id}\t") == system_id


@pytest.mark.parametrize(
    ("system_id", "reason"),
    [
        ("12345678901", "format"),
        ("12 345", "format"),
        ("-1", "format"),
        ("smartcloud", "format"),
        ("991825827_", "format"),
        ("991825827", None),
        ("991 825 827_smartcloud", "format"),
        ("991825827_smart cloud", "format"),
        ("991825827_blåbær", "format"),
        ("991825827_" + "x" * 101, "format"),
        ("99182582_smartcloud", "format"),
        ("991825828_smartcloud", "check_digit"),
        ("123456785_smartcloud", "series"),
        ("310926833_smartcloud", "synthetic"),
    ],
)
def test_wrong_system_ids(system_id: str, reason: str | None) -> None:
    """The reason is the form, or the reason of the organisation number in it."""
    problem = AltinnSystemId.problem(system_id)
    assert (problem and problem.reason) == reason
    assert problem is None or problem.key == "TEXT_FIELD_CONTENTS_ERROR"


def test_system_ids_follow_the_setting() -> None:
    """NOFIELDS_SYNTHETIC decides about the organisation number in a system ID."""
    with policy("accept"):
        assert AltinnSystemId("310926833_smartcloud").vendor == OrganisationNumber("310926833")
    with policy("only"):
        assert AltinnSystemId.problem(f"{organisation_number('97476067')}_x").reason == "real"  # type: ignore[union-attr]
        assert AltinnSystemId.is_valid("12345")
