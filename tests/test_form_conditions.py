"""Fields that apply only with certain values of others."""

from __future__ import annotations

import json
import re
from enum import Enum
from importlib import resources
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, SecretStr

from helpers.forms import shown
from nofields import Ask, CheckboxGroup, Country, DateRange, NationalIdentityNumber, OrganisationNumber, PostalCode, Text
from nofields.forms import Form
from nofields.forms.parts.conditions import without_spaces


class Size(Enum):
    SMALL = 1
    LARGE = 2


class Days(CheckboxGroup, choices=["mon", "tue"]): ...


class Address(BaseModel):
    code: PostalCode


class Customer(BaseModel):
    kind: Literal["person", "bedrift", "lag"]
    orgnr: Annotated[OrganisationNumber | None, Ask(when={"kind": ["bedrift", "lag"]})] = None
    fnr: Annotated[NationalIdentityNumber | None, Ask(when={"kind": "person"})] = None
    reference: Annotated[Text | None, Ask(when={"kind": "bedrift"}, optional=True)] = None
    invoice: Annotated[Address | None, Ask(when={"kind": "bedrift"})] = None
    members: Annotated[list[Text], Ask(when={"kind": "lag"})] = []


CUSTOMER = Form(Customer)
COMPANY = {"kind": "bedrift", "orgnr": "974760673", "invoice.code": "0357"}


def missing(form: Form[Any], data: dict[str, Any]) -> list[str]:
    return [each.name for each in form.bind(data, "nb").errors]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ["fnr"]),
        ("bedrift", ["orgnr", "invoice.code"]),
        ("lag", ["orgnr", "members.0"]),
        ("", ["kind"]),
    ],
)
def test_required_where_it_applies(kind: str, names: list[str]) -> None:
    bound = CUSTOMER.bind({"kind": kind}, "nb")
    assert [each.name for each in bound.errors] == names
    assert all(each.reason == "required" for each in bound.errors)


def test_dropped_where_it_does_not() -> None:
    value = CUSTOMER.bind({**COMPANY, "kind": "person", "fnr": "30108299920", "members.0": "x"}, "nb").value
    assert value == Customer(kind="person", fnr="30108299920")


def test_wrong_where_it_does_not_apply_is_no_error() -> None:
    assert CUSTOMER.bind({**COMPANY, "fnr": "1", "members.0": ""}, "nb").value == Customer(
        **COMPANY, invoice=Address(code="0357")
    )


def test_optional_mark() -> None:
    """A field that is required where it applies is never called optional."""
    marked = {each.control.name for each in CUSTOMER.bind(None).bound_controls() if each.marked_optional}
    assert marked == {"reference"}
    assert "(valgfritt)" not in CUSTOMER.bind(None, "nb").control("invoice")


def test_condition_for_the_script() -> None:
    bound = CUSTOMER.bind(None, "nb")
    assert json.loads(bound.bound_control("orgnr").when) == {"kind": ["bedrift", "lag"]}
    assert 'data-part="invoice" data-when=' in bound.control("invoice")


class TestValues:
    """The values that a condition may need, as they are submitted."""

    @pytest.mark.parametrize(
        ("annotation", "value", "met", "unmet"),
        [
            (Size, Size.LARGE, "2", "1"),
            (Literal[1, 2], 2, "2", "1"),
            (bool, True, "on", ""),
            (bool, False, "", "on"),
            (Days, "tue", ["mon", "tue"], ["mon"]),
            (list[Size], Size.LARGE, ["1", "2"], ["1"]),
            (Country, "SE", "SE", "NO"),
            (Text, "ja", "ja", "nei"),
            (Text, "ja", " ja ", "j"),
            (OrganisationNumber, "974760673", "974 760 673", "5647000009"),
            (OrganisationNumber, "974760673", "974760673", ""),
            (int, 2000, "2\u00a0000", "200"),
            (PostalCode, ["9170", "9171"], "9171 ", "0357"),
        ],
        ids=str,
    )
    def test_met(self, annotation: Any, value: Any, met: Any, unmet: Any) -> None:
        class Model(BaseModel):
            decides: annotation
            text: Annotated[Text | None, Ask(when={"decides": value})] = None

        form = Form(Model)
        assert "text" in missing(form, {"decides": met})
        assert "text" not in missing(form, {"decides": unmet})

    def test_all_of_several(self) -> None:
        class Model(BaseModel):
            a: bool = False
            b: bool = False
            text: Annotated[Text | None, Ask(when={"a": True, "b": True})] = None

        form = Form(Model)
        assert [missing(form, data) for data in ({"a": "on"}, {"b": "on"}, {"a": "on", "b": "on"})] == [[], [], ["text"]]

    def test_alias(self) -> None:
        class Model(BaseModel):
            a: bool = Field(alias="first", default=False)
            text: Annotated[Text | None, Ask(when={"a": True})] = None

        assert missing(Form(Model), {"first": "on"}) == ["text"]

    def test_chain(self) -> None:
        """A field that does not apply has no value that others could depend on."""

        class Model(BaseModel):
            c: Annotated[Text | None, Ask(when={"b": True})] = None
            b: Annotated[bool, Ask(when={"a": True})] = False
            a: bool = False

        form = Form(Model)
        assert missing(form, {"b": "on", "c": "x"}) == []
        assert form.bind({"b": "on", "c": "x"}).value == Model()
        assert missing(form, {"a": "on", "b": "on"}) == ["c"]

    def test_beside_a_union(self) -> None:
        class Card(BaseModel):
            kind: Literal["card"]

        class Cash(BaseModel):
            kind: Literal["cash"]

        class Model(BaseModel):
            payment: Annotated[Card | Cash, Field(discriminator="kind")]
            text: Annotated[Text | None, Ask(when={"payment": "card"})] = None

        form = Form(Model)
        assert missing(form, {"payment.kind": "card"}) == ["text"]
        assert missing(form, {"payment.kind": "cash"}) == []
        assert json.loads(form.bind(None).bound_control("text").when) == {"payment.kind": ["card"]}

    def test_in_rows(self) -> None:
        class Row(BaseModel):
            other: bool = False
            what: Annotated[Text | None, Ask(when={"other": True})] = None

        class Model(BaseModel):
            rows: list[Row]

        form = Form(Model)
        assert missing(form, {"rows.0.other": "on", "rows.1.other": "", "rows.2.other": "on"}) == ["rows.0.what", "rows.2.what"]
        assert json.loads(form.bind({"rows.2.other": "on"}).bound_control("rows.2.what").when) == {"rows.2.other": ["on"]}


