"""The keys of every text: the documented ones (``Key``), nofields' own (``Phrase``) and the project's."""

from nofields.keys.documented import Key
from nofields.keys.explanations import (
    documented_key,
    explanation_key,
    explanations,
    message_key,
    narrowed,
    required_key,
)
from nofields.keys.field_key import FieldKey
from nofields.keys.own import OwnKey, own_key, own_keys, replaced_by
from nofields.keys.phrases import GENERIC_LABELS, Phrase

__all__ = [
    "GENERIC_LABELS",
    "FieldKey",
    "Key",
    "OwnKey",
    "Phrase",
    "documented_key",
    "explanation_key",
    "explanations",
    "message_key",
    "narrowed",
    "own_key",
    "own_keys",
    "replaced_by",
    "required_key",
]
