"""The sentences of reasons are those of the field: they name what it has, and what they advise is accepted."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers.catalogs import write
from helpers.values import LANGUAGES, POLICIES, assert_has_texts, each_field, policy
from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Amount,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Field,
    Iban,
    Key,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    Phrase,
    PostalCode,
    Problem,
    Radio,
    Reason,
    Text,
    TextArea,
    VatNumber,
    localize,
    message,
)
from nofields.characters import WHITE_SPACE
from nofields.check import compile_rule
from nofields.columns import check
from nofields.export.limits import never
from nofields.export.rules import rules
from nofields.fields import ALL, BY_NAME
from nofields.forms import assets
from nofields.keys import explanation_key, message_key, narrowed
from nofields.rules import DigitRule
from nofields.strategies import invalid
from nofields.value import Value

CHECK_DIGIT = (
    "Ett eller flere siffer er feil, eller to har byttet plass. Sjekk nummeret.",
    "Eitt eller fleire siffer er feil, eller to har bytt plass. Sjekk nummeret.",
    "One or more digits are wrong, or two have been swapped. Check the number.",
)
REQUIRED = (
    "Feltet er tomt. Mellomrom alene teller ikke.",
    "Feltet er tomt. Mellomrom åleine tel ikkje.",
    "The field is empty. Spaces alone do not count.",
)
NOT_CHOSEN = ("Ingenting er valgt.", "Ingenting er valt.", "Nothing has been chosen.")
NOT_TICKED = ("Boksen er ikke krysset av.", "Boksen er ikkje kryssa av.", "The box has not been ticked.")
DIGITS = ("Bruk bare siffer og mellomrom.", "Bruk berre siffer og mellomrom.", "Use only digits and spaces.")
ACCOUNT = (
    "Bruk bare siffer og mellomrom, eller punktum som i 8601.11.17947.",
    "Bruk berre siffer og mellomrom, eller punktum som i 8601.11.17947.",
    "Use only digits and spaces, or full stops as in 8601.11.17947.",
)
REFERENCE = (
    "Bruk bare siffer og mellomrom. En bindestrek kan bare stå til slutt.",
    "Bruk berre siffer og mellomrom. Ein bindestrek kan berre stå til slutt.",
    "Use only digits and spaces. A hyphen can only be the last character.",
)
PHONE = (
    "Bruk bare siffer og mellomrom, gjerne med +47 foran.",
    "Bruk berre siffer og mellomrom, gjerne med +47 framfor.",
    "Use only digits and spaces, with or without +47 in front.",
)
CHARACTERS = (
    "Ett eller flere tegn kan ikke brukes her. Fjern dem eller bytt dem ut.",
    "Eitt eller fleire teikn kan ikkje brukast her. Fjern dei eller byt dei ut.",
    "One or more of the characters cannot be used here. Remove or replace them.",
)
RANGE = (
    "Skriv begge datoene med en tankestrek mellom, for eksempel 01.01.2016–31.12.2016.",
    "Skriv begge datoane med ein tankestrek mellom, til dømes 01.01.2016–31.12.2016.",
    "Write both dates with a dash between them, such as 01.01.2016–31.12.2016.",
)
VAT = (
    "Skriv MVA etter organisasjonsnummeret, for eksempel NO 974 760 673 MVA.",
    "Skriv MVA etter organisasjonsnummeret, til dømes NO 974 760 673 MVA.",
    "Write MVA after the organisation number, such as NO 974 760 673 MVA.",
)
NAMED = (
    "Fjern eller bytt ut tegnet U+0007. Det kan være usynlig eller ligne på et vanlig tegn.",
    "Fjern eller byt ut teiknet U+0007. Det kan vere usynleg eller likne på eit vanleg teikn.",
    "Delete or replace the character U+0007. It may be invisible or look like an ordinary one.",
)
SERIES = (
    "Ingen slike nummer begynner med disse sifrene. Sjekk starten av nummeret.",
    "Ingen slike nummer byrjar med desse siffera. Sjekk starten av nummeret.",
    "No such number starts with these digits. Check the start of the number.",
)
ZEROS = (
    "Nummeret kan ikke bestå av bare nuller.",
    "Nummeret kan ikkje vere berre nullar.",
    "The number cannot consist of zeros only.",
)
BIRTH_DATE = (
    "De seks første sifrene er ikke en gyldig fødselsdato. I et d-nummer er det første sifferet 4 høyere enn i datoen.",
    "Dei seks første siffera er ikkje ein gyldig fødselsdato. I eit d-nummer er det første sifferet 4 høgare enn i datoen.",
    "The first six digits are not a valid date of birth. In a D-number the first digit is 4 higher than in the date.",
)
NO_SUCH_DAY = (
    "Datoen finnes ikke i kalenderen. Sjekk dag, måned og år.",
    "Datoen finst ikkje i kalenderen. Sjekk dag, månad og år.",
    "The date does not exist in the calendar. Check the day, month and year.",
)
DATE = (
    "Skriv dag, måned og år med fire siffer, for eksempel 31.12.2016.",
    "Skriv dag, månad og år med fire siffer, til dømes 31.12.2016.",
    "Enter the day, month and four-digit year, for example 31.12.2016.",
)
TOO_EARLY = (
    "Datoen er for tidlig. Velg 01.01.2000 eller en senere dato.",
    "Datoen er for tidleg. Vel 01.01.2000 eller ein seinare dato.",
    "The date is too early. Choose 01.01.2000 or a later date.",
)
TOO_LATE = (
    "Datoen er for sen. Velg 31.12.2099 eller en tidligere dato.",
    "Datoen er for sein. Vel 31.12.2099 eller ein tidlegare dato.",
    "The date is too late. Choose 31.12.2099 or an earlier date.",
)
NUMBER = (
    "Bruk siffer, og komma hvis tallet har desimaler. Store tall kan deles opp med mellomrom, men ikke med punktum.",
    "Bruk siffer, og komma viss talet har desimalar. Store tal kan delast opp med mellomrom, men ikkje med punktum.",
    "Use digits, and a comma if the number has decimals. "
    "Large numbers can be split up with spaces, but not with commas or full stops.",
)
AMOUNT = (
    "Bruk siffer, og komma mellom kroner og øre. Store beløp kan deles opp med mellomrom, som i 25 000,00.",
    "Bruk siffer, og komma mellom kroner og øre. Store beløp kan delast opp med mellomrom, som i 25 000,00.",
    "Use digits, and a comma between kroner and øre. Large amounts can be split up with spaces, as in 25 000,00.",
)
ORE = (
    "Skriv øre med to siffer. 25.000 og 25,000 kan bety både 25 kroner og 25 tusen: skriv 25,00 eller 25 000.",
    "Skriv øre med to siffer. 25.000 og 25,000 kan vere både 25 kroner og 25 tusen: skriv 25,00 eller 25 000.",
    "Write øre as two digits. 25.000 and 25,000 may mean 25 kroner or 25 thousand: write 25,00 or 25 000.",
)
DECIMALS = (
    "Tallet har flere desimaler enn det er plass til. Rund det av.",
    "Talet har fleire desimalar enn det er plass til. Rund det av.",
    "The number has more decimal places than there is room for. Round it.",
)
WHOLE = (
    "Her kan det ikke være desimaler. 25.000 kan bety både 25 og 25 tusen: skriv 25 eller 25 000.",
    "Her kan det ikkje vere desimalar. 25.000 kan vere både 25 og 25 tusen: skriv 25 eller 25 000.",
    "There can be no decimal places here. 25.000 may mean 25 or 25 thousand: write 25 or 25 000.",
)
TOO_MANY_DIGITS = (
    "Tallet har flere siffer enn det er plass til.",
    "Talet har fleire siffer enn det er plass til.",
    "The number has more digits than there is room for.",
)
NUMBER_OR_TEXT = (
    "Send verdien som tall eller tekst, ikke som {type}.",
    "Send verdien som tal eller tekst, ikkje som {type}.",
    "Send the value as a number or as text, not as {type}.",
)
TOO_SMALL = (
    "Verdien er for liten. Velg en større.",
    "Verdien er for liten. Vel ein større.",
    "The value is too small. Choose a larger one.",
)
TOO_LARGE = (
    "Verdien er for stor. Velg en mindre.",
    "Verdien er for stor. Vel ein mindre.",
    "The value is too large. Choose a smaller one.",
)
SHORT = ("Teksten er for kort. Skriv mer.", "Teksten er for kort. Skriv meir.", "The text is too short. Write more.")
SYSTEM_ID = (
    "Skriv ID-en slik: 12345 eller 310926833_regnskap.",
    "Skriv ID-en slik: 12345 eller 310926833_rekneskap.",
    "Write the ID like this: 12345 or 310926833_accounting.",
)
EMAIL = (
    "Skriv e-postadressen slik: navn@example.com.",
    "Skriv e-postadressa slik: namn@example.com.",
    "Write the email address like this: name@example.com.",
)
TEST_NUMBER = (
    "Dette er et testnummer, som ikke kan brukes her. Skriv inn et vanlig nummer.",
    "Dette er eit testnummer, som ikkje kan brukast her. Skriv inn eit vanleg nummer.",
    "This is a test number, which cannot be used here. Enter an ordinary number.",
)
TEMPORARY = (
    "Dette er et testnummer eller et midlertidig nummer fra helsetjenesten eller Nav. Det kan ikke brukes her. "
    "Skriv inn et vanlig nummer.",
    "Dette er eit testnummer eller eit mellombels nummer frå helsetenesta eller Nav. Det kan ikkje brukast her. "
    "Skriv inn eit vanleg nummer.",
    "This is a test number or a temporary number from the health services or Nav. It cannot be used here. "
    "Enter an ordinary number.",
)
FORMAT = (
    "Skrivemåten passer ikke i dette feltet. Se etter tegn som mangler eller er til overs.",
    "Skrivemåten passar ikkje i dette feltet. Sjå etter teikn som manglar eller er til overs.",
    "The value is not written in a way that fits this field. Look for characters that are missing or should not be there.",
)


#: A rejected IBAN for each reason that has a sentence of its own.
IBAN = [
    (
        "NO93-8601-1117-947",
        Reason.CHARACTERS,
        (
            "Bruk bare bokstavene A–Z, siffer og mellomrom.",
            "Bruk berre bokstavane A–Z, siffer og mellomrom.",
            "Use only the letters A–Z, digits and spaces.",
        ),
    ),
    (
        "GB29 NWBK",
        Reason.LENGTH,
        (
            "Et IBAN fra dette landet har 22 tegn. Sjekk om det er for få eller for mange.",
            "Eit IBAN frå dette landet har 22 teikn. Sjekk om det er for få eller for mange.",
            "An IBAN of this country has 22 characters. Check whether there are too few or too many.",
        ),
    ),
    (
        "NO1300000000000",
        Reason.SERIES,
        (
            "Kontonummeret i et IBAN kan ikke bestå av bare nuller.",
            "Kontonummeret i eit IBAN kan ikkje vere berre nullar.",
            "The account number in an IBAN cannot consist of zeros only.",
        ),
    ),
    (
        "NO92 8601 1117 947",
        Reason.CHECK_DIGIT,
        (
            "Et tegn stemmer ikke, eller to har byttet plass. Sjekk nummeret.",
            "Eit teikn stemmer ikkje, eller to har bytt plass. Sjekk nummeret.",
            "A character does not fit, or two have been swapped. Check the number.",
        ),
    ),
    (
        "XX93 8601",
        Reason.COUNTRY,
        (
            "Ingen land med IBAN har koden i de to første bokstavene. Et norsk IBAN begynner med NO.",
            "Ingen land med IBAN har koden i dei to første bokstavane. Eit norsk IBAN byrjar med NO.",
            "No country with IBANs has the code in the first two letters. A Norwegian IBAN starts with NO.",
        ),
    ),
    (
        "86011117947",
        Reason.FORMAT,
        (
            "Et IBAN begynner med to bokstaver og to siffer, for eksempel NO93 8601 1117 947. "
            "Sjekk om bokstaver og siffer er forvekslet, som O og 0.",
            "Eit IBAN byrjar med to bokstavar og to siffer, til dømes NO93 8601 1117 947. "
            "Sjekk om bokstavar og siffer er forveksla, som O og 0.",
            "An IBAN starts with two letters and two digits, for example NO93 8601 1117 947. "
            "Check whether letters and digits have been mixed up, such as O and 0.",
        ),
    ),
]


class MemberNumber(Value):
    """A project's field whose documented key is that of payment references and system IDs."""

    rule = DigitRule(key=Key.TEXT_FIELD_CONTENTS_ERROR, digits=7, written="### ####", separators=" /")
    schema_format = "member-number"
    label = "Member number"
    examples = ("1234567",)


