"""Nested models and unions of models in a form."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from markupsafe import escape
from pydantic import AliasChoices, BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag, create_model, model_validator

from helpers.forms import shown
from nofields import Ask, FieldError, NationalIdentityNumber, OrganisationNumber, PostalCode, Text
from nofields.forms import Form

FNR, OTHER_FNR = "30108299920", "30108299939"


class Address(BaseModel):
    street: Text
    postal_code: PostalCode = Field(alias="postalCode")
    model_config = ConfigDict(validate_by_name=True)


class Person(BaseModel):
    name: Text
    home: Annotated[Address, Ask(label="Hjemme")]
    work: Annotated[Address | None, Ask(label={"nb": "Arbeid", "en": "Work"})] = None


PERSON = Form(Person)
HOME = {"name": "Ola", "home.street": "Gata 1", "home.postalCode": "0357"}


def errors(form: Form[Any], data: dict[str, Any], locale: str = "nb") -> list[tuple[str, str, str]]:
    return [(each.name, each.id, each.label) for each in form.bind(data, locale).errors]


def test_group() -> None:
    assert list(PERSON.controls) == ["name", "home.street", "home.postalCode", "work.street", "work.postalCode"]
    value = PERSON.bind(HOME, "nb").value
    assert value == Person(name="Ola", home=Address(street="Gata 1", postal_code="0357"))


@pytest.mark.parametrize(
    "initial", [{"home": {"street": "Gata 1", "postal_code": "0357"}}, {"home.street": "Gata 1", "home.postalCode": "0357"}]
)
def test_initial(initial: dict[str, Any]) -> None:
    bound = PERSON.bind(None, "nb", initial={"name": "Ola", **initial})
    assert shown(bound) == {name: [HOME.get(name, "")] for name in PERSON.controls}


def test_nested_data_is_read_like_that_of_a_form() -> None:
    nested = {"name": "Ola", "home": {"street": "Gata 1", "postalCode": "0357"}}
    assert PERSON.bind(nested, "nb").value == PERSON.bind(HOME, "nb").value


def test_errors_name_the_group() -> None:
    assert errors(PERSON, {**HOME, "home.postalCode": "357", "work.street": "x"}, "en") == [
        ("home.postalCode", "home.postalCode", "Hjemme, Postal code"),
        ("work.postalCode", "work.postalCode", "Work, Postal code"),
    ]
    html = PERSON.bind({**HOME, "home.postalCode": "357"}, "nb").render()
    assert '<a class="ds-link" href="#home.postalCode" data-label="Hjemme, Postnummer">' in html


def test_fieldset() -> None:
    html = PERSON.bind(None, "nb").control("work")
    assert '<fieldset class="ds-fieldset nofields-control" id="work"' in html
    assert 'Arbeid <span class="nofields-optional">(valgfritt)</span></legend>' in html
    assert html.count("(valgfritt)") == 1, "the fields of an optional group are not optional"


class TestOptionalGroup:
    @pytest.mark.parametrize("blank", [{}, {"work.street": " ", "work.postalCode": ""}])
    def test_left_blank(self, blank: dict[str, str]) -> None:
        value = PERSON.bind(HOME | blank, "nb").value
        assert value is not None
        assert value.work is None

    def test_begun(self) -> None:
        assert errors(PERSON, HOME | {"work.street": "Gata 2"})[0][0] == "work.postalCode"

    def test_default_is_no_entry(self) -> None:
        class Country(BaseModel):
            name: Text
            code: Literal["NO", "SE"] = "NO"
            is_home: bool = True

        class Traveller(BaseModel):
            origin: Country | None = None

        form = Form(Traveller)
        as_shown = {name: values[0] for name, values in shown(form.bind(None)).items()}
        assert as_shown == {"origin.name": "", "origin.code": "NO", "origin.is_home": "on"}
        assert form.bind(as_shown).value == Traveller()
        assert errors(form, as_shown | {"origin.code": "SE"})[0][0] == "origin.name"

    def test_default_instance(self) -> None:
        class Sender(BaseModel):
            address: Address = Address(street="Gata 3", postal_code="0357")

        form = Form(Sender)
        assert shown(form.bind(None)) == {"address.street": ["Gata 3"], "address.postalCode": ["0357"]}
        assert form.bind({}).value == Sender()


class TestErrorsOfValidators:
    class Trip(BaseModel):
        start: Text
        home: Address

        @model_validator(mode="after")
        def check(self) -> Any:
            if self.start == "form":
                raise FieldError("Whole", at=())
            if self.start == "group":
                raise FieldError("Group", at="home")
            if self.start == "field":
                raise FieldError("Field", at=("home", "postal_code"))
            return self

    form = Form(Trip)

    @pytest.mark.parametrize(("start", "name"), [("form", ""), ("group", "home"), ("field", "home.postalCode")])
    def test_place(self, start: str, name: str) -> None:
        bound = self.form.bind({"start": start, "home.street": "x", "home.postalCode": "0357"}, "nb")
        assert [each.name for each in bound.errors] == [name]
        assert bound.control("home").count('data-field="validation"') == (name != "")

    def test_asks_the_server(self) -> None:
        assert 'data-asks="form"' in self.form.bind({}, "nb").control("home.street")

    @pytest.mark.parametrize("name", ["home.postalCode", "home.postal_code"])
    def test_added(self, name: str) -> None:
        bound = self.form.bind({"start": "x", "home.street": "x", "home.postalCode": "0357"}, "nb")
        bound.add_error(name, "Dit leverer vi ikke.")
        assert [(each.name, each.text) for each in bound.errors] == [("home.postalCode", "Dit leverer vi ikke.")]
        with pytest.raises(KeyError, match=r"home\.street"):
            bound.add_error("home.city", "x")


def test_parts_of_a_group_left_out_read_only_and_given() -> None:
    form = Form(Person, without=["work", "home.street"], read_only=["home.postal_code"])
    given = {"home": {"street": "Gata 1", "postal_code": "0357"}}
    bound = form.bind({"name": "Ola", "home.postalCode": "9999"}, "nb", given=given)
    assert bound.value == Person(name="Ola", home=Address(street="Gata 1", postal_code="0357"))
    assert shown(bound) == {"name": ["Ola"]}
    assert "0357" in bound.render()


@pytest.mark.parametrize(
    ("names", "match"), [(["home.city"], "Address has no field 'city'"), (["name.first"], r"Person\.name")]
)
def test_unknown_part_of_a_group(names: list[str], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        Form(Person, without=names)


def test_model_inside_itself() -> None:
    class Node(BaseModel):
        name: Text
        children: list[Node] = []

    with pytest.raises(TypeError, match="inside itself"):
        Form(Node)


def test_secret_in_a_group() -> None:
    class Owner(BaseModel):
        person: NationalIdentityNumber
        code: PostalCode

    class Car(BaseModel):
        owner: Owner

    form = Form(Car, key=bytes(32))
    bound = form.bind({"owner.person": FNR, "owner.code": "1"}, "nb")
    assert FNR not in bound.render()
    again = {name: values[0] for name, values in shown(bound).items()} | {"owner.code": "0357"}
    assert form.bind(again, "nb", given={}).is_valid
    assert bound.draft == {"owner": {"code": "1"}}


def test_secret_of_another_branch() -> None:
    """What one field sealed, another does not open, though their names differ in a number only."""

    class Owner(BaseModel):
        kind: Literal[1]
        person: NationalIdentityNumber

    class Driver(BaseModel):
        kind: Literal[2]
        person: NationalIdentityNumber

    class Car(BaseModel):
        user: Annotated[Owner | Driver, Field(discriminator="kind")]
        code: PostalCode

    form = Form(Car, key=bytes(32))
    sealed = shown(form.bind({"user.kind": "1", "user.1.person": FNR, "code": "x"}))["user.1.person.sealed"][0]
    assert form.bind({"user.kind": "1", "user.1.person.sealed": sealed, "code": "0357"}).is_valid
    assert errors(form, {"user.kind": "2", "user.2.person.sealed": sealed, "code": "0357"})[0][0] == "user.2.person"


def test_entries_do_not_show_secrets() -> None:
    class Owner(BaseModel):
        person: NationalIdentityNumber

    bound = Form(Owner).bind({"person": FNR}, given={"person": OTHER_FNR})
    assert FNR not in repr(bound.entries)
    assert OTHER_FNR not in repr(bound.entries)


def test_secret_in_an_optional_group_is_not_kept() -> None:
    """A kept secret would make a group that the user has emptied one that is begun."""

    class Owner(BaseModel):
        person: NationalIdentityNumber
        code: PostalCode

    class Car(BaseModel):
        owner: Owner | None = None

    form = Form(Car, key=bytes(32))
    bound = form.bind({"owner.person": FNR, "owner.code": "1"}, "nb")
    emptied = {name: values[0] for name, values in shown(bound).items()} | {"owner.code": ""}
    assert form.bind(emptied, "nb").value == Car()


def test_read_only_field_without_a_value() -> None:
    class Stored(BaseModel):
        code: PostalCode | None

    form = Form(Stored, read_only=["code"])
    assert form.bind({}, "nb", initial={"code": None}).value == Stored(code=None)


class Card(BaseModel):
    kind: Literal["card"]
    number: Text


class Invoice(BaseModel):
    kind: Literal["invoice", "efaktura"]
    orgnr: OrganisationNumber


class Purchase(BaseModel):
    amount: Decimal
    payment: Annotated[
        Card | Invoice,
        Field(discriminator="kind"),
        Ask(label="Betaling", options={"card": "Kort", "invoice": "Faktura", "efaktura": "eFaktura"}),
    ]


PURCHASE = Form(Purchase)


class TestUnion:
    @pytest.mark.parametrize(
        ("data", "payment"),
        [
            ({"payment.kind": "card", "payment.card.number": "1"}, Card(kind="card", number="1")),
            ({"payment.kind": "efaktura", "payment.invoice.orgnr": "974760673"}, Invoice(kind="efaktura", orgnr="974760673")),
            ({"payment": {"kind": "card", "number": "1"}}, Card(kind="card", number="1")),
        ],
    )
    def test_value(self, data: dict[str, Any], payment: BaseModel) -> None:
        bound = PURCHASE.bind({"amount": "1,5", **data}, "nb")
        assert bound.value == Purchase(amount=Decimal("1.5"), payment=payment)
        again = PURCHASE.bind(None, "nb", initial=bound.value)
        assert PURCHASE.bind({name: values[0] for name, values in shown(again).items()}, "nb").value == bound.value
        assert PURCHASE.bind(None, "nb", initial=again.draft).draft == again.draft

    @pytest.mark.parametrize(
        ("data", "name", "label"),
        [
            ({}, "payment.kind", "Betaling"),
            ({"payment.kind": "cash"}, "payment.kind", "Betaling"),
            ({"payment.kind": "card", "payment.invoice.orgnr": "1"}, "payment.card.number", "Kort, Number"),
            (
                {"payment.kind": "invoice", "payment.invoice.orgnr": "1"},
                "payment.invoice.orgnr",
                "Faktura, Organisasjonsnummer",
            ),
        ],
    )
    def test_error(self, data: dict[str, Any], name: str, label: str) -> None:
        (error,) = PURCHASE.bind({"amount": "1", **data}, "nb").errors
        assert (error.name, error.label) == (name, label)

    @pytest.mark.parametrize("payment", [Card(kind="card", number="1"), {"kind": "card", "number": "1"}], ids=type)
    def test_given(self, payment: Any) -> None:
        form = Form(Purchase, read_only=["payment"])
        value = form.bind({"amount": "1"}, given={"payment": payment}).value
        assert value == Purchase(amount=Decimal(1), payment=Card(kind="card", number="1"))

    def test_branches_are_shown_with_their_choice(self) -> None:
        html = PURCHASE.bind(None, "nb").control("payment")
        when = escape('{"payment.kind": ["efaktura", "invoice"]}')
        assert f'data-part="payment.invoice" data-when="{when}"' in html

    def test_enum_and_optional(self) -> None:
        class Shape(Enum):
            ROUND = 1
            SQUARE = 2

        class Round(BaseModel):
            model_config = ConfigDict(title="Rund")
            shape: Literal[Shape.ROUND]
            radius: int

        class Square(BaseModel):
            shape: Literal[Shape.SQUARE]
            side: int

        class Piece(BaseModel):
            form: Annotated[Round | Square | None, Field(discriminator="shape")] = None

        form = Form(Piece)
        assert form.bind({}).value == Piece()
        assert form.bind({"form.shape": "1", "form.1.radius": "3"}).value == Piece(form=Round(shape=Shape.ROUND, radius=3))
        assert errors(form, {"form.shape": "2", "form.2.side": "x"})[0][0] == "form.2.side"
        assert errors(form, {"form.shape": "2"})[0][0] == "form.2.side"
        assert "Rund" in form.bind(None).render()


@pytest.mark.parametrize(
    "annotation",
    [
        Card | Invoice,
        Card | Text,
        int | Text,
        Annotated[Annotated[Card, Tag("a")] | Annotated[Invoice, Tag("b")], Discriminator(type)],
        dict[str, Card],
        RootModel[list[int]],
        list[RootModel[int]],
        Card | RootModel[int],
    ],
    ids=str,
)
def test_type_without_a_part(annotation: Any) -> None:
    with pytest.raises(TypeError, match=r"Odd\.whatever"):
        Form(type("Odd", (BaseModel,), {"__annotations__": {"whatever": annotation}, "__module__": __name__}))


def test_root_model() -> None:
    with pytest.raises(TypeError, match="a RootModel has none"):
        Form(RootModel[list[int]])


class Odd(BaseModel):
    kind: Literal["kind"]


class Spaced(BaseModel):
    kind: Literal["a b"]


class Hyphened(BaseModel):
    kind: Literal["a-b"]


@pytest.mark.parametrize(
    "fields",
    [
        {"home": (Address, ...), "other": (Text, Field(alias="home.street"))},
        {"a": (Text, Field(alias="x y")), "b": (Text, Field(alias="x-y"))},
        {"a": (Odd | Card, Field(discriminator="kind"))},
        {"a": (Spaced | Hyphened, Field(discriminator="kind"))},
        {"a": (list[Annotated[Spaced | Hyphened, Field(discriminator="kind")]], ...)},
    ],
    ids=str,
)
def test_two_fields_with_one_id(fields: Any) -> None:
    with pytest.raises(ValueError, match=r"is also the name of \w+\.\w+"):
        Form(create_model("Model", **fields))


def test_name_that_is_the_alias_of_another() -> None:
    class Swapped(BaseModel):
        first: Text = Field(alias="second")
        other: Text = Field(alias="first")

    bound = Form(Swapped).bind({"first": "x", "second": "y"}, "nb")
    assert bound.bound_control("first").control.attribute == "other"


def test_name_with_several_aliases() -> None:
    class Many(BaseModel):
        name: Text = Field(validation_alias=AliasChoices("a", "b"))

    with pytest.raises(TypeError, match=r"Many\.name"):
        Form(Many)
