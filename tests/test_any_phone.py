"""Phone numbers whose class arguments widen the field: foreign, short and lenient."""

from __future__ import annotations

import copy
import pickle
import re
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from helpers.hostile import OBJECTS, TEXTS, THINGS
from helpers.values import VALUES, assert_has_texts, verdict
from nofields import FieldError, Key, MobilePhoneNumber, PhoneNumber, Phrase, Problem, Reason, localize, strategies
from nofields.catalogs import Catalogs
from nofields.characters import WHITE_SPACE
from nofields.check import compile_rule
from nofields.columns import check
from nofields.export.rules import rules
from nofields.fields import ALL
from nofields.forms import Form
from nofields.forms.types.widgets import appearance
from nofields.generate import builder, chooser
from nofields.keys import FieldKey
from nofields.rules import AnyPhoneRule, PhoneRule


class AnyPhone(PhoneNumber, foreign=True): ...


class ContactPhone(PhoneNumber, foreign=True, short=True): ...


class LenientPhone(PhoneNumber, foreign=True, short=True, lenient=True): ...


class ShortPhone(PhoneNumber, short=True): ...


class NewPhone(PhoneNumber, lenient=True): ...


class AnyMobile(MobilePhoneNumber, foreign=True): ...


class NewMobile(MobilePhoneNumber, foreign=True, short=True, lenient=True): ...


FIELDS = [AnyPhone, ContactPhone, LenientPhone, ShortPhone, NewPhone, AnyMobile, NewMobile]
each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)

#: Examples of phonenumbers, of every region and type.
EXAMPLES = [
    example
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in phonenumbers.PhoneNumberType.values()
    if (example := phonenumbers.example_number_for_type(region, kind))
]
FORMS = st.sampled_from([phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.INTERNATIONAL])


def written(example: phonenumbers.PhoneNumber, form: int, edits: list[tuple[int, str]]) -> str:
    """An example in a form, with other digits, or none, in some places."""
    text = list(phonenumbers.format_number(example, form).replace("/", " "))  # which old metadata write in Slovak numbers
    for at, digit in edits:
        at %= len(text)
        text[at] = digit if text[at].isdigit() else text[at]
    return "".join(text)


EDITS = st.lists(st.tuples(st.integers(0, 30), st.text("0123456789", max_size=1)), max_size=3)
#: Numbers of every country, many of them not in use.
NUMBERS = st.builds(written, st.sampled_from(EXAMPLES), FORMS, EDITS)
NORWEGIAN = st.text("0123456789", min_size=4, max_size=13)
#: What people paste around and into numbers.
PASTED = st.builds(
    lambda text, start, parts, end: (
        start + "".join(f"{character}{part}" for character, part in zip(text, [*parts, *[""] * len(text)])) + end
    ),
    NUMBERS | NORWEGIAN,
    st.sampled_from(["", "", "tel:", "TEL:", "(", " ", "\u202a", "\ufefftel:", "+", "00", "0", "+47", "+00"]),
    st.lists(
        st.sampled_from(["", "", "", " ", "-", ".", "(", ")", "\u2011", "\u200b", "\u00a0", "/", "x", ";ext="]), max_size=12
    ),
    st.sampled_from(["", "", ")", " ", "\u202c", "-", ";ext=1", " x12"]),
)
TEXT = NUMBERS | NORWEGIAN | PASTED | st.builds("+{}".format, st.text("0123456789", max_size=20)) | st.text("+0123456789 .-()")


def by_phonenumbers(text: str) -> phonenumbers.PhoneNumber | None:
    """What phonenumbers reads in a text, if it is a valid number or one of Norway's short ones."""
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException:
        return None
    # phonenumbers does not know 04xxx, which is in the plan.
    short = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return number if phonenumbers.is_valid_number(number) or re.fullmatch(r"\+4704\d{3}", short) else None