class Account(AccountNumber, key="OUR_ACCOUNT"):
    """A field with a key of the project's own."""


class Reference(PaymentReference, key="OUR_REFERENCE"):
    """A field with a key of the project's own, in place of a shared one."""


class ShortPhone(PhoneNumber, short=True):
    """Its numbers may have five digits."""


class AnyMobile(MobilePhoneNumber, foreign=True):
    """Its numbers may be foreign."""


class ThisCentury(NorwegianDate, min=date(2000, 1, 1), max=date(2099, 12, 31)): ...


class Period(DateRange, min=date(2000, 1, 1), max=date(2099, 12, 31), key="OUR_PERIOD"): ...


class Share(Number, min=0, max=100, decimals=1): ...


class OurShare(Number, min=0, max=100, decimals=1, key="OUR_SHARE"): ...


class Whole(Number, decimals=0): ...


class WholeKroner(Amount, decimals=0): ...


class Nickname(Text, min=2): ...


class OurNickname(Text, min=2, key="OUR_NICKNAME"): ...


#: A rejected value of a field, the reason, and its sentence in bokmål, nynorsk and English.
SENTENCES: list[tuple[type[Field], Any, Reason, tuple[str, str, str]]] = [
    (OrganisationNumber, "974760674", Reason.CHECK_DIGIT, CHECK_DIGIT),
    (PaymentReference, "1234567898", Reason.CHECK_DIGIT, CHECK_DIGIT),
    (AltinnSystemId, "974760674_x", Reason.CHECK_DIGIT, CHECK_DIGIT),
    (Text, " ", Reason.REQUIRED, REQUIRED),
    (PostalCode, None, Reason.REQUIRED, REQUIRED),
    (DateRange, ("", "1.1.2026"), Reason.REQUIRED, REQUIRED),
    (Checkbox, False, Reason.REQUIRED, NOT_TICKED),
    (CheckboxGroup, [], Reason.REQUIRED, NOT_CHOSEN),
    (Dropdown, "", Reason.REQUIRED, NOT_CHOSEN),
    (Country, "", Reason.REQUIRED, NOT_CHOSEN),
    (Radio, None, Reason.REQUIRED, NOT_CHOSEN),
    (OrganisationNumber, "97476067X", Reason.CHARACTERS, DIGITS),
    (NationalIdentityNumber, "0385159873O", Reason.CHARACTERS, DIGITS),
    (PostalCode, "O357", Reason.CHARACTERS, DIGITS),
    (AccountNumber, "8601111794x", Reason.CHARACTERS, ACCOUNT),
    (Account, "8601111794x", Reason.CHARACTERS, ACCOUNT),
    (PaymentReference, "1234x67897", Reason.CHARACTERS, REFERENCE),
    (Reference, "1234x67897", Reason.CHARACTERS, REFERENCE),
    (PhoneNumber, "2123456x", Reason.CHARACTERS, PHONE),
    (MobilePhoneNumber, "4061234x", Reason.CHARACTERS, PHONE),
    (Text, "a\a", Reason.CHARACTERS, NAMED),
    (TextArea, "a\a", Reason.CHARACTERS, NAMED),
    (Radio, "a\a", Reason.CHARACTERS, NAMED),
    (MemberNumber, "123456x", Reason.CHARACTERS, CHARACTERS),
    (AccountNumber, "00000000000", Reason.SERIES, ZEROS),
    (PostalCode, "0000", Reason.SERIES, ZEROS),
    (PaymentReference, "0000000", Reason.SERIES, ZEROS),
    (Reference, "0000000", Reason.SERIES, ZEROS),
    (OrganisationNumber, "123456785", Reason.SERIES, SERIES),
    (AltinnSystemId, "123456785_x", Reason.SERIES, SERIES),
    (NationalIdentityNumber, "03135198730", Reason.DATE, BIRTH_DATE),
    (NorwegianDate, "31.2.2020", Reason.DATE, NO_SUCH_DAY),
    (NationalIdentityNumber, "03851598730", Reason.SYNTHETIC, TEMPORARY),
    (OrganisationNumber, "310926833", Reason.SYNTHETIC, TEST_NUMBER),
    (AltinnSystemId, "310926833_x", Reason.SYNTHETIC, TEST_NUMBER),
    (NorwegianDate, "1.1.20", Reason.FORMAT, DATE),
    (DateRange, "2016", Reason.FORMAT, RANGE),
    (DateRange, "1.1.2016–", Reason.FORMAT, RANGE),
    (DateRange, "1.1.16–2.1.16", Reason.FORMAT, DATE),
    (VatNumber, "974760673", Reason.FORMAT, VAT),
    (ThisCentury, "31.12.1999", Reason.TOO_EARLY, TOO_EARLY),
    (ThisCentury, "1.1.2100", Reason.TOO_LATE, TOO_LATE),
    (Period, ("31.12.1999", "1.1.2100"), Reason.TOO_EARLY, TOO_EARLY),
    (Period, ("1.1.2000", "1.1.2100"), Reason.TOO_LATE, TOO_LATE),
    (Number, "1.234,50", Reason.FORMAT, NUMBER),
    (Number, "1" * 31, Reason.LENGTH, TOO_MANY_DIGITS),
    (Number, True, Reason.TYPE, NUMBER_OR_TEXT),
    (Share, "1,25", Reason.DECIMALS, DECIMALS),
    (Share, "-1", Reason.TOO_SMALL, TOO_SMALL),
    (Share, "101", Reason.TOO_LARGE, TOO_LARGE),
    (OurShare, "1,25", Reason.DECIMALS, DECIMALS),
    (Whole, "1,25", Reason.DECIMALS, WHOLE),
    (WholeKroner, "25.000", Reason.DECIMALS, WHOLE),
    (Amount, "25.000", Reason.DECIMALS, ORE),
    (Amount, "25,0000", Reason.DECIMALS, ORE),
    (Amount, "mange", Reason.FORMAT, AMOUNT),
    (Amount, [], Reason.TYPE, NUMBER_OR_TEXT),
    (Nickname, "x", Reason.TOO_SHORT, SHORT),
    (AltinnSystemId, "regnskap", Reason.FORMAT, SYSTEM_ID),
    (EmailAddress, "ola@", Reason.FORMAT, EMAIL),
    *((Iban, value, reason, sentences) for value, reason, sentences in IBAN),
]


