"""``loc`` shows the names of the model, and masks keys that the caller made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Json,
    RootModel,
    Tag,
    TypeAdapter,
    ValidationError,
    dataclasses,
)
from typing_extensions import TypedDict

from helpers.values import identity_numbers, policy
from nofields import AltinnPassword, NationalIdentityNumber, OrganisationNumber, localize
from nofields.locations import Part, contains_identity_number, mask_loc
from nofields.schema_paths import place, shape

PASSWORD = "Fjell2024x"
NUMBER = "03851598730"


class Cat(BaseModel):
    kind: Literal["cat"]
    kittens: list[Cat] = []
    toys: dict[str, OrganisationNumber] = {}


class Dog(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["dog"]
    owner: NationalIdentityNumber | None = None


class Size(TypedDict):
    height: int


class Place(NamedTuple):
    street: str
    number: int


@dataclasses.dataclass
class Vet:
    licence: int
    patients: list[Cat | Dog] | None = None


class Extras(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Dog]


class Everything(BaseModel):
    model_config = ConfigDict(extra="forbid")
    default: Cat | None = None
    either: Cat | Dog | None = None
    tagged: Annotated[Cat | Dog, Discriminator("kind")] | None = None
    called: Annotated[Annotated[Cat, Tag("first")] | Annotated[Dog, Tag("second")], Discriminator(lambda _: "first")] | None = (
        None
    )
    size: Size | None = None
    place: Place | None = None
    vet: Vet | None = None
    number: int = Field(0, alias="No.")
    deep: int = Field(0, validation_alias=AliasPath("outer", 1, "inner"))
    several: int = Field(0, validation_alias=AliasChoices("one", AliasPath("two", "three")))
    pair: tuple[int, Cat] | None = None
    text: Json[Cat] | None = None
    numbers: set[NationalIdentityNumber] = set()
    people: dict[NationalIdentityNumber, Dog] = {}
    codes: dict[int, OrganisationNumber] = {}
    mixed: dict[str, Cat] | Dog | None = None
    extras: Extras | None = None
    root: RootModel[dict[str, list[OrganisationNumber]]] | None = None
    elsewhere: Annotated[Any, BeforeValidator(TypeAdapter(dict[str, OrganisationNumber]).validate_python)] = None


#: What is sent, and the ``loc`` of every error with the model and without it.
CASES: list[tuple[dict[str, Any], list[tuple[Part, ...]], list[tuple[Part, ...]]]] = [
    ({"default": {}}, [("default", "kind")], [("default", "kind")]),
    (
        {"either": {"toys": {PASSWORD: "1"}}},
        [
            ("either", "Cat", "kind"),
            ("either", "Cat", "toys", "***"),
            ("either", "Dog", "kind"),
            ("either", "Dog", "toys"),
        ],
        [
            ("either", "Cat", "kind"),
            ("either", "Cat", "toys", PASSWORD),
            ("either", "Dog", "kind"),
            ("either", "Dog", "***"),
        ],
    ),
    ({"tagged": {"kind": "dog", PASSWORD: 1}}, [("tagged", "dog", "***")], [("tagged", "dog", "***")]),
    ({"tagged": {"kind": PASSWORD}}, [("tagged",)], [("tagged",)]),
    ({"called": {}}, [("called", "first", "kind")], [("called", "first", "kind")]),
    ({"size": {"height": "x"}}, [("size", "height")], [("size", "height")]),
    ({"vet": {"licence": "x"}}, [("vet", "licence")], [("vet", "licence")]),
    (
        {"vet": {"licence": 1, "patients": [{"kind": "cat", "kittens": [{}]}]}},
        [
            ("vet", "patients", 0, "Cat", "kittens", 0, "kind"),
            ("vet", "patients", 0, "Dog", "kind"),
            ("vet", "patients", 0, "Dog", "kittens"),
        ],
        [
            ("vet", "patients", 0, "Cat", "kittens", 0, "kind"),
            ("vet", "patients", 0, "Dog", "kind"),
            ("vet", "patients", 0, "Dog", "***"),
        ],
    ),
    ({"No.": "x"}, [("No.",)], [("No.",)]),
    ({"outer": [0, {"inner": "x"}]}, [("outer", 1, "inner")], [("outer", 1, "inner")]),
    ({"two": {"three": "x"}}, [("two", "three")], [("two", "three")]),
    ({"pair": ["x", {}]}, [("pair", 0), ("pair", 1, "kind")], [("pair", 0), ("pair", 1, "kind")]),
    ({"text": "{}"}, [("text", "kind")], [("text", "kind")]),
    ({"numbers": [NUMBER]}, [("numbers", 0)], [("numbers", 0)]),
    ({"people": {PASSWORD: {"kind": "dog"}}}, [("people", "***", "[key]")], [("people", "***", "[key]")]),
    ({"people": {"30108299920": {}}}, [("people", "***", "kind")], [("people", "***", "kind")]),
    ({"codes": {3851598730: "1", 7: "1"}}, [("codes", "***"), ("codes", "***")], [("codes", "***"), ("codes", 7)]),
    (
        {"mixed": {PASSWORD: {}}},
        [("mixed", "dict[str,Cat]", "***", "kind"), ("mixed", "Dog", "kind"), ("mixed", "Dog", "***")],
        [("mixed", "dict[str,Cat]", PASSWORD, "kind"), ("mixed", "Dog", "kind"), ("mixed", "Dog", "***")],
    ),
    ({"extras": {PASSWORD: {}}}, [("extras", "***", "kind")], [("extras", PASSWORD, "kind")]),
    ({"root": {PASSWORD: ["1"]}}, [("root", "***", 0)], [("root", PASSWORD, 0)]),
    ({"elsewhere": {PASSWORD: "1"}}, [("elsewhere", "***")], [("elsewhere", PASSWORD)]),
    ({PASSWORD: 1}, [("***",)], [("***",)]),
    ({5: 1}, [("***",)], [("***",)]),
    (
        {"people": {"x": {"kind": "dog"}, NUMBER: {"kind": "dog"}}},
        [("people", "***", "[key]")] * 2,
        [("people", "***", "[key]")] * 2,
    ),
]


def validation_error(validate: Callable[[], object]) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        validate()
    return caught.value


@pytest.mark.parametrize(("sent", "known", "unknown"), CASES)
def test_loc(sent: Any, known: list[Any], unknown: list[Any]) -> None:
    error = validation_error(lambda: Everything.model_validate(sent))
    assert [each["loc"] for each in localize(error, model=Everything)] == known
    assert [each["loc"] for each in localize(error, model=TypeAdapter(Everything))] == known
    assert [each["loc"] for each in localize(error)] == unknown


def test_named_tuple() -> None:
    """By number or by name: pydantic's versions differ."""
    (localized,) = localize(validation_error(lambda: Everything.model_validate({"place": ["x", "y"]})), model=Everything)
    assert localized["loc"] in [("place", 1), ("place", "number")]


