"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from nofields.fields.number import Number
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import AmountRule


class Amount(Number):
    """Amount (*beløp*) in kroner and øre: ``1 234,50``.

    Read is what can mean only one amount: ``1 234,50``, ``1234.5``, ``1.234,50`` and ``1,234.50``, and
    ``1.234.567``. Three decimals are rejected, since ``25.000`` and ``25,000`` are 25 thousand to many
    people and 25 to others. ``kr`` may stand before or after the amount, and ``,-`` in place of the
    øre: ``kr 1 234,-``. Names of other currencies are rejected.

    The value is text that ``Decimal`` reads, with two decimals and no zeros in front: ``1234.50``.
    An ``int``, a ``float`` or a ``Decimal`` is accepted if it has no fraction of an øre. Comparisons
    are those of :class:`Number`.

    Class arguments:
        min: Smallest amount. Default: ``0``. Example: ``min=None`` for any.
        max: Largest amount. Default: ``None``, any. Example: ``max=1_000_000``.
        decimals: Number of decimals of the value, 2 or 0. Default: ``2``. Example: ``decimals=0`` for
            whole kroner.
        separators: Characters that may stand between groups of three digits, besides full stops and
            commas. Default: space, no-break, narrow no-break and thin space. Example: ``separators=" "``.

    Source: Språkrådet, "Tall".

    Errors: ``NUMBER_ERROR`` with reason ``type``, ``format``, ``length`` (more than 30 digits), ``decimals``,
    ``too_small`` or ``too_large``; ``TEXT_FIELD_ERROR`` when empty.

    >>> Amount("kr 1 234,5"), Amount("1.234,50"), Amount(1234.5)
    (Amount('1234.50'), Amount('1234.50'), Amount('1234.50'))
    >>> Amount("25 000").formatted, Amount("25 000").decimal
    ('25 000,00', Decimal('25000.00'))
    >>> Amount.problem("25.000").explanation("en")
    'Write øre as two digits. 25.000 and 25,000 may mean 25 kroner or 25 thousand: write 25,00 or 25 000.'
    >>> class Balance(Amount, min=None): ...
    >>> Amount.problem("-5").message("en"), Balance("-5")
    ('Enter a number that is 0 or more.', Balance('-5.00'))
    """

    __slots__ = ()
    rule: ClassVar[AmountRule] = AmountRule(key=FieldKey(Key.NUMBER_ERROR, "amount"), min=Decimal(0), decimals=2, currency="kr")
    name = "amount"
    also_called = ("beløp", "sum", "kroner")
    schema_format = "no-amount"
    label = Phrase.LABEL_AMOUNT
    hint = Phrase.HINT_AMOUNT
    source = "Språkrådet, Tall"
    examples = ("1234.50", "25000.00")

    if not TYPE_CHECKING:  # whose arguments are those of Number

        def __init_subclass__(cls, **settings: Any) -> None:
            super().__init_subclass__(**settings)
            if cls.rule.decimals not in (0, 2):  # with three, 25.000 would be 25
                raise ValueError(f"decimals must be 2 or 0, not {cls.rule.decimals}")