@pytest.mark.parametrize(("field", "value", "reason", "sentences"), SENTENCES)
def test_sentences(field: type[Field], value: Any, reason: Reason, sentences: tuple[str, str, str]) -> None:
    problem = field.problem(value)
    assert problem is not None
    assert problem.reason == reason
    expected = tuple(sentence.replace("{type}", type(value).__name__) for sentence in sentences)
    assert tuple(problem.explanation(language) for language in ("nb", "nn", "en")) == expected


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.FORMAT), FORMAT),
        (Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.SERIES, {"digits": 7}), SERIES),
        (Problem(Key.DATE_TO_FROM_ERROR, Reason.FORMAT, {"example": "2016-12-31T12:00"}), FORMAT),
        (Problem(Key.NUMBER_ERROR, Reason.FORMAT), FORMAT),
    ],
)
def test_shared_keys(problem: Problem, sentence: tuple[str, str, str]) -> None:
    """A documented key alone does not tell the field: a project's fields and pydantic's errors have these keys as well."""
    assert tuple(problem.explanation(language) for language in ("nb", "nn", "en")) == sentence


def test_own_key_as_text() -> None:
    """Text does not tell which of the fields with a project's key it is from, which the key itself does."""

    class Id(AltinnSystemId, key="OUR_SHARED"): ...

    class Other(PaymentReference, key="OUR_SHARED"): ...

    problem = Id.problem("regnskap")
    assert problem is not None
    assert problem.explanation() == SYSTEM_ID[0]
    assert Problem(str(problem.key), problem.reason).explanation() == FORMAT[0]


