"""The parts of a form that have parts of their own: nested models, lists, and unions of models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from nofields.ask import LocalText
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part


@dataclass(frozen=True, kw_only=True)
class Group(Part):
    """A nested model: a fieldset.

    Attributes:
        model: The model.
        parts: What it asks for.
    """

    model: type[BaseModel]
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Repeat(Part):
    """A list: rows that are added and removed.

    Attributes:
        item: What each row asks for.
        item_label: What one row is called, without its number; empty if it has no name.
        least: The least number of rows.
        most: The greatest number of rows; ``None`` for no limit.
        is_tuple: Whether it is a tuple, which a strict model does not read from a list.
    """

    item: Part
    item_label: LocalText = ""
    least: int = 0
    most: int | None = None
    is_tuple: bool = False


@dataclass(frozen=True)
class Branch:
    """One model of a union.

    Attributes:
        tags: What pydantic calls it in an error's location, by what is submitted for it.
        group: What it asks for, without the discriminator.
    """

    tags: Mapping[str, int | str]
    group: Group


@dataclass(frozen=True, kw_only=True)
class Variants(Part):
    """A union of models that one of their fields, the discriminator, tells apart.

    Attributes:
        kind: The control of the discriminator.
        branches: The models.
    """

    kind: Control
    branches: tuple[Branch, ...]


def every_control(parts: Iterable[Part]) -> Iterator[Control]:
    """Yield the controls of parts, at any depth."""
    for part in parts:
        if isinstance(part, Control):
            yield part
        elif isinstance(part, Group):
            yield from every_control(part.parts)
        elif isinstance(part, Repeat):
            yield from every_control([part.item])
        elif isinstance(part, Variants):
            yield from every_control([part.kind, *(branch.group for branch in part.branches)])


def every_part(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts and those inside them, at any depth, but the rows of lists, which have the names of their lists."""
    for part in parts:
        yield part
        inside = part.item if isinstance(part, Repeat) else part
        while isinstance(inside, Repeat):
            inside = inside.item
        if isinstance(inside, Group):
            yield from every_part(inside.parts)
        elif isinstance(inside, Variants):
            yield from every_part([inside.kind, *(branch.group for branch in inside.branches)])


def control_at(parts: Iterable[Part], name: str) -> Control | None:
    """Return the control with a name in which each row has its index, such as ``lines.0.amount``; ``None`` if there is none."""
    for part in parts:
        if name == part.key:
            return part if isinstance(part, Control) else None
        if name.startswith(f"{part.key}.") and (found := _control_inside(part, name[len(part.key) + 1 :])):
            return found
    return None


def _control_inside(part: Part, name: str) -> Control | None:
    if isinstance(part, Group):
        return control_at(part.parts, name)
    if isinstance(part, Variants):
        return control_at([part.kind, *(branch.group for branch in part.branches)], name)
    index, _, rest = name.partition(".")
    if not isinstance(part, Repeat) or not (index.isascii() and index.isdigit()):
        return None
    return _control_inside(part.item, rest) if rest else part.item if isinstance(part.item, Control) else None
