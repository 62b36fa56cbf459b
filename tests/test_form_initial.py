"""What is stored is shown: every value that a field's type can hold, and the draft of a form."""

from __future__ import annotations

import datetime
import enum
import json
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr, create_model
from starlette.datastructures import MultiDict as StarletteDict
from werkzeug.datastructures import MultiDict as WerkzeugDict

from helpers.forms import shown
from helpers.values import VALUES, each_field
from nofields import (
    AccountNumber,
    AltinnPassword,
    Amount,
    Ask,
    Checkbox,
    CheckboxGroup,
    DateRange,
    Dropdown,
    Field,
    Iban,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PhoneNumber,
    PostalCode,
    Radio,
    Text,
    TextArea,
)
from nofields.forms import Form

CHOICES = ["a", "b", "c"]


class Size(Dropdown, choices=CHOICES): ...


class Answer(Radio, choices=CHOICES): ...


class Days(CheckboxGroup, choices=CHOICES): ...


class Colour(enum.StrEnum):
    RED = "a"


class Percent(Number, min=0, max=100, decimals=0): ...


class ForeignPhone(PhoneNumber, foreign=True): ...


class Compact(NorwegianDate, patterns=(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})",), example="31122016"): ...


def form_of(annotation: Any) -> Form[Any]:
    return Form(create_model("Stored", field=(annotation, ...)))


@pytest.mark.parametrize(
    ("annotation", "stored", "values"),
    [
        (OrganisationNumber, "974760673", ["974 760 673"]),
        (OrganisationNumber, 974760673, ["974 760 673"]),
        (OrganisationNumber, "974 76", ["974 76"]),
        (OrganisationNumber | None, None, [""]),
        (AccountNumber, "86011117947", ["8601.11.17947"]),
        (Iban, "NO9386011117947", ["NO93 8601 1117 947"]),
        (PhoneNumber, "21234567", ["21 23 45 67"]),
        (ForeignPhone, "+4621234567", ["+46 21 23 45 67"]),
        (PostalCode, "0357", ["0357"]),
        (Number, 1234, ["1 234"]),
        (Number, 1234.5, ["1 234,5"]),
        (Number, Decimal("1234.50"), ["1 234,5"]),
        (Number, "1234.50", ["1 234,50"]),
        (Number, -0.5, ["-0,5"]),
        (Number, "tolv", ["tolv"]),
        (Percent, Decimal("150.5"), ["150,5"]),
        (Amount, Decimal("1234.5"), ["1 234,50"]),
        (Amount, -3, ["-3"]),
        (NorwegianDate, datetime.date(2016, 12, 31), ["31.12.2016"]),
        (NorwegianDate, "2016-12-31", ["31.12.2016"]),
        (NorwegianDate, "31.12", ["31.12"]),
        (Compact, datetime.date(2016, 12, 31), ["31.12.2016"]),
        (Text, " Ola ", [" Ola "]),
        (Text, Decimal("1.50"), ["1.50"]),
        (TextArea, "a\nb", ["a\nb"]),
        (str, "Ola", ["Ola"]),
        (str, ["Ola"], ["Ola"]),
        (Checkbox, True, ["on"]),
        (Checkbox, False, []),
        (Checkbox, "false", []),
        (bool, 1, ["on"]),
        (bool, "0", []),
        (Size, "b", ["b"]),
        (Size, "", []),
        (Answer, "c", ["c"]),
        (Colour, Colour.RED, ["a"]),
        (Literal["a", "b"], "b", ["b"]),
        (Days, ("a", "c"), ["a", "c"]),
        (Days, {"c", "a"}, ["a", "c"]),
        (Days, "b", ["b"]),
        (Days, [Colour.RED], ["a"]),
        (NationalIdentityNumber, "30108299920", [""]),
        (Annotated[NationalIdentityNumber, Ask(keep=True)], "30108299920", ["301082 99920"]),
        (AltinnPassword, SecretStr("Fjell2024"), [""]),
    ],
)
def test_stored_value(annotation: Any, stored: object, values: list[str]) -> None:
    assert shown(form_of(annotation).bind(None, initial={"field": stored})).get("field", []) == values


