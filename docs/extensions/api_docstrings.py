"""A Sphinx extension: lets autodoc read docstrings and signatures as nofields writes them.

Napoleon takes what stands before a colon for a type, in the docstring of a property or an attribute and in the section
``Returns``. nofields puts types in annotations, so there the colon is hidden from Napoleon.
"""

from __future__ import annotations

import dataclasses

from sphinx.application import Sphinx

_OF_VALUES = ("attribute", "data", "property")
_OF_RESULTS = ("Returns:", "Yields:")
#: A private character in the place of a colon.
_HIDDEN = "\ue000"
_BEFORE_NAPOLEON, _AFTER_NAPOLEON = 400, 600


def setup(app: Sphinx) -> dict[str, object]:
    """Change docstrings before and after Napoleon does."""
    app.connect("autodoc-process-docstring", _hide, _BEFORE_NAPOLEON)
    app.connect("autodoc-process-docstring", _show, _AFTER_NAPOLEON)
    app.connect("autodoc-process-signature", _without_reprs)
    return {"parallel_read_safe": True}


def _hide(app: Sphinx, what: str, name: str, documented: object, options: object, lines: list[str]) -> None:
    section = ""
    for number, line in enumerate(lines):
        if line and not line.startswith(" "):
            section = line
        if what in _OF_VALUES or (section in _OF_RESULTS and line != section):
            lines[number] = line.replace(":", _HIDDEN)


def _show(app: Sphinx, what: str, name: str, documented: object, options: object, lines: list[str]) -> None:
    lines[:] = [line.replace(_HIDDEN, ":") for line in lines]


def _without_reprs(
    app: Sphinx, what: str, name: str, documented: type, options: object, signature: str | None, returned: str | None
) -> tuple[str, None] | None:
    """Write ``...`` for the defaults of a dataclass if one is an enumeration's member, whose ``repr`` is no Python."""
    if not dataclasses.is_dataclass(documented) or "<" not in (signature or ""):
        return None
    fields = (
        f"{each.name}: {each.type}" + ("" if each.default is each.default_factory else " = ...")
        for each in dataclasses.fields(documented)
        if each.init
    )
    return f"({', '.join(fields)})", None
