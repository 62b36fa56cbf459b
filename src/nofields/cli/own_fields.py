"""Fields of a project that are named on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

from nofields.export.modules import identifier, public_names
from nofields.export.rules import rules
from nofields.value import Field


def own_fields(paths: Iterable[str]) -> dict[str, type[Field]]:
    """Return fields by the names that they have in JavaScript: ``ourReference`` for ``app.models:OurReference``.

    Raises:
        typer.BadParameter: One cannot be imported, is no field with a rule, or its name is taken.
    """
    taken = {*public_names(), *map(identifier, rules())}
    found: dict[str, type[Field]] = {}
    for path in paths:
        field = _imported(path)
        name = field.__name__[:1].lower() + field.__name__[1:]
        if name in taken or name in found:
            raise typer.BadParameter(f"The name {name} of {path} is taken: define a subclass with another name.")
        found[name] = field
    return found


def _imported(path: str) -> type[Field]:
    module, _, name = path.partition(":")
    sys.path.insert(0, "")  # as `python -m` does
    try:
        field = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise typer.BadParameter(f"Cannot import {path!r}: {error}. Write it as app.models:OurReference.") from None
    except (Exception, SystemExit) as error:  # raised by the module, whose code may do anything
        raise typer.BadParameter(f"Cannot import {path!r}: {type(error).__name__}: {error}.") from None
    finally:
        sys.path.remove("")
    if not (isinstance(field, type) and issubclass(field, Field) and hasattr(field, "rule")):
        raise typer.BadParameter(f"{path} is not a field type.")
    return field
