"""The keys of fields that share a documented key but not their sentences."""

from __future__ import annotations


class FieldKey(str):
    """A documented key with the name of a field, for sentences that are true of this field alone.

    It equals the documented key, and is that key wherever it is written down.

    Args:
        key: The documented key.
        field: The name of the field in ``explanations.py``.

    >>> FieldKey("TEXT_FIELD_CONTENTS_ERROR", "system_id") == "TEXT_FIELD_CONTENTS_ERROR"
    True
    """

    __slots__ = ("field",)
    field: str

    def __new__(cls, key: str, field: str) -> FieldKey:
        shared = super().__new__(cls, key)
        shared.field = field
        return shared

    @property
    def value(self) -> str:
        """The documented key as text, as of a ``Key``."""
        return str(self)

    def __reduce__(self) -> tuple[object, ...]:
        return FieldKey, (str(self), self.field)
