"""What JavaScript makes of a value: the written form, also while it is typed, and what it shows; both as Python's."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from helpers.javascript import called
from helpers.mutations import mutated
from helpers.parity import facts, written
from helpers.values import POLICIES, policy
from nofields.export.forms import forms
from nofields.export.rules import rules
from nofields.fields import BY_NAME

FIELDS = list(rules())
GROUPED = [name for name, form in forms().items() if "separators" in form]
OTHERS = [None, True, 974760673, ["974760673"], {}, "", " ", "\u200b", "toString"]


def texts(name: str, count: int = 1_500) -> list[str]:
    random = Random(f"forms of {name}")
    return [mutated(name, random) for _ in range(count)]


def formatted(name: str, value: Any) -> Any:
    with policy("accept"):
        return written(BY_NAME[name], value)


@pytest.mark.parametrize("name", FIELDS)
def test_written_form(name: str) -> None:
    values = [*texts(name), *(value for value in OTHERS if name not in ("number", "amount") or type(value) is not int)]
    found = called("format", [(name, value) for value in values])
    assert [pair for pair in zip(values, found, strict=True) if pair[1] != formatted(name, pair[0])][:5] == []


def digits_of(text: str) -> str:
    return re.sub("[^0-9]", "", text)


@pytest.mark.parametrize("name", GROUPED)
def test_typed(name: str) -> None:
    """Digits are grouped as in the whole number, whichever separators are typed; nothing else is changed."""
    random = Random(f"typing {name}")
    typed = []
    for text in texts(name):
        clean = digits_of(formatted(name, text))
        typed += [clean[: random.randint(0, len(clean))], " ".join(clean[: random.randint(0, len(clean))]), text]
    found = called("format", [(name, value, {"partial": True}) for value in typed])
    for value, shown in zip(typed, found, strict=True):
        assert digits_of(shown) == digits_of(value), value
        assert shown == value or not re.search("[^0-9 .]", shown), value
        whole = formatted(name, value)
        assert shown == whole or value == whole or digits_of(whole) != value, value
    again = called("format", [(name, value, {"partial": True}) for value in found])
    assert again == found


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("orgnr", "", ""),
        ("orgnr", "974", "974"),
        ("orgnr", "974 ", "974"),
        ("orgnr", "9747", "974 7"),
        ("orgnr", "97 4760 673", "974 760 673"),
        ("orgnr", "9747606731", "9747606731"),
        ("orgnr", "NO974", "NO974"),
        ("kontonr", "8601 11", "8601.11"),
        ("kontonr", "860111", "8601.11"),
        ("kontonr", "8601.", "8601"),
        ("fnr", "0385159873", "038515 9873"),
        ("phone", "800", "800"),
        ("phone", "8001", "800 1"),
        ("phone", "2123", "21 23"),
        ("phone", "+472123", "+472123"),
        ("phone", "02", "02"),
        ("kid", "1234567897", "1234567897"),
        ("date", "311216", "311216"),
        ("number", "1234", "1234"),
        ("altinn-password", "Abc 1", "Abc 1"),
    ],
)
def test_partial(name: str, value: str, shown: str) -> None:
    assert called("format", [(name, value, {"partial": True})]) == [shown]


def test_caret() -> None:
    """It stays behind the same digits."""
    arguments = [("974 760 67", "97476067", place) for place in range(9)] + [("97x", "97x", 2), ("974 7", "9747", 4)]
    assert called("caretIn", arguments) == [0, 1, 2, 3, 5, 6, 7, 9, 10, 2, 5]


@pytest.mark.parametrize("synthetic", POLICIES)
@pytest.mark.parametrize("name", FIELDS)
def test_facts(name: str, synthetic: str) -> None:
    values = texts(name)
    found = called("facts", [(name, value, {"synthetic": synthetic}) for value in values])
    with policy(synthetic):
        for value, answer in zip(values, found, strict=True):
            assert answer == facts(BY_NAME[name], value), value


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("format", ("orgnr", "1", {"part": True})),
        ("format", ("orgnr", "1", {"synthetic": "accept"})),
        ("facts", ("orgnr", "1", {"partial": True})),
    ],
)
def test_unknown_option(function: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(AssertionError, match="TypeError: no option"):
        called(function, [arguments])