def test_box_that_need_not_be_ticked() -> None:
    """A plain ``bool`` has a value either way."""

    class Model(BaseModel):
        a: bool = False
        b: Annotated[bool, Ask(when={"a": True})] = False

    assert Form(Model).bind({"a": "on"}).value == Model(a=True)


def test_decided_by_what_cannot_be_changed() -> None:
    form = Form(Customer, read_only=["kind"])
    person, company = (form.bind(None, "nb", initial={"kind": kind}) for kind in ("person", "bedrift"))
    assert [*shown(person)] == ["fnr"]
    assert [*shown(company)] == ["orgnr", "reference", "invoice.code"]
    assert "data-when" not in company.render()
    assert form.bind(COMPANY, "nb", given={"kind": "bedrift"}).is_valid


def test_nullable_without_default() -> None:
    class Model(BaseModel):
        a: bool = False
        text: Annotated[Text | None, Ask(when={"a": True})]

    assert Form(Model).bind({}).value == Model(text=None)


def test_script_compares_the_same_texts() -> None:
    script = resources.files("nofields.forms").joinpath("static/parts.js").read_text(encoding="utf-8")
    (spaces,) = re.findall(r"value\.replace\(/\[(.+?)\]/g", script)
    assert {*map(ord, spaces.encode().decode("unicode_escape"))} == {
        code for code in range(0x10000) if not without_spaces(chr(code))
    }


@pytest.mark.parametrize(
    ("when", "exception"),
    [
        ({"nobody": 1}, ValueError),
        ({"text": "x"}, ValueError),
        ({"period": "x"}, ValueError),
        ({"size": 3}, ValueError),
        ({"person": "30108299920"}, ValueError),
        ({"code": "x"}, ValueError),
    ],
)
def test_wrong_condition(when: dict[str, Any], exception: type[Exception]) -> None:
    class Model(BaseModel):
        size: Size
        period: DateRange
        person: NationalIdentityNumber
        code: SecretStr
        text: Annotated[Text | None, Ask(when=when)] = None

    with pytest.raises(exception, match=r"Model\.(text|size)"):
        Form(Model)


def test_field_that_the_model_always_needs() -> None:
    class Model(BaseModel):
        a: bool = False
        text: Annotated[Text, Ask(when={"a": True})]

    with pytest.raises(TypeError, match=r"Model\.text: .* needs a default"):
        Form(Model)


def test_conditions_in_a_circle() -> None:
    class Model(BaseModel):
        a: Annotated[bool, Ask(when={"b": True})] = False
        b: Annotated[bool, Ask(when={"a": True})] = False

    with pytest.raises(ValueError, match=r"Model: the conditions of (a and b|b and a) depend on each other"):
        Form(Model)


class Card(BaseModel):
    way: Literal["card"]
    number: Text


class Cash(BaseModel):
    way: Literal["cash"]


class Payment(BaseModel):
    by: Annotated[Card | Cash, Field(discriminator="way")]


STEPPED = Form(
    Customer,
    steps={"kind": ["kind"], "rest": ["orgnr", "fnr", "reference", "invoice", "members"]},
    key=b"k" * 32,
)


@pytest.mark.parametrize(
    ("form", "data", "is_shown"),
    [
        (CUSTOMER, {}, True),
        (Form(Payment), {}, True),
        (Form(Address), {}, False),
        (Form(Customer, without={"orgnr", "fnr", "reference", "invoice", "members"}), {}, False),
        (STEPPED, {"nofields.step": "kind", "kind": "lag"}, False),
    ],
    ids=["conditions", "union", "neither", "left out", "in another step"],
)
def test_sentence_without_script(form: Form[Any], data: dict[str, Any], is_shown: bool) -> None:
    """Where the script cannot hide fields, a sentence says that those which do not apply may be left empty."""
    bound = form.bind(data, "nn", **({"draft": None} if form.steps else {}))
    assert ("<noscript> Felt som ikkje gjeld for svara dine, kan stå tomme.</noscript>" in bound.intro()) is is_shown
