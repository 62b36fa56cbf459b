"""Conditions: with which values of other fields a field applies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

#: The spaces that people type, and those that pages group digits with.
_SPACES = dict.fromkeys(map(ord, " \t\r\n\u00a0\u202f"))


@dataclass(frozen=True)
class Condition:
    """With which values of other fields of the same model a field applies.

    Attributes:
        values: The submitted texts of which each field needs one, by the key of the field.
        controls: The name of the control that has the value, by the same; that of a union is its discriminator's.
        fixed: The keys of those that the user cannot change: the server decides, and does not show what they exclude.
        optional: Whether the field may be left empty where it applies.
    """

    values: Mapping[str, frozenset[str]]
    controls: Mapping[str, str]
    fixed: frozenset[str] = frozenset()
    optional: bool = False

    def open_controls(self) -> list[str]:
        """Return the names of the controls that the user can change."""
        return [name for key, name in self.controls.items() if key not in self.fixed]

    def as_json(self, model: str) -> str:
        """Return the texts by the full names of the controls, for the script; empty if the user cannot change any.

        Args:
            model: The name of the model in the form, with the dot behind it; empty for the whole form.
        """
        open_values = {f"{model}{self.controls[key]}": texts for key, texts in self.values.items() if key not in self.fixed}
        return condition_json(open_values) if open_values else ""


def without_spaces(text: str) -> str:
    """Return a text as conditions compare it: ``974 760 673`` is the same as ``974760673``. ``parts.js`` does the same.

    >>> without_spaces(" 974 760 673")
    '974760673'
    """
    return text.translate(_SPACES)


def condition_json(values: Mapping[str, frozenset[str]]) -> str:
    """Return accepted texts by the names of controls, for the script."""
    return json.dumps({name: sorted(map(without_spaces, texts)) for name, texts in values.items()}, ensure_ascii=False)
