"""Choices of Python: ``Enum`` and ``Literal`` of any kind, and ``bool`` as yes or no."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple, get_args, get_origin

from nofields.ask import Option
from nofields.characters import BLANK
from nofields.errors import Problem, Reason
from nofields.forms.types.plain_values import Reader, Writer
from nofields.keys import Key, Phrase


class Choices(NamedTuple):
    """The choices of a type: what is submitted for each value, and what it is called."""

    values: Mapping[str, object]
    options: tuple[Option, ...]

    def reader(self, key: Key) -> Reader:
        """Return what reads a submitted choice; another has a problem with the key."""
        return partial(_read, self.values, key)

    def several(self, key: Key, collect: Callable[[list[object]], object]) -> Callable[[list[str]], object]:
        """Return what reads and collects several submitted choices, of which one that there is not has a problem."""
        return partial(_read_several, self.values, key, collect)

    @property
    def writer(self) -> Writer:
        """Return what writes a stored choice: a value, that of a member of an enumeration, or what is submitted for it."""
        return partial(_write, self.values)


#: A ``bool`` that is asked for as yes or no.
YES_OR_NO = Choices({"true": True, "false": False}, (Option("true", Phrase.FORM_YES), Option("false", Phrase.FORM_NO)))


def choices_of(annotation: object) -> Choices | None:
    """Return the choices of an ``Enum`` or a ``Literal``, or ``None`` for another type, or one without choices."""
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return _choices(list(annotation))
    if get_origin(annotation) is Literal:
        return _choices([each for each in get_args(annotation) if each is not None])
    return None


def _choices(values: Sequence[object]) -> Choices | None:
    texts = [_text(each) for each in values]
    if not all(text.strip(BLANK) for text in texts) or len({*texts}) < len(texts):
        texts = [f"choice-{number}" for number in range(1, len(values) + 1)]  # what is submitted must tell them apart
    labels = [_label(each) for each in values]
    return Choices(dict(zip(texts, values)), tuple(map(Option, texts, labels))) if values else None


def _text(value: object) -> str:
    """Return what is submitted for a value: a text or whole number as it is, the name of any other member."""
    plain = value.value if isinstance(value, enum.Enum) else value
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(value, enum.Enum) and not isinstance(plain, str | int):
        return value.name
    return plain.decode("utf-8", "replace") if isinstance(plain, bytes) else str(plain)


def _label(value: object) -> str:
    if isinstance(value, bool):
        return Phrase.FORM_YES if value else Phrase.FORM_NO
    if isinstance(value, enum.Enum) and not isinstance(value.value, str):
        return value.name.replace("_", " ").capitalize()
    return _text(value)


def _read(values: Mapping[str, object], key: Key, text: str) -> object:
    return values[text] if text in values else Problem(key, Reason.CHOICE)


def _read_several(
    values: Mapping[str, object], key: Key, collect: Callable[[list[object]], object], texts: list[str]
) -> object:
    read = [_read(values, key, each) for each in texts]
    return next((each for each in read if isinstance(each, Problem)), None) or collect(read)


def _write(values: Mapping[str, object], value: object) -> str | None:
    plain = {text: each.value for text, each in values.items() if isinstance(each, enum.Enum)}
    for text, each in (*values.items(), *plain.items()):
        if type(value) is type(each) and value == each:
            return text
    return value if isinstance(value, str) and value in values else None
