"""Strategies by field type: accepted values, and the instances that ``st.from_type`` generates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields.check import compile_rule
from nofields.check.choice import ChoiceCheck
from nofields.fields import (
    BY_NAME,
    AltinnSystemId,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    Radio,
    Text,
    TextArea,
    VatNumber,
)
from nofields.generate import Choose, Issued, builder
from nofields.generate.choices import or_edge
from nofields.generate.identity import TENOR, identity_kinds, identity_numbers, numbers_of_field, require_synthetic
from nofields.rules import DigitRule, Series, TextRule
from nofields.strategies import dates, valid
from nofields.strategies.choices import Choices
from nofields.strategies.valid import Strings
from nofields.value import Field, subclasses

F = TypeVar("F", bound=Field)


class Printer(Protocol):
    """Hypothesis's printer of failing examples."""

    def text(self, obj: str) -> None: ...


def texts(field: type[Field] = Text) -> Strings:
    """Generate texts without line breaks that a text field accepts: short ones, and some as short or long as it accepts.

    Args:
        field: ``Text``, ``TextArea`` or a subclass.
    """
    assert isinstance(field.rule, TextRule)
    shortest, longest = field.rule.min, field.rule.max
    characters = st.characters(exclude_categories=("C", "Z")) | st.just(" ")
    usual = st.text(characters, min_size=shortest, max_size=min(longest, max(60, shortest)))
    return _with_lengths(usual.map(str.strip), shortest, longest)


@st.composite
def _with_lengths(draw: DrawFn, texts: Strings, shortest: int, longest: int) -> str:
    """Draw a text of at least the shortest length, sometimes one of the shortest or the longest."""
    text = draw(texts)
    length = or_edge(Choices(draw), None, (shortest, longest))
    return text.ljust(shortest, "x") if length is None else text[:length].rstrip().ljust(length, "x")


def choices(field: type[Field]) -> Strings:
    """Generate choices of a ``Dropdown``, ``Radio`` or ``Country`` field; texts if the field has no list of choices."""
    known = cast(ChoiceCheck, compile_rule(field.rule)).choices
    return st.sampled_from(known) if known else texts()


def values(field: type[Field], *, issued: Issued = "any") -> SearchStrategy[Any]:
    """Generate values that a field accepts, as a form or an endpoint receives them.

    National identity numbers are synthetic. While ``NOFIELDS_SYNTHETIC`` is ``reject``, a field that leaves them to this
    setting accepts none, and a draw raises ``ValueError``.

    Args:
        field: A field type or a subclass of one.
        issued: The rule of national identity numbers, as in :func:`national_identity_numbers`.

    Raises:
        LookupError: Nothing generates values of the field.
        ValueError: The field accepts no synthetic national identity number, or none of the rule ``issued``.
    """
    if issubclass(field, NationalIdentityNumber):
        return _persons(field, issued)
    if issued != "any":
        raise ValueError(f"issued={issued!r}: {field.__name__} is no national identity number")
    return candidates(field)


def candidates(field: type[Field]) -> SearchStrategy[Any]:
    """Generate values that a field accepts, but for synthetic persons, whom it or ``NOFIELDS_SYNTHETIC`` may reject.

    Raises:
        LookupError: Nothing generates values of the field.
    """
    strategy = next((_VALUES[base] for base in field.__mro__ if base in _VALUES), valid.built)
    return strategy(field)


def instances(field: type[F]) -> SearchStrategy[F]:
    """Generate instances of a field, as ``st.from_type`` does.

    Args:
        field: A field type or a subclass of one.

    Raises:
        ValueError: As for :func:`values`.
    """
    return values(field).map(_Constructor(field))


def formats() -> dict[str, Strings]:
    """Return a strategy of accepted values for each ``format`` of JSON Schema, e.g. for Schemathesis."""
    return {field.schema_format: values(field) for field in BY_NAME.values()}


def register_strategies() -> None:
    """Register the fields with ``st.from_type``. Importing the package, as Hypothesis does, calls it.

    Failing examples show synthetic national identity numbers unmasked from then on.
    """
    # Set here and not in the class: without Hypothesis, IPython would show the numbers, too.
    setattr(NationalIdentityNumber, "_repr_pretty_", _show)  # noqa: B010
    for field in subclasses(Field):
        _register(field)
    if _register not in Field.on_subclass:
        Field.on_subclass.append(_register)


#: The fields whose values cannot be built from the rule alone.
_VALUES: dict[type[Field], Callable[[type[Field]], SearchStrategy[object]]] = {
    OrganisationNumber: lambda field: valid.organisation_numbers(series=_series(field)),
    NationalIdentityNumber: lambda field: valid.built_from(_candidates_of_persons(field)),
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


def _candidates_of_persons(field: type[Field]) -> Callable[[Choose], str]:
    assert issubclass(field, NationalIdentityNumber)
    return identity_numbers(identity_kinds(field) or TENOR, rule=field.rule)


def _persons(field: type[NationalIdentityNumber], issued: Issued) -> Strings:
    """Generate synthetic numbers, and raise ``ValueError`` at a draw that ``NOFIELDS_SYNTHETIC`` makes invalid."""
    build = numbers_of_field(field, issued)

    def accepted(choose: Choose) -> str:
        require_synthetic(field)
        return build(choose)

    return valid.built_from(accepted)


class _Constructor(Generic[F]):
    """Constructs instances of a field.

    Its ``repr`` is no Python: so a failing example shows the ``repr`` of the instance, which is masked if it is secret, and
    Hypothesis's ghostwriter writes ``from_type(OrganisationNumber)``, which can be run.
    """

    def __init__(self, field: type[F]) -> None:
        self._field = field

    def __call__(self, value: object) -> F:
        return cast(Callable[[object], F], self._field)(value)

    def __repr__(self) -> str:
        return f"<{self._field.__name__}>"


def _show(number: NationalIdentityNumber, printer: Printer, cycle: bool) -> None:
    """Show a number in a failing example, masked unless it is synthetic."""
    printer.text(f"{type(number).__name__}({str(number)!r})" if number.is_synthetic else repr(number))


def _register(field: type[Field]) -> None:
    if any(base in _VALUES for base in field.__mro__) or (hasattr(field, "rule") and builder(field)):
        st.register_type_strategy(field, lambda _: instances(field))
