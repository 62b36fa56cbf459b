"""What a field type takes in, and its instances: what ``st.from_type`` gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nofields.check import compile_rule
from nofields.check.choice import ChoiceCheck
from nofields.errors import Problem
from nofields.fields import (
    ALL,
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
)
from nofields.generate import builder
from nofields.rules import Series, TextRule
from nofields.strategies import valid
from nofields.strategies.valid import Strings
from nofields.value import Field


def texts(field: type[Field] = Text) -> Strings:
    """Text of a :class:`Text` or :class:`TextArea` field or a subclass, as long as its rule lets it be."""
    assert isinstance(field.rule, TextRule)
    lines = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")
    return st.text(lines, min_size=1, max_size=min(field.rule.max, 60)).map(str.strip).map(lambda text: text or "x")


def choices(field: type[Field]) -> Strings:
    """A choice of a :class:`Dropdown`, :class:`Radio` or :class:`Country` field."""
    known = cast(ChoiceCheck, compile_rule(field.rule)).choices
    return st.sampled_from(known) if known else texts()


def values(field: type[Field]) -> SearchStrategy[Any]:
    """What a field, or a subclass of it, takes in."""
    own = next((_VALUES[base] for base in field.__mro__ if base in _VALUES), valid.built)
    return own(field)


def instances(field: type[Field]) -> SearchStrategy[Any]:
    """Instances of a field; ``st.from_type`` gives them. Synthetic ones pass as instances whatever the process takes."""
    check = compile_rule(field.rule)

    def made(value: Any) -> Any:
        clean = check.clean(value)
        return field._new(field, value if type(clean) is Problem else clean)

    return values(field).map(made)


def formats() -> dict[str, Strings]:
    """For JSON Schema's ``format``: the name of each field that is a text, and what it takes in."""
    return {field.schema_format: values(field) for field in BY_NAME.values()}


def register_strategies() -> None:
    """Makes ``st.from_type`` know the fields; called when this package is imported, which Hypothesis does."""
    for field in ALL:
        _register(field)
        for subclass in _subclasses(field):
            _register(subclass)
    if _register not in Field.on_subclass:
        Field.on_subclass.append(_register)


#: The fields of which more can be drawn than their rules alone tell.
_VALUES: dict[type, Callable[[Any], SearchStrategy[Any]]] = {
    OrganisationNumber: lambda field: valid.organisation_numbers(series=_series(field)),
    NationalIdentityNumber: lambda field: valid.national_identity_numbers(kinds=_synthetic_kinds(field)),
    NorwegianDate: lambda field: valid.norwegian_dates(),
    DateRange: lambda field: valid.date_ranges(),
    AltinnSystemId: lambda field: valid.altinn_system_ids(),
    Text: texts,
    TextArea: texts,
    Checkbox: lambda field: st.just(True),
    CheckboxGroup: lambda field: st.lists(choices(field), min_size=1, max_size=5, unique=True),
    Dropdown: choices,
    Radio: choices,
    Country: choices,
}


def _series(field: type[OrganisationNumber]) -> Series | None:
    """The series of a field that names the kinds it takes."""
    named = [kind.series for kind in field.rule.kinds if kind.name in (field.rule.accept or ())]
    return named[0] if named else None


def _synthetic_kinds(field: type[NationalIdentityNumber]) -> list[str]:
    """The synthetic kinds that a field takes; Tenor's where it names none of its own."""
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