ACCEPTED: list[tuple[type[PhoneNumber], str, str, str, str | None]] = [
    (AnyPhone, "21 23 45 67", "21234567", "21 23 45 67", "NO"),
    (AnyPhone, "79 02 12 34", "79021234", "79 02 12 34", "SJ"),
    (AnyPhone, "+47 21 23 45 67", "21234567", "21 23 45 67", "NO"),
    (AnyPhone, "(+47) 21-23-45-67", "21234567", "21 23 45 67", "NO"),
    (AnyPhone, "4721234567", "21234567", "21 23 45 67", "NO"),
    (AnyPhone, "47 21 23 45", "47212345", "47 21 23 45", "NO"),
    (AnyPhone, "0047 21234567", "21234567", "21 23 45 67", "NO"),
    (AnyPhone, "+46812345678", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, "+46 (0)8 123 456 78", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, "0046-8-123 456 78", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, "+0046812345678", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, "tel:+46-8-123-456-78", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, " TEL: +46 8.123.456.78", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, "\u202a+46\u00a08\u2011123\u2013456\u200b78\u202c", "+46812345678", "+46 8 123 456 78", "SE"),
    (AnyPhone, "+39 06 12345678", "+390612345678", "+39 06 1234 5678", "IT"),
    (AnyPhone, "+1.2015550123", "+12015550123", "+1 201-555-0123", "US"),
    (AnyPhone, "+800 1234 5678", "+80012345678", "+800 1234 5678", None),
    (AnyPhone, "+44 7781 123456", "+447781123456", "+44 7781 123456", "GG"),
    (AnyMobile, "406 12 345", "40612345", "40 61 23 45", "NO"),
    (AnyMobile, "+46 70 123 45 67", "+46701234567", "+46 70 123 45 67", "SE"),
    (AnyMobile, "+1 201-555-0123", "+12015550123", "+1 201-555-0123", "US"),
    (ShortPhone, "02000", "02000", "02000", "NO"),
    (ShortPhone, "04800", "04800", "04800", "NO"),
    (ShortPhone, "+47 09999", "09999", "09999", "NO"),
    (ShortPhone, "47 02000", "02000", "02000", "NO"),
    (ShortPhone, "21-23-45-67", "21234567", "21 23 45 67", "NO"),
    (ContactPhone, "004702000", "02000", "02000", "NO"),
    (NewPhone, "30 00 00 00", "30000000", "30 00 00 00", "NO"),
    (LenientPhone, "+44 9999 999999", "+449999999999", "+44 999 999 9999", "GB"),
    (LenientPhone, "+46 8 123 456 78", "+46812345678", "+46 8 123 456 78", "SE"),
    (NewMobile, "40 99 99 99", "40999999", "40 99 99 99", "NO"),
]


@pytest.mark.parametrize(("field", "text", "clean", "formatted", "region"), ACCEPTED)
def test_accepted(field: type[PhoneNumber], text: str, clean: str, formatted: str, region: str | None) -> None:
    made = verdict(field, text)
    assert type(made) is field
    assert (made, made.formatted, made.region) == (clean, formatted, region)
    assert made.e164 == (clean if clean.startswith("+") else f"+47{clean}")
    assert made.international.replace(" ", "").replace("-", "") == made.e164


def reasons(field: type[PhoneNumber], **texts: tuple[str, ...]) -> list[tuple[type[PhoneNumber], str, str]]:
    return [(field, text, reason) for reason, each in texts.items() for text in each]


