"""A form one step at a time: where it leads, what its draft keeps, its answers and its receipt."""

from __future__ import annotations

import datetime
import json
import re
from typing import Annotated, Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator
from starlette.testclient import TestClient

from helpers.loan import FLAT, FNR, KEY, LOAN, OTHER_FNR, PASSWORD, RIGHT, SECRETS, STEPS, WITHOUT_KEY, WRONG_FNR, Loan, Page, User
from helpers.values import LANGUAGES
from nofields import AltinnPassword, Ask, FieldError, NationalIdentityNumber, OrganisationNumber, Text, message
from nofields.forms import Bound, Form, Step
from nofields.web import assets

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
        self.send(page, {**page.values, **{name: [each] for name, each in right.items() if name in page.names}}, "nofields.next")

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
        assert (bound.step.name, bound.errors) == ("loan", [])  # type: ignore[union-attr]
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
    return {inner: each for key, value in pairs for inner, each in flattened(value, f"{name}.{key}" if name else str(key)).items()}


def renumbered(values: dict[str, Any]) -> dict[str, Any]:
    """Values of rows by the numbers of those that are not blank."""
    rows = sorted({name.split(".")[1] for name in values if name.startswith("lines.")}, key=int)
    return {re.sub(r"(?<=^lines\.)\d+", lambda index: str(rows.index(index[0])), name): each for name, each in values.items()}


@pytest.mark.parametrize("walk", [Walk, WalkWithoutKey])
def test_walks(walk: type[Walk]) -> None:
    """Nothing that was entered is lost, only what is valid as a whole is a value, and no secret shows."""
    run_state_machine_as_test(walk, settings=settings(max_examples=40, stateful_step_count=20, deadline=None))
