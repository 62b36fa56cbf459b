"""A project's own fields in JavaScript: their class arguments count, and the results are Python's."""

from __future__ import annotations

import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from helpers.javascript import called
from helpers.mutations import STRANGE, mutated
from helpers.own_fields import NEAR, OWN
from helpers.parity import alike, checked, paired
from helpers.values import POLICIES, policy
from nofields import (
    DateRange,
    EmailAddress,
    FieldError,
    NorwegianDate,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Text,
)
from nofields.cli.app import app
from nofields.export.rules import rules
from nofields.value import Field

PIECES = [*STRANGE, "a", "Ola", "\r\n", "\n", "\t", "😀", "x" * 9, "\ud83d", " " * 5, "\x07", "\u2029", "é"]


def texts(name: str, count: int = 800) -> list[Any]:
    field, random = OWN[name], Random(f"own {name}")
    if field in NEAR:
        values: list[Any] = [mutated(NEAR[field], random) for _ in range(count)]
    else:
        values = [paired("".join(random.choices(PIECES, k=random.randint(0, 12)))) for _ in range(count)]
    return [*values, *STRANGE, None, True, [], "", "9" * 65, "a" * 4001, "31.12.1989", "1.1.1990", "28.2.2020", "29.2.2020"]


@pytest.mark.parametrize("synthetic", POLICIES)
@pytest.mark.parametrize("name", OWN)
def test_check(name: str, synthetic: str) -> None:
    values = texts(name)
    found = called("check", [(name, value, {"synthetic": synthetic}) for value in values], OWN)
    with policy(synthetic):
        for value, answer in zip(values, found, strict=True):
            assert alike(answer) == checked(OWN[name], value), ascii(value)


@pytest.mark.parametrize("name", OWN)
def test_written_form(name: str) -> None:
    values = [value for value in texts(name) if isinstance(value, str)]
    found = called("format", [(name, value) for value in values], OWN)
    with policy("accept"):
        for value, answer in zip(values, found, strict=True):
            try:
                assert answer == OWN[name](value).formatted  # type: ignore[call-arg]
            except FieldError:
                assert answer == value


@pytest.mark.parametrize("name", ["constructor", "hasOwnProperty", "toString", "class", "default", "then"])
def test_names_of_javascript(name: str) -> None:
    """A field may be named as what every object has, or with a reserved word."""

    class Own(PaymentReference, digits=10): ...

    class OwnText(Text): ...

    for field, value, shown in [(Own, "1234567897", {"moduli": [10]}), (OwnText, "x", {})]:
        own: dict[str, type[Field]] = {name: field}
        (checked,) = called("check", [(name, value)], own)
        assert (checked["valid"], called("facts", [(name, value)], own)) == (True, [shown])
        assert called("format", [(name, value), (name, value, {"partial": True})], own) == [value, value]


def test_facts() -> None:
    """Of a number that would be of two kinds, one kind is accepted."""
    (found,) = called("facts", [("tenorPerson", "03851598730")], OWN)
    assert (found["kind"], found["birthDate"]) == ("tenor-fnr", "2015-05-03")


@pytest.mark.parametrize(
    ("base", "settings"),
    [
        (PhoneNumber, {"foreign": True}),
        (PostalCode, {"registered": True}),
        (NorwegianDate, {"max": datetime.date.today}),
        (NorwegianDate, {"patterns": (r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",)}),
        (PaymentReference, {"separators": "-"}),
        (DateRange, {"min": datetime.date.today}),
        (EmailAddress, {}),
    ],
)
def test_unreadable_rule(base: type[Field], settings: dict[str, Any]) -> None:
    """What JavaScript cannot read as Python does is not exported."""
    own = type("Own", (base,), {"__slots__": ()}, **settings)
    with pytest.raises(ValueError, match=r"^Own: JavaScript"):
        rules({"own": own})


MODELS = """
from nofields import Country, PaymentReference
class OurReference(PaymentReference, modulus=11, digits=10): ...
class Kid(PaymentReference): ...
class Place(Country): ...
number = 1
"""


#: Modules of a project that cannot be imported.
BROKEN = {
    "unknown_argument_of_app": "from nofields import Text\nclass Note(Text, mx=3): ...",
    "broken_syntax_of_app": "class Note(",
    "script_of_app": "raise SystemExit(3)",
}


def export(folder: Path, *paths: str) -> Any:
    return CliRunner().invoke(app, ["export", "--npm", str(folder), *(word for path in paths for word in ("--field", path))])


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module is found in the current folder."""
    (tmp_path / "own_fields_of_app.py").write_text(MODELS)
    monkeypatch.chdir(tmp_path)
    assert export(tmp_path / "nofields", "own_fields_of_app:OurReference", "nofields:Text").exit_code == 0
    types = (tmp_path / "nofields" / "nofields.d.mts").read_text()
    assert '| "ourReference"' in types
    assert 'declare const $text: NofieldsCheck<"text">' in types


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("no_such_module:X", "Cannot import"),
        ("own_fields_of_app:Missing", "Cannot import"),
        ("own_fields_of_app", "Cannot import"),
        ("", "Cannot import"),
        ("own_fields_of_app:number", "is not a field type"),
        ("nofields.value:Field", "is not a field type"),
        ("own_fields_of_app:Kid", "is taken"),
        ("own_fields_of_app:Place", "JavaScript has no reader"),
        (".own_fields_of_app:Place", "Cannot import"),
        ("unknown_argument_of_app:Note", "TypeError: unknown class argument 'mx'"),
        ("broken_syntax_of_app:Note", "SyntaxError: "),
        ("script_of_app:Note", "SystemExit: 3"),
    ],
)
def test_command_errors(path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_fields_of_app.py").write_text(MODELS)
    for module, source in BROKEN.items():
        (tmp_path / f"{module}.py").write_text(source)
    monkeypatch.chdir(tmp_path)
    result = export(tmp_path / "nofields", path)
    assert (result.exit_code, message in " ".join(result.stderr.replace("│", " ").split())) == (2, True), result.stderr
    assert not (tmp_path / "nofields").exists()
