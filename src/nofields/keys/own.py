"""The keys of a project: a field's errors have them in place of the documented ones."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.keys.documented import Key
from nofields.keys.phrases import Phrase

#: The key that each project's key replaces, for keys that come back as plain text, such as from JSON.
_REPLACED: dict[str, str] = {}


class OwnKey(str):
    """A project's key, which knows the key whose text it has where no catalog has a text of its own."""

    __slots__ = ("replaced",)
    replaced: str

    def __new__(cls, key: str, replaced: str) -> OwnKey:
        own = super().__new__(cls, key)
        own.replaced = replaced
        return own

    def __reduce__(self) -> tuple[object, ...]:
        return OwnKey, (str(self), self.replaced)


def own_key(key: str, replaced: str) -> str:
    """Return the key for a field's errors, and remember it if it is the project's own.

    Args:
        key: A documented key, or any other name.
        replaced: The key that it replaces.

    Raises:
        ValueError: The key is blank.
    """
    if not key.strip():
        raise ValueError("key must be a name")
    if key in Key.__members__ or key in Phrase.__members__:
        return key
    replaced = replaced_by(replaced) or replaced
    # As plain text: the text alone does not tell which of the fields that share a ``FieldKey`` it comes from.
    if _REPLACED.setdefault(key, str(replaced)) != replaced:  # shared by fields of different keys: a text that is true of all
        _REPLACED[key] = Key.TEXT_FIELD_CONTENTS_ERROR
    return OwnKey(key, replaced)


def replaced_by(key: str) -> str | None:
    """Return the key that a project's key replaces, or ``None`` for every other key."""
    return key.replaced if type(key) is OwnKey else _REPLACED.get(key)


def own_keys() -> Mapping[str, str]:
    """Return the project's keys with those that they replace, in the order in which their fields were defined."""
    return dict(_REPLACED)
