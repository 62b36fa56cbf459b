"""Both readers of a compiled rule, the extension's and the plain one, whichever of them the package uses."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from helpers.oracle import read
from nofields import Field, Key, Problem, Reason
from nofields.characters import INVISIBLE, WHITE_SPACE
from nofields.check import compile_rule
from nofields.check.native import VARIABLE, NativeReader, packed
from nofields.check.plain import PlainReader
from nofields.check.reading import ReadingCheck
from nofields.rules import ReferenceRule

#: Whether ``NOFIELDS_PLAIN`` chooses plain Python for this run.
CHOSEN_PLAIN = os.environ.get(VARIABLE, "0") not in ("", "0")
HAS_NATIVE = find_spec("nofields._native") is not None
#: Skips what needs the extension. Only a run that chose plain Python passes without it: see ``test_extension_is_built``.
needs_native = pytest.mark.skipif(not HAS_NATIVE, reason="the extension is not built")


def native(check: ReadingCheck) -> NativeReader:
    """A new reader of the extension."""
    functions = import_module("nofields._native").reader(lambda: packed(check.program) or plain(check), plain(check).clean)
    return NativeReader(*functions)


def plain(check: ReadingCheck) -> PlainReader:
    """A new reader in plain Python."""
    return PlainReader(lambda: check.program, check._otherwise)


READERS: dict[str, Callable[[ReadingCheck], Any]] = {"native": native, "plain": plain}
each_reader = pytest.mark.parametrize(
    "make", [pytest.param(native, marks=needs_native, id="native"), pytest.param(plain, id="plain")]
)


def check_of(field: type[Field]) -> ReadingCheck:
    """A new check of a field's rule, without tables yet."""
    check = compile_rule(field.rule)
    assert isinstance(check, ReadingCheck)
    return type(check)(check.rule)


def check_by(make: Callable[[ReadingCheck], Any], field: type[Field]) -> ReadingCheck:
    """A new check of a field's rule, by one of both readers whichever the package uses."""
    check = check_of(field)
    check.reader = reader = make(check)
    check.is_valid, check.clean, check.problem_of = reader.is_valid, reader.clean, reader.problem  # type: ignore[method-assign]
    return check


def expected(check: ReadingCheck, value: object) -> Any:
    """What ``clean`` must return by the oracle: the clean digits, or the problem."""
    found = read(check.rule, value)
    if not isinstance(found, Reason):
        return found
    if found is Reason.REQUIRED:
        return Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED)
    if found is Reason.TYPE:
        return check.problem(found, type=type.__dict__["__name__"].__get__(type(value)))
    return named(check, str.__str__(value)) if found is Reason.CHARACTERS else check.problem(found)


def named(check: ReadingCheck, text: str) -> Problem:
    """The problem of a text with wrong characters, which names the first that is not on every keyboard, unless it is secret."""
    strange = re.sub("[ -~\u00c0-\u024f]", "", text)
    strange = "".join(each for each in strange if each not in check.rule.separators + INVISIBLE or each in _marks(check.rule))
    known = {"character": f"U+{ord(strange[0]):04X}"} if strange and not check.rule.secret else {}
    return check.problem(Reason.CHARACTERS, **known)


def _marks(rule: Any) -> str:
    """The separators that may not stand anywhere."""
    return "" if isinstance(rule, ReferenceRule) else "".join({*rule.separators} - {*WHITE_SPACE, *INVISIBLE})


def assert_reads(reader: Any, check: ReadingCheck, value: object) -> bool:
    """Fail unless a reader agrees with the oracle on any object; return whether it is valid."""
    result = expected(check, value)
    clean, valid = reader.clean(value), not isinstance(result, Problem)
    assert (type(clean), clean) == (type(result), result), ascii_of(value)
    assert reader.is_valid(value) is valid
    assert reader.problem(value) == (None if valid else result)
    return valid


def ascii_of(value: object) -> str:
    return ascii(str.__str__(value)) if issubclass(type(value), str) else object.__repr__(value)  # type: ignore[arg-type]
