"""Payment references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, Unpack

from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.check.definition import check_digit
from nofields.check.reference import ReferenceCheck
from nofields.check.settings import with_settings
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import CyclicSum, ReferenceRule
from nofields.value import Value

if TYPE_CHECKING:
    from nofields.fields.arguments import ReferenceArguments


class PaymentReference(Value):
    """Payment reference (KID, *kundeidentifikasjon*): 4 to 25 digits, the last a check digit.

    The check digit is by mod 10 (Luhn) or mod 11, where 10 is written ``-``. The creditor chooses the
    modulus and one to three lengths. By default a reference is accepted if either modulus fits; a
    field for one creditor rejects more typing errors. A reference of zeros alone is rejected,
    although both sums fit. :meth:`complete` appends the check digit to an invoice number.

    White space and invisible characters are removed, and any dash at the end is read as ``-``; the value
    is its digits, with leading zeros.

    Class arguments:
        modulus: ``10`` or ``11``, the creditor's. Default: ``None``, either. Example: ``modulus=11``.
        digits: The exact number of digits. Default: ``None``, by ``min`` and ``max``.
            Example: ``digits=12``.
        min: Smallest number of digits. Default: ``4``. Example: ``min=7``.
        max: Largest number of digits. Default: ``25``. Example: ``max=12``.
        separators: Characters to remove, wherever they stand. Default: ``WHITE_SPACE``.
            Example: ``separators=WHITE_SPACE + "/"``.

    Source: Mastercard Payment Services, "KID" (AvtaleGiro and OCR giro, formerly BBS's and Nets').

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``number``, ``characters``, ``length``, ``series`` (all
    zeros) or ``check_digit``; ``TEXT_FIELD_ERROR`` when empty.

    >>> PaymentReference("12345 67897").moduli
    (10,)
    >>> PaymentReference("202600113-")
    PaymentReference('202600113-')
    >>> PaymentReference.problem("1234567898").reason
    <Reason.CHECK_DIGIT: 'check_digit'>
    >>> PaymentReference.complete("20260011", modulus=10)
    PaymentReference('202600110')
    >>> class OurReference(PaymentReference, modulus=11, digits=12): ...
    >>> OurReference.problem("1234567897").reason
    <Reason.LENGTH: 'length'>
    """

    __slots__ = ()
    rule: ClassVar[ReferenceRule] = ReferenceRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "payment_reference"),
        min=4,
        max=25,
        sums=(
            CyclicSum((2, 1), 10, folded=True),
            CyclicSum((2, 3, 4, 5, 6, 7), 11, ten="-"),
        ),
    )
    name = "kid"
    also_called = ("kid-nr", "kundeidentifikasjon", "betalingsreferanse", "payment reference", "payment id")
    schema_format = "no-payment-reference"
    label = Phrase.LABEL_PAYMENT_REFERENCE
    hint = Phrase.HINT_PAYMENT_REFERENCE
    source = "Mastercard Payment Services, KID"
    examples = ("1234567897", "202600113-")

    def __init_subclass__(
        cls, *, modulus: Literal[10, 11] | None = None, digits: int | None = None, **given: Unpack[ReferenceArguments]
    ) -> None:
        settings: dict[str, Any] = {**given}
        wider = cls.rule
        if modulus is not None:
            settings["sums"] = _by_modulus(wider, modulus)
        if digits is not None:
            if type(digits) is not int:
                raise TypeError(f"digits must be int, not {type(digits).__name__}")
            settings["min"] = settings["max"] = digits
        narrower = with_settings(wider, settings)
        if narrower.min < wider.min or narrower.max > wider.max:
            raise ValueError(f"a reference has {wider.min} to {wider.max} digits; a field can only be narrower")
        super().__init_subclass__(**settings)

    @classmethod
    def complete(cls, body: str, modulus: Literal[10, 11] | None = None) -> Self:
        """Return the reference that begins with ``body``, such as an invoice number.

        Args:
            body: All digits of the reference but the last, which is the check digit. Nothing is removed from it.
            modulus: The creditor's. Default: that of the class; needed where the class accepts both.

        Raises:
            TypeError: ``body`` is not text.
            ValueError: ``body`` is not digits, or is zeros alone; the reference has too few or too many digits for the
                class; or the class has no such modulus, or several and none is given.

        >>> class Ours(PaymentReference, modulus=11, digits=10): ...
        >>> Ours.complete("202600113")
        Ours('202600113-')
        """
        if not isinstance(body, str):
            raise TypeError(f"body must be str, not {type(body).__name__}")
        sums = cls.rule.sums if modulus is None else _by_modulus(cls.rule, modulus)
        if modulus is None and len(sums) > 1:
            raise ValueError(f"{cls.__name__} accepts more than one modulus ({_moduli(sums)}): pass modulus")
        if not body or body.strip(DIGITS):
            raise ValueError("body must be digits 0 to 9 alone")
        if not cls.rule.min <= len(body) + 1 <= cls.rule.max:
            limits = f"{cls.rule.min} to {cls.rule.max} digits" if cls.rule.min < cls.rule.max else f"{cls.rule.max} digits"
            raise ValueError(f"{cls.__name__} has {limits}, and this reference would have {len(body) + 1}")
        if not body.strip("0"):
            raise ValueError("a reference cannot be zeros alone")
        last = check_digit(sums[0], body)
        if last is None:
            raise ValueError(f"no reference by mod {sums[0].modulus} begins with this body: its check digit would be 10")
        return cls(body + last)

    @property
    def moduli(self) -> tuple[int, ...]:
        """The moduli of the field that the check digit fits; one of them is the creditor's."""
        check = compile_rule(self.rule)
        assert isinstance(check, ReferenceCheck)
        return tuple(check.moduli(self))

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        return {Phrase.FACT_MODULUS: ", ".join(f"mod {modulus}" for modulus in self.moduli)}


def _by_modulus(rule: ReferenceRule, modulus: int) -> tuple[CyclicSum, ...]:
    """Return the sums of a rule with a modulus.

    Raises:
        ValueError: It has none.
    """
    sums = tuple(each for each in rule.sums if each.modulus == modulus)
    if not sums:
        raise ValueError(f"modulus={modulus!r} is not one of {_moduli(rule.sums)}")
    return sums


def _moduli(sums: Iterable[CyclicSum]) -> str:
    return ", ".join(str(each.modulus) for each in sums)
