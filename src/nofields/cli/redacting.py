"""Commands whose usage errors never repeat a value that was typed in the wrong place.

Usage errors show paths, columns and options, with long numbers masked. Any other word may be a
value (a surplus word, or one in the place of a command, FIELD, VALUE, a choice or a number) and is
masked as a whole.
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

#: From the copy of Click that Typer ships.
_UsageError: Any = typer.BadParameter.__base__


class _Redacting(TyperCommand if TYPE_CHECKING else object):  # type: ignore[misc]
    """Mixin that masks values in usage errors."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **more: Any) -> Any:
        with _redact_usage_errors(args, self):
            return super().make_context(info_name, args, *rest, **more)

    def invoke(self, ctx: Any) -> Any:
        with _redact_usage_errors((), self):  # a command's own errors repeat names only
            return super().invoke(ctx)


class Command(_Redacting, TyperCommand):
    """A command that masks values in its usage errors."""


class Group(_Redacting, TyperGroup):
    """A group of commands that masks values, and unknown commands, in its usage errors."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        with _redact_usage_errors(args[:1], self):
            return super().resolve_command(ctx, args)


@contextmanager
def _redact_usage_errors(words: Iterable[str], command: TyperCommand | TyperGroup) -> Iterator[None]:
    """Mask the words of a call in usage errors, unless the error is about a name."""
    values = _values(words, command)  # first, since Click empties the list of words
    try:
        yield
    except _UsageError as error:
        error.message = redact(error.message if _is_about_a_name(error) else _mask_words(values, error.message))
        error.args = (error.message,)
        raise


def _is_about_a_name(error: Exception) -> bool:
    """Whether an error is about an option, or a parameter with a metavar, such as FILE."""
    return hasattr(error, "option_name") or bool(getattr(getattr(error, "param", None), "metavar", None))


def _values(words: Iterable[str], command: TyperCommand | TyperGroup) -> set[str]:
    """Return the words that may be values: all but the names of options and fields."""
    names = {*BY_NAME, *(name for param in command.params for name in (*param.opts, *param.secondary_opts))}
    # An option's value may follow "=" or, after a hyphen, its letter.
    parts = {part for word in words for part in (word, *word.split("=", 1), word[2:] if word.startswith("-") else "")}
    return parts - names - {""}


def _mask_words(words: Iterable[str], text: str) -> str:
    """Mask every one of the words in a text, also in the form in which Python quotes it."""
    forms = {form for word in words for form in (word, repr(word)[1:-1])}
    any_form = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{any_form})(?!\w)", MASK, text) if forms else text
