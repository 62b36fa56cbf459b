"""Types of Python and of pydantic in a form: read as nofields' own fields are, in three languages."""

from __future__ import annotations

import datetime
import enum
import re
import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal, NewType

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    HttpUrl,
    NaiveDatetime,
    NonNegativeInt,
    PastDate,
    PositiveInt,
    SecretStr,
    StrictInt,
    StringConstraints,
    ValidationError,
    conint,
    create_model,
    field_validator,
    model_validator,
)
from pydantic import Field as Described
from typing_extensions import TypeAliasType

from helpers.forms import shown
from helpers.values import LANGUAGES
from nofields import Amount, Ask, NorwegianDate, Number, Phrase, Text, TextArea, localize
from nofields.forms import Form


class Colour(enum.Enum):
    DARK_RED = "red"
    BLUE = "blue"


class Grade(enum.IntEnum):
    LOW = 1
    VERY_HIGH = 2


class Point(enum.Enum):
    ORIGIN = (0, 0)
    RIGHT = (1, 0)


class Rights(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()


def form_of(annotation: Any, **config: Any) -> Form[Any]:
    return Form(create_model("Plain", __config__=ConfigDict(**config), field=(annotation, ...)))


ZONE = datetime.timezone(datetime.timedelta(hours=1))
IDENTIFIER = "0d3f8d7c-5b1e-4c0a-9b60-2f3a7f0e6c11"

Count = NewType("Count", int)
Alias = TypeAliasType("Alias", Annotated[Literal[1, 2], Ask(label="Nummer")])

READ = [
    (int, "1 234", 1234),
    (int, "-5", -5),
    (int, "−5", -5),
    (int, " 42 ", 42),
    (int, "9" * 40, int("9" * 40)),
    (float, "1 234,50", 1234.5),
    (float, "1e300", 1e300),
    (Decimal, "1 234,50", Decimal("1234.50")),
    (Decimal, "1234.5", Decimal("1234.5")),
    (Decimal | None, "0,1", Decimal("0.1")),
    (datetime.date, "31.12.2016", datetime.date(2016, 12, 31)),
    (datetime.date, "2016-12-31", datetime.date(2016, 12, 31)),
    (PastDate, "1.2.2016", datetime.date(2016, 2, 1)),
    (datetime.datetime, "31.12.2016 12:30", datetime.datetime(2016, 12, 31, 12, 30)),
    (datetime.datetime, "31.12.2016 kl. 9.05", datetime.datetime(2016, 12, 31, 9, 5)),
    (datetime.datetime, "2016-12-31T12:30:15", datetime.datetime(2016, 12, 31, 12, 30, 15)),
    (AwareDatetime, "2016-12-31T12:30+01:00", datetime.datetime(2016, 12, 31, 12, 30, tzinfo=ZONE)),
    (datetime.time, "12:30", datetime.time(12, 30)),
    (datetime.time, "9.05", datetime.time(9, 5)),
    (Colour, "red", Colour.DARK_RED),
    (Grade, "2", Grade.VERY_HIGH),
    (Point, "RIGHT", Point.RIGHT),
    (Rights, "1", Rights.READ),
    (Literal["a", "b"], "b", "b"),
    (Literal[1, 2], "2", 2),
    (Literal[True, "perhaps"], "true", True),
    (Literal[1, "1"], "choice-2", "1"),
    (Literal[b"a", None], "a", b"a"),
    (Literal[Grade.LOW, Colour.BLUE], "blue", Colour.BLUE),
    (EmailStr, "ola@example.com", "ola@example.com"),
    (SecretStr, "to ord", SecretStr("to ord")),
    (HttpUrl, "https://example.com/a", HttpUrl("https://example.com/a")),
    (uuid.UUID, IDENTIFIER, uuid.UUID(IDENTIFIER)),
    (uuid.UUID, f" {IDENTIFIER}\u00a0", uuid.UUID(IDENTIFIER)),
    (EmailStr, "ola@example.com ", "ola@example.com"),
    (NonNegativeInt, "1 000", 1000),
    (StrictInt, "1 000", 1000),
    (NaiveDatetime, "1.2.2016 8:00", datetime.datetime(2016, 2, 1, 8)),
    (AnyHttpUrl, "http://example.com", AnyHttpUrl("http://example.com")),
    (Count, "1 000", 1000),
    (Alias, "2", 2),
    (bool, "on", True),
    (Annotated[bool, Ask(widget="radios")], "true", True),
    (Annotated[bool, Ask(options={True: "Ja, gjerne", False: "Nei takk"})], "false", False),
]


#: What pydantic itself reads, which a strict model does not from text.
LAX = (HttpUrl, AnyHttpUrl, uuid.UUID)
BOTH = [(*case, strict) for case in READ for strict in (False, True) if not strict or case[0] not in LAX]


@pytest.mark.parametrize(("annotation", "entered", "value", "strict"), BOTH)
def test_read(annotation: Any, entered: str, value: object, strict: bool) -> None:
    bound = form_of(annotation, strict=strict).bind({"field": entered})
    assert bound.errors == []
    assert bound.value is not None
    assert bound.value.field == value
    assert type(bound.value.field) is type(value)


SHOWN = [
    (int, 1234, "1 234"),
    (int, "1234", "1 234"),
    (float, -1234.5, "-1 234,5"),
    (float, 1e300, "1e+300"),
    (Decimal, Decimal("1234.50"), "1 234,50"),
    (Decimal, 3, "3"),
    (Decimal, "tolv", "tolv"),
    (datetime.date, datetime.date(2016, 12, 31), "31.12.2016"),
    (datetime.date, "2016-12-31", "31.12.2016"),
    (datetime.datetime, datetime.datetime(2016, 12, 31, 12, 30), "31.12.2016 12:30"),
    (datetime.datetime, "2016-12-31T12:30:00", "31.12.2016 12:30"),
    (datetime.datetime, datetime.datetime(2016, 12, 31, 12, 30, 15, tzinfo=ZONE), "31.12.2016 12:30:15+01:00"),
    (datetime.time, datetime.time(9, 5), "09:05"),
    (datetime.time, datetime.time(9, 5, 0, 10), "09:05:00.000010"),
    (datetime.time, "9", "9"),
    (Colour, Colour.DARK_RED, "red"),
    (Colour, "blue", "blue"),
    (Grade, 2, "2"),
    (Grade, Grade.LOW, "1"),
    (Point, Point.RIGHT, "RIGHT"),
    (Point, (1, 0), "RIGHT"),
    (Literal[1, 2], 2, "2"),
    (Literal[1, "1"], "1", "choice-2"),
    (EmailStr, "Ola@example.com", "Ola@example.com"),
    (HttpUrl, HttpUrl("https://example.com"), "https://example.com/"),
    (uuid.UUID, uuid.UUID(IDENTIFIER), IDENTIFIER),
    (SecretStr, SecretStr("to ord"), ""),
    (Annotated[bool, Ask(widget="radios")], False, "false"),
    (Annotated[bool, Ask(widget="select")], True, "true"),
]


@pytest.mark.parametrize(("annotation", "stored", "text"), SHOWN)
def test_stored_value(annotation: Any, stored: object, text: str) -> None:
    assert shown(form_of(annotation).bind(None, initial={"field": stored})) == {"field": [text]}


@pytest.mark.parametrize(
    ("annotation", "stored", "kind"),
    [
        (int, True, TypeError),
        (float, float("nan"), ValueError),
        (Decimal, Decimal("-Infinity"), ValueError),
        (datetime.date, datetime.datetime(2016, 12, 31), TypeError),
        (datetime.datetime, datetime.date(2016, 12, 31), TypeError),
        (datetime.time, 12, TypeError),
        (Colour, "green", ValueError),
        (Colour, Grade.LOW, ValueError),
        (Grade, True, TypeError),
        (Literal[1, 2], 3, ValueError),
        (Rights, Rights.READ | Rights.WRITE, ValueError),
        (Annotated[Grade, Ask(options={1: "Lav"})], 2, ValueError),
        (HttpUrl, 5, TypeError),
        (uuid.UUID, b"", TypeError),
        (Annotated[bool, Ask(widget="radios")], "maybe", ValueError),
    ],
)
def test_value_that_cannot_be_shown(annotation: Any, stored: object, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"^Plain\.field: "):
        form_of(annotation).bind(None, initial={"field": stored})


VALUES: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (int, st.integers()),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (Decimal, st.decimals(allow_nan=False, allow_infinity=False)),
    (datetime.date, st.dates()),
    (datetime.time, st.times()),
    (datetime.datetime, st.datetimes() | st.datetimes(timezones=st.just(ZONE))),
    (uuid.UUID, st.uuids()),
    *((kind, st.sampled_from([*kind])) for kind in (Colour, Grade, Point, Rights)),
    (Annotated[bool, Ask(widget="radios")], st.booleans()),
    (bool, st.booleans()),
    (str, st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip)),
]


