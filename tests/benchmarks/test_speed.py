"""Speed against the libraries in use today. ``make bench`` runs this; the tests do not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Annotated, Any

import phonenumbers
import pytest
from email_validator import validate_email
from pydantic import BaseModel, Field, ValidationError
from stdnum.no import fodselsnummer, kontonr, orgnr

from nofields import (
    AccountNumber,
    AltinnPassword,
    EmailAddress,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    localize,
)
from nofields.generate import (
    account_number,
    chooser,
    national_identity_number,
    organisation_number,
    payment_reference,
    phone_number,
    postal_code,
)

COUNT = 200
choose = chooser(2026)


def wrong(number: str) -> str:
    """The number with its last digit wrong."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


ORGANISATIONS = [organisation_number(choose, ["organisation"]) for _ in range(COUNT)]
ACCOUNTS = [account_number(choose) for _ in range(COUNT)]
#: Of the real series, since python-stdnum accepts no other: generated here, never stored, born in the 19th century.
PERSONS = [national_identity_number(choose, ["fnr"], (date(1855, 1, 1), date(1880, 1, 1))) for _ in range(COUNT)]
PHONES = [phone_number(choose) for _ in range(COUNT)]
MOBILES = [phone_number(choose, MobilePhoneNumber.rule) for _ in range(COUNT)]
REFERENCES = [payment_reference(choose) for _ in range(COUNT)]
POSTAL_CODES = [postal_code(choose) for _ in range(COUNT)]
DATES = [(date(1990, 1, 1) + timedelta(days=Random(n).randrange(9000))).strftime("%d.%m.%Y") for n in range(COUNT)]

#: Everything is measured three times, far apart: a machine that is slow for a while spoils only one of them.
TURNS = pytest.mark.parametrize("turn", range(3))

NUMBERS = [
    ("orgnr", OrganisationNumber, orgnr, ORGANISATIONS, (80, 5)),
    ("kontonr", AccountNumber, kontonr, ACCOUNTS, (80, 5)),
    ("fnr", NationalIdentityNumber, fodselsnummer, PERSONS, (200, 10)),
]


def phonenumbers_is_valid(text: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(text, "NO"))


def cases() -> list[Any]:
    listed: list[tuple[str, tuple[float, float], Callable[..., object], Callable[..., object], list[str]]] = []
    for name, ours, theirs, values, clean in NUMBERS:
        written = [ours(value).formatted for value in values]
        mistyped = [wrong(value) for value in values]
        listed += [
            (f"{name}: is_valid, clean", clean, ours.is_valid, theirs.is_valid, values),
            (f"{name}: is_valid, formatted", (40, 3), ours.is_valid, theirs.is_valid, written),
            (f"{name}: is_valid, invalid", (40, 4), ours.is_valid, theirs.is_valid, mistyped),
            (f"{name}: constructing", (25, 2.5), ours, theirs.validate, values),
        ]
    listed.append(("phone: is_valid", (200, 30), PhoneNumber.is_valid, phonenumbers_is_valid, PHONES))
    return [pytest.param(*case, id=case[0]) for case in listed]


@pytest.mark.parametrize("who", ["nofields", "other"])
@pytest.mark.parametrize(("group", "factor", "ours", "theirs", "values"), cases())
@TURNS
def test_scalar(
    group: str,
    factor: tuple[float, float],
    ours: Callable[..., object],
    theirs: Callable[..., object],
    values: list[str],
    who: str,
    turn: int,
    benchmark: Any,
    bar: Any,
) -> None:
    """A field is at least ``factor`` times as fast as python-stdnum or phonenumbers."""
    bar(group, factor)
    call = ours if who == "nofields" else theirs
    benchmark.pedantic(lambda: [call(value) for value in values], rounds=60, warmup_rounds=2)


def meets_requirements(password: str) -> bool:
    """The requirements of a password as people write them by hand."""
    searches = [search(password) is not None for search in SEARCHES]
    return 7 <= len(password) <= 128 and all(searches[:3]) and not searches[3]


def is_number(text: str) -> bool:
    """A number as people check it by hand."""
    text = text.replace(" ", "").replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    return NUMBER.fullmatch(text) is not None


def by_email_validator(text: str) -> object:
    return validate_email(text, check_deliverability=False)


NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
SEARCHES = [re.compile(pattern).search for pattern in ("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9]")]
ROWS = range(1000, 1000 + COUNT)
#: Fields of text: ours, the other side, the values, and at least how many times as fast.
TEXTS: dict[str, tuple[Callable[[str], object], Callable[[str], object], list[str], float]] = {
    "password": (AltinnPassword.is_valid, meets_requirements, [f"Fjell{row}" for row in ROWS], 1),
    "password, too short": (AltinnPassword.is_valid, meets_requirements, [f"Fj{row}" for row in ROWS], 1),
    "password, with a symbol": (AltinnPassword.is_valid, meets_requirements, [f"Fjell{row}!" for row in ROWS], 1),
    "number": (Number.is_valid, is_number, [f"{row},50" for row in ROWS], 0.3),
    "number, spaced": (Number.is_valid, is_number, [f"{row // 1000} {row % 1000:03},50" for row in ROWS], 0.3),
    "number, with a word": (Number.is_valid, is_number, [f"{row} stk" for row in ROWS], 0.3),
    "e-mail address, domain seen": (EmailAddress.is_valid, by_email_validator, [f"ola{row}@firma.no" for row in ROWS], 8),
}


