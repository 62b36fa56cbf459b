"""The written forms of values, as data for ``static/format.js``."""

from __future__ import annotations

import re

from nofields.check import compile_rule
from nofields.check.base import any_of
from nofields.check.reading import ReadingCheck
from nofields.fields import BY_NAME, Amount, NorwegianDate, Number, VatNumber
from nofields.rules import DigitRule, PhoneRule
from nofields.value import Field


def forms() -> dict[str, dict[str, object]]:
    """Return how the fields are written that are written otherwise than in their clean form."""
    found: dict[str, dict[str, object]] = {}
    for name, field in BY_NAME.items():
        if numbers := masks(field):
            found[name] = {"masks": numbers, "separators": _separators(field)}
    for field in (NorwegianDate, VatNumber):
        found[field.name] = {"masks": [["", mask(field(field.accepted_examples()[0]).formatted)]]}
    decimal: dict[str, object] = {"group": "[0-9](?=(?:[0-9]{3})+$)", "decimal": Number("1.5").formatted.strip("15")}
    return found | {field.name: decimal for field in (Number, Amount)}


def masks(field: type[Field]) -> list[list[str]]:
    """Return the masks of a number, each with the pattern of how the numbers that it is for begin."""
    match field.rule:
        case PhoneRule():
            return [[f"^(?:{leading})", mask] for leading, mask in _phone_masks(field.rule)]
        case DigitRule():
            return [["", field.rule.written]] if field.rule.written.strip("#") else []
    return []


def _phone_masks(rule: PhoneRule) -> list[tuple[str, str]]:
    """Return what phonenumbers' metadata have: the first digits, and how the numbers are grouped."""
    from phonenumbers.phonemetadata import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(rule.regions[0])
    found = []
    for each in metadata.number_format if metadata else ():
        counts = list(map(int, re.findall(r"\\d\{(\d)\}", str(each.pattern))))
        if sum(counts) == rule.digits:
            found.append((each.leading_digits_pattern[-1], " ".join("#" * count for count in counts)))
    return found


def mask(written: str) -> str:
    """Return the mask of a written value: its digits replaced by ``#``."""
    return re.sub("[0-9]", "#", written)


def _separators(field: type[Field]) -> str:
    check = compile_rule(field.rule)
    assert isinstance(check, ReadingCheck)
    notation = check.notation()
    return any_of(notation.anywhere + notation.between, "")