@pytest.mark.parametrize(
    ("stored", "ends"),
    [
        ((datetime.date(2016, 1, 1), datetime.date(2016, 12, 31)), ["01.01.2016", "31.12.2016"]),
        (["2016-01-01", "31.12.2016"], ["01.01.2016", "31.12.2016"]),
        ({"from": datetime.date(2016, 1, 1), "to": None}, ["01.01.2016", ""]),
        ({"from": "1.1", "to": "31.12.2016"}, ["1.1", "31.12.2016"]),
        ("2016-01-01/2016-12-31", ["01.01.2016", "31.12.2016"]),
        (DateRange("1.1.2016", "31.12.2016"), ["01.01.2016", "31.12.2016"]),
        ("", ["", ""]),
        (None, ["", ""]),
    ],
)
def test_stored_range(stored: object, ends: list[str]) -> None:
    values = shown(form_of(DateRange).bind(None, initial={"field": stored}))
    assert values == {"field.from": ends[:1], "field.to": ends[1:]}


class Several(BaseModel):
    name: Text
    days: Days
    period: DateRange
    agreed: Checkbox


LISTS = {"name": ["Ola"], "days": ["a", "c"], "period.from": ["01.01.2016"], "period.to": ["31.12.2016"], "agreed": ["on"]}
PAIRS = [(name, value) for name, values in LISTS.items() for value in values]


class Getall(dict[str, str]):
    """A multi-dictionary as those of aiohttp, Bottle and Pyramid."""

    def getall(self, name: str) -> list[str]:
        return [value for key, value in PAIRS if key == name]


@pytest.mark.parametrize(
    "initial",
    [
        MultiValueDict(LISTS),
        StarletteDict(PAIRS),  # type: ignore[arg-type]
        WerkzeugDict(PAIRS),
        Getall(PAIRS),  # type: ignore[arg-type]
        LISTS,
    ],
    ids=["Django", "Starlette", "Werkzeug", "getall", "lists"],
)
def test_multi_dictionary(initial: Any) -> None:
    values = shown(Form(Several).bind(None, initial=initial))
    assert values == shown(Form(Several).bind(LISTS))
    assert values["days"] == ["a", "c"]


class Secretive:
    def __repr__(self) -> str:
        return "30108299920"

    __str__ = __repr__


@pytest.mark.parametrize(
    ("annotation", "stored", "kind"),
    [
        (Number, float("nan"), ValueError),
        (Number, Decimal("Infinity"), ValueError),
        (Number, 1e300, ValueError),
        (Number, True, TypeError),
        (Number, {"value": 1}, TypeError),
        (Text, b"30108299920", TypeError),
        (Text, ["30108299920", "b"], TypeError),
        (Text, Secretive(), TypeError),
        (str, Secretive(), TypeError),
        (str, True, TypeError),
        (OrganisationNumber, Secretive(), TypeError),
        (OrganisationNumber, 30108299920.5, ValueError),
        (NorwegianDate, datetime.datetime(2016, 12, 31, 12), TypeError),
        (DateRange, "30108299920", ValueError),
        (DateRange, (datetime.date(2016, 12, 31), Secretive()), TypeError),
        (DateRange, ("30108299920", "", ""), ValueError),
        (DateRange, {"30108299920": ""}, ValueError),
        (DateRange, datetime.date(2016, 12, 31), TypeError),
        (Size, "30108299920", ValueError),
        (Size, Secretive(), TypeError),
        (Size, True, TypeError),
        (Answer, "30108299920", ValueError),
        (Days, ["a", "30108299920"], ValueError),
        (Days, [Secretive()], TypeError),
        (Colour, "30108299920", ValueError),
        (Checkbox, Secretive(), TypeError),
        (bool, 1.5, TypeError),
    ],
)
def test_value_that_cannot_be_shown(annotation: Any, stored: object, kind: type[Exception]) -> None:
    """The error names the field and not the value."""
    with pytest.raises(kind, match=r"^Stored\.field: ") as raised:
        form_of(annotation).bind(None, initial={"field": stored})
    assert "30108299920" not in str(raised.value)
    assert raised.value.__cause__ is None