def localized(value: str) -> str:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(AltinnSystemId).validate_python(value)
    return localize(raised.value)[0]["explanation"]


def problem_of(value: str) -> Problem:
    problem = AltinnSystemId.problem(value)
    assert problem is not None
    return problem


JOURNEYS: dict[str, Callable[[str], str]] = {
    "copy": lambda value: copy.deepcopy(problem_of(value)).explanation(),
    "pickle": lambda value: pickle.loads(pickle.dumps(problem_of(value))).explanation(),
    "columns": lambda value: next(iter(check(AltinnSystemId, [value]).counts())).explanation(),
    "pydantic": localized,
}


@pytest.mark.parametrize("journey", JOURNEYS)
def test_after_a_journey(journey: str) -> None:
    """The sentence is still the field's."""
    assert JOURNEYS[journey]("regnskap") == SYSTEM_ID[0]


def test_field_key() -> None:
    """The key of a field that shares it is the documented one in every respect."""
    key = problem_of("regnskap").key
    assert (key, str(key), f"{key}", json.dumps(key)) == (
        Key.TEXT_FIELD_CONTENTS_ERROR,
        "TEXT_FIELD_CONTENTS_ERROR",
        "TEXT_FIELD_CONTENTS_ERROR",
        '"TEXT_FIELD_CONTENTS_ERROR"',
    )
    assert {key: 1}[Key.TEXT_FIELD_CONTENTS_ERROR] == 1
    assert key in Key.__members__
    assert key.value == "TEXT_FIELD_CONTENTS_ERROR"  # type: ignore[attr-defined]