REJECTED = [
    *reasons(
        AnyPhone,
        length=(
            "02000",
            "2123456",
            "212345678",
            "46812345678",
            "+47 1234567",
            "+47",
            "+4",
            "00",
            "004",
            "+46 8 12",
            "580012345678",
        ),
        unassigned=("10000000", "+999 12345678", "+46 999 999 99", "+00 00 00 00 00"),
        characters=(
            "+",
            "()",
            "+-",
            "tel:",
            "21/234567",
            "1-800-FLOWERS",
            "+46812345678;ext=3",
            "+46812345678 x3",
            "21+234567",
        ),
        number=("21234567.0", "21234567,00", "+46812345678.0", "2.1234567E7", "2123.4567"),
    ),
    *reasons(
        AnyPhone, characters=("++4721234567", "21 23 45 6\u0667", "\uff0b4721234567", "t e l:21234567", "tel:tel:21234567")
    ),
    *reasons(ShortPhone, length=("0200", "020000", "12345", "4712345", "+47 12345"), unassigned=("01234", "+47 00123")),
    *reasons(ShortPhone, country=("+46 8 123 456 78", "0046812345678", "+999"), number=("02000.0",)),
    *reasons(NewPhone, unassigned=("10000000", "00000000", "01234567"), length=("02000", "2123456"), country=("+46812345678",)),
    *reasons(AnyMobile, not_mobile=("21234567", "+46812345678", "+80012345678"), unassigned=("10000000",), length=("02000",)),
    *reasons(NewMobile, not_mobile=("21234567", "30000000", "02000", "+46812345678"), unassigned=("10000000",)),
    *reasons(LenientPhone, unassigned=("01234", "10000000", "+999 12345678"), length=("+46 8", "+1 2345678", "12345")),
]


@pytest.mark.parametrize(("field", "text", "reason"), REJECTED)
def test_rejected(field: type[PhoneNumber], text: str, reason: str) -> None:
    problem = verdict(field, text)
    assert type(problem) is Problem
    assert problem.reason == reason
    assert problem.key == field.rule.key
    assert_has_texts(problem)


@pytest.mark.parametrize(("text", "params"), [("+46 8\u2011123\u00a045 6\u0667", {"character": "U+0667"}), ("+46/8", {})])
def test_names_a_strange_character(text: str, params: dict[str, str]) -> None:
    """The first that is neither on a keyboard nor removed; not of a secret value."""
    assert verdict(AnyPhone, text).params == {"digits": 8, **params}
    assert verdict(type("Secret", (PhoneNumber,), {"secret": True}, foreign=True), text).params == {"digits": 8}


@given(TEXT)
def test_agrees_with_phonenumbers(text: str) -> None:
    """The clean value is what phonenumbers reads in a text that has no letters, slashes or extension."""
    number = by_phonenumbers(text)
    if ContactPhone.is_valid(text):
        assert number is not None
        assert ContactPhone(text).e164 == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(NUMBERS | NORWEGIAN | st.builds("+{}".format, st.text("0123456789", min_size=1, max_size=20)))
def test_accepts_what_phonenumbers_does(text: str) -> None:
    """And every number that phonenumbers finds valid is accepted, in the forms that phonenumbers writes."""
    assert ContactPhone.is_valid(text) is (by_phonenumbers(text) is not None)


def test_every_region() -> None:
    """Every example of phonenumbers is accepted, with its region; as a mobile number if it is one, or may be one."""
    forms = phonenumbers.PhoneNumberFormat
    mobile = phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
    for example in EXAMPLES:
        e164, region = phonenumbers.format_number(example, forms.E164), phonenumbers.region_code_for_number(example)
        made = ContactPhone(e164)
        assert (made.e164, made.region) == (e164, None if region == "001" else region)
        assert ContactPhone(made.international) == ContactPhone(made.formatted) == made
        assert AnyMobile.is_valid(e164) is (phonenumbers.number_type(example) in mobile)


@each_field
@given(text=TEXT)
def test_reads_what_it_writes(field: type[PhoneNumber], text: str) -> None:
    """In every form, with separators in it, and under narrower fields that accept it."""
    if not field.is_valid(text):
        return
    made = field(text)
    for form in (str(made), made.formatted, made.e164, made.international, f"tel:{made.e164}", f"({made.international})"):
        again = field(form)
        assert (again, again.region) == (made, made.region)
    assert made.region is None or re.fullmatch("[A-Z]{2}", made.region)
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == made


@given(TEXT)
def test_each_argument_widens(text: str) -> None:
    """What a field accepts, one with more arguments accepts too, with the same value; the reason ``country`` is gone."""
    wider = [PhoneNumber, ShortPhone, ContactPhone, LenientPhone]
    found = [verdict(field, text) for field in wider]
    accepted = [not isinstance(each, Problem) for each in found]
    assert accepted == sorted(accepted)
    assert len({str(each) for each in found if not isinstance(each, Problem)}) <= 1
    for problem in found[2:]:
        assert not isinstance(problem, Problem) or problem.reason != Reason.COUNTRY


