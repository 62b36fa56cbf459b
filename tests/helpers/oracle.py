"""What a number is and why it is not one, straight from the rule: what the compiled readers are tested against.

Nothing here shares code with the readers but the rules and their definition: no tables, no notation.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace

import phonenumbers
from phonenumbers import PhoneNumberType

from nofields.characters import (
    AS_NUMBER,
    BLANK,
    DASHES,
    DECIMAL_SIGNS,
    DIGITS,
    INVISIBLE,
    SOFT_HYPHEN,
    WHITE_SPACE,
)
from nofields.check.definition import kind_of, satisfies, satisfies_cyclic
from nofields.errors import Reason
from nofields.postal_register import entries
from nofields.rules import LONGEST_INPUT, Affix, DigitRule, PhoneRule, PostalRule, ReferenceRule, Series

NumberRule = DigitRule | PostalRule | PhoneRule | ReferenceRule
#: The series that each setting of NOFIELDS_SYNTHETIC accepts.
ACCEPTED = {"reject": {Series.REAL}, "accept": {*Series}, "only": {Series.SYNTHETIC}}


def read(rule: NumberRule, value: object) -> str | Reason:
    """Return the clean digits of any object, or the reason that it is rejected."""
    text = text_of(value)
    if isinstance(text, Reason):
        return text
    if not isinstance(rule, ReferenceRule):  # the written form is always read
        written = rule.grouped[0] if isinstance(rule, PhoneRule) else rule.written
        rule = replace(rule, separators=rule.separators + written.replace("#", ""))
    read = _read_text(rule, text)
    if isinstance(read, Reason):
        return Reason.NUMBER if is_float(text) else read
    if isinstance(rule, PostalRule) and rule.registered and read not in entries():
        return Reason.UNASSIGNED
    return read


def text_of(value: object) -> str | Reason:
    """Return any object as plain text. Neither its own methods nor what it says of its class are used."""
    if value is None:
        return Reason.REQUIRED
    if not any(base is str for base in type.__dict__["__mro__"].__get__(type(value))):
        return Reason.TYPE
    text = str.__str__(value)  # type: ignore[arg-type]
    if len(text) > LONGEST_INPUT:
        return Reason.LENGTH
    return text if text.strip(BLANK) else Reason.REQUIRED


def without(characters: str, text: str) -> str:
    return "".join(character for character in text if character not in characters)


def is_float(text: str) -> bool:
    return re.fullmatch(AS_NUMBER, without(BLANK, text)) is not None


def are_digits(text: str) -> bool:
    return text != "" and not text.strip(DIGITS)


# ---- Texts as people write them ----


def _read_text(rule: NumberRule, text: str) -> str | Reason:
    """Return the digits, or the reason that they, or characters that are no digits, are rejected."""
    if isinstance(rule, ReferenceRule):
        if _is_reference(rule, text) and rule.min <= len(text) <= rule.max:
            return _verdict_on_reference(rule, text)
        text = _with_hyphen(rule, text)
    for affix in _affixes(rule):
        for grouping in _groupings(rule):
            if match := re.fullmatch(_pattern(rule, affix, grouping), text, re.IGNORECASE | re.ASCII):
                digits = without(rule.separators + INVISIBLE, match["digits"])
                return _verdict_on(rule, digits, affix, without(rule.separators + INVISIBLE, match["head"]))
    return _misfit(rule, text)


def _pattern(rule: NumberRule, affix: Affix, grouping: tuple[int, ...]) -> str:
    """Return the pattern of the digits in groups, or in one group with no separators but blanks."""
    marks = "" if isinstance(rule, ReferenceRule) else _marks(rule, len(grouping))
    blank = f"[{re.escape(_blanks(rule))}]*"
    between = f"[{re.escape(_blanks(rule) + marks)}]+"
    before, after = (blank.join(map(re.escape, each)) for each in (affix.before, affix.after))
    behind = f"[{re.escape(_blanks(rule) + _marks(rule, 3))}]*" if before and not isinstance(rule, ReferenceRule) else blank
    groups = between.join(blank.join(["[0-9]"] * count) for count in grouping)
    if isinstance(rule, ReferenceRule):
        tens = "".join(re.escape(each.ten) for each in rule.sums)
        groups = f"(?:[0-9]{blank}){{{rule.min - 1},{rule.max - 1}}}[0-9{tens}]"
    head = blank.join(["[0-9]"] * affix.head)
    return f"{blank}{before}{blank}(?P<head>{head}){behind}(?P<digits>{groups}){blank}{after}{blank}"


def _affixes(rule: NumberRule) -> list[Affix]:
    if isinstance(rule, PhoneRule):
        codes = [mark.format(rule.country_code) for mark in ("{}", "+{}", "00{}", "({})", "(+{})", "(00{})")]
        return [Affix(before + code) for before in ("", "tel:") for code in ("", *codes) if not (before and "(" in code)]
    return [Affix(), *getattr(rule, "affixes", ())]


def _groupings(rule: NumberRule) -> list[tuple[int, ...]]:
    """Return how many digits the groups have between which marks may stand; first all of them, without marks."""
    if isinstance(rule, ReferenceRule):
        return [(0,)]
    written = rule.grouped if isinstance(rule, PhoneRule) else (rule.written, *rule.grouped)
    return [(rule.digits,), *(tuple(len(group) for group in re.findall("#+", each)) for each in written)]


def _marks(rule: DigitRule | PhoneRule, groups: int) -> str:
    """Return the separators that may stand between groups only; two groups with a decimal sign would be a float."""
    if not any(len(grouping) > 1 for grouping in _groupings(rule)):
        return ""
    several = any(len(grouping) > 2 for grouping in _groupings(rule))
    affixes = "".join(each.before + each.after for each in _affixes(rule))
    return without(BLANK + affixes + ("" if groups > 2 and several else DECIMAL_SIGNS), rule.separators)


def _blanks(rule: NumberRule) -> str:
    return INVISIBLE + (rule.separators if isinstance(rule, ReferenceRule) else "".join({*rule.separators} & {*WHITE_SPACE}))


def _misfit(rule: NumberRule, text: str) -> Reason:
    """Return the reason that characters without separators are no number of the right form."""
    characters = without(_blanks(rule), text)
    marks = "" if isinstance(rule, ReferenceRule) else _marks(rule, 3)
    separated = any(each in characters for each in marks)
    characters = without(marks, characters)
    if isinstance(rule, PhoneRule) and _is_foreign(rule, characters):
        return Reason.COUNTRY
    for affix in _affixes(rule):
        before, after = re.escape(affix.before), re.escape(affix.after)
        match = re.fullmatch(f"{before}(?P<digits>.*){after}", characters, re.IGNORECASE | re.ASCII | re.DOTALL)
        digits = match["digits"] if match else None
        if digits is not None and (digits or affix.before) and (not digits or _are_digits(rule, digits)):
            fits = len(digits) - affix.head in _counts(rule)
            return Reason.CHARACTERS if separated and fits else Reason.LENGTH
    return Reason.CHARACTERS


def _counts(rule: NumberRule) -> range:
    return range(rule.min, rule.max + 1) if isinstance(rule, ReferenceRule) else range(rule.digits, rule.digits + 1)


def _are_digits(rule: NumberRule, text: str) -> bool:
    return _is_reference(rule, text) if isinstance(rule, ReferenceRule) else are_digits(text)


def _verdict_on(rule: NumberRule, digits: str, affix: Affix, head: str) -> str | Reason:
    if isinstance(rule, ReferenceRule):
        return _verdict_on_reference(rule, digits)
    read = _in_use(rule, digits) if isinstance(rule, PhoneRule) else _verdict(rule, digits)
    if affix.sum and not isinstance(read, Reason) and not satisfies(affix.sum, head + digits):
        return Reason.CHECK_DIGIT
    return read


# ---- A fixed count of digits ----


def _verdict(rule: DigitRule, digits: str) -> str | Reason:
    kind = kind_of(rule, digits)
    if kind is None:
        dated = any(each.birth_date and digits[0] in each.first_digits for each in rule.kinds)
        return Reason.DATE if dated else Reason.SERIES
    if not all(satisfies(each, digits) for each in rule.sums):
        return Reason.CHECK_DIGIT
    if kind.name not in (accepted := _accepted(rule)):
        if any(each.series is kind.series for each in rule.kinds if each.name in accepted):
            return Reason.KIND
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
    for mark, digits in (("+", 1), ("(+", 1), ("tel:+", 1), ("00", rule.digits - 1)):
        behind = characters[len(mark) :]
        if characters[: len(mark)].lower() == mark and are_digits(behind[:digits]) and len(behind) >= digits:
            return not behind.startswith(rule.country_code)
    return False


# ---- References ----


def _with_hyphen(rule: ReferenceRule, text: str) -> str:
    """Return a text with hyphens for dashes, and for a soft hyphen at the end, if a hyphen stands for ten."""
    if {each.ten for each in rule.sums if each.ten} != {"-"} or "-" in rule.separators:
        return text
    ended = text.rstrip(rule.separators + INVISIBLE)
    soft = any(each in text[len(ended) :] for each in DASHES + SOFT_HYPHEN if each in rule.separators + INVISIBLE)
    hyphened = "".join("-" if each in DASHES and each not in rule.separators else each for each in ended)
    return hyphened + ("-" if soft and hyphened[-1:] != "-" else "")


def _verdict_on_reference(rule: ReferenceRule, number: str) -> str | Reason:
    if not number.strip("0"):
        return Reason.SERIES
    return number if any(satisfies_cyclic(each, number) for each in rule.sums) else Reason.CHECK_DIGIT


def _is_reference(rule: ReferenceRule, number: str) -> bool:
    tens = [each.ten for each in rule.sums if each.ten]
    return are_digits(number) or (number[-1:] in tens and not number[:-1].strip(DIGITS))
