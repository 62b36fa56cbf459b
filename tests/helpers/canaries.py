"""Secrets that must not show, and what a leak of them would show."""

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


#: The canaries of the net, none of them in the sources: a password and a synthetic fødselsnummer, right and wrong.
RIGHT = ("HemmelegKanari1", "21906923790")
WRONG = ("Hemmeleg-Kanari", "219069 23791", "2190692379", "219069.2379x")
NET = (*RIGHT, *WRONG)
_PARTS = ("Hemmeleg", "Kanari", "219069237", "219069 237", "219069.237", "219069%20237", "219069+237")


def _base64(part: bytes) -> Iterator[bytes]:
    """What base64 makes of a part, wherever in the encoded text it begins."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + part)
        yield whole[-(-before * 8 // 6) : (before + len(part)) * 8 // 6]


def _forms(part: str) -> Iterator[bytes]:
    """A part as it may stand in a file or an answer."""
    yield part.encode()
    yield part.encode("utf-16-le")
    yield part.encode().hex().encode()
    yield from _base64(part.encode())


_SOUGHT = tuple(form for part in _PARTS for form in _forms(part))


def leaks(shown: Iterable[str | bytes]) -> list[str]:
    """The beginnings of what was shown that has a canary of the net in it."""
    raw = (each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each for each in shown)
    return [each[:400].decode("utf-8", "replace") for each in raw if any(form in each for form in _SOUGHT)]


class Net:
    """All that shows while something is driven: output, log lines, warnings, files, and what was given back or raised.

    The locals of a frame are not looked at: those of the caller have the value in any case.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._output = request.getfixturevalue("capfd")
        self._log = request.getfixturevalue("caplog")
        self._warnings = request.getfixturevalue("recwarn")
        folder, patch = request.getfixturevalue("tmp_path"), request.getfixturevalue("monkeypatch")
        #: Where the files lie that a drive is given, which hold canaries, and those that it makes, which do not.
        self.given, self.made, self.temp = (folder / name for name in ("given", "made", "temp"))
        for each in (self.given, self.made, self.temp):
            each.mkdir()
        patch.setenv("TMPDIR", str(self.temp))
        patch.setattr(tempfile, "tempdir", None)
        patch.chdir(self.made)
        for name in (None, *logging.root.manager.loggerDict):
            self._log.set_level(logging.DEBUG, logger=name)
        warnings.simplefilter("always")
        self.shown: list[str | bytes] = []

    def drive(self, call: Callable[..., object], *words: Any) -> None:
        """Calls it, and keeps what comes of it."""
        try:
            given_back = call(*words)
        except Exception as error:
            self.shown += said_by(error)
        else:
            self.shown.append(repr(given_back))
            self.shown += [pickle.dumps(given_back)] if isinstance(given_back, Problem) else []

    def assert_silent(self, *asked_for: Path) -> None:
        """Fails if a canary has shown; ``asked_for`` are files that rightly hold one."""
        self.shown += self._output.readouterr()
        # The client that a test itself uses logs the addresses that it asks for.
        records = [record for record in self._log.records if not record.name.startswith("httpx")]
        self.shown += [part for each in records for part in (each.getMessage(), repr(each.args), each.exc_text or "")]
        self.shown += [text for each in records if each.exc_info and each.exc_info[1] for text in said_by(each.exc_info[1])]
        self.shown += [str(each.message) for each in self._warnings]
        files = [file for folder in (self.made, self.temp) for file in folder.rglob("*") if file.is_file()]
        self.shown += [part for file in files if file not in asked_for for part in (file.name, file.read_bytes())]
        leaked = leaks(self.shown)
        assert not leaked, leaked


def said_by(error: BaseException) -> Iterator[str | bytes]:
    """All the ways in which an error shows itself, and every error that it is chained to, hidden or not."""
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
