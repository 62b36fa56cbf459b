"""A form one step at a time: where it leads, what its draft keeps, its answers and its receipt."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pydantic import BaseModel, ModelWrapValidatorHandler, ValidationInfo, model_validator

from helpers.loan import (
    FLAT,
    FNR,
    KEY,
    LOAN,
    OTHER_FNR,
    PASSWORD,
    RIGHT,
    SECRETS,
    STEPS,
    WITHOUT_KEY,
    WRONG_FNR,
    Loan,
    Page,
    User,
)
from helpers.values import LANGUAGES
from nofields import AltinnPassword, Ask, FieldError, NationalIdentityNumber, OrganisationNumber, Text, message
from nofields.forms import Bound, Form, Step

#: What a user may enter, by the end of the name of an input: right and wrong.
ENTRIES: dict[str, list[str]] = {
    "kind": ["person", "company", "neither"],
    "fnr": ["", FNR, OTHER_FNR, WRONG_FNR],
    "orgnr": ["", "974 760 673", "974 760 674"],
    "street": ["", "Storgata 1", "Ås"],
    "postal_code": ["0357", "0000", "x"],
    "amount": ["1000", "1 000,50", "x", "2000000"],
    "what": ["Bil", "Hus", ""],
    "cost": ["10", "900", "-1", "5000", ""],
    "income": ["500000", "mye", ""],
    "news": ["on"],
    "password": [PASSWORD, "fjell", ""],
}


class Walk(RuleBasedStateMachine):
    """A user with several tabs goes back and forth, with right and wrong values."""

    form = LOAN

    def __init__(self) -> None:
        super().__init__()
        self.draft: Any = None
        self.entered: dict[str, Any] = {}  # what was entered last in each input, by name, without secrets
        self.fnr = ""
        self.version = 0
        self.user = User(self.form)
        self.tabs: list[Page] = []
        self.show(self.form.bind(None))

    def show(self, bound: Bound[Loan]) -> None:
        page = self.user.show(bound, self.fnr, self.version)
        self.draft = self.user.draft
        self.tabs = [*self.tabs[-2:], page]

    def post(self, page: Page, data: dict[str, Any]) -> Bound[Loan]:
        """Send a page, and remember what was entered in it."""
        self.version += 1
        if page.step != "summary":
            for name in {name for name in self.entered if name.partition(".")[0] in self.keys(page)}:
                del self.entered[name]
            self.entered |= {name: each for name, each in data.items() if name in page.names and not self.is_secret(name)}
            if "fnr" in page.names:
                typed = data["fnr"][0]
                self.fnr = page.fnr if not typed else typed if typed != WRONG_FNR else ""
        bound = self.form.bind(data, draft=self.draft)
        self.show(bound)
        return bound

    def keys(self, page: Page) -> set[str]:
        return {name.partition(".")[0] for name in page.names}

    def is_secret(self, name: str) -> bool:
        return name.startswith(("nofields.", "fnr", "password"))

    def filled(self, page: Page, data: st.DataObject) -> dict[str, Any]:
        """What a page submits after the user has changed some of its inputs."""
        values: dict[str, Any] = dict(page.values)
        for name in sorted(page.names):
            pool = ENTRIES.get(name.rpartition(".")[2])
            if pool and data.draw(st.booleans(), label=f"change {name}"):
                values[name] = [data.draw(st.sampled_from(pool), label=name)]
        return values

    @rule(data=st.data(), button=st.sampled_from(["nofields.next", "nofields.back", ""]))
    def press(self, data: st.DataObject, button: str) -> None:
        page = data.draw(st.sampled_from(self.tabs), label="tab")
        self.send(page, self.filled(page, data), button)

    @rule()
    def answer_rightly(self) -> None:
        page = self.tabs[-1]
        right = {"amount": "1000", "fnr": FNR} | {name: each for step in RIGHT.values() for name, each in step.items()}
        right |= {"orgnr": "974 760 673"} | {f"lines.{row}.{name}": "9" for row in range(3) for name in ("what", "cost")}
        self.send(
            page, {**page.values, **{name: [each] for name, each in right.items() if name in page.names}}, "nofields.next"
        )

    def send(self, page: Page, sent: dict[str, Any], button: str) -> None:
        bound = self.post(page, {**sent, button: ""} if button else sent)
        assert bound.value is None or (page.step == "summary" and button != "nofields.back")
        if bound.value is not None:
            event("all was sent")
            flat = FLAT.bind({**self.entered, "fnr": self.secret(sent), "password": sent["password"]})
            assert bound.value == flat.value
        elif page.step == "summary" and page.version == self.version - 1 and button != "nofields.back":
            assert bound.errors

    def secret(self, sent: dict[str, Any]) -> Any:
        return self.fnr

    @rule(data=st.data(), button=st.sampled_from(["nofields.add", "nofields.remove"]))
    def edit(self, data: st.DataObject, button: str) -> None:
        page = data.draw(st.sampled_from(self.tabs), label="tab")
        if page.step != "loan":
            return
        rows = sorted({name.rpartition(".")[0] for name in page.names if name.startswith("lines.")})
        row = data.draw(st.sampled_from(rows), label="row")
        sent = self.filled(page, data)
        bound = self.post(page, {**sent, button: "lines" if button == "nofields.add" else row})
        assert (bound.step.name, bound.errors) == ("loan", [])
        if button == "nofields.remove" and len(rows) > 1:
            for name in [name for name in self.entered if name.startswith(f"{row}.")]:
                del self.entered[name]

    @rule(step=st.sampled_from([*STEPS, "summary", "nothing"]))
    def jump(self, step: str) -> None:
        bound = self.form.bind(None, draft=self.draft, step=step)
        assert bound.value is None
        self.show(bound)

    @rule(done=st.lists(st.sampled_from([*STEPS, "old"]), max_size=4))
    def older_draft(self, done: list[str]) -> None:
        """A draft of another version of the form: steps are called done that are not."""
        self.draft = self.draft | {"done": done, "more": 1}
        self.show(self.form.bind(None, draft=self.draft))

    @invariant()
    def keeps_what_was_entered(self) -> None:
        blank = {name for name, each in self.entered.items() if each in ([""], "")}
        kept = {name: each for name, each in flattened(self.draft["values"]).items() if each not in ("", None, False)}
        kept = {name: "on" if each is True else each for name, each in kept.items() if not name.endswith("sealed")}
        entered = {name: each[0] for name, each in self.entered.items() if name not in blank and each != ["neither"]}
        assert renumbered(kept) == renumbered(entered)

    @invariant()
    def shows_no_secret(self) -> None:
        bound = self.tabs[-1].bound
        shown = [json.dumps(bound.draft), bound.render(), repr(bound), str(bound.answers()), bound.title(), bound.buttons()]
        assert [each for each in SECRETS for text in shown if each in text] == []


class WalkWithoutKey(Walk):
    form = WITHOUT_KEY

    def secret(self, sent: dict[str, Any]) -> Any:
        return sent.get("fnr", "")


def flattened(values: Any, name: str = "") -> dict[str, Any]:
    """Nested values by dotted names."""
    if not isinstance(values, dict | list):
        return {name: values}
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    return {
        inner: each for key, value in pairs for inner, each in flattened(value, f"{name}.{key}" if name else str(key)).items()
    }


def renumbered(values: dict[str, Any]) -> dict[str, Any]:
    """Values of rows by the numbers of those that are not blank."""
    rows = sorted({name.split(".")[1] for name in values if name.startswith("lines.")}, key=int)
    return {re.sub(r"(?<=^lines\.)\d+", lambda index: str(rows.index(index[0])), name): each for name, each in values.items()}


@pytest.mark.parametrize("walk", [Walk, WalkWithoutKey])
def test_walks(walk: type[Walk]) -> None:
    """Nothing that was entered is lost, only what is valid as a whole is a value, and no secret shows."""
    run_state_machine_as_test(walk, settings=settings(max_examples=40, stateful_step_count=20, deadline=None))


class Person(BaseModel):
    name: Text
    number: Annotated[NationalIdentityNumber, Ask(keep=True)]


class People(BaseModel):
    orgnr: OrganisationNumber
    contact: Person
    people: list[Person]


def test_every_field_in_one_step() -> None:
    steps = {"b": Step(["people"]), "a": ("contact", "orgnr")}
    form = Form(People, steps=steps, key=KEY)
    assert [part.key for part in form.parts] == ["people", "contact", "orgnr"]
    assert form.bind().step.name == "b"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ({"a": ["orgnr", "people"]}, "no step has 'contact'"),
        ({"a": ["orgnr", "people", "contact"], "b": ["orgnr"]}, "'orgnr' is in a step twice"),
        ({"a": ["orgnr", "people", "contact", "contact"]}, "'contact' is in a step twice"),
        ({"a": ["orgnr", "people", "contact"], "b": []}, "'b' has no fields"),
        ({"a": ["orgnr", "people", "contact.name"]}, "the form has no field 'contact.name', which 'a' names"),
        ({"a": "orgnr", "b": ["people", "contacts"]}, "the form has no field 'contacts', which 'b' names"),
        ({"summary": ["orgnr", "people", "contact"]}, "'summary' is the name of the page after the last step"),
        *(
            ({name: ["orgnr"], "b": ["people", "contact"]}, f"{name!r} is no name of a step")
            for name in ("", " ", "a\nb", "a\x00", "\ud800", 1, None)
        ),
    ],
)
def test_wrong_steps(steps: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^steps of People: .*{re.escape(sentence)}"):
        Form(People, steps=steps, key=KEY)


def test_secret_in_a_list_without_key() -> None:
    """It could only be asked for beside the answers, outside its row."""
    steps = {"a": ["orgnr", "contact"], "b": ["people"]}
    assert Form(People, steps=steps, key=KEY).secrets
    with pytest.raises(ValueError, match=r"'people\.number' is in a list"):
        Form(People, steps=steps)


@pytest.mark.parametrize("argument", ["draft", "step"])
def test_no_steps(argument: str) -> None:
    with pytest.raises(TypeError, match="People has no steps"):
        Form(People).bind(**{argument: {}})  # type: ignore[arg-type]
    bound = Form(People).bind()
    assert (bound.step.name, bound.step.count, bound.is_summary) == ("", 1, False)
    assert message("FORM_SEND") in bound.buttons()


@pytest.mark.parametrize(
    ("language", "title", "rejected"),
    [
        ("nb", "Søkeren – steg 1 av 5 – Lån", "Feil: Søkeren – steg 1 av 5 – Lån"),
        ("nn", "Søkjaren – steg 1 av 5 – Lån", "Feil: Søkjaren – steg 1 av 5 – Lån"),
        ("en", "The applicant – step 1 of 5 – Lån", "Error: The applicant – step 1 of 5 – Lån"),
    ],
)
def test_titles(language: str, title: str, rejected: str) -> None:
    user = User(language=language)
    assert user.page.bound.title("Lån") == title
    bound = user.send()
    assert bound.title("Lån") == rejected
    assert re.search(r"data-summary.*<p [^>]*>\w+ 1 \w+ 5</p>\n<h2 [^>]*>S|T", bound.render(), re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_of_the_receipt(language: str) -> None:
    """It is not that of the page with all answers, which are sent now."""
    user = User(language=language)
    bound = user.answer()
    assert bound.value is not None
    assert bound.title("Lån") == f"{message('FORM_RECEIPT_TITLE', language)} – Lån"
    bound.add_error("", "Feil.")
    assert message("FORM_SUMMARY_TITLE", language) in bound.title("Lån")


def test_steps_that_do_not_apply() -> None:
    """Only a person is asked for an income, which makes one step more."""
    user = User()
    assert user.send({"kind": "company"}).step.count == 5
    user.back()
    bound = user.send({"kind": "person"})
    assert (bound.step.number, bound.step.count, bound.step.progress) == (2, 6, "Steg 2 av 6")
    assert "orgnr" not in bound.render()
    user.answer("income")
    user.open("applicant")
    bound = user.send({"kind": "company"})
    assert bound.step.name == "identity"
    assert user.draft is not None
    user.draft["done"] = ["applicant", "identity", "loan", "last"]
    bound = user.open("income")
    assert bound.step.name == "identity"  # the organisation number is missing


def test_a_condition_inside_a_step() -> None:
    """The script decides on the page; the values of other steps are the server's."""
    form = Form(
        Loan, steps={"who": ["kind", "fnr", "orgnr"], "rest": ["address", "amount", "lines", "income", "news", "password"]}
    )
    first = form.bind().render()
    assert 'data-when="{&#34;kind&#34;: [&#34;company&#34;]}"' in first
    second = form.bind({"nofields.step": "who", "kind": "person"}).render()
    assert 'name="income"' in second
    assert "data-when" not in second