@pytest.mark.parametrize(("annotation", "values"), VALUES, ids=lambda each: getattr(each, "__name__", ""))
def test_every_value_is_shown_as_it_is_read(annotation: Any, values: st.SearchStrategy[Any]) -> None:
    """What a form shows of a value is read as that value, and shown again alike, as is its draft."""
    form = form_of(annotation)

    @given(values)
    @settings(max_examples=50)
    def stays(value: Any) -> None:
        html = shown(form.bind(None, initial={"field": value}))
        again = form.bind(html)
        assert again.value is not None
        assert again.value.field == value
        assert shown(form.bind(None, initial=again.value)) == html
        assert shown(form.bind(None, initial=again.draft)) == html

    stays()


WRONG = [
    (int, "tolv", "NUMBER_ERROR", "Enter a number."),
    (int, "1,5", "NUMBER_ERROR", "Enter a whole number, without decimals."),
    (int, "1.000", "NUMBER_ERROR", "Enter a whole number, without decimals."),
    (int, "1_000", "NUMBER_ERROR", "Enter a number."),
    (float, "nan", "NUMBER_ERROR", "Enter a number."),
    (Decimal, "Infinity", "NUMBER_ERROR", "Enter a number."),
    (Annotated[int, Described(ge=3)], "2", "ERROR_NUMBER_MIN", "Enter a number that is 3 or more."),
    (conint(le=3), "4", "ERROR_NUMBER_MAX", "Enter a number that is 3 or less."),
    (PositiveInt, "0", "ERROR_NUMBER_ABOVE", "Enter a number greater than 0."),
    (
        Annotated[Decimal, Described(decimal_places=1)],
        "1,25",
        "ERROR_DECIMALS",
        "Enter a number with no more than 1 decimal place.",
    ),
    (
        Annotated[datetime.date, Described(ge=datetime.date(2020, 2, 1))],
        "31.12.2016",
        "ERROR_DATE_MIN",
        "",
    ),
    (PastDate, "31.12.9999", "ERROR_DATE_PAST", "Choose a date before today."),
    (datetime.date, "31.11.2016", "DATE_TO_FROM_ERROR", "Enter a valid date, for example 31.12.2016."),
    (datetime.datetime, "31.12.2016", "DATE_TO_FROM_ERROR", "Enter a valid date, for example 31.12.2016 12:30."),
    (datetime.datetime, "31.12.2016 25:00", "DATE_TO_FROM_ERROR", "Enter a valid date, for example 31.12.2016 12:30."),
    (datetime.time, "25:00", "ERROR_TIME", "Enter a time of day, for example 12:30."),
    (Colour, "green", "DROPDOWN_ERROR", ""),
    (Literal[1, 2], "3", "DROPDOWN_ERROR", ""),
    (Annotated[Colour, Ask(widget="radios")], "green", "RADIO_ERROR", ""),
    (Annotated[bool, Ask(widget="radios")], "perhaps", "RADIO_ERROR", ""),
    (EmailStr, "ola@", "EMAIL_FIELD_ERROR", "Enter a valid email address."),
    (HttpUrl, "example", "ERROR_URL", "Enter the full web address, for example https://www.example.com."),
    (uuid.UUID, "1", "ERROR_UUID", ""),
    (Annotated[SecretStr, Described(max_length=3)], "to ord", "TEXT_FIELD_LENGTH_ERROR", ""),
    (Annotated[SecretStr, Described(min_length=8)], "to ord", "ERROR_TEXT_SHORT", "Enter at least 8 characters."),
    (Annotated[str, StringConstraints(max_length=3)], "abcd", "TEXT_FIELD_LENGTH_ERROR", ""),
]