@given(VALUES[PhoneNumber])
def test_norwegian_value_stays(number: str) -> None:
    assert str(LenientPhone(number)) == str(PhoneNumber(number)) == number
    assert LenientPhone(number).international == PhoneNumber(number).international


@each_field
@given(value=THINGS | st.sampled_from([*TEXTS.values()]) | st.text("+0147 .-()xtel:;\u0663\ud800", max_size=70))
def test_hostile_values(field: type[PhoneNumber], value: object) -> None:
    """Never raises, whatever the object."""
    assert not any(map(field.is_valid, OBJECTS.values()))
    assert field.is_valid(value) is (field.problem(value) is None)


@each_field
@given(text=TEXT)
def test_schema(field: type[PhoneNumber], text: str) -> None:
    """The patterns match all that is accepted, and all clean values."""
    if field.is_valid(text):
        assert re.search(TypeAdapter(field).json_schema()["pattern"], text)
        assert re.search(TypeAdapter(field).json_schema(mode="serialization")["pattern"], str(field(text)))


@pytest.mark.parametrize("text", ["", "x", "+47x", "tel:", "2123456x", "21/23"])
def test_schema_rejects(text: str) -> None:
    assert not re.search(TypeAdapter(LenientPhone).json_schema()["pattern"], text)


@each_field
@given(texts=st.lists(TEXT | st.none(), max_size=12))
def test_columns(field: type[PhoneNumber], texts: list[str | None]) -> None:
    checked = check(field, texts)
    expected = [None if text is None else field.problem(text) for text in texts]
    assert checked.valid.to_pylist() == [None if text is None else field.is_valid(text) for text in texts]
    assert checked.reasons.to_pylist() == [problem and str(problem.reason) for problem in expected]
    assert checked.clean().to_pylist() == [
        None if text is None or problem else str(field(text)) for text, problem in zip(texts, expected)
    ]


@each_field
@given(data=st.data())
def test_strategies(field: type[PhoneNumber], data: st.DataObject) -> None:
    assert field.is_valid(data.draw(strategies.values(field)))
    assert type(data.draw(st.from_type(field))) is field
    assert not field.is_valid(data.draw(strategies.invalid(field)))
    assert not field.is_valid(data.draw(strategies.near_misses(field))[1])
    expected = {"required", "type", "characters", "number", "length", "unassigned"}
    expected |= set() if field.rule.foreign else {"country"}  # type: ignore[attr-defined]
    expected |= {"not_mobile"} if field.rule.mobile_only else set()
    for reason in expected:
        problem = field.problem(data.draw(strategies.invalid(field, reason=reason)))
        assert problem is not None
        assert problem.reason == reason
    with pytest.raises(ValueError, match="gives no reason 'series' now"):
        strategies.invalid(field, reason="series")


def test_generated_kinds() -> None:
    """Norwegian numbers, short ones and foreign ones of many countries are generated."""
    build = builder(ContactPhone)
    assert build
    found = [ContactPhone(build(chooser(seed))) for seed in range(300)]
    assert {len(number) for number in found if number.isdigit()} == {5, 8}
    assert len({number.region for number in found}) > 50


def test_foreign_alone() -> None:
    class Abroad(PhoneNumber, foreign=True, regions=()): ...

    assert Abroad("+46812345678") == "+46812345678"
    assert verdict(Abroad, "21234567").reason == Reason.UNASSIGNED

    @given(strategies.values(Abroad))
    def draw(text: str) -> None:
        assert text.startswith("+")

    draw()


def test_regions() -> None:
    """A number of a region that is left out is rejected, lenient or not."""

    class Svalbard(PhoneNumber, regions=("SJ",), foreign=True, lenient=True): ...

    assert Svalbard("79 02 12 34").region == "SJ"
    assert verdict(Svalbard, "21234567").reason == Reason.UNASSIGNED


