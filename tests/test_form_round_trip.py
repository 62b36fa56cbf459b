"""Any model of nested models, lists, unions and conditions: what is entered comes back the same, in HTML that is sound."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

from helpers.forms import shown
from nofields import Ask, DateRange, OrganisationNumber, PostalCode, Text
from nofields.forms import Bound, Form


class Size(Enum):
    SMALL = 1
    LARGE = "x y"


#: Types with texts that they accept, and do not accept.
TEXTS: dict[Any, list[str]] = {
    Text: ["x", "a b"],
    int: ["1", " 2 000 ", "x"],
    Decimal: ["1,5", "x"],
    OrganisationNumber: ["974760673", "974 760 674"],
    PostalCode: ["0357", "1"],
    DateRange: ["01.02.2020"],
}
CHOICES: list[Any] = [bool, Size, Literal["a", "b"], list[Size]]


@st.composite
def models(draw: st.DrawFn, depth: int = 0) -> type[BaseModel]:
    fields: dict[str, Any] = {"decides": (Literal["yes", "no"], ...)}
    for number in range(draw(st.integers(1, 2))):
        annotation = draw(types(depth))
        how = draw(st.sampled_from(["required", "optional", "conditional", "aliased"]))
        if how == "conditional":
            annotation = Annotated[annotation | None, Ask(when={"decides": "yes"})]
        alias = f"an alias {number}" if how == "aliased" else None
        default = None if how in ("optional", "conditional") else ...
        fields[f"f{number}"] = (annotation | None if how == "optional" else annotation, Field(default, alias=alias))
    return create_model("Drawn", **fields)


def types(depth: int) -> st.SearchStrategy[Any]:
    leaves = st.sampled_from([*TEXTS, *CHOICES])
    if depth == 1:
        return leaves
    inner = models(depth=depth + 1)
    items = st.one_of(st.sampled_from([*TEXTS]), inner)
    lists = st.tuples(items, st.integers(0, 2)).map(lambda drawn: Annotated[list[drawn[0]], Field(min_length=drawn[1])])
    return st.one_of(leaves, inner, lists, st.tuples(inner, inner).map(_union))


def _union(branches: tuple[type[BaseModel], type[BaseModel]]) -> Any:
    one, two = (create_model("Branch", __base__=each, tag=Literal[tag]) for each, tag in zip(branches, (1, "b")))  # type: ignore
    return Annotated[one | two, Field(discriminator="tag")]


class Sent(dict[str, list[str]]):
    """Form data as web frameworks have it."""

    def getlist(self, name: str) -> list[str]:
        return self[name]

    def get(self, name: str, default: Any = None) -> Any:
        return next(iter(super().get(name, [])), default)


def fill(bound: Bound[Any], data: st.DataObject) -> Sent:
    """Draw what a user enters in a form as it is shown."""
    sent = Sent()
    for each in bound.bound_controls():
        options = [option.value for option in each.options]
        texts = TEXTS.get(each.control.field_type) or (options or ["1", "1,5", "x"])
        for one in each.inputs if each.widget == "date_range" else each.inputs[:1]:
            text = data.draw(st.sampled_from(["on"] if each.is_checkbox else [*texts, ""]))
            if text or not options:
                sent[one.name] = [text]
    return _without_other_branches(sent, {each.control.name for each in bound.bound_controls()})


def _without_other_branches(sent: Sent, names: set[str]) -> Sent:
    """Leave out what is entered in models of a union that are not chosen: people do not see them, and no draft has them."""
    for name in [*sent]:
        parts = name.split(".")
        for place in range(1, len(parts)):
            kind = ".".join([*parts[:place], "tag"])
            if kind in names and parts[place] != "tag" and sent.get(kind) != parts[place]:
                sent.pop(name, None)
    return sent


def check_html(bound: Bound[Any]) -> None:
    html = re.sub(r"(?s)<template.*?</template>", "", bound.render())
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len({*ids}) == len(ids)
    named = re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"', html)
    assert {one for each in named for one in each.split()} <= {*ids}
    assert {error.id for error in bound.errors if error.id} <= {*ids}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(models(), st.data())
def test_what_is_entered_comes_back(model: type[BaseModel], data: st.DataObject) -> None:
    form = Form(model)
    check_html(form.bind({}))
    bound = form.bind(fill(form.bind(None), data))
    check_html(bound)
    again = form.bind(None, initial=bound.draft)
    assert form.bind(None, initial=again.draft).draft == again.draft
    assert form.bind(Sent(shown(again))).value == bound.value
    if bound.value is not None:
        assert form.bind(Sent(shown(form.bind(None, initial=bound.value)))).value == bound.value
