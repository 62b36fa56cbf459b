"""The speed of the exported checks under Node, against the validators that frontends use today."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from textwrap import wrap
from typing import Any

import pytest

from helpers.node import node_json
from nofields.export.modules import module
from nofields.fields import BY_NAME
from nofields.files import atomic_write
from nofields.generate import (
    BUILDERS,
    account_number,
    chooser,
    national_identity_number,
    organisation_number,
)

choose = chooser(2026)
LONG_AGO = (datetime.date(1855, 1, 1), datetime.date(1880, 1, 1))
FORMS = ("clean", "formatted", "wrong")
LIBRARIES = {
    "norsk-validator": ("orgnr", "kontonr", "fnr", "kid"),
    "@navikt/fnrvalidator": ("fnr",),
    "libphonenumber-js": ("phone",),
}


def kid() -> str:
    """A payment reference that norsk-validator reads, which knows neither a hyphen nor a check digit 0 by modulus 10."""
    return next(each for each in iter(lambda: BUILDERS[BY_NAME["kid"]](choose), "") if each[-1] not in "-0")


#: What makes a value of a field, and what groups it.
BUILT: dict[str, tuple[Callable[[], str], Callable[[str], str]]] = {
    "orgnr": (lambda: organisation_number(choose, ["organisation"]), lambda text: " ".join(wrap(text, 3))),
    "kontonr": (lambda: account_number(choose), lambda text: f"{text[:4]}.{text[4:6]}.{text[6:]}"),
    "fnr": (lambda: national_identity_number(choose, ["fnr"], LONG_AGO), lambda text: f"{text[:6]} {text[6:]}"),
    "kid": (kid, lambda text: " ".join(wrap(text, 4))),
    "phone": (lambda: BUILDERS[BY_NAME["phone"]](choose), lambda text: " ".join(wrap(text, 2))),
}


def wrong(name: str, text: str) -> str:
    """A value with another last digit, or of a phone number a first digit that no number has."""
    others = [f"0{text[1:]}"] if name == "phone" else [f"{text[:-1]}{digit}" for digit in range(10)]
    return next(each for each in others if not BY_NAME[name].is_valid(each))


@pytest.fixture(scope="module")
def nanoseconds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[float]]:
    """What a call takes of nofields and of another library, by field, form and library; all in one process."""
    script = tmp_path_factory.mktemp("speed") / "nofields.mjs"
    atomic_write(script, module())
    values = {}
    for name, (build, grouped) in BUILT.items():
        clean = [build() for _ in range(500)]
        values[name] = dict(zip(FORMS, (clean, [*map(grouped, clean)], [wrong(name, text) for text in clean])))
    found: dict[str, list[float]] = node_json("speed.mjs", script, typed=values)
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("name", "library"), [(name, library) for library, names in LIBRARIES.items() for name in names])
def test_javascript(
    name: str, form: str, library: str, nanoseconds: dict[str, list[float]], bar: Any, measured: dict[str, float]
) -> None:
    """They are at least as fast as another library."""
    group = f"{name} under Node, {form}, {library}"
    bar(group, 1)
    own, other = nanoseconds[f"{name}, {form}, {library}"]
    measured[group] = other / own