@pytest.mark.parametrize(("annotation", "entered", "key", "sentence"), WRONG)
def test_error(annotation: Any, entered: str, key: str, sentence: str) -> None:
    messages = {}
    for language in LANGUAGES:
        bound = form_of(annotation).bind({"field": entered}, language)
        assert bound.value is None
        (error,) = bound.errors
        assert (error.name, error.key) == ("field", key)
        assert "{" not in error.text
        assert 'aria-invalid="true"' in bound.render()
        messages[language] = error.message
    assert sentence in ("", messages["en"])
    assert messages["en"] not in (messages["nb"], messages["nn"])


@pytest.mark.parametrize("annotation", [each for each, *_ in READ if "None" not in str(each)])
@pytest.mark.parametrize("entered", ["", " ", None])
def test_left_empty(annotation: Any, entered: str | None) -> None:
    """A value is required, whatever its type; a box need not be ticked."""
    bound = form_of(annotation).bind({"field": entered})
    if annotation is bool:
        assert bound.is_valid
        return
    (error,) = bound.errors
    assert error.reason == "required"
    optional = form_of(annotation | None).bind({"field": entered})
    assert optional.value is not None
    assert optional.value.field is None


def test_missing_choice_with_default() -> None:
    """It may be deliberate, as with radio buttons of nofields."""

    class Asked(BaseModel):
        agreed: Annotated[bool, Ask(widget="radios")] = True
        count: int = 3

    (error,) = Form(Asked).bind({}).errors
    assert (error.name, error.key) == ("agreed", "RADIO_ERROR")
    assert shown(Form(Asked).bind()) == {"agreed": ["true"], "count": ["3"]}
    value = Form(Asked).bind({"agreed": "false", "count": ""}).value
    assert value == Asked(agreed=False)


