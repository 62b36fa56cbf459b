"""Date ranges in JavaScript: the results are Python's, and name the end that is wrong."""

from __future__ import annotations

import datetime
import json
import subprocess
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from helpers.javascript import called
from helpers.node import NODE, install
from nofields import DateRange, FieldError
from nofields.characters import INVISIBLE, WHITE_SPACE
from nofields.export.npm import package
from nofields.keys import explanation_key, message_key


class Period(DateRange): ...


class Leave(DateRange, min=datetime.date(2020, 1, 1), max=datetime.date(2020, 12, 31), key="LEAVE"): ...


class Stay(DateRange, separators=(" til ", "..", "-", " "), max=datetime.date(2020, 6, 30)): ...


OWN: dict[str, type[DateRange]] = {"period": Period, "leave": Leave, "stay": Stay}
ENDS = [
    *(None, "", " \u200b", "x", 5, "9" * 65, ["1.1.2020"], {"from": "1.1.2020"}),
    *("31.2.2020", "1.1.2019", "31.12.2019", "2020-01-01", "1.7.2020", "31. 12. 2020", "01012021"),
]
SEPARATORS = ["–", " - ", "/", " / ", "-", " til ", "..", " ", "\u00a0-\t", "\u200b–", " -", "", "–/"]
OTHERS: list[Any] = [None, True, 5, 1.5, "", " ", "–", " - ", "/", [], ["1.1.2020"], ["1.1.2020"] * 3, {}, {"from": "1.1.2020"}]
OTHERS += [{"to": "1.1.2020"}, {"From": "1.1.2020"}, "2020-01-01/2020-02-01/", "1.1.2020–2.1.2020–3.1.2020", "9" * 65]
OTHERS += ["1-1-2020 - 2-1-2020", "1-1-2020-2-1-2020", "1 1 2020 2 1 2020", "2020-01-01-2020-01-02", "1/1/2020–2/1/2020"]


def ranges() -> list[Any]:
    random = Random("date ranges")
    texts = [each for each in ENDS if isinstance(each, str)]
    joined = [f"{first}{separator}{last}" for first, separator, last in product(texts, SEPARATORS, texts)]
    inserted = [*INVISIBLE, *WHITE_SPACE, *"./-–0"]
    for text in random.sample(joined, 500):
        place = random.randint(0, len(text))
        joined.append(text[:place] + random.choice(inserted) + text[place:])
    pairs = [list(pair) for pair in product(ENDS, ENDS)]
    return [*OTHERS, *joined, *pairs, *({"from": first, "to": last} for first, last in pairs)]


def in_python(field: type[DateRange], value: object) -> dict[str, Any]:
    problem = field.problem(value)
    if problem is None:
        nothing = dict.fromkeys(("key", "reason", "message", "explanation"))
        return {"valid": True, "clean": str(field(value)), **nothing, "params": {}}
    shown = {"message": message_key(problem.key), "explanation": explanation_key(problem.reason, problem.key)}
    params = dict(problem.params) | ({"type": "other"} if "type" in problem.params else {})
    return {"valid": False, "clean": None, "key": problem.key, "reason": problem.reason, **shown, "params": params}


@pytest.mark.parametrize("name", OWN)
def test_check(name: str) -> None:
    values = ranges()
    for value, answer in zip(values, called("check", [(name, value) for value in values], OWN), strict=True):
        answer.pop("at", None)
        if "type" in answer["params"]:  # named as the language does
            answer["params"]["type"] = "other"
        assert answer == in_python(OWN[name], value), ascii(value)


@pytest.mark.parametrize("name", OWN)
def test_wrong_end(name: str) -> None:
    """The end that is named has the problem alone too."""
    pairs = [list(pair) for pair in product(ENDS, ENDS)]
    found = called("check", [(name, pair) for pair in pairs], OWN)
    for pair, answer in zip(pairs, found, strict=True):
        if "at" in answer and answer["reason"] != "order":
            end = pair[["from", "to"].index(answer["at"])]
            problem = OWN[name].problem((end, end))
            assert problem
            assert (problem.key, problem.reason) == (answer["key"], answer["reason"]), pair
        both_are_missing = all(not isinstance(each, int | list | dict) and not (each or "").strip(" \u200b") for each in pair)
        assert ("at" in answer) is not (answer["valid"] or both_are_missing), pair


@pytest.mark.parametrize(
    ("value", "end"),
    [
        (["x", "y"], "from"),
        (["1.1.2020", "y"], "to"),
        ({"from": "1.1.2020"}, "to"),
        ({"from": "", "to": "1.1.2020"}, "from"),
        (["2.1.2020", "1.1.2020"], "to"),
        ("2.1.2020–1.1.2020", "to"),
        (["1.1.2019", "1.1.2020"], "from"),
        (["1.1.2020", "1.1.2021"], "to"),
        (["1.1.2021", "1.1.2022"], "from"),
        ("1.1.2020", None),
        ({"from": "", "to": None}, None),
        ("", None),
    ],
)
def test_end(value: object, end: str | None) -> None:
    (answer,) = called("check", [("leave", value)], OWN)
    assert answer.get("at") == end


@pytest.mark.parametrize(
    ("value", "valid"),
    [(None, True), ("", True), ({}, True), (["", " "], True), (["", "1.1.2020"], False), ({"from": "1.1.2020"}, False)],
)
def test_optional(value: object, valid: bool) -> None:
    """Empty means that both ends are."""
    (answer,) = called("check", [("period", value, {"required": False})], OWN)
    assert (answer["valid"], answer["clean"]) == (valid, None)


@pytest.mark.parametrize("name", OWN)
def test_written_form(name: str) -> None:
    values = ranges()
    for value, answer in zip(values, called("format", [(name, value) for value in values], OWN), strict=True):
        try:
            assert answer == OWN[name](value).formatted
        except FieldError:
            assert json.dumps(answer) == json.dumps(value)


OBJECTS = """
import { leave } from "nofields/fields";
const both = { from: "1.1.2020", to: "2.1.2020" };
const ranges = [[, ,], [, "1.1.2020"], ["1.1.2020", ,]];
const others = [new Date(), new Map(Object.entries(both)), new Set(["1.1.2020"]), new String(""), () => both, Symbol(), 1n];
class Range { from = both.from; to = both.to; }
const made = [new Range(), Object.assign({ __proto__: null }, both), new Proxy(both, {})];
const optional = leave.with({ required: false });
console.log(JSON.stringify([ranges, others, made].map((values) => values.map((value) => optional.check(value).reason))));
"""


def test_objects(tmp_path: Path) -> None:
    """Holes of an array are missing ends; an object that is no record, such as a Date, is no range, and not an empty one."""
    (install(tmp_path, package(own=OWN)) / "objects.mjs").write_text(OBJECTS)
    ranges, others, made = json.loads(subprocess.check_output([NODE, "objects.mjs"], cwd=tmp_path, encoding="utf-8"))
    assert ranges == [None, "required", "required"]
    assert others == ["type"] * 7
    assert made == [None] * 3
