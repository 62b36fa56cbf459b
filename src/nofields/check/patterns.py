"""Rewrites regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable

from nofields.check.base import any_of

#: What matches one character, an atom; what groups atoms; how many times they are matched.
_SET = r"\[\^?(?:\\.|[^]\\^])(?:\\.|[^]\\])*\]"
_ATOM = rf"{_SET}|\\[^0-9A-Za-z]|\\[dDsSwW]|[^]\\[{{}}()^$|?*+]"
_BRACKET = r"\((?:\?:|\?P<\w+>|(?!\?))|\||\)"
_TIMES = r"(?:\{[0-9]+(?:,[0-9]*)?\}|[?*+])\??"
_TOKEN = re.compile(f"(?:(?P<atom>{_ATOM})|(?P<bracket>{_BRACKET}))(?P<times>{_TIMES})?")
_OF_PYTHON = re.compile(r"\\.|\(\?P<\w+>|/")


def replaced_atoms(pattern: str, replace: Callable[[str], str]) -> str | None:
    """Return a pattern with each atom replaced; ``None`` for one with other parts than atoms, groups and quantifiers.

    >>> replaced_atoms("(?P<day>[0-9]{1,2})[.]?x", "<{}>".format)
    '(?P<day>(?:<[0-9]>){1,2})(?:<[.]>)?<x>'
    >>> replaced_atoms("^x$", "<{}>".format) is None
    True
    """
    parts, place = [], 0
    while place < len(pattern):
        token = _TOKEN.match(pattern, place)
        if token is None:
            return None
        atom, times = token["atom"], token["times"] or ""
        new = token["bracket"] if atom is None else replace(atom)
        parts.append(f"(?:{new}){times}" if times and new not in (atom, token["bracket"]) else new + times)
        place = token.end()
    return "".join(parts)


def ignoring(characters: str, pattern: str) -> str:
    """Return a pattern that also allows any of some characters behind each character that ``pattern`` matches.

    A pattern that cannot be rewritten allows them at the end only, as does one that matches one of them itself: two ways
    to match a character make engines slow.
    """
    ignored = any_of(characters)
    atoms: list[str] = []
    replaced_atoms(pattern, lambda atom: atoms.append(atom) or atom)  # type: ignore[func-returns-value]
    # In ECMA-262, \s matches the byte order mark as well.
    if any(r"\s" in atom or any(re.fullmatch(atom, each) for each in characters) for atom in set(atoms)):
        return f"(?:{pattern}){ignored}"
    return replaced_atoms(pattern, lambda atom: atom + ignored) or f"(?:{pattern}){ignored}"


def ecma(pattern: str) -> str:
    """Return a pattern as ECMA-262 writes it: without names of groups, and without slashes, which end a literal."""
    return _OF_PYTHON.sub(_of_ecma, pattern)


def _of_ecma(part: re.Match[str]) -> str:
    if part[0].endswith("/"):
        return r"\u002f"
    return "(?:" if part[0].startswith("(") else part[0]