LEAST = (
    "Skriv inn et tall som er 0 eller større.",
    "Skriv inn eit tal som er 0 eller større.",
    "Enter a number that is 0 or more.",
)
MOST = (
    "Skriv inn et tall som er 100 eller mindre.",
    "Skriv inn eit tal som er 100 eller mindre.",
    "Enter a number that is 100 or less.",
)
ONE_DECIMAL = (
    "Skriv inn et tall med høyst 1 desimal.",
    "Skriv inn eit tal med høgst 1 desimal.",
    "Enter a number with no more than 1 decimal place.",
)
TWO_DECIMALS = (
    "Skriv inn et tall med høyst 2 desimaler.",
    "Skriv inn eit tal med høgst 2 desimalar.",
    "Enter a number with no more than 2 decimal places.",
)
WHOLE_NUMBER = (
    "Skriv inn et helt tall, uten desimaler.",
    "Skriv inn eit heilt tal, utan desimalar.",
    "Enter a whole number, without decimals.",
)
THIRTY_DIGITS = (
    "Skriv inn et tall med høyst 30 siffer.",
    "Skriv inn eit tal med høgst 30 siffer.",
    "Enter a number with no more than 30 digits.",
)
TWO_CHARACTERS = ("Skriv minst 2 tegn.", "Skriv minst 2 teikn.", "Enter at least 2 characters.")
MESSAGES: list[tuple[type[Field], str, tuple[str, str, str]]] = [
    (
        PaymentReference,
        "1234567898",
        ("Skriv inn et gyldig KID-nummer.", "Skriv inn eit gyldig KID-nummer.", "Enter a valid payment reference (KID)."),
    ),
    (
        Reference,
        "1234567898",
        ("Skriv inn et gyldig KID-nummer.", "Skriv inn eit gyldig KID-nummer.", "Enter a valid payment reference (KID)."),
    ),
    (
        AltinnPassword,
        "aB345",
        (
            "Passordet må ha minst 7 tegn.",
            "Passordet må ha minst 7 teikn.",
            "The password must have at least 7 characters.",
        ),
    ),
    (
        AltinnSystemId,
        "regnskap",
        ("Skriv inn en gyldig system-ID.", "Skriv inn ein gyldig system-ID.", "Enter a valid system ID."),
    ),
    (Iban, "NO93", ("Skriv inn et gyldig IBAN.", "Skriv inn eit gyldig IBAN.", "Enter a valid IBAN.")),
    (
        VatNumber,
        "NO 974",
        ("Skriv inn et gyldig mva-nummer.", "Skriv inn eit gyldig mva-nummer.", "Enter a valid VAT number."),
    ),
    (Text, "\0", ("Ugyldig verdi.", "Sjekk det du har skrive inn.", "Check what you entered.")),
    (Number, "x", ("Du kan kun skrive inn tall.", "Skriv inn eit tal.", "Enter a number.")),
    (Amount, "x", ("Skriv inn et beløp.", "Skriv inn eit beløp.", "Enter an amount.")),
    (Share, "-1", LEAST),
    (Amount, "-1", LEAST),
    (OurShare, "-1", LEAST),
    (Share, "101", MOST),
    (Share, "1,25", ONE_DECIMAL),
    (OurShare, "1,25", ONE_DECIMAL),
    (Amount, "25.000", TWO_DECIMALS),
    (Whole, "1,5", WHOLE_NUMBER),
    (WholeKroner, "1,5", WHOLE_NUMBER),
    (Number, "1" * 31, THIRTY_DIGITS),
    (Nickname, "x", TWO_CHARACTERS),
    (OurNickname, "x", TWO_CHARACTERS),
    (MemberNumber, "x", ("Ugyldig verdi.", "Sjekk det du har skrive inn.", "Check what you entered.")),
]


