"""``Field``, what every field type has, and ``Value``, the text that most of them are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from nofields.check import Check, compile_rule
from nofields.errors import FieldError, Problem
from nofields.keys import Phrase
from nofields.rules import DigitRule, Rule

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

#: What stands in the place of a value that must not be shown.
MASK = "***"


class Field:
    """A field type: a rule, and a class that takes a value in.

    ``Type(value)`` gives the clean value or raises :class:`FieldError`; ``Type.is_valid(value)`` and
    ``Type.problem(value)`` never raise, whatever they are given. A subclass takes the rule's settings as class
    arguments: ``class Nickname(Text, max=20)``.
    """

    __slots__ = ()
    #: What makes a value valid; every reader of the field reads this.
    rule: ClassVar[Rule]
    #: Short name, on the command line and in JavaScript.
    name: ClassVar[str] = ""
    #: Name in JSON Schema's ``format``.
    schema_format: ClassVar[str]
    #: What the field is called, and how its value is written.
    label: ClassVar[Phrase]
    hint: ClassVar[Phrase | None] = None
    #: Where the rule comes from.
    source: ClassVar[str] = ""
    #: Synthetic examples, clean.
    examples: ClassVar[tuple[str, ...]] = ()
    #: Whether a value must never be shown: not in errors, not in ``repr``.
    secret: ClassVar[bool] = False

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__()
        if settings:
            cls.rule = dataclasses.replace(cls.rule, **settings)
        # Each class starts uncompiled, with the two functions that compile it: see _compile.
        cls.is_valid = Field.__dict__["is_valid"]  # type: ignore[method-assign]
        cls._clean = Field.__dict__["_clean"]  # type: ignore[method-assign]

    @classmethod
    def is_valid(cls, value: object) -> bool:
        """Whether ``value``, any object at all, would be taken in."""
        return cls._compile().is_valid(value)

    @classmethod
    def problem(cls, value: object) -> Problem | None:
        """What is wrong with ``value``, any object at all; ``None`` when nothing is."""
        found = cls._clean(value)
        return found if type(found) is Problem else None

    @classmethod
    def _clean(cls, value: object) -> Any:
        """The clean value, or the Problem."""
        return cls._compile().clean(value)

    @classmethod
    def _compile(cls) -> Check:
        """Compiles the rule at first use, and puts the compiled functions where the next call finds them directly."""
        check = compile_rule(cls.rule)
        cls.is_valid = staticmethod(check.is_valid)  # type: ignore[method-assign, assignment]
        cls._clean = staticmethod(check.clean)  # type: ignore[method-assign, assignment]
        return check

    @classmethod
    def _take(cls, value: object) -> Any:
        """The clean value; raises :class:`FieldError`."""
        found = cls._clean(value)
        if type(found) is Problem:
            raise FieldError(found)
        return found

    @classmethod
    def _make(cls, clean: Any) -> Any:
        """The instance for a clean value."""
        return clean

    @property
    def formatted(self) -> str:
        """The form in which people write it."""
        return str(self)

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        """What the value tells, by the phrase that names it."""
        return {}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from nofields.schema import core_schema

        return core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from nofields.schema import json_schema

        return json_schema(cls, clean=handler.mode == "serialization")


class Value(Field, str):
    """A clean value, which is its own text: it compares, hashes and is stored as ``str``."""

    __slots__ = ()

    def __new__(cls, value: object) -> Self:
        if type(value) is cls:
            return value
        return str.__new__(cls, cls._take(value))

    @classmethod
    def _make(cls, clean: str) -> Self:
        return str.__new__(cls, clean)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({MASK if self.secret else str(self)!r})"


class DigitValue(Value):
    """A value that is a number of digits under a :class:`~nofields.rules.DigitRule`."""

    __slots__ = ()
    rule: ClassVar[DigitRule]

    @property
    def formatted(self) -> str:
        """The digits in the groups in which people write them."""
        digits = iter(self)
        return "".join(next(digits) if place == "#" else place for place in self.rule.written)