def test_back_keeps_what_is_wrong() -> None:
    user = User()
    user.answer("loan")
    bound = user.back({"amount": "mye", "lines.0.what": ""})
    assert (bound.step.name, bound.errors) == ("identity", [])
    bound = user.send({"fnr": ""})
    assert (bound.step.name, bound.errors) == ("loan", [])
    assert user.page.values["amount"] == ["mye"]
    assert "data-sent" not in bound.render()
    bound = user.send()
    assert [error.name for error in bound.errors] == ["amount", "lines.0.what", "lines.0.cost"]
    assert "data-sent" in bound.render()


def test_a_step_with_nothing_to_fill_in() -> None:
    """No sentence says that all must be filled in where a box may stay empty, or all is shown as text."""

    class Order(BaseModel):
        number: Text
        news: bool = False
        items: list[Text]

    form = Form(Order, steps={"number": ["number"], "news": ["news"], "items": ["items"]}, read_only=["number"])
    bound = form.bind(None, given={"number": "7"})
    assert bound.intro() == ""
    bound = form.bind({"nofields.step": "number"}, draft=bound.draft, given={"number": "7"})
    assert (bound.step.name, bound.intro()) == ("news", "")
    bound = form.bind({"nofields.step": "news"}, draft=bound.draft, given={"number": "7"})
    assert message("FORM_ALL_REQUIRED") in bound.intro()


