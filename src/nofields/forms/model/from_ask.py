"""Read the condition of a part from its ``Ask``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from nofields.ask import Ask
from nofields.forms.entries.initial import initial_value
from nofields.forms.parts.conditions import Condition, without_spaces
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import Repeat, Variants
from nofields.forms.types.widgets import Widget


def with_condition(part: Part, settings: Ask, siblings: Mapping[str, Part]) -> Part:
    """Return a part with the condition that its ``Ask`` sets.

    Args:
        part: The part.
        settings: The ``Ask`` of its field.
        siblings: The parts of the same model, by name and alias.

    Raises:
        TypeError: The model needs a value even where the condition is not met.
        ValueError: The condition names no other field with a value, or a value that it cannot have.
    """
    if not settings.when:
        return part
    if part.required and not part.nullable:
        raise TypeError(f"{part.where}: a field that does not always apply needs a default, such as X | None = None")
    values, controls = {}, {}
    for name, wanted in settings.when.items():
        sibling = siblings.get(name)
        control = sibling.kind if isinstance(sibling, Variants) else sibling
        is_single = isinstance(control, Control) and control.appearance.widget is not Widget.DATE_RANGE
        if sibling is None or sibling is part or not is_single:
            raise ValueError(f"{part.where}: when names {name!r}, which is no other field with a value in the form")
        assert isinstance(control, Control)
        if control.holds_secret or control.files:
            raise ValueError(f"{part.where}: when names {name!r}, whose values no page may show")
        several = wanted if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        controls[sibling.key] = sibling.key if control is sibling else f"{sibling.key}.{control.key}"
        values[sibling.key] = frozenset(_text(control, each, part.where) for each in several)
    fixed = frozenset(each.key for each in siblings.values() if each.read_only)
    condition = Condition(values, controls, fixed, settings.optional)
    if isinstance(part, Repeat) and not condition.optional:
        part = replace(part, least=max(part.least, 1))
    return replace(part, when=condition)


def _text(control: Control, value: object, where: str) -> str:
    """Return what is submitted for a value of another field."""
    shown = initial_value(control, value)
    if isinstance(shown, list):
        shown = next(iter(shown), "")
    return without_spaces(shown) if isinstance(shown, str) else ""


def check_order(model: str, parts: Iterable[Part]) -> None:
    """Raise ``ValueError`` if the conditions of parts depend on each other."""
    order = TopologicalSorter({part.key: part.when.values.keys() for part in parts if part.when})
    try:
        order.prepare()
    except CycleError as error:
        raise ValueError(
            f"{model}: the conditions of {' and '.join(dict.fromkeys(error.args[1]))} depend on each other"
        ) from None
