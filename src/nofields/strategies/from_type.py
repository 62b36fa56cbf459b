"""Strategies by field type: accepted values, and the instances that ``st.from_type`` generates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nofields.check import compile_rule
from nofields.check.choice import ChoiceCheck
from nofields.errors import Problem
from nofields.fields import (
    BY_NAME,
    AltinnSystemId,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    IdentityKind,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    Radio,
    Text,
    TextArea,
    VatNumber,
)
from nofields.generate import builder
from nofields.rules import DigitRule, Series, TextRule
from nofields.strategies import dates, valid
from nofields.strategies.valid import Strings
from nofields.value import Field

F = TypeVar("F", bound=Field)


def texts(field: type[Field] = Text) -> Strings:
    """Generate short texts without line breaks that a text field accepts.

    Args:
        field: ``Text``, ``TextArea`` or a subclass.
    """
    assert isinstance(field.rule, TextRule)
    characters, shortest = st.characters(exclude_categories=["C", "Z"]) | st.just(" "), field.rule.min
    texts = st.text(characters, min_size=shortest, max_size=min(field.rule.max, max(60, shortest)))
    return texts.map(str.strip).map(lambda text: text.ljust(shortest, "x"))


def choices(field: type[Field]) -> Strings:
    """Generate choices of a ``Dropdown``, ``Radio`` or ``Country`` field; texts if the field has no list of choices."""
    known = cast(ChoiceCheck, compile_rule(field.rule)).choices
    return st.sampled_from(known) if known else texts()


def values(field: type[Field]) -> SearchStrategy[Any]:
    """Generate values that a field accepts, as a form or an endpoint receives them.

    Args:
        field: A field type or a subclass of one.

    Raises:
        LookupError: Nothing generates values of the field.
    """
    strategy = next((_VALUES[base] for base in field.__mro__ if base in _VALUES), valid.built)
    return strategy(field)


def instances(field: type[F]) -> SearchStrategy[F]:
    """Generate instances of a field, as ``st.from_type`` does.

    Synthetic numbers are among them whatever ``NOFIELDS_SYNTHETIC`` is.

    Args:
        field: A field type or a subclass of one.
    """
    check = compile_rule(field.rule)

    def instance(value: object) -> F:
        clean = check.clean(value)
        return cast(F, field._new(field, value if type(clean) is Problem else clean))

    return values(field).map(instance)


def formats() -> dict[str, Strings]:
    """Return a strategy of accepted values for each ``format`` of JSON Schema, e.g. for Schemathesis."""
    return {field.schema_format: values(field) for field in BY_NAME.values()}


def register_strategies() -> None:
    """Register the fields with ``st.from_type``. Importing the package, as Hypothesis does, calls it."""
    for field in _subclasses(Field):
        _register(field)
    if _register not in Field.on_subclass:
        Field.on_subclass.append(_register)


#: The fields whose values cannot be built from the rule alone.
_VALUES: dict[type[Field], Callable[[type[Field]], SearchStrategy[object]]] = {
    OrganisationNumber: lambda field: valid.organisation_numbers(series=_series(field)),
    NationalIdentityNumber: lambda field: valid.national_identity_numbers(kinds=_synthetic_kinds(field)),
    NorwegianDate: dates.dates,
    DateRange: dates.date_ranges,
    AltinnSystemId: lambda field: valid.altinn_system_ids(),
    VatNumber: lambda field: valid.vat_numbers(),
    Text: texts,
    TextArea: texts,
    Checkbox: lambda field: st.just(True),
    CheckboxGroup: lambda field: st.lists(choices(field), min_size=1, max_size=5, unique=True),
    Dropdown: choices,
    Radio: choices,
    Country: choices,
}


def _series(field: type[Field]) -> Series | None:
    """The series of a field that names the kinds it accepts."""
    assert isinstance(field.rule, DigitRule)
    named = [kind.series for kind in field.rule.kinds if kind.name in (field.rule.accept or ())]
    return named[0] if named else None


def _synthetic_kinds(field: type[Field]) -> list[str]:
    """The synthetic kinds that a field names; Tenor's if it names none."""
    assert isinstance(field.rule, DigitRule)
    synthetic = [kind.name for kind in field.rule.kinds if kind.series is Series.SYNTHETIC]
    named = [name for name in synthetic if name in (field.rule.accept or ())]
    return named or [IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR]


def _register(field: type[Field]) -> None:
    if any(base in _VALUES for base in field.__mro__) or (hasattr(field, "rule") and builder(field)):
        st.register_type_strategy(field, st.deferred(lambda: instances(field)))


def _subclasses(field: type[Field]) -> Iterable[type[Field]]:
    for subclass in field.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)