def test_button_to_any_earlier_step() -> None:
    user = User()
    user.answer("income")
    assert user.send({"income": "x"}, "nofields.back", "applicant").step.name == "applicant"
    assert user.draft is not None
    assert user.draft["values"]["income"] == "x"
    assert user.send(None, "nofields.back", "summary").step.name == "applicant"


def test_change_from_the_summary() -> None:
    """After a change the summary comes again, unless the change asks for more."""
    user = User()
    user.answer("summary")
    assert user.open("loan").step.name == "loan"
    assert user.send({"amount": "2 000"}).is_summary
    user.open("applicant")
    assert user.send({"kind": "company"}).step.name == "identity"
    assert user.send({"orgnr": "974 760 673"}).is_summary
    value = user.send({"password": PASSWORD}).value
    assert value is not None
    assert (value.orgnr, value.fnr, value.income, value.amount) == ("974760673", None, None, 2000)


def test_no_step_before_its_turn() -> None:
    user = User()
    for step in ("loan", "summary", "nothing", "", "identity"):
        assert user.open(step).step.name == "applicant"
    user.answer("identity")
    assert user.open("loan").step.name == "identity"
    assert user.open("applicant").step.name == "applicant"


def test_summary_sent_too_early() -> None:
    user = User()
    bound = LOAN.bind({"nofields.step": "summary", "nofields.next": "", "password": PASSWORD}, draft=user.draft)
    assert (bound.step.name, bound.value, bound.errors) == ("applicant", None, [])