@pytest.mark.parametrize(
    ("annotation", "sent"),
    [(int, 5), (float, 1.5), (Decimal, Decimal("1.50")), (Amount, 1.5), (datetime.date, datetime.date(2016, 12, 31))],
)
def test_submitted_objects(annotation: Any, sent: object) -> None:
    """Data need not be text, as in a body of JSON."""
    assert form_of(annotation).bind({"field": sent}).is_valid


def test_none_among_choices() -> None:
    """It is the choice of nothing."""
    value = form_of(Literal["a", None]).bind({"field": ""}).value
    assert value is not None
    assert value.field is None


def test_secret_stays_secret() -> None:
    """Neither the page, the draft nor a validator's own sentence shows it."""

    def reject(secret: SecretStr) -> SecretStr:
        raise ValueError(f"{secret.get_secret_value()} is weak")

    form = form_of(Annotated[SecretStr, AfterValidator(reject)])
    bound = form.bind({"field": "Kanari2024"}, given={})
    bound.add_error("field", "Kanari2024 is known")
    assert len(bound.errors) == 2
    assert "Kanari" not in f"{bound.render()} {bound.errors} {bound!r} {bound.draft}"
    assert "Kanari" not in form.bind(None, initial={"field": SecretStr("Kanari2024")}).render()


def test_own_message() -> None:
    form = form_of(Annotated[int, Ask(message={"nb": "Skriv antallet.", "en": "Enter the count."})])
    assert form.bind({"field": "x"}, "en").errors[0].message == "Enter the count."


@pytest.mark.parametrize(
    "annotation",
    [Annotated[int, BeforeValidator(lambda text: text.removesuffix(" stk"))], "validator"],
    ids=["annotation", "decorator"],
)
def test_validator_that_reads_itself(annotation: Any) -> None:
    """It gets what was submitted."""

    class Counted(BaseModel):
        field: int

        @field_validator("field", mode="before")
        @classmethod
        def without_unit(cls, text: str) -> str:
            return text.removesuffix(" stk")

    form = Form(Counted) if annotation == "validator" else form_of(annotation)
    value = form.bind({"field": "12 stk"}).value
    assert value is not None
    assert value.field == 12


def test_other_errors_stay() -> None:
    """A text that cannot be read has one error, and other fields have theirs."""

    class Both(BaseModel):
        count: int
        day: datetime.date
        name: Text

        @model_validator(mode="before")
        @classmethod
        def as_sent(cls, values: dict[str, Any]) -> dict[str, Any]:
            assert isinstance(values["count"], int | str)
            return values

    bound = Form(Both).bind({"count": "1.000", "day": "x", "name": ""})
    assert [(error.name, error.reason) for error in bound.errors] == [
        ("count", "decimals"),
        ("day", "format"),
        ("name", "required"),
    ]
    assert Form(Both).bind({"count": "1.000", "day": "1.1.2020", "name": "Ola"}).value is None


ATTRIBUTES = [
    (int, {"type": "text", "size": "16"}),
    (Annotated[int, Described(ge=0)], {"type": "text", "inputmode": "numeric"}),
    (pydantic.PositiveInt | None, {"type": "text", "inputmode": "numeric"}),
    (pydantic.NonNegativeFloat, {"type": "text", "inputmode": "decimal"}),
    (datetime.date, {"type": "text", "maxlength": "64", "size": "12"}),
    (datetime.time, {"type": "text", "size": "8"}),
    (EmailStr, {"type": "text", "inputmode": "email", "autocomplete": "email"}),
    (SecretStr, {"type": "password", "autocapitalize": "none"}),
    (HttpUrl, {"type": "url", "maxlength": "2083"}),
    (uuid.UUID, {"type": "text", "spellcheck": "false"}),
    (Annotated[str, Described(min_length=3, max_length=20)], {"minlength": "3", "maxlength": "40"}),
    (Annotated[str, StringConstraints(max_length=4)] | None, {"maxlength": "8"}),
    (Annotated[str, Described(max_length=4)] | None, {"maxlength": "8"}),
    (Annotated[str, Described(max_length=3000), Ask(widget="textarea")], {"maxlength": "6000", "rows": "5"}),
]