@pytest.mark.parametrize(("field", "value", "sentences"), MESSAGES)
def test_messages(field: type[Field], value: str, sentences: tuple[str, str, str]) -> None:
    """A field whose documented message is "Ugyldig verdi." has one that names what to enter."""
    problem = field.problem(value)
    assert problem is not None
    assert tuple(problem.message(language) for language in ("nb", "nn", "en")) == sentences
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(field).validate_python(value)
    assert raised.value.errors()[0]["msg"] == sentences[0]
    assert [localize(raised.value, language)[0]["message"] for language in ("nb", "nn", "en")] == list(sentences)


def test_own_text_of_a_shared_key(own_catalogs: Path) -> None:
    """A project's text of the documented key, or of a language of its own, is used for each field that has it."""
    write(own_catalogs, "en", {"TEXT_FIELD_CONTENTS_ERROR": "Try again."})
    write(own_catalogs, "fkv", {"TEXT_FIELD_CONTENTS_ERROR": "Tarkista."})
    problem = problem_of("regnskap")
    assert [problem.message(language) for language in ("nb", "en", "fkv")] == [
        "Skriv inn en gyldig system-ID.",
        "Try again.",
        "Tarkista.",
    ]
    for language, text in ("en", "Try again."), ("fkv", "Tarkista."):
        assert json.loads(assets.files()[f"messages.{language}.json"])["texts"]["INVALID_ALTINN_SYSTEM_ID"] == text


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ({"TEXT_FIELD_CONTENTS_ERROR": "Try again."}, "Try again. The password must have a digit (0 to 9)."),
        ({"INVALID_ALTINN_PASSWORD": "Too weak"}, "Too weak. The password must have a digit (0 to 9)."),
        ({"INVALID_ALTINN_PASSWORD": "You lack {requirements}!"}, "You lack a digit (0 to 9)!"),
        ({"PASSWORD_REQUIREMENTS": "Add {requirements}."}, "Add a digit (0 to 9)."),
        ({"PASSWORD_REQUIREMENTS": "Too weak."}, "Too weak."),
        ({"PASSWORD_DIGIT": "one of {min} figures"}, "The password must have one of 7 figures."),
    ],
)
def test_own_text_of_a_password(own: dict[str, str], shown: str, own_catalogs: Path) -> None:
    """The unmet requirements stand where the project's text has their placeholder, or in a sentence of their own."""
    write(own_catalogs, "en", own)
    problem = AltinnPassword.problem("Fjellene")
    assert problem is not None
    assert problem.message("en") == shown


