"""Commands that do not repeat how they were called: any word may be a fødselsnummer or a password in the wrong place.

What is said of a wrong call repeats none of its words. What a command says while it works names files and columns, so that
a misspelt one is found: there only long numbers, and words that could be a password, are masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from nofields.errors import MASK
from nofields.fields import BY_NAME
from nofields.fields.altinn import AltinnPassword

#: A long number, however it is written, and a word.
_LONG_NUMBER = re.compile(r"[0-9](?:\W{0,2}[0-9]){8,}")
_WORD = re.compile(r"\w+")
#: Of Typer's own copy of Click.
_UsageError: Any = typer.BadParameter.__base__


class _Discreet(TyperCommand if TYPE_CHECKING else object):  # type: ignore[misc]
    """Masks the words of a call in what is said of it when it is wrong."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        with _masked(args, self):
            return super().make_context(info_name, args, *rest, **more)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except _UsageError as error:
            _say(error, discreet(error.message))
            raise


class Command(_Discreet, TyperCommand):
    """A command that does so."""


class Group(_Discreet, TyperGroup):
    """A group of commands that does; a command that there is not is a word as well."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        with _masked(args[:1], self):
            return super().resolve_command(ctx, args)


@contextmanager
def _masked(words: Iterable[str], command: Any) -> Iterator[None]:
    """Masks the words of a call in an error that is raised, but for the names of options and fields."""
    names = {*BY_NAME, *(name for param in command.params for name in (*param.opts, *param.secondary_opts))}
    # An option may have its value behind a =, or behind its one letter.
    parts = {part for word in words for part in (word, *word.split("=", 1), word[2:] if word.startswith("-") else "")}
    try:
        yield
    except _UsageError as error:
        _say(error, _without(parts - names - {""}, error.message))
        raise


def _say(error: Any, said: str) -> None:
    """Has an error say something else."""
    error.message = said
    error.args = (said,)


def discreet(said: str) -> str:
    """A sentence, what could be a fødselsnummer or a password in it masked.

    >>> discreet("kunder-20240131.csv has no column '248191 06475', nor Fjell2024.")
    "kunder-20240131.csv has no column '***', nor ***."
    """
    without_numbers = _LONG_NUMBER.sub(MASK, said)
    return _WORD.sub(lambda word: MASK if AltinnPassword.is_valid(word[0]) else word[0], without_numbers)


def _without(words: Iterable[str], said: str) -> str:
    """A sentence with every one of the words masked, also where it stands as Python quotes it."""
    shown = {form for word in words for form in (word, repr(word)[1:-1])}
    anything = "|".join(re.escape(form) for form in sorted(shown, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{anything})(?!\w)", MASK, said) if shown else said
