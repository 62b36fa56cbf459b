"""The written forms of values, as data for ``static/format.js``."""

from __future__ import annotations

import re
from typing import Any

from nofields.check import compile_rule
from nofields.check.base import any_of
from nofields.check.reading import ReadingCheck
from nofields.export.exported import Pattern
from nofields.export.rules import Fields
from nofields.fields import BY_NAME, DateRange, NorwegianDate, Number, VatNumber
from nofields.rules import DigitRule, PhoneRule
from nofields.value import Field


def forms(own: Fields | None = None) -> dict[str, dict[str, object]]:
    """Return how the fields are written that are written otherwise than in their clean form, a project's own among them."""
    found: dict[str, dict[str, object]] = {}
    for name, field in {**BY_NAME, **(own or {})}.items():
        if numbers := masks(field):
            found[name] = {"masks": numbers, "separators": _separators(field)}
        elif issubclass(field, DateRange | NorwegianDate | VatNumber):
            found[name] = {"masks": [[Pattern(""), mask(_example(field).formatted)]]}
        elif issubclass(field, Number):
            found[name] = {"group": Pattern("[0-9](?=(?:[0-9]{3})+$)", "g"), "decimal": Number("1.5").formatted.strip("15")}
    return found


def _example(field: type[Field]) -> Field:
    """Return an example of the field of nofields that a field is or narrows."""
    base: Any = next(each for each in (DateRange, NorwegianDate, VatNumber) if issubclass(field, each))
    example: Field = base(base.accepted_examples()[0])
    return example


def masks(field: type[Field]) -> list[tuple[Pattern, str]]:
    """Return the masks of a number, each with the pattern of how the numbers that it is for begin."""
    match field.rule:
        case PhoneRule():
            return [(Pattern(f"^(?:{leading})"), mask) for leading, mask in _phone_masks(field.rule)]
        case DigitRule():
            return [(Pattern(""), field.rule.written)] if field.rule.written.strip("#") else []
    return []


def _phone_masks(rule: PhoneRule) -> list[tuple[str, str]]:
    """Return what phonenumbers' metadata have: the first digits, and how the numbers are grouped."""
    from phonenumbers import region_code_for_country_code
    from phonenumbers.phonemetadata import PhoneMetadata

    # Regions with the same country code are written alike: as its main region says.
    metadata = PhoneMetadata.metadata_for_region(region_code_for_country_code(int(rule.country_code)))
    found = []
    for each in metadata.number_format if metadata else ():
        counts = list(map(int, re.findall(r"\\d\{(\d)\}", str(each.pattern))))
        if sum(counts) == rule.digits:
            found.append((each.leading_digits_pattern[-1], " ".join("#" * count for count in counts)))
    return found


def mask(written: str) -> str:
    """Return the mask of a written value: its digits replaced by ``#``."""
    return re.sub("[0-9]", "#", written)


def _separators(field: type[Field]) -> Pattern:
    check = compile_rule(field.rule)
    assert isinstance(check, ReadingCheck)
    notation = check.notation()
    return Pattern(any_of(notation.anywhere + notation.between, ""))
