"""``Field``, what every field type has, and ``Value``, the text that most of them are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

from nofields.check import compile_rule
from nofields.errors import MASK, FieldError, Problem, Reason
from nofields.keys import Phrase
from nofields.rules import DigitRule

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


def _refuse(problem: Problem) -> NoReturn:
    raise FieldError(problem)


def with_settings(rule: Any, settings: Mapping[str, Any]) -> Any:
    """A rule with other settings; raises ``TypeError`` or ``ValueError`` where they make no sense, as the class is defined."""
    for name, given in settings.items():
        if name not in vars(rule):
            raise TypeError(f"there is no setting {name!r}; there is {', '.join(vars(rule))}")
        kind = type(getattr(rule, name))
        if kind is not type(None) and (not isinstance(given, kind) or isinstance(given, bool) is not (kind is bool)):
            raise TypeError(f"{name} must be {kind.__name__}, not {type(given).__name__}")
        if kind is int and given < 1:
            raise ValueError(f"{name} must be 1 or more, not {given}")
    changed = dataclasses.replace(rule, **settings)
    if getattr(changed, "min", 0) > getattr(changed, "max", float("inf")):
        raise ValueError(f"min={changed.min} is more than max={changed.max}")
    return changed


class Field:
    """A field type: a rule, and a class that takes a value in.

    ``Type(value)`` gives the clean value or raises :class:`FieldError`; ``Type.is_valid(value)`` and
    ``Type.problem(value)`` never raise, whatever they are given. A subclass takes the rule's settings as class
    arguments: ``class Nickname(Text, max=20)``.
    """

    __slots__ = ()
    #: What makes a value valid, one of :data:`nofields.rules.Rule`; every reader of the field reads this.
    rule: ClassVar[Any]
    #: Short name, on the command line and in JavaScript.
    name: ClassVar[str] = ""
    #: Name in JSON Schema's ``format``.
    schema_format: ClassVar[str]
    #: What the field is called, and how its value is written.
    label: ClassVar[Phrase]
    hint: ClassVar[Phrase | None] = None
    #: What columns with such values are called besides, to tell them by.
    also_called: ClassVar[tuple[str, ...]] = ()
    #: Where the rule comes from.
    source: ClassVar[str] = ""
    #: Synthetic examples, clean.
    examples: ClassVar[tuple[str, ...]] = ()
    #: Whether a value must never be shown: not in errors, not in ``repr``.
    secret: ClassVar[bool] = False
    #: HTML's autocomplete token for what the field asks of the user about themselves; empty where there is none.
    autocomplete: ClassVar[str] = ""
    #: Called with every new field type: how the test strategies hear of a project's own, where they are in use.
    on_subclass: ClassVar[list[Callable[[type[Field]], None]]] = []

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__()
        if settings:
            cls.rule = with_settings(cls.rule, settings)
        _refuse_overrides(cls)
        if hasattr(cls, "rule"):
            # Compiled functions, each found on the class itself, with no frame of ours between it and the caller.
            check = compile_rule(cls.rule)
            compiled = {"is_valid": check.is_valid, "_clean": check.clean, "_take": check.maker(cls, cls._new, _refuse)}
            for name, function in compiled.items():
                setattr(cls, name, staticmethod(function))
            # nofields' own examples are tested; to check them here would compile every rule at import.
            if "examples" in vars(cls) and not cls.__module__.startswith("nofields."):
                _refuse_wrong_examples(cls)
        for told in Field.on_subclass:
            told(cls)

    @classmethod
    def is_valid(cls, value: object) -> bool:
        """Return whether ``Type(value)`` would accept ``value``. Never raises, whatever the object."""
        return cls.problem(value) is None

    @classmethod
    def problem(cls, value: object) -> Problem | None:
        """Return why ``Type(value)`` would reject ``value``, or ``None``. Never raises, whatever the object."""
        found = cls._clean(value)
        return found if type(found) is Problem else None

    @classmethod
    def _clean(cls, value: object) -> Any:
        """The clean value, or the Problem."""
        raise NotImplementedError(f"{cls.__name__} has no rule")

    @classmethod
    def _take(cls, value: object) -> Any:
        """The instance; raises :class:`FieldError`. One of the class itself passes unchecked."""
        raise NotImplementedError(f"{cls.__name__} has no rule")

    #: Makes the instance of a class (first argument) for a clean value (second).
    _new: ClassVar[Callable[[Any, Any], Any]] = staticmethod(lambda own, clean: clean)

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


def _refuse_overrides(cls: type[Field]) -> None:
    """Raise ``TypeError`` if a class, or a mixin in front of the field, defines what every field defines alike."""
    for name in ("is_valid", "problem"):
        owner = next(base for base in cls.__mro__ if name in vars(base))
        if owner is cls or not issubclass(owner, Field):
            raise TypeError(
                f"{cls.__name__} cannot define {name}: columns and JavaScript read the rule and would not honour it. "
                "Narrow a field by class arguments, or add a validator to the model's field: "
                "Annotated[OrganisationNumber, AfterValidator(...)]."
            )


def _refuse_wrong_examples(cls: type[Field]) -> None:
    """Raise ``ValueError`` if an example is none, whatever the process says of synthetic values."""
    for example in cls.examples:
        problem = cls.problem(example)
        if problem is not None and problem.reason not in (Reason.SYNTHETIC, Reason.REAL):
            shown = "an example" if cls.secret else repr(example)
            raise ValueError(f"{cls.__name__}.examples: {shown} is rejected with reason {problem.reason!s}")


def made_again(base: type, own: type, value: object) -> Any:
    """A copy, or what comes from pickle, of a value that was checked when it was made: it is not checked again."""
    return base.__new__(own, value)


class Value(Field, str):
    """A clean value, which is its own text: it compares, hashes and is stored as ``str``."""

    __slots__ = ()

    def __new__(cls, value: object) -> Self:
        return cls._take(value)  # type: ignore[no-any-return]

    _new: ClassVar[Callable[[Any, Any], Any]] = str.__new__

    def __reduce__(self) -> tuple[Any, ...]:
        return made_again, (str, type(self), str(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({MASK if self.secret else str(self)!r})"


class DigitValue(Value):
    """A value that is a number of digits under a :class:`~nofields.rules.DigitRule`."""

    __slots__ = ()
    rule: ClassVar[DigitRule]

    def __init_subclass__(cls, *, accept: Iterable[str] | None = None, **settings: Any) -> None:
        if accept is not None:
            settings["accept"] = frozenset(accept)
            if unknown := settings["accept"] - {kind.name for kind in cls.rule.kinds}:
                raise ValueError(
                    f"no kind {', '.join(sorted(map(repr, unknown)))}; there is {', '.join(k.name for k in cls.rule.kinds)}"
                )
        super().__init_subclass__(**settings)
        if cls.rule.written.count("#") != cls.rule.digits:
            raise ValueError(f"digits={cls.rule.digits} does not fit how it is written: {cls.rule.written}")

    @property
    def formatted(self) -> str:
        """The digits in the groups in which people write them."""
        digits = iter(self)
        return "".join(next(digits) if place == "#" else place for place in self.rule.written)