@pytest.mark.parametrize("who", ["nofields", "other"])
@pytest.mark.parametrize("name", TEXTS)
@TURNS
def test_texts(name: str, who: str, turn: int, benchmark: Any, bar: Any) -> None:
    """A password costs no more than searches written by hand, a number three times as much as one pattern."""
    ours, theirs, values, factor = TEXTS[name]
    bar(f"{name}: is_valid", factor)
    call = ours if who == "nofields" else theirs
    benchmark.pedantic(lambda: [call(value) for value in values], rounds=60, warmup_rounds=2)


class Patterns(BaseModel):
    """A model with patterns, as people write it today: no check digit is verified."""

    orgnr: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    kontonr: Annotated[str, Field(pattern=r"^[0-9]{11}$")]
    fnr: Annotated[str, Field(pattern=r"^[0-9]{11}$")]
    postnr: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    phone: Annotated[str, Field(pattern=r"^[0-9]{8}$")]
    mobile: Annotated[str, Field(pattern=r"^[49][0-9]{7}$")]
    date: Annotated[str, Field(pattern=r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$")]


class Checked(BaseModel):
    """The same with nofields."""

    orgnr: OrganisationNumber
    kontonr: AccountNumber
    fnr: NationalIdentityNumber
    postnr: PostalCode
    phone: PhoneNumber
    mobile: MobilePhoneNumber
    date: NorwegianDate


ROWS_OF_MODEL = [
    dict(zip(Checked.model_fields, row)) for row in zip(ORGANISATIONS, ACCOUNTS, PERSONS, POSTAL_CODES, PHONES, MOBILES, DATES)
]


@pytest.mark.parametrize("who", ["nofields", "patterns"])
@TURNS
def test_model(who: str, turn: int, benchmark: Any, bar: Any) -> None:
    """A model of seven fields costs little more than one with patterns."""
    bar("pydantic model of seven fields", (1.6, 12), at_most=True)
    validate = (Checked if who == "nofields" else Patterns).model_validate
    benchmark.pedantic(lambda: [validate(row) for row in ROWS_OF_MODEL], rounds=60, warmup_rounds=2)


@pytest.mark.parametrize("who", ["nofields", "patterns"])
@TURNS
def test_model_from_json(who: str, turn: int, benchmark: Any, bar: Any) -> None:
    """The same from JSON."""
    bar("pydantic model of seven fields, from JSON", (1.5, 12), at_most=True)
    validate, rows = (Checked if who == "nofields" else Patterns).model_validate_json, list(map(json.dumps, ROWS_OF_MODEL))
    benchmark.pedantic(lambda: [validate(row) for row in rows], rounds=60, warmup_rounds=2)


@pytest.mark.parametrize("who", ["nofields", "orgnr"])
@TURNS
def test_reference(who: str, turn: int, benchmark: Any, bar: Any) -> None:
    """A payment reference, of any length and with either checksum, costs little more than an organisation number."""
    bar("kid: is_valid / orgnr: is_valid", 2, at_most=True)
    field, values = (PaymentReference, REFERENCES) if who == "nofields" else (OrganisationNumber, ORGANISATIONS)
    benchmark.pedantic(lambda: [field.is_valid(value) for value in values], rounds=60, warmup_rounds=2)


def reject(model: type[BaseModel], rows: list[dict[str, str]], report: Callable[[ValidationError], object]) -> None:
    """Validate rows that a model rejects, and report the errors."""
    for row in rows:
        try:
            model.model_validate(row)
        except ValidationError as error:
            report(error)


@pytest.mark.parametrize("who", ["nofields", "patterns"])
@pytest.mark.parametrize(("group", "factor", "localized"), [("", (4, 12), False), (", localized", (7, 20), True)])
@TURNS
def test_rejected_model(
    group: str, factor: tuple[float, float], localized: bool, who: str, turn: int, benchmark: Any, bar: Any
) -> None:
    """Rejecting a model for one wrong value, and the sentence for it in nynorsk, cost little more than a failed pattern."""
    bar(f"pydantic model of seven fields, one of them wrong{group}", factor, at_most=True)
    rows = [row | {"orgnr": wrong(row["orgnr"])} for row in ROWS_OF_MODEL]
    model: type[BaseModel] = Checked
    if who == "patterns":
        model, rows = Patterns, [row | {"orgnr": f"{row['orgnr']}x"} for row in rows]
    report = partial(localize, locale="nn") if localized and who == "nofields" else ValidationError.error_count
    benchmark.pedantic(lambda: reject(model, rows, report), rounds=30, warmup_rounds=2)


@pytest.mark.parametrize("who", ["nofields", "pydantic"])
def test_import(who: str, benchmark: Any, bar: Any) -> None:
    """Importing nofields and the first check cost no more than importing pydantic.

    The warm-up round writes nofields' bytecode, as pip does when it installs pydantic.
    """
    bar("import and first check, in a fresh process", 1.0, at_most=True)
    first = "from nofields import OrganisationNumber; OrganisationNumber.is_valid('974760673')"
    statement = {"nofields": first, "pydantic": "from pydantic import BaseModel"}[who]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = {"check": True, "env": environment}
    benchmark.pedantic(subprocess.run, ([sys.executable, "-c", statement],), process, rounds=15, warmup_rounds=1)