@pytest.mark.parametrize("model", [list[dict[str, OrganisationNumber]], Annotated[list[dict[str, OrganisationNumber]], []]])
def test_any_type_as_model(model: Any) -> None:
    """Even one that cannot be hashed."""
    error = validation_error(lambda: TypeAdapter(model).validate_python([{PASSWORD: "1"}]))
    assert localize(error, model=model)[0]["loc"] == (0, "***")


def test_fastapi_body() -> None:
    """FastAPI prepends where a value was sent; only the body belongs to a model."""
    details = [{"type": "missing", "loc": loc} for loc in [("body", "people", PASSWORD, "kind"), ("query", "q"), ()]]
    localized = localize(RequestValidationError(details), model=Everything)
    assert [each["loc"] for each in localized] == [("body", "people", "***", "kind"), ("query", "q"), ()]


@given(identity_numbers() | identity_numbers(day=40) | identity_numbers(month=80), st.sampled_from(["", "k", "fnr: ", "12-"]))
def test_identity_numbers_are_masked(number: str, before: str) -> None:
    """Under any setting, and also as an integer, which has lost its leading zeros."""
    for setting in ("reject", "accept", "only"):
        with policy(setting):
            assert mask_loc((f"{before}{number[:6]} {number[6:]}", 0, int(number)), "x") == ("***", 0, "***")


@pytest.mark.parametrize(
    "part", ["addressLine2", "inntekt2025", "æ", "a~b", "974760673", "20240131", "81234567803", 0, 7, 10**8, -1]
)
def test_other_parts(part: Part) -> None:
    """Even those that fit the rule of passwords, as names of fields do."""
    assert AltinnPassword.is_valid("addressLine2")
    assert not contains_identity_number(part)


@pytest.mark.parametrize(
    "part", ["03851598731", "038515 98731", "k03851598731", "81234567802", "2024-03851598730", 10**12, "x" * 256]
)
def test_mistyped_number(part: Part) -> None:
    assert contains_identity_number(part)


PARTS = (
    st.text(max_size=12)
    | st.integers()
    | st.sampled_from([PASSWORD, NUMBER, "[key]", "Cat", "kind", "people", "mixed", "either", 0])
)


@given(st.lists(PARTS, max_size=6), st.sampled_from(["missing", "extra_forbidden"]), st.booleans())
def test_any_loc(loc: list[Part], kind: str, known: bool) -> None:
    """Any ``loc`` keeps its length, and every part shown was in it."""
    shown = place(loc, kind, shape(Everything)).loc if known else mask_loc(loc, kind)
    assert len(shown) == len(loc)
    assert all(after in (before, "***") for before, after in zip(loc, shown))
    assert NUMBER not in shown
    assert not known or PASSWORD not in shown or "either" in loc or "mixed" in loc
