"""The net over Python: every public name is driven with canaries, and nothing shows one.

What is driven is read from nofields itself: a later name that no driver knows fails the test.
"""

from __future__ import annotations

import base64
import inspect
import logging
import os
import pkgutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from enum import Enum
from fnmatch import fnmatch
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import nofields
from canaries import NET, RIGHT, Net, leaks
from canary_drives import DRIVES
from nofields import Field
from nofields.altinn import PreferredLanguage
from nofields.fields import ALL
from support import policy

#: Packages that name their public part, and rooms that do not: of those, what their modules define is public.
NAMED = ("nofields", *(f"nofields.{room}" for room in ("altinn", "columns", "forms", "strategies", "web")))
ROOMS = ("audit", "catalogs", "export", "generate", "languages", "localization", "messages", "postal_register")

#: Names without a driver of their own, and why: no value of a user's goes in. They are called with canaries all the same.
PROGRAM = {
    "nofields.strategies.*": "draws values",
    "nofields.generate.*": "makes values",
    "nofields.export.*": "writes rules and texts",
    "nofields.catalogs.*": "is given languages and folders",
    "nofields.messages.*": "is given keys and their parameters",
    "nofields.audit.*.*": "a part of what opened() and audit() drive; files of its own are driven by the command line",
    "nofields.postal_register.*": "is given the register",
    "nofields.localization.[A-Z]*": "a type",
    "nofields.localization.details": "lists pydantic's own errors, input included, for localize and problem_response",
    "nofields.F*": "what fields and their errors have in common",
    "nofields.Problem": "is given keys",
    "nofields.Value": "what fields have in common",
    "nofields.forms.[AOF]*": "is given texts of the program's: Ask, Option, FormError",
    "nofields.web.assets": "test_canary_endpoints.py asks its routes",
    "nofields.altinn.app": "test_canary_endpoints.py visits its pages",
    "nofields.altinn.*Error": "is raised, with words of the program's",
    "nofields.altinn.S*e*": "what stores have in common: Store, Saved",
    "nofields.altinn.new_key": "makes a key",
}
#: Those among them that show what they are given, and what that is.
ECHOES = {
    "nofields.Problem": "a key and a reason",
    "nofields.forms.Option": "its parts",
    "nofields.altinn.Saved": "its parts: settings, which mask their password",
    "nofields.*Error": "its words",
    "nofields.audit.unreadable.*": "its words",
    "nofields.audit.arrow_file.*": "the name of a file",
    "nofields.audit.auditing.[CES]*": "its parts: Column, Example, Summary",
    "nofields.audit.csv_text.Block": "its parts, inside of an audit",
    "nofields.audit.source.[RBP]*": "its parts, inside of an audit: Ragged, Batch, Piece",
    "nofields.audit.source.distinct": "the names of columns",
    "nofields.catalogs.*": "the name of a language or a folder",
    "nofields.export.bundles.*": "the name of a language",
    "nofields.export.lint.*": "its parts, or the name of a language",
    "nofields.export.types.union": "names",
    "nofields.messages.message": "a key",
    "nofields.messages.tasks_waiting": "a count",
    "nofields.messages.template": "a key, or the name of a language",
    "nofields.messages.gettext_id": "a key",
    "nofields.messages.explanation": "a reason",
    "nofields.postal_register.Entry": "its parts",
    "nofields.postal_register.Change": "its parts",
}
#: What rightly puts a taken value out.
PUT_OUT = {"formatted": "the written form, which was asked for", "name_in": "a country, not a secret"}


def publics() -> dict[str, Any]:
    """Every public function and class but enumerations, whose members the program names, by the place it is public at."""
    found = {f"{room}.{name}": getattr(import_module(room), name) for room in NAMED for name in import_module(room).__all__}
    for module in pkgutil.walk_packages(nofields.__path__, "nofields."):
        if module.name.split(".")[1] in ROOMS:
            there = vars(import_module(module.name)).items()
            found |= {f"{module.name}.{name}": each for name, each in there if getattr(each, "__module__", "") == module.name}
    return {
        name: each
        for name, each in found.items()
        if (inspect.isfunction(each) or inspect.isclass(each))
        and not name.rpartition(".")[2].startswith("_")
        and not (inspect.isclass(each) and issubclass(each, (Enum, *FIELDS)))
    }


FIELDS: tuple[type[Field], ...] = (*ALL, PreferredLanguage)
PUBLIC = publics()


def named(name: str, table: Any) -> bool:
    return any(fnmatch(name, pattern) for pattern in table)