@pytest.mark.parametrize(("amount", "step", "name"), [("800", "loan", "amount"), ("2 000 000", "summary", "")])
def test_errors_of_the_model(amount: str, step: str, name: str) -> None:
    """An error of a field leads back to its step; one of the whole form stands at the summary, as soon as it is known."""

    class Sum(BaseModel):
        amount: int
        cost: int

        @model_validator(mode="after")
        def compare(self) -> Sum:
            if self.cost > self.amount:
                raise FieldError("Postene er større enn beløpet.", at="amount")
            if self.amount > 10**6:
                raise FieldError("Søknaden er for stor.")
            return self

    form = Form(Sum, steps={"loan": ["amount"], "cost": ["cost"]})
    first = form.bind({"nofields.step": "loan", "nofields.next": "", "amount": amount})
    assert (first.step.name, first.errors) == ("cost", [])
    second = form.bind({"nofields.step": "cost", "nofields.next": "", "cost": "900"}, draft=first.draft)
    for bound in (second, form.bind(None, draft=second.draft), form.bind({"nofields.step": "summary"}, draft=second.draft)):
        assert bound.step.name == step
        assert [error.name for error in bound.errors] == [name]
        assert bound.value is None
        assert bound.title().startswith("Feil: ")


class Income(BaseModel):
    amount: int
    income: int = 0
    extra: int = 0
    password: AltinnPassword | None = None

    @model_validator(mode="after")
    def enough(self) -> Income:
        if self.amount > 5 * self.income:
            raise FieldError("Inntekten er for lav.", at="amount")
        if self.amount > 100 and not self.password:
            raise FieldError("Lag et passord.")
        return self


