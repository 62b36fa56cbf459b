"""A field's rule as a table: each of its settings in words."""

from __future__ import annotations

import dataclasses
import unicodedata
from functools import singledispatch

from nofields.rules import CyclicSum, Kind, Requirement, Rule, Series, WeightedSum
from writing import as_code, from_rst, table

#: The most texts of a list that are shown.
_MOST = 12


def rule_table(rule: Rule) -> str:
    """Return what kind of rule it is, and its settings."""
    settings = [(as_code(each.name), _setting(each.name, getattr(rule, each.name))) for each in dataclasses.fields(rule)]
    kind = from_rst(type(rule).__doc__ or "")
    return f"{kind} ({as_code(f'nofields.rules.{type(rule).__name__}')})\n\n{table(('Setting', 'Value'), settings)}"


def _setting(name: str, value: object) -> str:
    if name == "separators" and isinstance(value, str):
        return ", ".join(dict.fromkeys(_character(character) for character in value))
    return in_words(value)


def _character(character: str) -> str:
    controls = {"\t": "tab", "\r": "carriage return", "\n": "line feed"}
    unseen = character.isspace() or not character.isprintable()
    return controls.get(character) or (unicodedata.name(character).lower() if unseen else as_code(character))


@singledispatch
def in_words(value: object) -> str:
    """Return the value of a setting in words."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in dataclasses.fields(value) if each.name != "key"]
        parts = {name: _setting(name, getattr(value, name)) for name in names}
        return "; ".join(f"{name}: {text}" for name, text in parts.items())
    return as_code(_visible(str(value)))


def _visible(text: str) -> str:
    """Return a text with escapes for what cannot be seen, such as the white space in a pattern."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


@in_words.register(tuple)
@in_words.register(frozenset)
def _several(values: tuple[object, ...] | frozenset[object]) -> str:
    shown = [in_words(value) for value in (values if isinstance(values, tuple) else sorted(values, key=str))]
    if any(dataclasses.is_dataclass(value) for value in values):
        return "\n".join(shown)
    more = f" and {len(shown) - _MOST} more" if len(shown) > _MOST else ""
    return ", ".join(shown[:_MOST]) + more


@in_words.register
def _weighted(value: WeightedSum) -> str:
    remainders = ", ".join(map(str, sorted(value.remainders)))
    return f"weights {' '.join(map(str, value.weights))}, modulus {value.modulus}, remainder {remainders}"


@in_words.register
def _cyclic(value: CyclicSum) -> str:
    folded = ", digits of each product added up" if value.folded else ""
    ten = f", a check digit of ten written {as_code(value.ten)}" if value.ten else ""
    return f"weights {' '.join(map(str, value.weights))} from the right, modulus {value.modulus}{folded}{ten}"


@in_words.register
def _kind(value: Kind) -> str:
    first = "" if len(value.first_digits) == 10 else f", first digit {' or '.join(value.first_digits)}"
    if date := value.birth_date:
        offsets = {"day": date.day_offset, "month": date.month_offset}
        first += ", birth date" + "".join(f", {part} + {offset}" for part, offset in offsets.items() if offset)
    return as_code(value.name) + (", synthetic" if value.series is Series.SYNTHETIC else "") + first


@in_words.register
def _requirement(value: Requirement) -> str:
    return f"{'must not' if value.absent else 'must'} contain {as_code(value.pattern)} ({as_code(value.phrase)})"
