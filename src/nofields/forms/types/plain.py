"""The controls of types that are not nofields' own: those of Python and of pydantic."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import get_origin

import pydantic
from annotated_types import GroupedMetadata
from pydantic import AnyUrl, EmailStr, SecretStr
from pydantic.fields import FieldInfo

from nofields.ask import Option
from nofields.check import compile_rule
from nofields.fields import Checkbox, EmailAddress, NorwegianDate, Number, Text, TextArea
from nofields.forms.types import plain_values as values
from nofields.forms.types.annotations import item_type, unwrapped_type
from nofields.forms.types.file_controls import Files, files_of
from nofields.forms.types.plain_choices import YES_OR_NO, Choices, choices_of
from nofields.forms.types.plain_values import Reader, WholeNumber, Writer
from nofields.forms.types.widgets import Appearance, Widget, appearance
from nofields.keys import Key, Phrase
from nofields.rules import LONGEST_INPUT
from nofields.value import Field

#: What makes a collection of choices. A strict model reads none of these from a list.
_COLLECTIONS: Mapping[object, Callable[[list[object]], object]] = {set: set, frozenset: frozenset, tuple: tuple}


@dataclass(frozen=True)
class PlainType:
    """How a form shows, reads and writes a type that is not nofields' own.

    Attributes:
        appearance: The widget and its HTML attributes.
        read: Returns the value of a text, or its problem.
        write: Returns the text of a stored value, or ``None`` if it has none.
        hint: The hint.
        params: The parameters of the hint.
        autocomplete: A token of HTML's ``autocomplete``.
        options: The choices.
        limit: The greatest number of characters of a text of several lines, which a script counts; ``None`` for other types.
        files: Which files the field accepts; ``None`` for any other type.
        read_several: Returns the values of the choices that were made, or their problem, where there may be several.
        least: The least number of them.
    """

    appearance: Appearance
    read: Reader = values.read_as_text
    write: Writer = values.write_any
    hint: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    autocomplete: str = ""
    options: tuple[Option, ...] = ()
    limit: int | None = None
    files: Files | None = None
    read_several: Callable[[list[str]], object] | None = None
    least: int = 0


def plain_type(annotation: object, metadata: Sequence[object], widget: str) -> PlainType | None:
    """Return how a form handles a type, or ``None`` if it has no control for it.

    Args:
        annotation: The type, without ``Annotated`` and ``| None``.
        metadata: The constraints of the field, such as ``annotated_types.MaxLen``.
        widget: The widget that the author asks for; empty for that of the type.
    """
    if not widget and (files := files_of(annotation, limits(metadata))):
        return PlainType(files.appearance, hint=files.hint, params=files.params, files=files)
    if annotation is bool and not widget:
        return PlainType(appearance(Checkbox.rule))
    if choices := YES_OR_NO if annotation is bool else choices_of(annotation):
        return _choice(choices, widget) if widget in ("", Widget.SELECT, Widget.RADIOS) else None
    item = item_type(annotation)
    if item is not None and widget in ("", Widget.CHECKBOXES) and (choices := choices_of(unwrapped_type(item)[0])):
        return _several(choices, metadata, get_origin(annotation))
    if annotation is str and widget in ("", Widget.TEXTAREA):
        return _text(metadata, multiline=widget == Widget.TEXTAREA)
    if widget or not isinstance(annotation, type):
        return None
    if issubclass(annotation, AnyUrl):
        return PlainType(_code(2083, type="url"), values.read_trimmed, partial(values.write_as_text, (AnyUrl,)))
    found = _TYPES.get(annotation)
    return _with_keyboard(found, _KEYBOARDS[annotation], metadata) if found and annotation in _KEYBOARDS else found


def _with_keyboard(number: PlainType, keyboard: str, metadata: Sequence[object]) -> PlainType:
    """Return how a form handles a number, with a keyboard of digits, which may have no minus, if it cannot be negative."""
    bounds = [getattr(each, name, None) for each in constraints(metadata) for name in ("ge", "gt")]
    if not any(isinstance(bound, int | float | Decimal) and bound >= 0 for bound in bounds):
        return number
    shown = number.appearance
    return replace(number, appearance=replace(shown, attributes={**shown.attributes, "inputmode": keyboard}))


def constraints(metadata: Sequence[object]) -> Iterator[object]:
    """Yield the constraints in the metadata of a field, one by one."""
    for each in metadata:
        if isinstance(each, FieldInfo):
            yield from constraints(each.metadata)
        elif isinstance(each, GroupedMetadata):
            yield from constraints([*each])
        yield each


def _choice(choices: Choices, widget: str) -> PlainType:
    shown = Widget(widget or (Widget.RADIOS if choices is YES_OR_NO else Widget.SELECT))
    key = Key.RADIO_ERROR if shown is Widget.RADIOS else Key.DROPDOWN_ERROR
    return PlainType(Appearance(shown), choices.reader(key), choices.writer, options=choices.options)


def _several(choices: Choices, metadata: Sequence[object], kind: object) -> PlainType:
    return PlainType(
        Appearance(Widget.CHECKBOXES),
        write=choices.writer,
        options=choices.options,
        read_several=choices.several(Key.CHECKBOX_GROUP_ERROR, _COLLECTIONS.get(kind, list)),
        least=limits(metadata)[0],
    )


def limits(metadata: Sequence[object]) -> tuple[int, int | None]:
    """Return the least and the greatest length of a list or a text by the constraints of its field."""
    least, most = 0, None
    for each in constraints(metadata):
        shortest, longest = (getattr(each, name, None) for name in ("min_length", "max_length"))
        least, most = least if shortest is None else shortest, most if longest is None else longest
    return least, most


def _text(metadata: Sequence[object], multiline: bool) -> PlainType:
    """Return how a form handles a text with the limits of its field, counted as those of :class:`Text` are."""
    rule = TextArea.rule if multiline else Text.rule
    shortest, longest = limits(metadata)
    rule = replace(rule, min=shortest, max=rule.max if longest is None else longest)
    if not multiline:
        return PlainType(appearance(rule))
    return PlainType(appearance(rule), values.read_lines, limit=rule.max)


def _code(longest: int, **attributes: str) -> Appearance:
    return Appearance(
        Widget.INPUT,
        {"type": "text", "maxlength": str(longest), "spellcheck": "false", "autocapitalize": "none", **attributes},
    )


def _as_field(field_type: type[Field], read: Reader, write: Writer) -> PlainType:
    rule = field_type.rule
    return PlainType(appearance(rule), read, write, field_type.hint or "", compile_rule(rule).params)


def _time(size: int, hint: Phrase, example: str, read: Reader, write: Writer) -> PlainType:
    shown = Appearance(
        Widget.INPUT, {"type": "text", "maxlength": str(LONGEST_INPUT), "size": str(size), "spellcheck": "false"}
    )
    return PlainType(shown, read, write, hint, {"example": example})


_WHOLE = replace(_as_field(WholeNumber, *values.number(int)), hint="")
_DATE = _as_field(NorwegianDate, values.read_date, values.write_date)
_TIME = _time(8, Phrase.HINT_TIME, values.TIME_EXAMPLE, values.read_time, values.write_time)
_DATE_TIME = _time(18, Phrase.HINT_DATE_TIME, values.DATE_TIME_EXAMPLE, values.read_date_time, values.write_date_time)
#: HTML's ``inputmode`` of numbers that cannot be negative.
_KEYBOARDS: Mapping[type, str] = {int: "numeric", float: "decimal", Decimal: "decimal"}
_TYPES: Mapping[type, PlainType] = {
    int: _WHOLE,
    float: _as_field(Number, *values.number(float)),
    Decimal: _as_field(Number, *values.number(Decimal)),
    datetime.date: _DATE,
    pydantic.PastDate: _DATE,
    pydantic.FutureDate: _DATE,
    datetime.time: _TIME,
    datetime.datetime: _DATE_TIME,
    pydantic.AwareDatetime: _DATE_TIME,
    pydantic.NaiveDatetime: _DATE_TIME,
    pydantic.PastDatetime: _DATE_TIME,
    pydantic.FutureDatetime: _DATE_TIME,
    EmailStr: replace(_as_field(EmailAddress, values.read_trimmed, values.write_any), autocomplete=EmailAddress.autocomplete),
    SecretStr: PlainType(Appearance(Widget.PASSWORD, {"type": "password", "spellcheck": "false", "autocapitalize": "none"})),
    uuid.UUID: PlainType(_code(LONGEST_INPUT, size="38"), values.read_trimmed, partial(values.write_as_text, (uuid.UUID,))),
}
