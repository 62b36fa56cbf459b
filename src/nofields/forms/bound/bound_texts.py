"""The texts and errors of a control or a group of a form, for the templates."""

from __future__ import annotations

from nofields import messages
from nofields.ask import Reader
from nofields.forms.error import FormError


class BoundTexts:
    """What the templates of controls and of groups read alike.

    Attributes:
        id: The id of the control or the fieldset; the ids of its parts begin with it.
        errors: The errors.
        reader: Who reads it.
    """

    id: str
    errors: tuple[FormError, ...]
    reader: Reader

    def text(self, key: str, **params: object) -> str:
        """Return one of nofields' texts, for a template."""
        return self.reader.text(key, params)

    @property
    def error(self) -> FormError | None:
        """The first error, or ``None``."""
        return self.errors[0] if self.errors else None

    @property
    def error_text(self) -> str:
        """The texts of the errors as one paragraph."""
        return messages.sentences(*(error.text for error in self.errors))

    def _ids(self, **parts: object) -> str:
        """Return the ids of those of the parts that are there, for ``aria-describedby``."""
        return " ".join(f"{self.id}-{part}" for part, present in parts.items() if present)
