"""Commands whose usage errors do not repeat a fødselsnummer or a password that was typed in the wrong place.

Paths, columns and options are shown, long numbers in them masked. Any other word may be a value: a surplus word, or one in
the place of a command, FIELD, VALUE, a choice or a number. It is masked as a whole.
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
from nofields.redact import redact

#: Of Click, or of Typer's own copy of it.
_UsageError: Any = typer.BadParameter.__base__


class _Discreet(TyperCommand if TYPE_CHECKING else object):  # type: ignore[misc]
    """Masks values in usage errors."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        with _masked(args, self):
            return super().make_context(info_name, args, *rest, **more)

    def invoke(self, ctx: Any) -> Any:
        with _masked((), self):  # raised by a command, about the names that it was given
            return super().invoke(ctx)


class Command(_Discreet, TyperCommand):
    """A command that does so."""


class Group(_Discreet, TyperGroup):
    """A group of commands that does; a command that there is not is a word as well."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        with _masked(args[:1], self):
            return super().resolve_command(ctx, args)


@contextmanager
def _masked(words: Iterable[str], command: Any) -> Iterator[None]:
    """Mask the words of a call in an error that is raised, unless the error is about a name."""
    values = _values(words, command)  # before Click takes the words from their list
    try:
        yield
    except _UsageError as error:
        error.message = redact(error.message if _is_about_a_name(error) else _without(values, error.message))
        error.args = (error.message,)
        raise


def _is_about_a_name(error: Any) -> bool:
    """Whether it is about an option, or a parameter that takes a name: those have a metavar, such as FILE."""
    return hasattr(error, "option_name") or bool(getattr(getattr(error, "param", None), "metavar", None))


def _values(words: Iterable[str], command: Any) -> set[str]:
    """The words that may be values, which the names of options and fields are not."""
    names = {*BY_NAME, *(name for param in command.params for name in (*param.opts, *param.secondary_opts))}
    # An option may have its value behind a =, or behind its one letter.
    parts = {part for word in words for part in (word, *word.split("=", 1), word[2:] if word.startswith("-") else "")}
    return parts - names - {""}


def _without(words: Iterable[str], said: str) -> str:
    """A sentence with every one of the words masked, also where it stands as Python quotes it."""
    shown = {form for word in words for form in (word, repr(word)[1:-1])}
    anything = "|".join(re.escape(form) for form in sorted(shown, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{anything})(?!\w)", MASK, said) if shown else said