def test_validators_of_the_model_wait_for_all_steps() -> None:
    """They would read the defaults of what is not yet asked for."""
    form = Form(Income, steps={"loan": ["amount"], "income": ["income"], "extra": ["extra", "password"]}, key=KEY)
    draft = None
    for step, entered in (("loan", {"amount": "50"}), ("income", {"income": "1"})):
        bound = form.bind({"nofields.step": step, **entered}, draft=draft)
        assert bound.errors == []
        assert form.bind(None, draft=bound.draft, step="loan").errors == []
        draft = bound.draft
    bound = form.bind({"nofields.step": "extra"}, draft=draft)
    assert (bound.is_summary, bound.errors) == (True, [])  # the password is asked for here
    bound = form.bind({"nofields.step": "summary"}, draft=bound.draft)
    assert (bound.step.name, [error.name for error in bound.errors]) == ("loan", ["amount"])
    bound = form.bind({"nofields.step": "loan", "amount": "5"}, draft=bound.draft)
    assert bound.is_summary
    assert form.bind({"nofields.step": "summary"}, draft=bound.draft).value == Income(amount=5, income=1)


class NeedsLast(BaseModel):
    first: Text
    last: Text

    @classmethod
    def check(cls, data: Any) -> Any:
        if not data.get("last"):
            raise FieldError("Etternavnet mangler.", at="first")
        if data["last"] == "x":
            raise FieldError("Etternavnet er for kort.", at="last")
        return {**data, "last": data["last"].upper()}


class Before(NeedsLast):
    @model_validator(mode="before")
    @classmethod
    def read(cls, data: Any) -> Any:
        return cls.check(data)


class BeforeWithInfo(NeedsLast):
    @model_validator(mode="before")
    @classmethod
    def read(cls, data: Any, info: ValidationInfo) -> Any:
        return cls.check(data)


class Around(NeedsLast):
    @model_validator(mode="wrap")
    @classmethod
    def read(cls, data: Any, fields: ModelWrapValidatorHandler[Any]) -> Any:
        return fields(cls.check(data))


class AroundWithInfo(NeedsLast):
    @model_validator(mode="wrap")
    @classmethod
    def read(cls, data: Any, fields: ModelWrapValidatorHandler[Any], info: ValidationInfo) -> Any:
        return fields(cls.check(data))


@pytest.mark.parametrize("model", [Before, BeforeWithInfo, Around, AroundWithInfo])
def test_early_validators_reject_nothing_before_its_step(model: type[NeedsLast]) -> None:
    """They may change what the fields read, but what is not yet asked for is no error."""
    form = Form(model, steps={"a": ["first"], "b": ["last"]})
    first = form.bind({"nofields.step": "a", "first": ""})
    assert (first.step.name, [error.name for error in first.errors]) == ("a", ["first"])
    first = form.bind({"nofields.step": "a", "first": "Kari"})
    assert (first.step.name, first.errors) == ("b", [])
    wrong = form.bind({"nofields.step": "b", "last": "x"}, draft=first.draft)
    assert (wrong.step.name, [error.name for error in wrong.errors]) == ("b", ["last"])
    last = form.bind({"nofields.step": "b", "last": "Moe"}, draft=first.draft)
    assert last.is_summary
    assert form.bind({"nofields.step": "summary"}, draft=last.draft).value == model.model_construct(first="Kari", last="MOE")


def test_validators_read_no_default_before_its_step() -> None:
    class Sizes(BaseModel):
        least: int = 1
        most: int = 1

        @model_validator(mode="after")
        def in_order(self) -> Sizes:
            if self.least > self.most:
                raise FieldError("Minst er større enn størst.", at="least")
            return self

    form = Form(Sizes, steps={"least": ["least"], "most": ["most"]})
    first = form.bind({"nofields.step": "least", "least": "5"})
    assert (first.step.name, first.errors) == ("most", [])
    assert form.bind(None, draft=first.draft, step="least").errors == []
    assert form.bind({"nofields.step": "most", "nofields.back": "", "most": "2"}, draft=first.draft).errors == []
    last = form.bind({"nofields.step": "most", "most": "2"}, draft=first.draft)
    assert (last.step.name, [error.name for error in last.errors]) == ("least", ["least"])


def test_answers_that_another_tab_changed() -> None:
    user = User()
    user.answer("summary")
    stale = user.page
    user.open("loan")
    user.send({"amount": "3 000"})
    bound = LOAN.bind({**stale.values, "password": PASSWORD}, draft=user.draft)
    assert [(error.name, error.message) for error in bound.errors] == [("", message("FORM_ANSWERS_CHANGED"))]
    assert (bound.value, bound.is_summary) == (None, True)
    user.show(bound)
    assert user.send({"password": PASSWORD}).value


