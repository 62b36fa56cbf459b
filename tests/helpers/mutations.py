"""Valid values, and values that differ from them by a few characters, as people and programs write them."""

from __future__ import annotations

from random import Random
from typing import Any

from nofields.characters import WHITE_SPACE
from nofields.fields import BY_NAME
from nofields.generate import BUILDERS, national_identity_number, organisation_number

#: Characters that people and programs put into a field besides digits, and look-alikes of digits.
STRANGE = [
    *WHITE_SPACE,
    *"-./,+_:;'\"!\\|@{}[]()%$#*",
    *"aAzZøØåéß",
    *"٣３²Ⅷ৩",
    "\u200b",
    "\u200f",
    "\ufeff",
    "\x00",
    "\x1c",
    "\x0b",
]
STRANGE += ["\x85", "\u2028", "\u3000", "\u1680", "😀", "\ud800", "\udfff", "−", "–"]


def mutated(name: str, random: Random) -> str:
    """A valid value, two thirds of them with one to three characters inserted, replaced, swapped or cut."""
    build = {"fnr": _any_person, "orgnr": _any_organisation}.get(name, BUILDERS[BY_NAME[name]])
    text = build(random.randint)
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        at = int(random.random() * len(text))
        other = random.choice(random.choice(("0123456789", "0123456789", STRANGE, WHITE_SPACE)))
        match int(random.random() * 5):
            case 0:
                text = text[:at] + other + text[at:]
            case 1 | 2:
                text = text[:at] + other + text[at + 1 :]
            case 3:
                text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
            case _:
                text = text[:at] + text[at + 1 :]
    return text


def _any_person(choose: Any) -> str:
    return national_identity_number(
        choose, ["fnr", "dnr", "tenor-fnr", "tenor-dnr", "nav-fnr", "nhn-fnr", "nhn-dnr", "nav-npid", "bost", "fh"]
    )


def _any_organisation(choose: Any) -> str:
    return organisation_number(choose, ["organisation", "synthetic_organisation"])
