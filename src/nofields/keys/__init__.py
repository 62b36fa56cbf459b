"""The keys of every text: the documented ones (``Key``), nofields' own (``Phrase``) and the project's."""

from nofields.keys.documented import Key
from nofields.keys.own import OwnKey, own_key, own_keys, replaced_by
from nofields.keys.phrases import Phrase

__all__ = ["Key", "OwnKey", "Phrase", "own_key", "own_keys", "replaced_by"]
