"""The parts of a field's docstring."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

import nofields
from nofields.value import Field
from writing import from_rst

_ARGUMENTS = "Class arguments:"
#: An argument and what follows it, of which further lines are indented more.
_ARGUMENT = re.compile(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)


@dataclass(frozen=True)
class Description:
    """What a docstring says, in Markdown. ``examples`` is its doctest."""

    summary: str
    more: tuple[str, ...]
    arguments: dict[str, str]
    #: What stands in the place of a list of arguments, such as a link to the field that has the same ones.
    arguments_of: str
    source: str
    examples: str


def description(field: type[Field]) -> Description:
    """Take a field's docstring apart."""
    paragraphs = (inspect.getdoc(field) or "").split("\n\n")
    found = {name: _starting_with(paragraphs, name) for name in (_ARGUMENTS, "Source", "Errors:", ">>>")}
    summary, *more = [text for text in paragraphs if text not in found.values()]
    arguments = found[_ARGUMENTS].removeprefix(_ARGUMENTS)
    listed = {name: from_rst(text) for name, text in _ARGUMENT.findall(arguments)}
    return Description(
        from_rst(summary),
        tuple(map(from_rst, more)),
        listed,
        "" if listed else from_rst(arguments),
        from_rst(re.sub(r"^Sources?:", "", found["Source"])) or field.source,
        with_imports(found[">>>"]),
    )


def first_line(documented: object) -> str:
    """Return the first paragraph of a docstring."""
    return from_rst((inspect.getdoc(documented) or "").split("\n\n")[0])


def _starting_with(paragraphs: list[str], start: str) -> str:
    return next((text for text in paragraphs if text.startswith(start)), "")


def with_imports(examples: str) -> str:
    """Put a line before a doctest that imports the names of :mod:`nofields` in it."""
    names = sorted(set(re.findall(r"\w+", "\n".join(re.findall(r"^(?:>>>|\.\.\.) (.+)", examples, re.MULTILINE)))))
    used = [name for name in names if name in nofields.__all__]
    return f">>> from nofields import {', '.join(used)}\n{examples}" if examples else ""