def with_choices(field: type[Field]) -> tuple[Any, st.SearchStrategy[Any]]:
    """A field with choices, if it needs them to be shown, and its values."""
    if field in (Dropdown, Radio):
        return {Dropdown: Size, Radio: Answer}[field], st.sampled_from(CHOICES)
    if field is CheckboxGroup:
        return Days, st.lists(st.sampled_from(CHOICES), min_size=1, unique=True).map(sorted)
    if field is DateRange:
        return field, VALUES[field].map(lambda days: dict(zip(("from", "to"), days)))
    return (Annotated[field, Ask(keep=True)] if field is NationalIdentityNumber else field), VALUES[field]


@each_field
def test_every_field_is_shown_as_it_is_stored(field: type[Field]) -> None:
    """What a form shows of a value is read as that value, and shown again alike, as are its text and its draft."""
    annotation, values = with_choices(field)
    form = form_of(annotation)

    @given(values)
    @settings(max_examples=30)
    def stays(entered: Any) -> None:
        value = form.bind({"field": entered}).value
        assert value is not None
        html = shown(form.bind(None, initial=value))
        again = form.bind(html)
        assert again.is_valid or field is AltinnPassword
        assert again.value == (None if field is AltinnPassword else value)
        assert shown(again) == html
        assert shown(form.bind(None, initial=json.loads(value.model_dump_json()))) == html
        if field is not NationalIdentityNumber:
            assert shown(form.bind(None, initial=again.draft)) == html

    stays()


ENTERED = {
    "orgnr": ["974 76", "974 760 673"],
    "amount": ["12 stk", "1 234,50"],
    "day": ["31.12", "31.12.2016"],
    "period.from": ["", "x", "01.01.2016"],
    "period.to": ["", "31.12.2016"],
    "name": [" Ola ", ""],
    "message": ["\n a \n", ""],
    "days": [["a", "b"], ["x", "c"], []],
    "size": ["b", "x", ""],
    "answer": ["c", ""],
    "colour": ["a", "x"],
    "agreed": ["on", "", "x"],
    "news": ["on", "off"],
}


class Entered(BaseModel):
    """Defaults that differ from what is entered."""

    orgnr: OrganisationNumber
    amount: Amount | None = Amount("5")
    day: NorwegianDate
    period: DateRange
    name: Text = Text("Kari")
    message: TextArea = TextArea("Hei!")
    days: Days = Days(["a"])
    size: Size = Size("a")
    answer: Answer = Answer("a")
    colour: Colour = Colour.RED
    agreed: Checkbox
    news: bool = True


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in ENTERED.items()}))
def test_draft(entered: dict[str, Any]) -> None:
    """It is plain JSON, and loses nothing of what was entered, right or wrong."""
    bound = Form(Entered).bind(entered)
    draft = json.loads(json.dumps(bound.draft))
    restored = Form(Entered).bind(None, initial=draft)
    assert shown(restored) == shown(bound)
    assert restored.draft == draft


def test_draft_without_secrets() -> None:
    class Person(BaseModel):
        name: Text
        fnr: NationalIdentityNumber
        kept: Annotated[NationalIdentityNumber, Ask(keep=True)]
        password: AltinnPassword
        orgnr: OrganisationNumber

    bound = Form(Person, read_only={"orgnr"}).bind(
        {"name": "Ola", "fnr": "30108299920", "kept": "30108299921", "password": "Fjell2024"},
        given={"orgnr": "974760673"},
    )
    assert bound.draft == {"name": "Ola"}


def test_read_only_choice_of_earlier() -> None:
    """A value that is no longer offered can be shown as text, and is not entered again."""
    form = Form(create_model("Stored", field=(Size, ...)), read_only={"field"})
    assert "tidligere" in form.bind(None, initial={"field": "tidligere"}).render()
