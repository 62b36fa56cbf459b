"""Reads rules of phone numbers of any country, by phonenumbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nofields.characters import BLANK, INVISIBLE
from nofields.check.base import Check, any_of, either_case, is_as_number, union, without
from nofields.check.notation import SCHEME
from nofields.check.phone import PhoneCheck
from nofields.errors import Problem, Reason
from nofields.rules import AnyPhoneRule, PhoneRule

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_WRITTEN = re.compile(r"\+?[0-9]+")
#: A full stop behind the country code is no decimal sign: the domain registries (RFC 5733) write phone numbers like this.
_STOP_BEHIND_CODE = re.compile(r"\+[0-9]{1,3}\.[0-9]+")
#: What stands for the plus of a country code.
_ABROAD = "00"
#: Fewer digits are too few, whatever the country code.
_FEWEST = 7


class AnyPhoneCheck(Check):
    """Text -> the national digits of a Norwegian number, and the E.164 form of others."""

    rule: AnyPhoneRule

    def __init__(self, rule: AnyPhoneRule) -> None:
        super().__init__(rule, digits=rule.digits, **({"short": rule.short_digits} if rule.short else {}))
        self._norwegian = PhoneCheck(
            PhoneRule(
                key=rule.key,
                digits=rule.digits,
                country_code=rule.country_code,
                regions=rule.regions,
                mobile_only=rule.mobile_only,
                secret=rule.secret,
            )
        )
        self._removed = union(rule.separators, INVISIBLE)
        self._pattern = re.compile(rule.pattern)
        self._short_pattern = re.compile(rule.short_pattern)
        self._mobile_pattern = re.compile(rule.mobile_pattern)

    def clean(self, value: object) -> str | Problem:
        text = self.text(value, excess=Reason.LENGTH)
        if type(text) is Problem:
            return text
        if is_as_number(text) and not _STOP_BEHIND_CODE.fullmatch(without(BLANK, text)):
            norwegian: str | Problem = self._norwegian.clean(text)  # which may be in groups, one of them with a full stop
            return self.problem(Reason.NUMBER) if type(norwegian) is Problem else norwegian
        text = text.lstrip(BLANK)
        if text[: len(SCHEME)].lower() == SCHEME:
            text = text[len(SCHEME) :]
        written = without(self._removed, text)
        if _WRITTEN.fullmatch(written) is None:
            return self.naming(text, BLANK + self.rule.separators)
        found = self._read(written)
        return self.problem(found) if type(found) is Reason else found

    def _read(self, written: str) -> str | Reason:
        """Return the clean value of digits, with or without a plus, or the reason."""
        code, digits = self.rule.country_code, written.removeprefix("+")
        # Without foreign numbers, so few digits are a national number.
        is_long = self.rule.foreign or len(digits) >= len(_ABROAD) + self.rule.digits - 1
        if digits == written and not (is_long and digits.startswith(_ABROAD)):
            national = digits.removeprefix(code)
            return self._national(national if self._has_count(national) else digits)
        digits = digits.removeprefix(_ABROAD)
        if digits.startswith(code) or code.startswith(digits):
            return self._national(digits.removeprefix(code))
        return self._foreign(f"+{digits}") if self.rule.foreign else Reason.COUNTRY

    def _has_count(self, digits: str) -> bool:
        """Return whether national digits are as many as a number has."""
        return len(digits) == self.rule.digits or self._is_short(digits)

    def _is_short(self, digits: str) -> bool:
        return self.rule.short and len(digits) == self.rule.short_digits and digits.startswith(self.rule.short_prefix)

    def _national(self, digits: str) -> str | Reason:
        if not self._has_count(digits):
            return Reason.LENGTH
        if self._is_short(digits):
            is_in_use, is_mobile = self._short_pattern.fullmatch(digits) is not None, False
        else:
            is_in_use, is_mobile = self._of_plan(digits)
        if not is_in_use:
            return Reason.UNASSIGNED
        return digits if is_mobile or not self.rule.mobile_only else Reason.NOT_MOBILE

    def _of_plan(self, digits: str) -> tuple[bool, bool]:
        """Return whether the regions have a number of eight digits, or may have it soon, and whether it is a mobile one."""
        from phonenumbers import is_valid_number, is_valid_number_for_region

        number = parsed(digits, self.rule.country_code)
        if is_valid_number(number):
            return any(is_valid_number_for_region(number, region) for region in self.rule.regions), _may_be_mobile(number)
        may_be_new = self.rule.lenient and self._pattern.fullmatch(digits) is not None
        return may_be_new, self._mobile_pattern.fullmatch(digits) is not None

    def _foreign(self, written: str) -> str | Reason:
        import phonenumbers

        try:
            number = phonenumbers.parse(written)
        except phonenumbers.NumberParseException as error:
            no_country = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
            return Reason.UNASSIGNED if no_country and len(written) > _FEWEST else Reason.LENGTH
        if phonenumbers.is_valid_number(number):
            if self.rule.mobile_only and not _may_be_mobile(number):
                return Reason.NOT_MOBILE
        elif phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
            return Reason.LENGTH
        elif not self.rule.lenient:
            return Reason.UNASSIGNED
        clean = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        # A number that is not in use may begin like the prefix of national calls, and then be read as another one.
        return clean if phonenumbers.parse(clean) == number else Reason.UNASSIGNED

    def pattern(self, *, clean: bool) -> str:
        if clean:
            short = f"|{self.rule.short_prefix}[0-9]{{{self.rule.short_digits - 1}}}" if self.rule.short else ""
            return f"^(?:[0-9]{{{self.rule.digits}}}{short}{'|[+][0-9]+' if self.rule.foreign else ''})$"
        scheme = "".join(either_case(SCHEME))
        blank = any_of(self._removed)
        return f"^{any_of(BLANK)}(?:{scheme})?{blank}[+]?(?:{blank}[0-9])+{blank}$"


def parsed(value: str, country_code: str) -> PhoneNumber:
    """Return what phonenumbers reads in a clean value: E.164, or national digits of a country."""
    import phonenumbers

    if value.startswith("+"):
        return phonenumbers.parse(value)
    zero = True if value.startswith("0") else None
    return phonenumbers.PhoneNumber(country_code=int(country_code), national_number=int(value), italian_leading_zero=zero)


def region_of(number: PhoneNumber) -> str | None:
    """Return the ISO code of a number's country, the main one of the country code if its digits do not show which."""
    from phonenumbers import region_code_for_country_code, region_code_for_number

    region = region_code_for_number(number) or region_code_for_country_code(number.country_code or 0)
    return region if region.isalpha() and region != "ZZ" else None


def _may_be_mobile(number: PhoneNumber) -> bool:
    """Whether a valid number is a mobile one. In some countries, such as the United States, it does not show."""
    from phonenumbers import PhoneNumberType, number_type

    return number_type(number) in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
