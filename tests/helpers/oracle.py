"""What a number is and why it is not one, straight from the rule: what the compiled readers are tested against.

Nothing here shares code with the readers but the rules and their definition: no tables, no notation.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import accumulate

import phonenumbers
from phonenumbers import PhoneNumberType

from nofields.check.definition import kind_of, satisfies, satisfies_cyclic
from nofields.errors import Reason
from nofields.postal_register import entries
from nofields.rules import (
    AS_NUMBER,
    DECIMAL_SIGNS,
    DIGITS,
    LONGEST_INPUT,
    WHITE_SPACE,
    DigitRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    Series,
)

NumberRule = DigitRule | PostalRule | PhoneRule | ReferenceRule
#: The series that each setting of NOFIELDS_SYNTHETIC accepts.
ACCEPTED = {"reject": {Series.REAL}, "accept": {*Series}, "only": {Series.SYNTHETIC}}


def read(rule: NumberRule, value: object) -> str | Reason:
    """Return the clean digits of any object, or the reason that it is rejected."""
    text = text_of(value)
    if isinstance(text, Reason):
        return text
    if isinstance(rule, PhoneRule):
        return read_phone(rule, text)
    if isinstance(rule, ReferenceRule):
        return read_reference(rule, text)
    digits = read_digits(rule, text)
    if isinstance(rule, PostalRule) and rule.registered and not isinstance(digits, Reason) and digits not in entries():
        return Reason.UNASSIGNED
    return digits


def text_of(value: object) -> str | Reason:
    """Return any object as plain text. Neither its own methods nor what it says of its class are used."""
    if value is None:
        return Reason.REQUIRED
    if not any(base is str for base in type.__dict__["__mro__"].__get__(type(value))):
        return Reason.TYPE
    text = str.__str__(value)  # type: ignore[arg-type]
    if len(text) > LONGEST_INPUT:
        return Reason.LENGTH
    return text if text.strip(WHITE_SPACE) else Reason.REQUIRED


def without(characters: str, text: str) -> str:
    return "".join(character for character in text if character not in characters)


def is_float(text: str) -> bool:
    return re.fullmatch(AS_NUMBER, without(WHITE_SPACE, text)) is not None


def are_digits(text: str) -> bool:
    return text != "" and not text.strip(DIGITS)


# ---- A fixed count of digits ----


def read_digits(rule: DigitRule, text: str) -> str | Reason:
    blanks = "".join(each for each in rule.separators if each in WHITE_SPACE)
    marks = _marks(rule)
    digits = without(blanks + marks, text)
    fits = are_digits(digits) and len(digits) == rule.digits
    in_place = _are_in_place(rule, text, blanks, marks)
    found = _verdict(rule, digits) if fits and in_place else None
    if found is not None and not isinstance(found, Reason):
        return found
    if is_float(text):
        return Reason.NUMBER
    if not are_digits(digits):
        return Reason.CHARACTERS
    if len(digits) != rule.digits:
        return Reason.LENGTH
    return found or Reason.CHARACTERS


def _marks(rule: DigitRule) -> str:
    """Return the separators that may stand between groups only; two groups with a decimal sign would be a float."""
    groups = _groups(rule)
    if len(groups) == 1:
        return ""
    return without(WHITE_SPACE + (DECIMAL_SIGNS if len(groups) == 2 else ""), rule.separators)


def _groups(rule: DigitRule) -> list[int]:
    return [len(group) for group in re.findall("#+", rule.written)]


def _are_in_place(rule: DigitRule, text: str, blanks: str, marks: str) -> bool:
    """Return whether marks stand between groups only, and if there is any, a separator between every two groups."""
    separators: list[str] = [""]
    for character in text:
        if character in blanks + marks:
            separators[-1] += character
        else:
            separators.append("")
    marked = {place for place, between in enumerate(separators) if set(between) & set(marks)}
    ends = list(accumulate(_groups(rule)))[:-1]
    return not marked or (marked <= {*ends} and all(end < len(separators) and separators[end] for end in ends))


def _verdict(rule: DigitRule, digits: str) -> str | Reason:
    kind = kind_of(rule, digits)
    if kind is None:
        dated = any(each.birth_date and digits[0] in each.first_digits for each in rule.kinds)
        return Reason.DATE if dated else Reason.SERIES
    if not all(satisfies(each, digits) for each in rule.sums):
        return Reason.CHECK_DIGIT
    if kind.name not in _accepted(rule):
        return Reason.REAL if kind.series is Series.REAL else Reason.SYNTHETIC
    return digits


def _accepted(rule: DigitRule) -> set[str]:
    """Return the names of the kinds that are accepted under the current setting of NOFIELDS_SYNTHETIC."""
    if rule.accept is not None:
        return {*rule.accept}
    setting = os.environ.get("NOFIELDS_SYNTHETIC", "").strip().lower()
    any_synthetic = any(kind.series is Series.SYNTHETIC for kind in rule.kinds)
    series = ACCEPTED.get(setting, {Series.REAL}) if any_synthetic else {Series.REAL}
    return {kind.name for kind in rule.kinds if kind.series in series}


# ---- Phone numbers ----


def read_phone(rule: PhoneRule, text: str) -> str | Reason:
    if is_float(text):
        return Reason.NUMBER
    characters = without(rule.separators, text)
    for national in _national(rule, characters):
        if are_digits(national) and len(national) == rule.digits:
            return _in_use(rule, national)
    if _is_foreign(rule, characters):
        return Reason.COUNTRY
    return Reason.LENGTH if are_digits(characters.removeprefix("+")) else Reason.CHARACTERS


def _national(rule: PhoneRule, characters: str) -> Iterator[str]:
    """Yield what stands behind each form of the country code."""
    for prefix in ("", rule.country_code, f"+{rule.country_code}", f"00{rule.country_code}"):
        if characters.startswith(prefix):
            yield characters[len(prefix) :]


def _in_use(rule: PhoneRule, digits: str) -> str | Reason:
    """Return the digits if phonenumbers knows them as a number of one of the regions, and of the right type."""
    zeros = len(digits) - len(digits.lstrip("0"))
    number = phonenumbers.PhoneNumber(
        country_code=int(rule.country_code),
        national_number=int(digits),
        italian_leading_zero=zeros > 0 or None,
        number_of_leading_zeros=zeros or None,
    )
    if not phonenumbers.is_valid_number(number) or phonenumbers.region_code_for_number(number) not in rule.regions:
        return Reason.UNASSIGNED
    mobile = phonenumbers.number_type(number) in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return digits if mobile or not rule.mobile_only else Reason.NOT_MOBILE


def _is_foreign(rule: PhoneRule, characters: str) -> bool:
    """Return whether another country code comes first: after a plus, or after 00 in what is too long for a national number."""
    for mark, digits in (("+", 1), ("00", rule.digits - 1)):
        behind = characters.removeprefix(mark)
        if behind != characters and are_digits(behind[:digits]) and len(behind) >= digits:
            return not behind.startswith(rule.country_code)
    return False


# ---- References ----


def read_reference(rule: ReferenceRule, text: str) -> str | Reason:
    if is_float(text):
        return Reason.NUMBER
    # A clean number is read as it is, even if what stands for ten in it is also a separator.
    is_clean = _is_reference(rule, text) and rule.min <= len(text) <= rule.max
    number = text if is_clean else without(rule.separators, text)
    if not _is_reference(rule, number):
        return Reason.CHARACTERS
    if not rule.min <= len(number) <= rule.max:
        return Reason.LENGTH
    if not number.strip("0"):
        return Reason.SERIES
    return number if any(satisfies_cyclic(each, number) for each in rule.sums) else Reason.CHECK_DIGIT


def _is_reference(rule: ReferenceRule, number: str) -> bool:
    tens = [each.ten for each in rule.sums if each.ten]
    return are_digits(number) or (number[-1:] in tens and not number[:-1].strip(DIGITS))