@pytest.mark.parametrize("annotation", [int, Decimal, Annotated[int, Described(ge=-5)], pydantic.NegativeInt])
def test_keyboard_with_a_minus(annotation: Any) -> None:
    """The keyboards of digits of an iPhone have no minus."""
    assert "inputmode" not in form_of(annotation).bind().control("field")


@pytest.mark.parametrize(("annotation", "attributes"), ATTRIBUTES)
def test_attributes(annotation: Any, attributes: dict[str, str]) -> None:
    """A length is counted in the units of browsers, so that no valid text is cut."""
    html = str(form_of(annotation).bind().control("field")).partition("<button")[0]  # Markup's own method escapes its argument
    assert {name: each for name in attributes for each in re.findall(f' {name}="([^"]*)"', html)} == attributes


@pytest.mark.parametrize(
    ("annotation", "labels"),
    [
        (Colour, ["red", "blue"]),
        (Grade, ["Low", "Very high"]),
        (Point, ["Origin", "Right"]),
        (Literal[1, "two"], ["1", "two"]),
        (Annotated[Grade, Ask(options={Grade.LOW: "Lav", 2: "Svært høy"})], ["Lav", "Svært høy"]),
        (Annotated[bool, Ask(widget="radios")], ["Ja", "Nei"]),
        (Annotated[bool, Ask(options={True: "Gjerne", False: "Aldri"})], ["Gjerne", "Aldri"]),
    ],
)
def test_option_labels(annotation: Any, labels: list[str]) -> None:
    html = form_of(annotation).bind(None, "nb").control("field")
    found = re.findall(r'<option value="\w+">([^<]*)<', html) or re.findall('for="field-[0-9]">([^<]*)<', html)
    assert found == labels


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (Annotated[int, Ask(widget="radios")], TypeError),
        (Annotated[Colour, Ask(widget="textarea")], TypeError),
        (Annotated[str, Ask(widget="slider")], TypeError),
        (Annotated[Text, Ask(widget="textarea")], TypeError),
        (Annotated[int, Ask(options={"1": "Én"})], TypeError),
        (Annotated[bool, Ask(options={"kanskje": "Kanskje"})], ValueError),
    ],
)
def test_wrong_setting(annotation: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"Plain\.field"):
        form_of(annotation)


@pytest.mark.parametrize("annotation", [Text, TextArea, Number, str, int, Decimal, datetime.date, Colour, bool, HttpUrl])
def test_label_of_generic_type(annotation: Any) -> None:
    """The author's, the title, or the field's name, in the form and in its errors."""
    model = create_model(
        "Labelled",
        first_name=(annotation, ...),
        second=(annotation, Described(title="Etternavn")),
        third=(Annotated[annotation, Ask(label={"nb": "Mellomnavn", "en": "Middle name"})], ...),
    )
    bound = Form(model).bind({"first_name": "", "second": "", "third": ""}, "en")
    expected = ["First name", "Etternavn", "Middle name"]
    assert [each.label for each in bound.bound_controls()] == expected
    if annotation is not bool:
        assert [error.label for error in bound.errors] == expected


def test_label_in_localize() -> None:
    class Model(BaseModel):
        given_name: Text

    with pytest.raises(ValidationError) as raised:
        Model(given_name="")
    assert localize(raised.value, "en", model=Model)[0]["label"] == "Given name"


def test_equal_labels() -> None:
    """Two fields of one type have their names; one alone has the type's label."""

    class Stay(BaseModel):
        arrival: NorwegianDate
        departure: NorwegianDate
        price: Amount
        own: Annotated[Amount, Ask(label=Phrase.LABEL_AMOUNT)]

    labels = [each.label for each in Form(Stay).bind(None, "nb").bound_controls()]
    assert labels == ["Arrival", "Departure", "Price", "Beløp"]
    assert Form(Stay, without={"departure", "own"}).controls["arrival"].label == NorwegianDate.label


def test_line_ends_of_browsers() -> None:
    """Browsers send two characters for a line end, of which a limit counts one."""

    class Message(BaseModel):
        text: Annotated[str, Described(max_length=3), Ask(widget="textarea")]

    value = Form(Message).bind({"text": "a\r\nb"}).value
    assert value == Message(text="a\nb")