def with_canaries(call: Callable[..., object], canary: str) -> Callable[[], object]:
    """The call with a canary for every argument that has to be given."""
    try:
        parameters = inspect.signature(call).parameters.values()
    except ValueError:  # Python cannot tell: an exception
        return partial(call, canary)
    wanted = [each for each in parameters if each.default is each.empty]
    words = [canary for each in wanted if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    return partial(call, *words, **{each.name: canary for each in wanted if each.kind is each.KEYWORD_ONLY})


def test_every_public_name_has_a_driver() -> None:
    undriven = [name for name in PUBLIC if name not in DRIVES and not named(name, PROGRAM)]
    assert undriven == []


def test_every_driver_has_a_name() -> None:
    """Also each exception to the rule: one that is left when its name is gone would let a later name through."""
    for pattern in (*DRIVES, *PROGRAM, *ECHOES):
        assert any(fnmatch(name, pattern) for name in PUBLIC), pattern


@pytest.mark.parametrize("setting", ["reject", "accept"])
@pytest.mark.parametrize("drive", dict.fromkeys(DRIVES.values()), ids=lambda drive: drive.__name__)
def test_what_is_given_values_shows_none(
    drive: Callable[[Net, str], None], setting: str, request: pytest.FixtureRequest
) -> None:
    net = Net(request)
    with policy(setting):
        for canary in NET:
            drive(net, canary)
    assert net.shown
    net.assert_silent()


@pytest.mark.parametrize("name", sorted(name for name in PUBLIC if name not in DRIVES and not named(name, ECHOES)))
def test_what_is_given_canaries_in_a_wrong_place_shows_none(name: str, request: pytest.FixtureRequest) -> None:
    net = Net(request)
    for canary in RIGHT:
        net.drive(with_canaries(PUBLIC[name], canary))
    net.assert_silent()


def own_members(field: type[Field]) -> Iterator[str]:
    """The public names that nofields, not Python, gives a field, of what is called or worked out."""
    for cls in field.__mro__:
        for name, member in vars(cls).items() if cls.__module__.startswith("nofields") else ():
            worked_out = isinstance(member, (staticmethod, classmethod, property)) or inspect.isfunction(member)
            if worked_out and not name.startswith("_"):
                yield name


def value_of(field: type[Field], canary: str) -> Any:
    """A value that a field takes: the canary itself of a secret one."""
    tries = (canary, *NET) if field.secret else (*field.examples, "annet", "nb", "on", ["annet"])
    return next(field(each) for each in tries if field.is_valid(each))  # type: ignore[call-arg]


@pytest.mark.parametrize("setting", ["reject", "accept"])
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
def test_fields_show_no_canary(field: type[Field], setting: str, request: pytest.FixtureRequest) -> None:
    """Refused, a canary is nowhere, whatever the field; taken, it is only where it is asked for, in a secret field."""
    net = Net(request)
    with policy("accept"):
        values = [value_of(field, canary) for canary in NET]
    with policy(setting):
        for canary, value in zip(NET, values):
            if field.secret or not field.is_valid(canary):
                net.drive(field, canary)
                net.drive(field, [canary, {canary: canary}])
            net.drive(lambda value=value: [value, {"x": value}, (value,)])
            of = value if isinstance(value, field) else field  # a tick is True
            for name in set(own_members(field)) - PUT_OUT.keys():
                member = getattr(of, name)
                net.drive(with_canaries(member, canary)) if callable(member) else net.drive(getattr, of, name)
    net.assert_silent()


def chained(canary: str) -> None:
    try:
        raise ValueError(canary)
    except ValueError:
        raise TypeError("silent") from None


#: Every place that a canary can show in.
PLACES: dict[str, Callable[[str], object]] = {
    "result": lambda canary: [canary],
    "stdout": lambda canary: print(canary),
    "stderr": lambda canary: print(canary, file=sys.stderr),
    "file descriptor": lambda canary: os.write(1, canary.encode()),
    "log": lambda canary: logging.getLogger("uvicorn.access").debug("%s", canary),
    "warning": lambda canary: warnings.warn(canary, stacklevel=1),
    "hidden context": chained,
    "argument": lambda canary: canary.encode().decode("utf-32"),
    "file": lambda canary: Path("x").write_text(canary),
    "name of a file": lambda canary: Path(canary).touch(),
    "temporary file": lambda canary: tempfile.NamedTemporaryFile("w", delete=False, prefix=canary),  # noqa: SIM115
    "UTF-16": lambda canary: Path("x").write_text(canary, "utf-16"),
    "base64": lambda canary: base64.b64encode(b"x" + canary.encode()).decode(),
    "hexadecimal": lambda canary: canary.encode().hex(),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("canary", NET)
def test_the_net_has_no_hole(place: str, canary: str, request: pytest.FixtureRequest) -> None:
    net = Net(request)
    net.drive(PLACES[place], canary)
    with pytest.raises(AssertionError):
        net.assert_silent()


def test_the_net_catches_nothing_else() -> None:
    assert leaks(["Kunde 21906 9237 hemmelig", b"\x00" * 100, "974760673"]) == []
