"""The steps of a form: which fields are asked for on which page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from pydantic import BaseModel

from nofields.ask import LocalText
from nofields.forms.model.checked_parts import checked
from nofields.forms.parts.controls import Control
from nofields.forms.parts.part import Part
from nofields.forms.parts.parts import Group, Repeat, Variants, every_control

#: The name of the page with all answers, after the last step.
SUMMARY = "summary"


@dataclass(frozen=True, eq=False)  # hashed by identity, as ``Ask`` is: texts may be dictionaries
class Step:
    """One step of a form: ``Form(Model, steps={"loan": Step(["amount", "lines"], title="The loan")})``.

    A text is the same in every language, a key of a catalog, or a dictionary with a text for each language.

    Attributes:
        fields: Its fields, by name or alias. A nested model or a list is named as a whole.
        title: The title; by default the name of the step.
        hint: A sentence below the title.
    """

    fields: Sequence[str]
    title: LocalText = ""
    hint: LocalText = ""


#: The steps of a form by name: the fields of each, or a :class:`Step`.
Steps = Mapping[str, Step | Sequence[str]]


@dataclass(frozen=True)
class FormStep:
    """A step, with the keys of its parts.

    Attributes:
        name: The name of the step in addresses and drafts.
        title: The title.
        hint: A sentence below the title.
        keys: The keys of its parts, in order.
    """

    name: str
    title: LocalText
    hint: LocalText
    keys: tuple[str, ...]


def form_steps(model: type[BaseModel], parts: Iterable[Part], steps: Steps) -> tuple[FormStep, ...]:
    """Return the steps of a form.

    Raises:
        ValueError: A field is in no step or in several, a step has no fields or no name, or a name is not the model's.
    """
    where = f"steps of {model.__name__}"
    if SUMMARY in steps:
        raise ValueError(f"{where}: {SUMMARY!r} is the name of the page after the last step")
    if wrong := [name for name in steps if not isinstance(name, str) or not name.isprintable() or not name.strip()]:
        raise ValueError(f"{where}: {wrong[0]!r} is no name of a step; it is a text of one line")
    keys = {name: part.key for part in parts for name in (part.attribute, part.key)}
    found = tuple(_form_step(where, name, each, keys) for name, each in steps.items())
    times = Counter(key for step in found for key in step.keys)
    if twice := [key for key, number in times.items() if number > 1]:
        raise ValueError(f"{where}: {twice[0]!r} is in a step twice, or in several")
    if missing := [key for key in dict.fromkeys(keys.values()) if key not in times]:
        raise ValueError(f"{where}: no step has {', '.join(map(repr, missing))}")
    return found


def _form_step(where: str, name: str, step: Step | Sequence[str], keys: Mapping[str, str]) -> FormStep:
    step = step if isinstance(step, Step) else Step(step)
    fields = [step.fields] if isinstance(step.fields, str) else step.fields
    if not fields:
        raise ValueError(f"{where}: {name!r} has no fields")
    if unknown := [each for each in fields if each not in keys]:
        raise ValueError(f"{where}: the form has no field {unknown[0]!r}, which {name!r} names")
    return FormStep(name, step.title or name, step.hint, tuple(keys[each] for each in fields))


def parts_in_steps(model: type[BaseModel], parts: Iterable[Part], steps: Iterable[FormStep]) -> tuple[Part, ...]:
    """Return the parts of a form in the order of its steps; the browser has only the values of one step at a time."""
    by_key = {part.key: part for part in parts}
    return tuple(part for step in steps for part in checked(model, tuple(_in_step(by_key[key], step) for key in step.keys)))


def _in_step(part: Part, step: FormStep) -> Part:
    """Return a part; the values of other steps that its condition names cannot be changed on its page."""
    when = part.when
    return replace(part, when=replace(when, fixed=when.fixed | when.values.keys() - {*step.keys})) if when else part


def parts_of_a_question(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts of a form as a browser asks about one of them: it is shown, so the values of other steps allow it."""
    return tuple(_shown(part) for part in parts)


def _shown(part: Part) -> Part:
    when = part.when
    open_values = {key: texts for key, texts in when.values.items() if key not in when.fixed} if when else {}
    return replace(part, when=replace(when, values=open_values)) if when else part


def step_address(pattern: str, name: str, id: str = "") -> str:
    """Return the address of a step, or of what has an id in it.

    >>> step_address("?step={step}", "the loan", "amount")
    '?step=the%20loan#amount'
    """
    return pattern.replace("{step}", quote(name, safe="")) + (f"#{quote(id)}" if id else "")


def check_late(model: type[BaseModel], parts: Iterable[Part], is_late: Callable[[Control], bool]) -> None:
    """Raise ``ValueError`` if a secret or a file in a list can only be asked for after the last step, outside the list."""
    for part in parts:
        if isinstance(part, Repeat):
            late = [each.name for each in every_control([part.item]) if is_late(each)]
            if late:
                raise ValueError(
                    f"steps of {model.__name__}: {late[0]!r} is in a list, and a draft keeps no files there, "
                    f"nor secrets without key=…, passwords, or secrets that may be left empty"
                )
        elif isinstance(part, Group):
            check_late(model, part.parts, is_late)
        elif isinstance(part, Variants):
            check_late(model, (branch.group for branch in part.branches), is_late)
