"""Canary secrets, and the detector that finds them in output, logs, files and errors."""

from __future__ import annotations

import base64
import logging
import pickle
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from nofields import FieldError, Problem, localize

#: Parts of the secrets below. No message contains them by itself.
CANARIES = ("Hemmeleg", "Kanari", "0385159", "038515", "98730", "98731")
PASSWORD = "Hemmeleg-Kanari"
#: Synthetic: valid but rejected by default; with a wrong check digit; too short; with a blank and a letter.
NUMBERS = ("03851598730", "03851598731", "0385159873", "038515 9873x")
LONG = PASSWORD * 50


def assert_silent(*shown: object) -> None:
    """Fail if part of a secret is in any of the objects or in its ``repr``."""
    for each in shown:
        text = each if isinstance(each, str) else f"{each} {each!r}"
        for canary in CANARIES:
            assert canary not in text


#: One secret of each kind, none of them in the sources: a password and a synthetic fødselsnummer, valid and invalid.
VALID = ("HemmelegKanari1", "21906923790")
INVALID = ("Hemmeleg-Kanari", "219069.2379x")
SECRETS = (*VALID, *INVALID)
_PARTS = ("Hemmeleg", "Kanari", "219069237", "219069 237", "219069.237", "219069%20237", "219069+237")


def _base64(part: bytes) -> Iterator[bytes]:
    """The base64 of a part, at each of the three offsets."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + part)
        yield whole[-(-before * 8 // 6) : (before + len(part)) * 8 // 6]


def _forms(part: str) -> Iterator[bytes]:
    """A part in the encodings of files and answers."""
    yield part.encode()
    yield part.encode("utf-16-le")
    yield part.encode().hex().encode()
    yield from _base64(part.encode())


_ENCODED_PARTS = tuple(form for part in _PARTS for form in _forms(part))


def leaks(shown: Iterable[str | bytes]) -> list[str]:
    """The first 400 characters of each text with part of a secret in it."""
    raw = (each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each for each in shown)
    return [each[:400].decode("utf-8", "replace") for each in raw if any(form in each for form in _ENCODED_PARTS)]


class LeakDetector:
    """Collects all that a call shows: output, log lines, warnings, files, and what it returns or raises.

    The locals of frames are not searched: those of the caller contain the value in any case.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._output = request.getfixturevalue("capfd")
        self._log = request.getfixturevalue("caplog")
        self._warnings = request.getfixturevalue("recwarn")
        folder, patch = request.getfixturevalue("tmp_path"), request.getfixturevalue("monkeypatch")
        #: Folders of input files, which contain secrets, and of files that the calls write, which must not.
        self.inputs, self.outputs, self.temp = (folder / name for name in ("inputs", "outputs", "temp"))
        for each in (self.inputs, self.outputs, self.temp):
            each.mkdir()
        patch.setenv("TMPDIR", str(self.temp))
        patch.setattr(tempfile, "tempdir", None)
        patch.chdir(self.outputs)
        for name in (None, *logging.root.manager.loggerDict):
            self._log.set_level(logging.DEBUG, logger=name)
        warnings.simplefilter("always")
        self.shown: list[str | bytes] = []

    def call(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call the function, and keep what it returns or raises."""
        try:
            result = function(*arguments)
        except Exception as error:
            self.shown += representations(error)
        else:
            self.shown.append(repr(result))
            self.shown += [pickle.dumps(result)] if isinstance(result, Problem) else []

    def assert_no_leak(self, *requested: Path) -> None:
        """Fail if a secret has shown; ``requested`` are output files that may contain one."""
        self.shown += self._output.readouterr()
        # The HTTP client of the test logs the addresses that it requests.
        records = [record for record in self._log.records if not record.name.startswith("httpx")]
        self.shown += [part for each in records for part in (each.getMessage(), repr(each.args), each.exc_text or "")]
        self.shown += [
            text for each in records if each.exc_info and each.exc_info[1] for text in representations(each.exc_info[1])
        ]
        self.shown += [str(each.message) for each in self._warnings]
        files = [file for folder in (self.outputs, self.temp) for file in folder.rglob("*") if file.is_file()]
        self.shown += [part for file in files if file not in requested for part in (file.name, file.read_bytes())]
        leaked = leaks(self.shown)
        assert not leaked, leaked


def representations(error: BaseException) -> Iterator[str | bytes]:
    """Every representation of an error and of the errors that it is chained to, suppressed or not."""
    for each in _chain(error):
        yield from (str(each), repr(each), repr(each.args), repr(vars(each)), "".join(traceback.format_exception(each)))
        with suppress(Exception):  # not every error can be pickled
            yield pickle.dumps(each)
        if isinstance(each, ValidationError):
            yield from (repr(each.errors()), each.json(), repr(localize(each)))
        if isinstance(each, FieldError):
            yield from (each.problem.message(), each.problem.explanation(), repr(each.problem), repr(localize(each)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    if error is not None:
        yield error
        yield from _chain(error.__cause__)
        if error.__context__ is not error.__cause__:
            yield from _chain(error.__context__)
        for part in getattr(error, "exceptions", ()):
            yield from _chain(part)
