"""Secrets that must not show, and what a leak of them would show."""

from __future__ import annotations

#: What a leak would show: parts that no message has of itself.
CANARIES = ("Hemmeleg", "Kanari", "0385159", "038515", "98730", "98731")
PASSWORD = "Hemmeleg-Kanari"
#: Synthetic: valid but refused by default, with a wrong check digit, too short, and with a blank and a letter in it.
NUMBERS = ("03851598730", "03851598731", "0385159873", "038515 9873x")
LONG = PASSWORD * 50


def assert_silent(*shown: object) -> None:
    """Fails if a canary is in what was shown."""
    for each in shown:
        text = each if isinstance(each, str) else f"{each} {each!r}"
        for canary in CANARIES:
            assert canary not in text