def test_page_of_another_answer() -> None:
    """A page that does not show a field drops nothing that was entered in it."""
    user = User()
    user.answer("identity")
    stale = user.page
    user.open("applicant")
    user.send({"kind": "company"})
    user.send({"orgnr": "974 760 673"})
    bound = LOAN.bind({**stale.values, "nofields.next": ""}, draft=user.draft)
    assert bound.draft["values"]["orgnr"] == "974 760 673"  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"values": [], "done": "applicant", "was_complete": 1},
        {"values": {"kind": "neither", "amount": {"a": 1}, "lines": "Bil", "address": [], 1: 2}, "done": [*STEPS, 7, "old"]},
        {
            "values": {"kind": ["person", "x"], "lines": [1, None, {"what": {}}], "fnr.sealed": 5, "old": 1},
            "done": ["applicant"],
        },
        {"values": {"fnr.sealed": "gAAAA", "fnr": FNR, "news": None}, "done": None},
    ],
)
def test_draft_of_another_form(draft: Any) -> None:
    """What does not fit is asked for again; what the form does not know is dropped."""
    bound = LOAN.bind(None, draft=draft)
    bound.render()
    assert bound.step.name in ("applicant", "identity")
    kept = json.loads(json.dumps(bound.draft))
    assert set(kept["values"]) <= {*Loan.model_fields, "fnr.sealed"}
    assert set(kept["done"]) <= set(STEPS)
    assert FNR not in json.dumps(kept)


def test_new_field_in_a_step() -> None:
    """A step that was completed before it had a field is asked again."""
    old = Form(Loan, without={"orgnr"}, steps=STEPS | {"identity": ["fnr", "address"]}, key=KEY)
    user = User(old)
    user.answer("summary")
    assert user.draft is not None
    user.draft["values"]["kind"] = "company"
    bound = LOAN.bind(None, draft=user.draft)
    assert (bound.step.name, [error.name for error in bound.errors]) == ("identity", ["orgnr"])


def test_errors_of_the_host() -> None:
    user = User()
    user.answer("identity")
    bound = user.send(RIGHT["identity"])
    bound.add_error("fnr", "Ukjent person.")
    assert (bound.step.name, [error.text for error in bound.errors]) == ("identity", ["Ukjent person."])
    draft = json.loads(json.dumps(bound.draft))
    assert draft["done"] == ["applicant"]
    assert "fnr.sealed" not in draft["values"]
    bound.add_error("", "Tjenesten er nede.")
    assert [error.text for error in bound.errors] == ["Ukjent person.", "Tjenesten er nede."]


def test_errors_of_the_host_at_the_end() -> None:
    user = User()
    bound = user.answer()
    assert bound.value is not None
    bound.add_error("address.postal_code", "Dit sender vi ikke.")
    assert (bound.value, bound.step.name) == (None, "identity")
    assert [error.label for error in bound.errors] == ["Adresse, Postnummer"]


def test_stored_values() -> None:
    """They are shown until a step is sent. A secret that is stored counts only as given."""
    stored = {"kind": "company", "orgnr": "974760673", "fnr": FNR}
    user = User()
    user.show(LOAN.bind(None, initial=stored))
    assert user.page.values["kind"] == ["company"]
    bound = LOAN.bind({"nofields.step": "applicant", "kind": "company"}, initial=stored)
    assert 'value="974 760 673"' in bound.render()
    bound = LOAN.bind({"nofields.step": "applicant", "kind": "person"}, initial=stored)
    assert FNR not in bound.render()
    bound = LOAN.bind({"nofields.step": "identity", "nofields.next": ""}, initial=stored, draft=bound.draft)
    assert "fnr" in [error.name for error in bound.errors]
    given = LOAN.bind({"nofields.step": "identity", "nofields.next": ""}, given={"fnr": FNR}, draft=bound.draft)
    assert "fnr" not in [error.name for error in given.errors]


def test_fields_that_cannot_be_changed() -> None:
    form = Form(Loan, steps=STEPS, key=KEY, read_only={"kind"})
    bound = form.bind({"nofields.step": "applicant", "kind": "company"}, given={"kind": "person"})
    assert bound.step.name == "identity"
    assert bound.draft["values"] == {}
    assert [each.url for each in bound.answers()[0].answers] == [""]
