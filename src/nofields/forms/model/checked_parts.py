"""Tell each control of a form what its models check beyond the rules of the types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pydantic import BaseModel

from nofields.forms.model.from_model import submitted_names
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import Group, Repeat, Variants, every_control
from nofields.forms.types.own_checks import NO_CHECKS, OwnChecks, checks_around, own_checks


def checked(model: type[BaseModel], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts of a form, the controls with what the model and those nested in it check."""
    controls = [*every_control(parts)]
    sent = {control.name for control in controls if not (control.is_only_submitted or control.read_only)}
    left_out = {*submitted_names(model).values()} - {part.key for part in parts}
    unsent = frozenset({control.name for control in controls} - sent | left_out)
    return _of_model(model, "", parts, unsent, NO_CHECKS)


def _of_model(
    model: type[BaseModel], name: str, parts: Iterable[Part], unsent: frozenset[str], around: OwnChecks
) -> tuple[Part, ...]:
    """Return the parts of a model that has a name in the form; ``around``: what is checked of it as a whole."""
    parts = tuple(parts)
    names = {attribute: f"{name}.{key}" if name else key for attribute, key in submitted_names(model).items()}
    types = {part.attribute: part.field_type if isinstance(part, Control) else None for part in parts}
    checks = own_checks(model, names, types, unsent)
    found: list[Part] = []
    for part in parts:
        deciders = {f"{name}.{each}" if name else each for each in part.when.open_controls()} if part.when else ()
        own = replace(checks[part.attribute].within(around), deciders=around.deciders.union(deciders))
        if not isinstance(part, Control):
            item = part.item.field_type if isinstance(part, Repeat) and isinstance(part.item, Control) else None
            own = checks_around(model, part.attribute, item).within(replace(own, of_value=False))
        found.append(_of_part(part, unsent, own))
    return tuple(found)


def _of_part(part: Part, unsent: frozenset[str], checks: OwnChecks) -> Part:
    if isinstance(part, Control):
        return replace(part, own_checks=checks, unsent=unsent)
    if isinstance(part, Group):
        return _of_group(part, unsent, checks)
    if isinstance(part, Repeat):
        return replace(part, item=_of_part(part.item, unsent, checks))
    assert isinstance(part, Variants)
    chosen = replace(checks, deciders=checks.deciders | {part.kind.name})
    branches = tuple(replace(each, group=_of_group(each.group, unsent, chosen)) for each in part.branches)
    return replace(part, kind=replace(part.kind, own_checks=checks, unsent=unsent), branches=branches)


def _of_group(group: Group, unsent: frozenset[str], checks: OwnChecks) -> Group:
    return replace(group, parts=_of_model(group.model, group.name, group.parts, unsent, checks))
