"""nofields.js and Python agree on 200,000 questions: checks with all options, written forms, typed ones, and facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from random import Random
from typing import Any, NamedTuple

from helpers.javascript import called
from helpers.mutations import STRANGE, mutated
from helpers.own_fields import NEAR, OWN
from helpers.parity import alike, checked, facts, paired, typed, written
from helpers.values import POLICIES, policy
from nofields.characters import DASHES, INVISIBLE, WHITE_SPACE
from nofields.export.rules import rules
from nofields.fields import BY_NAME
from nofields.value import Field

FIELDS: dict[str, type[Field]] = {name: BY_NAME[name] for name in rules()} | OWN
COUNT = 200_000
#: How often each function is asked; only ``check`` and ``facts`` depend on the policy.
FUNCTIONS = {"check": 10, "facts": 3, "format": 3, "typed": 4}
SEPARATORS = [*WHITE_SPACE, *"  -./,", *INVISIBLE, *DASHES, "\u3000", "\u2028"]
BEFORE = ["", "", "", "+47", "0047", "47", "tel:", "TEL:+47", "(+47)", "NO", "no93", "0192:", "N-", "kr ", "\u2212", "+46", "("]
BEHIND = ["", "", "", "MVA", "mva", ",-", " kr", ".0", "e5", "-", "\u00ad", "\u2013", " ", "\n"]
PIECES = [
    *STRANGE,
    *SEPARATORS,
    *BEFORE,
    *BEHIND,
    *"0123456789",
    "31.12.2016",
    "Aa1",
    "x" * 9,
    "9" * 30,
    " " * 60,
    "\u0663",
    "\uff11",
]


class Question(NamedTuple):
    synthetic: str
    function: str
    name: str
    value: Any
    options: dict[str, Any]


def near_miss(name: str, random: Random) -> str:
    near = NEAR.get(FIELDS[name], name)
    return mutated(near, random) if near in BY_NAME else hostile(name, random)


def grouped(name: str, random: Random) -> str:
    """A near miss with separators between some characters, often the same, and around it what may stand there."""
    text, separator = near_miss(name, random), random.choice(SEPARATORS)
    share = random.choice((0, 0.3, 0.5))
    parts = (
        letter + (random.choice((separator, separator, random.choice(SEPARATORS))) if random.random() < share else "")
        for letter in text
    )
    return random.choice(BEFORE) + "".join(parts) + random.choice(BEHIND)


def customary(name: str, random: Random) -> str:
    """A near miss in its written form, or with its last digits alone in another."""
    shown = written(FIELDS[name], near_miss(name, random))
    return str(shown).replace(" ", random.choice(SEPARATORS)) if random.random() < 0.5 else str(shown)


def hostile(name: str, random: Random) -> str:
    """Pieces of values, and characters from all of Unicode."""
    pieces = random.choices(PIECES, k=random.randint(0, 12))
    pieces += [
        chr(random.choice((random.randrange(0x250), random.randrange(0x3000), random.randrange(0x110000))))
        for _ in range(random.randint(0, 3))
    ]
    random.shuffle(pieces)
    return "".join(pieces)


def other(name: str, random: Random) -> Any:
    """What JSON has besides text."""
    number = random.choice(
        (random.randint(-(10**6), 10**12), random.uniform(-1000, 1000), random.uniform(-1, 1) * 10.0 ** random.randint(-30, 40))
    )
    return random.choice((None, True, False, number, number, [], [near_miss(name, random)], {}, {"value": 1}, [[None]]))


KINDS = {near_miss: 8, grouped: 6, customary: 5, hostile: 4, other: 2}


def questions(random: Random) -> Iterator[Question]:
    """Draw questions on all fields alike."""
    names = list(FIELDS)
    for number in range(COUNT):
        name = names[number % len(names)]
        (function,), (kind,) = (random.choices(list(some), some.values()) for some in (FUNCTIONS, KINDS))
        value = kind(name, random)  # type: ignore[operator]
        synthetic = random.choice(POLICIES) if function in ("check", "facts") else "accept"
        options = {"check": {"synthetic": synthetic}, "facts": {"synthetic": synthetic}, "typed": {"partial": True}}.get(
            function, {}
        )
        if function in ("check", "facts") and random.random() < 0.3:
            options["required"] = random.choice((True, False))
        yield Question(synthetic, function, name, paired(value) if isinstance(value, str) else value, options)


def in_python(asked: Question) -> Any:
    field, value = FIELDS[asked.name], asked.value
    match asked.function:
        case "check":
            return checked(field, value, required=asked.options.get("required", True))
        case "facts":
            return facts(field, value)
        case "typed":
            return typed(field, value)
    return written(field, value)


def same(answer: Any, expected: Any) -> bool:
    if isinstance(expected, float):  # which JavaScript may write without a decimal point
        return float(answer) == expected
    return bool((alike(answer) if isinstance(answer, dict) and "params" in answer else answer) == expected)


def test_parity() -> None:
    asked = sorted(questions(Random("parity")), key=lambda question: question.synthetic)
    found = called("", (("format" if each.function == "typed" else each.function, *each[2:]) for each in asked), OWN)
    different = []
    for synthetic, pairs in groupby(zip(asked, found, strict=True), key=lambda pair: pair[0].synthetic):
        with policy(synthetic):
            for question, answer in pairs:
                expected = in_python(question)
                if not same(answer, expected):
                    different.append((question, answer, expected))
    assert not different, f"{len(different)} differ: {different[:5]!a}"