def test_separators() -> None:
    class Slashed(PhoneNumber, foreign=True, separators=WHITE_SPACE + "/"): ...

    assert Slashed("+46/8/123 45678") == "+46812345678"
    assert verdict(Slashed, "+46-8-12345678").reason == Reason.CHARACTERS
    assert Slashed("+46\u200b812345678") == "+46812345678"

    class Base(PhoneNumber, separators="/"): ...

    class Wider(Base, foreign=True): ...

    assert Wider.rule.separators == "/"


def test_default_field_is_as_before() -> None:
    assert type(PhoneNumber.rule) is type(MobilePhoneNumber.rule) is PhoneRule
    assert verdict(PhoneNumber, "+46812345678").reason == Reason.COUNTRY
    assert verdict(PhoneNumber, "02000").reason == Reason.LENGTH
    assert PhoneNumber("21234567").region == "NO"


def test_narrowed_again() -> None:
    """A subclass may take back what its base widens, with the texts that belong to it."""

    class Norwegian(ContactPhone, foreign=False): ...

    class Plain(Norwegian, short=False): ...

    assert verdict(Norwegian, "+46812345678").reason == Reason.COUNTRY
    assert Norwegian("02000") == "02000"
    assert Norwegian.hint == ShortPhone.hint == Phrase.HINT_SHORT_PHONE_NUMBER
    assert (Norwegian.autocomplete, Norwegian.schema_format) == ("tel-national", "no-phone-number")
    assert verdict(Plain, "02000").message("en") == PhoneNumber.problem("02000").message("en")  # type: ignore[union-attr]
    assert (Plain.hint, type(Plain.rule.key)) == (PhoneNumber.hint, Key)


@pytest.mark.parametrize("argument", ["foreign", "short", "lenient"])
def test_invalid_arguments(argument: str) -> None:
    with pytest.raises(TypeError, match=f"{argument} must be bool, not str"):
        type("Own", (PhoneNumber,), {}, **{argument: "yes"})
    with pytest.raises(TypeError, match="unknown class argument 'forreign'"):
        type("Own", (PhoneNumber,), {}, **{argument: True, "forreign": True})
    with pytest.raises(ValueError, match="separators cannot contain letters or digits"):
        type("Own", (PhoneNumber,), {}, **{argument: True, "separators": "0"})


MESSAGES: list[tuple[type[PhoneNumber], str, str, str]] = [
    (AnyPhone, "+46 8 12", "Enter a valid phone number.", "The number has too few or too many digits."),
    (AnyPhone, "x", "Enter a valid phone number.", "Use only digits and spaces, and a country code such as +46"),
    (AnyPhone, "+46 999 999 99", "Enter a valid phone number.", "The number is not in use."),
    (ShortPhone, "0200", "Enter a valid phone number.", "The number must have 8 digits, or 5 if it starts with 0."),
    (ShortPhone, "+46812345678", "Enter a valid phone number.", "The number has a foreign country code."),
    (NewPhone, "2123456", "Enter a valid phone number (8 digits).", "The number must have 8 digits."),
    (AnyMobile, "21234567", "Enter a valid mobile number.", "This phone number is not a mobile number. Enter a mobile"),
    (AnyMobile, "2123456", "Enter a valid mobile number.", "The number has too few or too many digits."),
    (type("NoMobile", (MobilePhoneNumber,), {}, short=True), "02000", "Enter a valid Norwegian", "This phone number is not a"),
]


@pytest.mark.parametrize(("field", "text", "message", "explanation"), MESSAGES)
def test_sentences(field: type[PhoneNumber], text: str, message: str, explanation: str) -> None:
    """Neither of them speaks of eight digits where other counts are accepted, or of +47 alone."""
    problem = verdict(field, text)
    assert problem.message("en").startswith(message)
    assert problem.explanation("en").startswith(explanation)
    assert problem.key in (Key.PHONE_ERROR, Key.MOBILE_PHONE_NO_ERROR)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
