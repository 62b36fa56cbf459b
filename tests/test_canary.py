"""Every public name is called with secrets, and no output, log line, file or error shows one.

The names are read from nofields itself: a new name without a call in ``canary_calls`` fails the first test.
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
from helpers.canaries import SECRETS, VALID, LeakDetector, leaks
from helpers.canary_calls import CALLS
from helpers.values import policy
from nofields import Field
from nofields.altinn import PreferredLanguage
from nofields.fields import ALL

#: Packages with ``__all__``, and packages without it, where every name that a module defines counts as public.
NAMED = ("nofields", *(f"nofields.{package}" for package in ("altinn", "columns", "forms", "strategies", "web")))
UNNAMED = (
    *("audit", "catalogs", "export", "generate", "languages", "localization"),
    *("message_templates", "messages", "plurals", "postal_register"),
)

#: Names that receive no user's value, and why. They are called with secrets in place of their arguments.
WITHOUT_VALUES = {
    "nofields.strategies.*": "draws values",
    "nofields.generate.*": "makes values",
    "nofields.export.*": "writes rules and texts",
    "nofields.catalogs.*": "is given languages and folders",
    "nofields.languages.[fjl]*": "is given texts of catalogs, a language or a size: file_size, joined, list_patterns",
    "nofields.message*.*": "is given keys and their parameters",
    "nofields.plurals.*": "is given keys",
    "nofields.audit.*.*": "part of open_source() and audit(), which have calls of their own",
    "nofields.postal_register.*": "is given the register",
    "nofields.localization.[A-Z]*": "a type",
    "nofields.F*": "what fields and their errors have in common",
    "nofields.Problem": "is given keys",
    "nofields.Value": "what fields have in common",
    "nofields.forms.F*": "is given texts of the program: FileType, FormError",
    "nofields.forms.OwnWidget": "is given names of the program",
    "nofields.forms.Answer*": "is made by Bound.answers(), which has no secrets",
    "nofields.forms.Bound[CS]*": "is made by Form.bind(), which has a call of its own: BoundControl, BoundStep",
    "nofields.forms.Control": "is made from a model",
    "nofields.forms.Step": "is given names and texts of the program",
    "nofields.Ask": "is given texts of the program",
    "nofields.web.assets": "see test_canary_endpoints.py",
    "nofields.altinn.app": "see test_canary_endpoints.py",
    "nofields.altinn.*Error": "is raised with a text of the program",
    "nofields.altinn.S*e*": "what stores have in common: Store, Saved, SavedConnection",
    "nofields.altinn.AccessRequest": "is given what Altinn answers",
    "nofields.altinn.Connection*": "is given what Altinn answers, and times",
    "nofields.altinn.Limits": "is given numbers",
    "nofields.altinn.new_key": "makes a key",
}
#: Those of them that show their arguments, and what these are.
ECHOES = {
    "nofields.Problem": "a key and a reason",
    "nofields.forms.OwnWidget": "its parts, which are names",
    "nofields.forms.Answer*": "its parts, inside of a form: Answer, AnsweredStep",
    "nofields.forms.Bound[CS]*": "its parts: what the page shows of a control or a step",
    "nofields.forms.Control": "its parts, which are names and texts",
    "nofields.forms.Step": "its parts, which are names and texts",
    "nofields.altinn.Saved": "its parts: settings, which mask their password",
    "nofields.altinn.AccessRequest": "its parts: an ID, a status and a link of Altinn's",
    "nofields.altinn.*Connection": "its parts, of which none is a secret",
    "nofields.altinn.ConnectionFault": "a key, a code and parameters of the program",
    "nofields.*Error": "its text",
    "nofields.audit.unreadable.*": "its text",
    "nofields.audit.arrow_file.*": "the name of a file",
    "nofields.audit.auditing.[CES]*": "its parts: Column, Example, Summary",
    "nofields.audit.csv_rows.Span": "its parts, inside of an audit",
    "nofields.audit.csv_text.[BL]*": "its parts, inside of an audit: Block, Line",
    "nofields.audit.source.[RBP]*": "its parts, inside of an audit: Ragged, Batch, Piece",
    "nofields.audit.source.distinct": "the names of columns",
    "nofields.catalogs.*": "the name of a language or a folder",
    "nofields.export.bundles.*": "the name of a language",
    "nofields.export.entry_types.*": "the name of a module, or its ending",
    "nofields.export.escapes.*": "a text of a catalog",
    "nofields.export.exported.*": "their parts, which are of the program: Exported, Script",
    "nofields.export.forms.mask": "a pattern of the program",
    "nofields.export.modules.[ilp]*": "names and values of the program: identifier, literal, param_modules",
    "nofields.export.parameters.requirements": "a rule",
    "nofields.export.plural_forms.*": "its parts, a key, or the name of a language",
    "nofields.export.sentences.texts": "the name of a language",
    "nofields.export.written.[ce]*": "patterns of the program: caseless, escaped",
    "nofields.export.twins.*": "the name of a module, or its source",
    "nofields.export.types.field_types": "names",
    "nofields.export.lint.*": "its parts, or the name of a language",
    "nofields.export.key_types.union": "names",
    "nofields.export.types.param_types": "names",
    "nofields.generate.iban_accounts": "a country",
    "nofields.generate.identity.gender_named": "the name of a gender",
    "nofields.generate.identity.numbers_of_people": "the name of a rule",
    "nofields.generate.names.Names": "names",
    "nofields.generate.records.[OP]*": "its parts, which are made up: Organisation, Person",
    "nofields.messages.message": "a key",
    "nofields.messages.tasks_waiting": "a count",
    "nofields.message_templates.template": "a key, or the name of a language",
    "nofields.messages.without_html": "a text for people",
    "nofields.message_templates.has_*": "a key, a reason, or the name of a language",
    "nofields.messages.explanation": "a reason",
    "nofields.messages.itemized": "a text",
    "nofields.forms.FileType": "its parts",
    "nofields.languages.joined": "texts",
    "nofields.plurals.gettext_id": "a key",
    "nofields.postal_register.Entry": "its parts",
    "nofields.postal_register.Change": "its parts",
    "nofields.postal_register.Status": "its parts",
}
#: Members that return an accepted value.
RETURNS_VALUE = {"formatted": "the written form, which was requested", "name_in": "a country, not a secret"}


def publics() -> dict[str, Any]:
    """Every public function and class by its dotted name, without enumerations and fields."""
    found = {f"{at}.{name}": getattr(import_module(at), name) for at in NAMED for name in import_module(at).__all__}
    for module in pkgutil.walk_packages(nofields.__path__, "nofields."):
        if module.name.split(".")[1] in UNNAMED:
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


def matches(name: str, table: Any) -> bool:
    return any(fnmatch(name, pattern) for pattern in table)


def with_secrets(function: Callable[..., object], secret: str) -> Callable[[], object]:
    """The call of a function with a secret for every required argument."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # an exception has no signature
        return partial(function, secret)
    required = [each for each in parameters if each.default is each.empty]
    positional = [secret for each in required if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    return partial(function, *positional, **{each.name: secret for each in required if each.kind is each.KEYWORD_ONLY})


@pytest.fixture
def detector(request: pytest.FixtureRequest) -> LeakDetector:
    return LeakDetector(request)


def test_every_public_name_is_called() -> None:
    uncalled = [name for name in PUBLIC if name not in CALLS and not matches(name, WITHOUT_VALUES)]
    assert uncalled == [], "a new public name: add a call to helpers/canary_calls.py, or a reason to WITHOUT_VALUES"


def test_every_pattern_has_a_name() -> None:
    """A pattern left over after its name is gone would exempt a new name."""
    for pattern in (*CALLS, *WITHOUT_VALUES, *ECHOES):
        assert any(fnmatch(name, pattern) for name in PUBLIC), pattern


@pytest.mark.parametrize("call", dict.fromkeys(CALLS.values()), ids=lambda call: call.__name__)
def test_functions(call: Callable[[LeakDetector, str], None], detector: LeakDetector) -> None:
    """Neither a valid secret, which is accepted, nor an invalid one shows."""
    with policy("accept"):
        for secret in SECRETS:
            call(detector, secret)
    assert detector.shown
    detector.assert_no_leak()


def test_wrong_arguments(detector: LeakDetector) -> None:
    """Secrets as arguments of functions that receive no values do not show either."""
    leaking = []
    for name in sorted(name for name in PUBLIC if name not in CALLS and not matches(name, ECHOES)):
        before = len(detector.shown)
        for secret in VALID:
            detector.call(with_secrets(PUBLIC[name], secret))
        leaking += [name] if leaks(detector.shown[before:]) else []
    assert leaking == []
    detector.assert_no_leak()


def own_members(field: type[Field]) -> Iterator[str]:
    """The public methods and properties that nofields defines for a field."""
    for cls in field.__mro__:
        for name, member in vars(cls).items() if cls.__module__.startswith("nofields") else ():
            computed = isinstance(member, (staticmethod, classmethod, property)) or inspect.isfunction(member)
            if computed and not name.startswith("_"):
                yield name


def value_of(field: type[Field], secret: str) -> Any:
    """A valid value of a field: the secret itself, where the field is one for secrets."""
    tries = (secret, *SECRETS) if field.secret else (*field.examples, "annet", "nb", "on", ["annet"])
    return next(field(each) for each in tries if field.is_valid(each))  # type: ignore[call-arg]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
def test_fields(field: type[Field], detector: LeakDetector) -> None:
    """No field shows a rejected secret; a field for secrets shows an accepted one only where it is requested."""
    with policy("accept"):
        values = [value_of(field, secret) for secret in SECRETS]
    for secret, value in zip(SECRETS, values):
        if field.secret or not field.is_valid(secret):
            detector.call(field, secret)
            detector.call(field, [secret, {secret: secret}])
        detector.call(lambda value=value: [value, {"x": value}, (value,)])
        owner = value if isinstance(value, field) else field  # a checkbox's value is True
        for name in set(own_members(field)) - RETURNS_VALUE.keys():
            member = getattr(owner, name)
            detector.call(with_secrets(member, secret)) if callable(member) else detector.call(getattr, owner, name)
    detector.assert_no_leak()


def chained(secret: str) -> None:
    try:
        raise ValueError(secret)
    except ValueError:
        raise TypeError("no secret") from None


#: Every place where a secret can show.
PLACES: dict[str, Callable[[str], object]] = {
    "result": lambda secret: [secret],
    "stdout": lambda secret: print(secret),
    "stderr": lambda secret: print(secret, file=sys.stderr),
    "file descriptor": lambda secret: os.write(1, secret.encode()),
    "log": lambda secret: logging.getLogger("uvicorn.access").debug("%s", secret),
    "warning": lambda secret: warnings.warn(secret, stacklevel=1),
    "hidden context": chained,
    "argument": lambda secret: secret.encode().decode("utf-32"),
    "file": lambda secret: Path("x").write_text(secret),
    "name of a file": lambda secret: Path(secret).touch(),
    "temporary file": lambda secret: tempfile.NamedTemporaryFile("w", delete=False, prefix=secret),  # noqa: SIM115
    "UTF-16": lambda secret: Path("x").write_text(secret, "utf-16"),
    "base64": lambda secret: base64.b64encode(b"x" + secret.encode()).decode(),
    "hexadecimal": lambda secret: secret.encode().hex(),
}


@pytest.mark.parametrize(
    ("place", "secret"), [*((place, VALID[1]) for place in PLACES), *(("base64", secret) for secret in SECRETS)]
)
def test_a_leak_is_detected(place: str, secret: str, detector: LeakDetector) -> None:
    """The detector finds a secret in every place, and each of the secrets."""
    detector.call(PLACES[place], secret)
    with pytest.raises(AssertionError):
        detector.assert_no_leak()


def test_no_false_alarm() -> None:
    assert leaks(["Kunde 21906 9237 hemmelig", b"\x00" * 100, "974760673"]) == []
