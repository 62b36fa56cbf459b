"""Lists in a form: of values and of models."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from types import FrameType
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from helpers.forms import shown
from nofields import Ask, DateRange, FieldError, NationalIdentityNumber, OrganisationNumber, PostalCode, Text
from nofields.forms import Bound, Form

FNR, OTHER_FNR = "30108299920", "30108299939"
ORGNR = "974760673"


class Line(BaseModel):
    what: Text
    price: Decimal


class Order(BaseModel):
    lines: Annotated[list[Line], Ask(label="Varer", item="Ordrelinje"), Field(min_length=1, max_length=3)]
    tags: list[OrganisationNumber] = []


ORDER = Form(Order)
RIGHT = {"lines.0.what": "Bord", "lines.0.price": "1 234,50"}


def lines(*names: str) -> dict[str, str]:
    """What is submitted for lines, of which a blank name leaves the line blank."""
    return {
        f"lines.{number}.{key}": value
        for number, name in enumerate(names)
        for key, value in {"what": name, "price": "1" if name else ""}.items()
    }


def found(bound: Bound[Any]) -> list[tuple[str, str, str]]:
    return [(each.name, each.label, each.text) for each in bound.errors]


@pytest.mark.parametrize(
    "data",
    [
        RIGHT | {"tags.0": "974 760 673"},
        {"lines": [{"what": "Bord", "price": "1234,5"}], "tags": [ORGNR]},
        {"lines": [{"what": "Bord", "price": Decimal("1234.5")}], "tags": ORGNR},
    ],
    ids=["form", "nested", "one value"],
)
def test_value(data: dict[str, Any]) -> None:
    assert ORDER.bind(data, "nb").value == Order(lines=[Line(what="Bord", price=Decimal("1234.5"))], tags=[ORGNR])


class TestRows:
    def test_first_rows(self) -> None:
        assert list(shown(ORDER.bind(None))) == ["lines.0.what", "lines.0.price"]

    def test_blank_rows_are_no_items(self) -> None:
        bound = ORDER.bind(lines("A", "", "B"), "nb")
        assert bound.value is not None
        assert [each.what for each in bound.value.lines] == ["A", "B"]

    def test_order_is_that_of_the_indexes(self) -> None:
        bound = ORDER.bind({"lines.10.what": "B", "lines.10.price": "1", **lines("A")}, "nb")
        assert bound.value is not None
        assert [each.what for each in bound.value.lines] == ["A", "B"]

    def test_errors_keep_their_place(self) -> None:
        bound = ORDER.bind({**lines("A", "", "B"), "lines.2.price": "x"}, "nb")
        assert [each[:2] for each in found(bound)] == [("lines.2.price", "Ordrelinje 3, Price")]
        assert bound.errors[0].loc == ("lines", 1, "price")
        assert shown(bound)["lines.2.price"] == ["x"]
        assert bound.control("lines.2.price").count("aria-invalid") == 1

    def test_a_blank_row_that_is_needed(self) -> None:
        assert [each[0] for each in found(ORDER.bind({}, "nb"))] == ["lines.0.what", "lines.0.price"]

    def test_too_many(self) -> None:
        bound = ORDER.bind(lines(*"ABCD"), "nb")
        assert found(bound) == [("lines", "Varer", "Legg inn høyst 3 verdier.")]
        assert bound.errors[0].id == "lines"
        assert '<p class="ds-validation-message" data-field="validation" id="lines-error">' in bound.control("lines")

    def test_names_that_are_no_rows(self) -> None:
        names = ["lines.x.what", "lines.-1.what", "lines.²", "lines." + "9" * 5000, "lines", "lines.", "." * 10**5]
        bound = ORDER.bind({**lines("A"), **dict.fromkeys(names, "A")}, "nb")
        assert list(shown(bound)) == ["lines.0.what", "lines.0.price"]

    def test_optional_list(self) -> None:
        class Maybe(BaseModel):
            tags: list[OrganisationNumber] | None = None

        assert Form(Maybe).bind({}).value == Maybe()
        assert Form(Maybe).bind({"tags.0": ORGNR}).value == Maybe(tags=[ORGNR])

    @pytest.mark.parametrize("kind", [set[OrganisationNumber], frozenset[OrganisationNumber], tuple[OrganisationNumber, ...]])
    def test_other_lists(self, kind: Any) -> None:
        class Some(BaseModel):
            tags: Annotated[kind, Field(min_length=1)]

        form = Form(Some)
        value = form.bind({"tags.0": "974 760 673", "tags.1": ORGNR}).value
        assert value is not None
        assert {*value.tags} == {ORGNR}
        assert form.bind(None, initial=value).draft["tags"]

    def test_rows_in_rows(self) -> None:
        class Cell(BaseModel):
            codes: list[PostalCode]

        class Grid(BaseModel):
            cells: list[Cell]

        form = Form(Grid)
        data = {"cells.0.codes.0": "0357", "cells.4.codes.1": "0010", "cells.4.codes.3": "1"}
        assert [each.name for each in form.bind(data).errors] == ["cells.4.codes.3"]
        value = form.bind(data | {"cells.4.codes.3": "0484"}).value
        assert value == Grid(cells=[Cell(codes=["0357"]), Cell(codes=["0010", "0484"])])
        assert form.bind(None, initial=value).draft == {"cells": [{"codes": ["0357"]}, {"codes": ["0010", "0484"]}]}

    def test_lists_in_rows(self) -> None:
        class Matrix(BaseModel):
            numbers: list[list[int]]

        form = Form(Matrix)
        value = form.bind({"numbers.0.0": "1", "numbers.0.1": "", "numbers.2.0": "2", "numbers.2.1": "3"}).value
        assert value == Matrix(numbers=[[1], [2, 3]])
        assert form.bind(None, initial=value).draft == {"numbers": [["1"], ["2", "3"]]}
        assert [each.name for each in form.bind({"numbers.0.0": "1", "numbers.3.1": "x"}).errors] == ["numbers.3.1"]
        assert "numbers.0.1" in shown(form.bind({"numbers.0.0": "1", "nofields.add": "numbers.0"}))

    @pytest.mark.parametrize(("kind", "default"), [(list[OrganisationNumber] | None, None), (list[OrganisationNumber], [])])
    def test_limits_of_a_list_that_may_be_left_out(self, kind: Any, default: Any) -> None:
        class Maybe(BaseModel):
            tags: Annotated[kind, Field(min_length=2)] = default

        form = Form(Maybe)
        assert form.bind({"tags.0": "", "tags.1": " "}).value == Maybe()
        assert [each.name for each in form.bind({"tags.0": ORGNR}).errors] == ["tags.1"]

    def test_given_to_a_list_that_cannot_be_changed(self) -> None:
        given = {"lines": [{"what": "Bord", "price": Decimal(1)}]}
        form = Form(Order, read_only=["lines"])
        assert form.bind({"lines.0.what": "x"}, given=given).value == Order(**given)
        assert "Bord" in form.bind(None, given=given).control("lines")

    def test_given_to_what_cannot_be_changed_in_rows(self) -> None:
        bound = Form(Order, read_only=["lines.price"]).bind({"lines.0.what": "Bord"}, given={"lines": [{"price": Decimal(1)}]})
        assert bound.value == Order(lines=[Line(what="Bord", price=Decimal(1))])

    def test_ranges_in_rows(self) -> None:
        class Stays(BaseModel):
            days: list[DateRange]

        form = Form(Stays)
        bound = form.bind({"days.0.from": "01.01.2020", "days.0.to": ""})
        assert shown(form.bind(None, initial=bound.draft)) == {"days.0.from": ["01.01.2020"], "days.0.to": [""]}
        bound = form.bind({"days": [{"from": "01.01.2020", "to": "02.01.2020"}]})
        assert bound.is_valid
        assert bound.value == form.bind({"days.0.from": "01.01.2020", "days.0.to": "02.01.2020"}).value

    def test_unions_in_rows(self) -> None:
        class Cash(BaseModel):
            kind: Literal["cash"]
            amount: int

        class Gift(BaseModel):
            kind: Literal["gift"]
            code: Text

        class Paid(BaseModel):
            by: list[Annotated[Cash | Gift, Field(discriminator="kind")]]

        form = Form(Paid)
        data = {"by.0.kind": "cash", "by.0.cash.amount": "5", "by.1.kind": "gift", "by.1.gift.code": "X"}
        value = form.bind(data).value
        assert value == Paid(by=[Cash(kind="cash", amount=5), Gift(kind="gift", code="X")])
        assert form.bind(None, initial=value).draft == value.model_dump() | {
            "by": [{"kind": "cash", "amount": "5"}, {"kind": "gift", "code": "X"}]
        }
        assert [each.name for each in form.bind(data | {"by.1.kind": ""}).errors] == ["by.1.kind"]


class TestButtons:
    """Without the script the buttons of a list submit the form."""

    def test_add(self) -> None:
        bound = ORDER.bind({**lines("A"), "lines.0.price": "x", "nofields.add": "lines"}, "nb")
        assert not bound.is_sent
        assert (bound.value, bound.errors) == (None, [])
        assert shown(bound) == {
            "lines.0.what": ["A"],
            "lines.0.price": ["x"],
            "lines.1.what": [""],
            "lines.1.price": [""],
        }
        assert re.findall(r'name="([^"]+)"[^>]* autofocus', bound.render()) == ["lines.1.what"]

    def test_remove(self) -> None:
        bound = ORDER.bind({**lines("A", "B", "C"), "nofields.remove": "lines.1"}, "nb")
        assert shown(bound)["lines.2.what"] == ["C"]
        assert "lines.1.what" not in shown(bound)
        assert "Fjern ordrelinje 2" in bound.render()
        assert "data-add autofocus>" in bound.control("lines")

    @pytest.mark.parametrize(
        "data",
        [
            {**lines(*"ABC"), "nofields.add": "lines"},
            {**lines("A"), "nofields.remove": "lines.0"},
            {**lines("A"), "nofields.remove": "lines.7"},
            {**lines("A"), "nofields.add": "tags.0"},
            {**lines("A"), "nofields.add": "no.such"},
        ],
    )
    def test_limits(self, data: dict[str, str]) -> None:
        bound = ORDER.bind(data, "nb")
        assert not bound.is_sent
        assert {name: values[0] for name, values in shown(bound).items()}.items() >= {
            name: value for name, value in data.items() if name.startswith("lines")
        }.items()

    def test_enter_sends_the_form(self) -> None:
        """Browsers press the first button of a form for the key, which must not remove a row."""
        html = ORDER.bind(lines("A", "B"), "nb").render()
        assert html.index('type="submit" tabindex="-1" aria-hidden="true"') < html.index("nofields.remove")

    def test_texts(self) -> None:
        texts = [ORDER.bind(None, locale).render() for locale in ("nb", "nn", "en")]
        assert "Legg til ordrelinje" in texts[0]
        assert "Legg til organisasjonsnummer" in texts[1]
        assert "Add organisation number" in texts[2]

    def test_rows_without_a_name(self) -> None:
        class Some(BaseModel):
            numbers: list[int]

        html = Form(Some).bind({"numbers.0": "1"}, "nb").render()
        assert all(each in html for each in ("Legg til flere", "Fjern nr. 1", ">Nr. 1<"))

    def test_read_only(self) -> None:
        html = Form(Order, read_only=["lines"]).bind(None, "nb", initial={"lines": [{"what": "A", "price": 1}]}).render()
        assert "nofields.add" in html, "the other list"
        assert 'value="lines' not in html


class TestSecrets:
    class People(BaseModel):
        people: list[NationalIdentityNumber]
        code: PostalCode

    def test_kept_if_another_row_is_removed(self) -> None:
        form = Form(self.People, key=bytes(32))
        first = form.bind({"people.0": FNR, "people.1": OTHER_FNR, "code": "x"}, "nb")
        assert FNR not in first.render()
        sent = {name: values[0] for name, values in shown(first).items()} | {"code": "0357"}
        left = {name: value for name, value in sent.items() if not name.startswith("people.0")}
        assert form.bind(left, "nb").value == self.People(people=[OTHER_FNR], code="0357")

    def test_kept_by_a_button(self) -> None:
        form = Form(self.People, key=bytes(32))
        added = form.bind({"people.0": FNR, "code": "0357", "nofields.add": "people"}, "nb")
        assert FNR not in added.render()
        sent = {name: values[0] for name, values in shown(added).items()}
        assert form.bind(sent, "nb").value == self.People(people=[FNR], code="0357")

    def test_what_cannot_be_opened_any_more_is_missing(self) -> None:
        """The row was not left blank: it must not be dropped because its number was kept for too long."""

        class Maybe(BaseModel):
            people: list[NationalIdentityNumber] = []
            code: PostalCode

        first = Form(Maybe, key=bytes(32)).bind({"people.0": FNR, "code": "x"}, "nb")
        sent = {name: values[0] for name, values in shown(first).items()} | {"code": "0357"}
        for form in (Form(Maybe, key=b"1" * 32), Form(Maybe)):
            assert found(form.bind(sent, "nb"))[0][0] == "people.0"

    def test_is_not_that_of_another_list(self) -> None:
        class Two(BaseModel):
            buyers: list[NationalIdentityNumber] = []
            sellers: list[NationalIdentityNumber] = []
            code: PostalCode

        form = Form(Two, key=bytes(32))
        sealed = shown(form.bind({"buyers.0": FNR, "code": "x"}, "nb"))["buyers.0.sealed"][0]
        assert [each[0] for each in found(form.bind({"sellers.0.sealed": sealed, "code": "0357"}, "nb"))] == ["sellers.0"]

    def test_asked_for_again(self) -> None:
        added = Form(self.People).bind({"people.0": FNR, "nofields.add": "people"}, "nb")
        assert FNR not in added.render()
        assert "Skriv det inn på nytt" in added.control("people.0")


class TestErrorsOfValidators:
    class Sum(BaseModel):
        lines: list[Annotated[Line, AfterValidator(lambda line: line)]]

        @model_validator(mode="after")
        def check(self) -> Any:
            for number, line in enumerate(self.lines):
                if line.what == "wrong":
                    raise FieldError("For dyrt.", at=("lines", number, "price"))
                if line.what == "row":
                    raise FieldError("Feil linje.", at=("lines", number))
            return self

    form = Form(Sum)

    @pytest.mark.parametrize(("what", "name"), [("wrong", "lines.2.price"), ("row", "lines.2")])
    def test_place(self, what: str, name: str) -> None:
        bound = self.form.bind(lines("A", "", what), "nb")
        assert [each.name for each in bound.errors] == [name]
        assert bound.control("lines.2").count('data-field="validation"') == 1

    def test_added(self) -> None:
        bound = self.form.bind(lines("A", "", "B"), "nb")
        bound.add_error("lines.2.price", "Ikke på lager.")
        bound.add_error("lines", "For mange.")
        assert [each.name for each in bound.errors] == ["lines", "lines.2.price"]


class Colour(Enum):
    RED = 1
    BLUE = 2


class TestChoices:
    """A list of choices is a group of boxes."""

    class Model(BaseModel):
        colours: Annotated[list[Colour], Field(min_length=1)]
        days: set[Literal["mon", "tue"]] = set()

    form = Form(Model)

    def test_value(self) -> None:
        value = self.form.bind({"colours": ["2", "1"], "days": ["tue"]}).value
        assert value == self.Model(colours=[Colour.BLUE, Colour.RED], days={"tue"})
        bound = self.form.bind(None, initial=value)
        assert shown(bound) == {"colours": ["1", "2"], "days": ["tue"]}

    @pytest.mark.parametrize("kind", [list[Colour], set[Colour], frozenset[Colour], tuple[Colour, ...], Sequence[Colour]])
    def test_strict(self, kind: Any) -> None:
        class Some(BaseModel):
            model_config = ConfigDict(strict=True)
            colours: kind
            codes: tuple[PostalCode, ...] = ()

        bound = Form(Some).bind({"colours": ["2"], "codes.0": "0357"})
        assert bound.value is not None
        assert ([*bound.value.colours], bound.value.codes) == ([Colour.BLUE], ("0357",))
        assert Form(Some).bind({}).is_valid

    @pytest.mark.parametrize("colours", [[], ["3"], ["1", "3"]])
    def test_error(self, colours: list[str]) -> None:
        (error,) = self.form.bind({"colours": colours}, "nb").errors
        assert (error.name, error.key) == ("colours", "CHECKBOX_GROUP_ERROR")


def test_strict_set() -> None:
    """Its rows are a list: a set has no order, by which an error could be told to be in one of them."""

    class Strictly(BaseModel):
        model_config = ConfigDict(strict=True)
        codes: set[PostalCode]

    class Loosely(BaseModel):
        model_config = ConfigDict(strict=True)
        codes: Annotated[set[PostalCode], Field(strict=False)]

    with pytest.raises(TypeError, match=r"Strictly\.codes: .* strict=False"):
        Form(Strictly)
    assert Form(Loosely).bind({"codes.0": "0357"}).value == Loosely(codes={"0357"})


def lines_run(work: Callable[[], object]) -> int:
    """Count the lines of Python that something runs, which unlike its time is always the same."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_work_grows_with_the_rows() -> None:
    def work(rows: int) -> int:
        data = {f"lines.{number}.price": "x" for number in range(rows)}
        return lines_run(lambda: ORDER.bind(data, "nb").render())

    work(1)
    assert work(120) < 2.2 * work(60)


@given(st.lists(st.sampled_from(["", "A", "B", "x y"]), max_size=6), st.data())
def test_what_was_entered_is_never_lost(names: list[str], data: st.DataObject) -> None:
    """Rows are added and removed, and drafts stored, as often as one likes: all other rows stay as they were."""
    form = Form(TestErrorsOfValidators.Sum)
    bound = form.bind(lines(*names), "nb")
    kept = [*names]
    for _ in range(data.draw(st.integers(0, 4))):
        rows = [name.removesuffix(".what") for name in shown(bound) if name.endswith(".what")]
        if rows and data.draw(st.booleans()):
            gone = data.draw(st.integers(0, len(rows) - 1))
            button = {"nofields.remove": rows[gone]}
            kept.pop(gone)
        else:
            button = {"nofields.add": "lines"}
            kept.append("")
        bound = form.bind({name: values[0] for name, values in shown(bound).items()} | button, "nb")
        bound = form.bind(None, initial=bound.draft)
    assert [values[0] for name, values in shown(bound).items() if name.endswith(".what")] == kept