def test_own_key_of_a_password(own_catalogs: Path) -> None:
    """A project's key without a text has the sentence of the requirements; one with a text is followed by it."""

    class Silent(AltinnPassword, key="OUR_SILENT_PASSWORD"): ...

    class Spoken(AltinnPassword, key="OUR_SPOKEN_PASSWORD"): ...

    write(own_catalogs, "en", {"OUR_SPOKEN_PASSWORD": "Choose another one"})
    problems = [field.problem("Fjellene") for field in (Silent, Spoken)]
    assert [problem.message("en") for problem in problems if problem] == [
        "The password must have a digit (0 to 9).",
        "Choose another one. The password must have a digit (0 to 9).",
    ]


def test_own_text_of_a_field(own_catalogs: Path) -> None:
    """A project's text for one field takes precedence over its text of the documented key."""
    write(own_catalogs, "en", {"TEXT_FIELD_CONTENTS_ERROR": "Try again.", "INVALID_ALTINN_SYSTEM_ID": "Enter the ID."})
    assert problem_of("regnskap").message("en") == "Enter the ID."


#: What a sentence names, and the reasons and fields of which it is true. Without a reason here a field must not name it.
NAMES: dict[str, Callable[[type[Field], Problem, Any], bool]] = {
    r"[Mm]ellomrom|[Ss]paces": lambda field, problem, value: problem.reason == Reason.REQUIRED or " " in field.rule.separators,
    "punktum|full stop": lambda field, problem, value: field in (AccountNumber, Number),
    "kroner|øre": lambda field, problem, value: field is Amount,
    "bindestrek|hyphen": lambda field, problem, value: field is PaymentReference,
    r"\+47": lambda field, problem, value: field in (PhoneNumber, MobilePhoneNumber),
    "fødselsdato|date of birth|d-nummer|D-number": lambda field, problem, value: field is NationalIdentityNumber,
    "midlertidig|mellombels|temporary": lambda field, problem, value: field is NationalIdentityNumber,
    "kalender|calendar": lambda field, problem, value: field in (NorwegianDate, DateRange),
    "bare nuller|berre nullar|zeros only": lambda field, problem, value: (
        (field is Iban and problem.reason == Reason.SERIES) or not str(value).strip(f"{WHITE_SPACE}0.")
    ),
    "ID-en|the ID": lambda field, problem, value: field is AltinnSystemId,
    "[Mm]obil": lambda field, problem, value: field is MobilePhoneNumber,
    "[Pp]assord|password": lambda field, problem, value: field.secret and "requirements" in problem.params,
    "siffer|digits": lambda field, problem, value: not issubclass(field, Text | TextArea | Radio | Dropdown | Checkbox),
    "boksen|The box": lambda field, problem, value: field is Checkbox,
    "valgt|valt|chosen": lambda field, problem, value: field in (CheckboxGroup, Dropdown, Radio, Country),
}


