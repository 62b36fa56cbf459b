"""The keys of every text: the documented ones (``Key``) and nofields' own (``Phrase``)."""

from nofields.keys.documented import Key
from nofields.keys.phrases import Phrase

__all__ = ["Key", "Phrase"]
