"""Secrets that were entered in a form that was rejected: encrypted, sent to the browser, and back with the form."""

from __future__ import annotations

import json

from nofields.forms.entries.source import Source
from nofields.forms.parts.controls import SEALED, Control
from nofields.forms.seal import MIN_SECRET, Seal, derived_key
from nofields.forms.types.submitted import Submitted, first_value, is_blank

#: In seconds: how long a rejected form can be corrected, and how long a draft of steps can be continued.
_OF_A_PAGE, _OF_A_DRAFT = 60 * 60, 30 * 24 * 60 * 60


class EnteredSecrets:
    """Encrypt the right secrets of a rejected form, so that they need not be entered again.

    A password is never kept, nor what can be left empty, since an empty field could not be told from one to be kept.

    Args:
        key: 32 bytes or more.
        form: The name of the form. What one form sealed, another does not open.
        in_drafts: Whether drafts contain them, which can be continued for a month.

    Raises:
        ValueError: The key is too short.
    """

    def __init__(self, key: bytes, form: str, in_drafts: bool = False) -> None:
        if len(key) < MIN_SECRET:
            raise ValueError(f"key must have {MIN_SECRET} bytes or more, not {len(key)}")
        self._seal, self._form = Seal(derived_key(key, b"form")), form
        self._lifetime = _OF_A_DRAFT if in_drafts else _OF_A_PAGE

    def seal(self, control: Control, value: Submitted) -> str:
        """Return a secret encrypted; empty if it cannot be kept. The caller checks that it has no error."""
        if not isinstance(value, str) or is_blank(value) or not control.can_be_sealed:
            return ""
        return self._seal.close(json.dumps([self._form, control.name_in_form, value]))

    def open(self, control: Control, source: Source) -> str | None:
        """Return the secret that the form data contains encrypted, or ``None``."""
        sealed = first_value(source.at(SEALED).name, source.data) if control.can_be_sealed else ""
        text = self._seal.open(sealed, self._lifetime) if sealed else None
        if text is None:
            return None
        form, name, value = json.loads(text)
        return str(value) if (form, name) == (self._form, control.name_in_form) else None
