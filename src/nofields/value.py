"""``Field``, the base of every field type, and ``Value``, the base of those that are text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import BuiltinFunctionType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

from nofields.check import compile_rule
from nofields.check.base import New
from nofields.check.settings import with_settings
from nofields.errors import MASK, FieldError, Problem, Reason
from nofields.keys import Phrase
from nofields.rules import DigitRule, Rule
from nofields.synthetic import Policy, policy

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Field:
    """A field type: a rule, and a class whose instances are clean values.

    ``Type(value)`` returns the clean value or raises :class:`FieldError`. ``Type.is_valid(value)`` and
    ``Type.problem(value)`` never raise, whatever the object. ``Type(value)`` returns an instance of
    exactly ``Type`` as it is, without validating it again.

    A subclass narrows a field by class arguments, checked when the class is defined. Each field lists
    its own; all have:

    Class arguments:
        key: The key of its errors, a :class:`Key` or one of your own, whose text is that of your
            catalog or else that of the field's documented key. Default: the documented key.

    >>> from nofields import Text
    >>> class Nickname(Text, max=20, key="NICKNAME"): ...
    >>> Nickname.problem("x" * 21).key, Nickname.problem("x" * 21).message("en")
    ('NICKNAME', 'Shorten the text to 20 characters or fewer.')
    """

    __slots__ = ()
    #: What makes a value valid; every reader of the field reads this.
    rule: ClassVar[Rule]
    #: Short name on the command line and in JavaScript; empty for fields that have none.
    name: ClassVar[str] = ""
    #: Name in JSON Schema's ``format``.
    schema_format: ClassVar[str]
    #: What the field is called, and how its value is written: texts, or keys of a catalog.
    label: ClassVar[str]
    hint: ClassVar[str | None] = None
    #: Further names of columns with such values, by which ``nofields check`` recognises them.
    also_called: ClassVar[tuple[str, ...]] = ()
    #: The source of the rule.
    source: ClassVar[str] = ""
    #: Synthetic values in clean form, or values that are neither synthetic nor anybody's.
    examples: ClassVar[tuple[str, ...]] = ()
    #: Published real values in clean form, for where synthetic ones are rejected.
    real_examples: ClassVar[tuple[str, ...]] = ()
    #: Whether errors and ``repr`` mask the value.
    secret: ClassVar[bool] = False
    #: HTML's autocomplete token for the user's own value; empty where HTML has none.
    autocomplete: ClassVar[str] = ""
    #: Called with every new field type; registers a project's own types with Hypothesis.
    on_subclass: ClassVar[list[Callable[[type[Field]], None]]] = []

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__()
        if settings:
            cls.rule = with_settings(cls.rule, settings)
        _reject_overrides(cls)
        if cls.secret and getattr(cls.rule, "secret", True) is False:  # errors name no character of the value
            cls.rule = replace(cls.rule, secret=True)  # type: ignore[arg-type]
        if hasattr(cls, "rule"):
            # On the class itself: callers reach the compiled functions without another frame.
            check = compile_rule(cls.rule)
            construct, new = check.constructor(cls, cls._new, _raiser(cls))
            compiled = {"is_valid": check.is_valid, "problem": check.problem_of, "_clean": check.clean, "_construct": construct}
            for name, function in compiled.items():
                setattr(cls, name, staticmethod(function))
            # A project's own __new__ stays, also where it is inherited.
            inherited: object = cls.__new__
            if new and (inherited is Value.__new__ or isinstance(inherited, BuiltinFunctionType)):
                cls.__new__ = new  # type: ignore[method-assign]
            if "examples" in vars(cls) and "real_examples" not in vars(cls):
                cls.real_examples = ()
            # nofields' own examples are tested; checked here, every rule would be compiled on import.
            if {"examples", "real_examples"} & vars(cls).keys() and not cls.__module__.startswith("nofields."):
                _reject_wrong_examples(cls)
        for callback in Field.on_subclass:
            callback(cls)

    @classmethod
    def is_valid(cls, value: object) -> bool:
        """Return whether the field accepts ``value``. Never raises, whatever the object."""
        return cls.problem(value) is None

    @classmethod
    def problem(cls, value: object) -> Problem | None:
        """Return why the field rejects ``value``, if it does. Never raises, whatever the object."""
        result = cls._clean(value)
        return result if type(result) is Problem else None

    @classmethod
    def accepted_examples(cls) -> list[str]:
        """Return the examples that the class and ``NOFIELDS_SYNTHETIC`` accept, synthetic ones if possible."""
        groups = (cls.real_examples, cls.examples) if policy() is Policy.REJECT else (cls.examples, cls.real_examples)
        accepted = ([example for example in group if cls.is_valid(example)] for group in groups)
        return next(filter(None, accepted), [])

    @classmethod
    def _clean(cls, value: object) -> Any:
        """Return the clean value, or the :class:`Problem`."""
        raise NotImplementedError(f"{cls.__name__} has no rule")

    @classmethod
    def _construct(cls, value: object) -> Any:
        """Return the instance, or raise :class:`FieldError`."""
        raise NotImplementedError(f"{cls.__name__} has no rule")

    #: Makes an instance of a class (first argument) from a clean value (second), unvalidated.
    _new: ClassVar[New] = staticmethod(lambda own, clean: clean)

    @property
    def formatted(self) -> str:
        """The value as people write it."""
        return str(self)

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        """Return what the value itself shows, such as a birth date, by label."""
        return {}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from nofields.schema import core_schema

        return core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from nofields.schema import json_schema

        return json_schema(cls, clean=handler.mode == "serialization")


def subclasses(field: type[Field]) -> Iterator[type[Field]]:
    """Yield the subclasses of a field type, direct and indirect."""
    for subclass in field.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def _raiser(cls: type[Field]) -> Callable[[Problem], NoReturn]:
    """Return what raises a problem as an error of a field type."""

    def reject(problem: Problem) -> NoReturn:
        raise FieldError(problem, getattr(cls, "label", ""))

    return reject


def _reject_overrides(cls: type[Field]) -> None:
    """Raise ``TypeError`` if a class, or a mixin before it in the MRO, overrides a verdict."""
    for name in ("is_valid", "problem"):
        owner = next(base for base in cls.__mro__ if name in vars(base))
        if owner is cls or not issubclass(owner, Field):
            raise TypeError(
                f"{cls.__name__} cannot define {name}: columns and JavaScript read the rule and would not honour it. "
                "Narrow a field by class arguments, or add a validator to the model's field: "
                "Annotated[OrganisationNumber, AfterValidator(...)]."
            )


def _reject_wrong_examples(cls: type[Field]) -> None:
    """Raise ``ValueError`` for an example that no setting of ``NOFIELDS_SYNTHETIC`` accepts."""
    for example in (*cls.examples, *cls.real_examples):
        problem = cls.problem(example)
        if problem is not None and problem.reason not in (Reason.SYNTHETIC, Reason.REAL, Reason.KIND):
            shown = "an example" if cls.secret else repr(example)
            raise ValueError(f"{cls.__name__}.examples: {shown} is rejected with reason {problem.reason!s}")


def _unpickle(base: type, own: type, value: object) -> Any:
    """Rebuild a copied or unpickled value without validating it again."""
    return base.__new__(own, value)


class Value(Field, str):
    """A clean value that is text: it compares, hashes and is stored as ``str``."""

    __slots__ = ()

    if TYPE_CHECKING:  # a model's constructor accepts text, and its attribute is of the class

        def __get__(self, instance: object, owner: object = None) -> Self: ...
        def __set__(self, instance: object, value: str) -> None: ...

    def __new__(cls, value: object) -> Self:
        return cls._construct(value)  # type: ignore[no-any-return]

    _new: ClassVar[New] = str.__new__

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickle, (str, type(self), str(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({MASK if self.secret else str(self)!r})"


class DigitValue(Value):
    """A number with a fixed count of digits, under a :class:`~nofields.rules.DigitRule`.

    Class arguments:
        accept: Names of the kinds to accept. Default ``None``: all of them, synthetic ones only where
            ``NOFIELDS_SYNTHETIC`` accepts them.
        separators: Characters to remove. White space may stand anywhere, other characters only
            between the groups of the written form, which is always read. Default: white space.
    """

    __slots__ = ()
    rule: ClassVar[DigitRule]

    def __init_subclass__(cls, *, accept: Iterable[str] | None = None, **settings: Any) -> None:
        if accept is not None:
            settings["accept"] = frozenset(accept)
            known = [kind.name for kind in cls.rule.kinds]
            if unknown := settings["accept"].difference(known):
                raise ValueError(f"unknown kind {', '.join(sorted(map(repr, unknown)))}; known: {', '.join(known)}")
        super().__init_subclass__(**settings)
        if cls.rule.written.count("#") != cls.rule.digits:
            raise ValueError(f"digits={cls.rule.digits} does not fit written={cls.rule.written!r}")

    @property
    def formatted(self) -> str:
        """The digits in the groups in which people write them."""
        digits = iter(self)
        return "".join(next(digits) if place == "#" else place for place in self.rule.written)