def test_required(field: type[PhoneNumber]) -> None:
    """An app that chooses the texts of the fields has that of the base."""
    base = MobilePhoneNumber if field.rule.mobile_only else PhoneNumber
    texts = [verdict(each, "").message("en", Catalogs(required="field")) for each in (field, base)]
    assert texts[0] == texts[1] != verdict(field, "").message("en")


def test_own_key() -> None:
    """A project's key has the sentences of the wider field, whichever of the arguments is given first."""

    class Keyed(PhoneNumber, foreign=True, key="OUR_PHONE"): ...

    class First(PhoneNumber, key="OUR_PHONE"): ...

    class Second(First, foreign=True): ...

    for field in (Keyed, Second):
        problem = verdict(field, "+46 8 12")
        assert problem.key == "OUR_PHONE"
        assert problem.message("en") == "Enter a valid phone number."
        assert problem.explanation("en").startswith("The number has too few or too many digits.")

    class Other(PhoneNumber, key=Key.TEXT_FIELD_CONTENTS_ERROR): ...

    class OtherAndForeign(Other, foreign=True): ...

    assert type(OtherAndForeign.rule.key) is Key
    assert isinstance(AnyPhone.rule.key, FieldKey)


def test_own_attributes() -> None:
    class Own(PhoneNumber, foreign=True):
        hint = "With country code"
        autocomplete = "work tel"

    class Wider(Own, lenient=True): ...

    for field in (Own, Wider):
        assert (field.hint, field.autocomplete, field.schema_format) == ("With country code", "work tel", "phone-number")


def test_pydantic() -> None:
    class Contact(BaseModel):
        phone: ContactPhone
        mobile: AnyMobile | None = None

    made = Contact.model_validate({"phone": "0046 8 123 456 78", "mobile": "+46 70 123 45 67"})
    assert made.model_dump() == {"phone": "+46812345678", "mobile": "+46701234567"}
    assert Contact.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError) as raised:
        Contact.model_validate({"phone": "+46 8 12"})
    (error,) = localize(raised.value, "nn")
    assert (error["key"], error["reason"]) == ("PHONE_ERROR", "length")
    assert error["message"] == "Skriv inn eit gyldig telefonnummer."
    assert "+46 8 12" not in str(raised.value)
    schema: Any = Contact.model_json_schema()["properties"]["phone"]
    assert (schema["format"], schema["x-nofields-key"]) == ("phone-number", "PHONE_ERROR")


def test_form() -> None:
    class Contact(BaseModel):
        phone: AnyPhone

    assert appearance(AnyPhone.rule).attributes["size"] == "20"
    page = Form(Contact).bind({"phone": "+46 8 12"}, "en").render()
    assert 'autocomplete="tel"' in page
    assert 'inputmode="tel"' in page
    assert "Foreign numbers start with the country code, for example +46." in page
    assert "Norwegian numbers have 8 digits." in page
    assert "Enter a valid phone number." in page


def test_error_carries_no_value() -> None:
    with pytest.raises(FieldError) as raised:
        LenientPhone("+46 8 12")
    assert str(raised.value) == "Skriv inn et gyldig telefonnummer."


def test_help() -> None:
    for name in ("foreign", "short", "lenient"):
        assert f"        {name}: Whether to accept " in (PhoneNumber.__doc__ or "")


def test_not_in_javascript() -> None:
    """Only fields without class arguments are exported; the rule of each is still one that JavaScript reads."""
    assert not any(field in ALL for field in FIELDS)
    assert rules()["phone"].reader == rules()["mobile"].reader == "phoneReader"


def test_equal_rule_with_the_documented_key() -> None:
    """A check that was made of it does not replace the field's own sentences."""
    separators = " /"
    plain = compile_rule(AnyPhoneRule(key=Key.PHONE_ERROR, short=True, separators=separators))

    class Switchboard(PhoneNumber, short=True, separators=separators): ...

    assert plain.rule == Switchboard.rule
    assert verdict(Switchboard, "0200").message("en").startswith("Enter a valid phone number.")