@each_field
@given(data=st.data())
def test_names_nothing_false(field: type[Field], data: st.DataObject) -> None:
    """Every reason of every field, under every setting."""
    value = data.draw(invalid(field))
    with policy(data.draw(st.sampled_from(POLICIES))):
        problem = field.problem(value)
    assume(problem is not None)
    assert problem is not None
    assert_has_texts(problem)
    for language in LANGUAGES:
        sentence = problem.explanation(language)
        for named, is_true in NAMES.items():
            assert not re.search(named, sentence) or is_true(field, problem, value), sentence


@pytest.mark.parametrize(
    "field", [OrganisationNumber, NationalIdentityNumber, PostalCode, AccountNumber, PaymentReference, PhoneNumber]
)
@given(text=st.text(f"0123456789{WHITE_SPACE}", max_size=30))
def test_advice_on_characters(field: type[Field], text: str) -> None:
    """Digits and spaces are never rejected for a character."""
    problem = field.problem(text)
    assert problem is None or problem.reason != Reason.CHARACTERS


@pytest.mark.parametrize(
    ("field", "phrase"),
    [
        (AccountNumber, Phrase.REASON_CHARACTERS_ACCOUNT),
        (NorwegianDate, Phrase.REASON_FORMAT_DATE),
        (AltinnSystemId, Phrase.REASON_FORMAT_SYSTEM_ID),
        (EmailAddress, Phrase.REASON_FORMAT_EMAIL),
        (Amount, Phrase.REASON_FORMAT_AMOUNT),
        (Amount, Phrase.HINT_AMOUNT),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples(field: type[Field], phrase: Phrase, language: str) -> None:
    """The examples in a sentence are accepted, where synthetic numbers are."""
    examples = re.findall(r"\S*(?:\d\d|@)\S*\w", message(phrase, language, example="31.12.2016"))
    assert examples
    with policy("accept"):
        assert [each for each in examples if not field.is_valid(each)] == []


def test_same_sentences_in_the_browser() -> None:
    """The exported rules name the message of every field, and the sentence of every reason that it can have."""
    for name, rule in rules().items():
        details: Any = rule.data.get("details", {})
        compiled = compile_rule(BY_NAME[name].rule)
        key = compiled.rule.key
        assert rule.data.get("message", rule.data["key"]) == message_key(key)
        for reason in set(Reason) - never(compiled):
            assert f"REASON_{reason.name}{details.get(reason, '')}" == explanation_key(reason, key)


def test_every_sentence_is_used() -> None:
    """Each phrase that begins with a reason's is the sentence of a field, of one with class arguments, or of a file."""
    keys = [
        key
        for field in (*ALL, ShortPhone, AnyMobile)
        for key in (field.rule.key, *(narrowed(field.rule.key, each) for each in ("whole", "range")))
    ]
    keys += [key for key in Phrase if key.startswith("UPLOAD_")]
    used = {explanation_key(reason, key) for key in keys for reason in Reason} | {Phrase.REASON_CHARACTER}
    assert {phrase for phrase in Phrase if phrase.startswith("REASON_")} - used == set()
