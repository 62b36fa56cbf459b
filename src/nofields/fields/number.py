"""Decimal numbers."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import NumberRule
from nofields.value import Value

#: A number of one of the types that a field reads.
Numeric = int | float | Decimal
#: Computes without rounding: a float may have hundreds of decimals.
_EXACT = Context(prec=1000)


class Number(Value):
    """Number (*tall*) in digits, with or without decimals: ``1 234,50``.

    A comma or a full stop separates the decimals. Blanks may stand between groups of three digits,
    and nowhere else. The minus sign may be a hyphen or U+2212, which CLDR and browsers write in
    Norwegian. Invisible characters are ignored. The value is text that ``float`` and ``Decimal``
    read, with the decimals that were written; zero has no sign.

    An ``int``, a ``float`` or a ``Decimal`` is accepted as well, as in JSON, in its shortest form and
    without zeros at the end. A ``float`` has the digits of its ``repr``.

    ``<``, ``<=``, ``>``, ``>=`` and ``%`` compare and compute by the number if the other side is an
    ``int``, a ``float`` or a ``Decimal``, so that ``Field(ge=0)`` of pydantic works; only class arguments
    are in the JSON Schema as ``minimum`` and ``maximum``, and in columns and JavaScript. With text on the
    other side, another ``Number`` included, they are those of ``str``. ``==`` always compares text,
    as the hash does: ``Number("5") == 5`` is false. Compare ``.decimal`` for the number.

    Class arguments:
        min: Smallest number, an ``int``, ``float`` or ``Decimal``. Default: ``None``, any. Example: ``min=0``.
        max: Largest number. Default: ``None``, any. Example: ``max=99.5``.
        decimals: Largest number of decimals. Default: ``30``, as many as there may be digits.
            Example: ``decimals=0`` for whole numbers.
        separators: Characters that may stand between groups of three digits. Default: space, no-break,
            narrow no-break and thin space. Example: ``separators=" '"``.

    Source: Språkrådet, "Tall".

    Errors: ``NUMBER_ERROR`` with reason ``type``, ``format``, ``length`` (more than 30 digits), ``decimals``,
    ``too_small`` or ``too_large``; ``TEXT_FIELD_ERROR`` when empty.

    >>> Number("1 234,50"), Number(1234.5)
    (Number('1234.50'), Number('1234.5'))
    >>> Number("1 234,50").decimal, Number("1 234,50") >= 1000
    (Decimal('1234.50'), True)
    >>> Number.problem("12 stk").message()
    'Du kan kun skrive inn tall.'
    >>> class Share(Number, min=0, max=100, decimals=1): ...
    >>> Share.problem("100,1").message("en"), Share.problem("99,95").message("en")
    ('Enter a number that is 100 or less.', 'Enter a number with no more than 1 decimal place.')
    """

    __slots__ = ()
    rule: ClassVar[NumberRule] = NumberRule(key=FieldKey(Key.NUMBER_ERROR, "number"))
    name = "number"
    schema_format = "no-number"
    label = Phrase.LABEL_NUMBER
    hint = Phrase.HINT_NUMBER
    source = "Språkrådet, Tall"
    examples = ("1234.50", "42")

    if TYPE_CHECKING:

        def __init_subclass__(
            cls,
            *,
            key: str = ...,
            min: Numeric | None = ...,
            max: Numeric | None = ...,
            decimals: int = ...,
            separators: str = ...,
        ) -> None: ...
        def __set__(self, instance: object, value: str | Numeric) -> None: ...

    else:

        def __init_subclass__(cls, **settings: Any) -> None:
            for name, unlimited in (("min", Decimal("-Infinity")), ("max", Decimal("Infinity"))):
                if name in settings:
                    settings[name] = _bound(name, settings[name], unlimited)
            super().__init_subclass__(**settings)

    @property
    def decimal(self) -> Decimal:
        """The number."""
        return Decimal(str(self))

    @property
    def formatted(self) -> str:
        """Digits in groups of three with a decimal comma: ``1 234,50``."""
        whole, _, decimals = self.partition(".")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        first = len(digits) % 3 or 3
        grouped = " ".join([digits[:first], *(digits[start : start + 3] for start in range(first, len(digits), 3))])
        return sign + grouped + ("," + decimals if decimals else "")

    def __lt__(self, other: str | Numeric) -> bool:
        number = _decimal(other)
        return str.__lt__(self, other) if number is None else not number.is_nan() and self.decimal < number  # type: ignore[operator]

    def __le__(self, other: str | Numeric) -> bool:
        number = _decimal(other)
        return str.__le__(self, other) if number is None else not number.is_nan() and self.decimal <= number  # type: ignore[operator]

    def __gt__(self, other: str | Numeric) -> bool:
        number = _decimal(other)
        return str.__gt__(self, other) if number is None else not number.is_nan() and self.decimal > number  # type: ignore[operator]

    def __ge__(self, other: str | Numeric) -> bool:
        number = _decimal(other)
        return str.__ge__(self, other) if number is None else not number.is_nan() and self.decimal >= number  # type: ignore[operator]

    def __mod__(self, other: Any) -> Any:
        number = _decimal(other)
        return str.__mod__(self, other) if number is None else _EXACT.remainder(self.decimal, number)


def _decimal(number: object) -> Decimal | None:
    """Return a number as a ``Decimal``, a ``float`` by its shortest form; ``None`` for anything else."""
    if isinstance(number, float):
        return Decimal(repr(float(number)))
    return Decimal(number) if isinstance(number, int | Decimal) else None


def _bound(name: str, value: object, unlimited: Decimal) -> Decimal:
    """Return a class argument as a ``Decimal``.

    Raises:
        TypeError: It is not a number.
        ValueError: It is not a finite number.
    """
    if value is None:
        return unlimited
    bound = None if isinstance(value, bool) else _decimal(value)
    if bound is None:
        raise TypeError(f"{name} must be int, float, Decimal or None, not {type(value).__name__}")
    if not math.isfinite(bound):
        raise ValueError(f"{name} must be a finite number, or None, not {value}")
    return bound
