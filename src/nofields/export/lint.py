"""Flaws in the documented bundle and in the catalogs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nofields.catalog_file import Catalog
from nofields.catalogs import DEFAULT, PROCESS_WIDE, languages, own_catalog
from nofields.keys import Key, Phrase
from nofields.message_templates import PLACEHOLDER, documented
from nofields.plurals import gettext_id

#: The name of the documented bundle among the languages.
DOCUMENTED = "documented"

#: Misspelt words of keys and their right spelling. Keys are fixed, so a misspelling is only reported.
_MISSPELT = {
    "ADRESS": "ADDRESS",
    "DISCLAMER": "DISCLAIMER",
    "LENGHT": "LENGTH",
    "OCCURED": "OCCURRED",
    "RECIEVE": "RECEIVE",
    "SEPERATE": "SEPARATE",
    "SUCESS": "SUCCESS",
}
#: Words that do not exist in nynorsk: a text with one of them was copied from bokmål.
_BOKMAL = {"ikke", "hvordan", "hvilke", "hver", "noe", "noen", "fra", "et", "gjør", "være", "kun", "tegn", "tall", "eksempel"}
_NYNORSK = "nn"
#: A text of at least so many words that equals the bokmål one counts as untranslated.
_COPY = 4


class Finding(NamedTuple):
    """A flaw of one text.

    Attributes:
        language: The language of the text, or :data:`DOCUMENTED`.
        key: The key of the text.
        code: The kind of flaw, e.g. ``missing-key``.
        message: The flaw in words.
    """

    language: str
    key: str
    code: str
    message: str


def lint() -> list[Finding]:
    """Return the flaws of the documented bundle, then those of each language."""
    findings = [*_key_names(), *_bundle(DOCUMENTED, documented(), documented())]
    reference = _texts([own_catalog(DEFAULT)])  # a project's own bokmål text may be the one with the flaw
    for language in languages():
        findings += _bundle(language, texts(language), reference)
    return findings


def texts(language: str) -> dict[str, str]:
    """Return the texts of a language by key, without those that fall back to bokmål."""
    return _texts(PROCESS_WIDE.layers(language))


def _texts(layers: Sequence[Catalog]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for layer in reversed(layers):
        for key in (*Key, *Phrase):
            if (text := layer.lookup(*gettext_id(key))) is not None:
                texts[key] = text
    return texts


def _key_names() -> Iterator[Finding]:
    for key in Key:
        for word in _MISSPELT.keys() & key.split("_"):
            yield Finding(DOCUMENTED, key, "misspelt-key", f"{word} is spelt {_MISSPELT[word]}; the documented key stays")


def _bundle(language: str, texts: Mapping[str, str], reference: Mapping[str, str]) -> Iterator[Finding]:
    """Compare the texts of a language with those of the reference."""
    with_full_stop = _groups_with_full_stop(texts)
    for key in reference:
        if key not in texts:
            yield Finding(language, key, "missing-key", "there is no text")
            continue
        yield from (Finding(language, key, *flaw) for flaw in _flaws(key, texts[key], _group(key) in with_full_stop))
        yield from (Finding(language, key, *flaw) for flaw in _differences(texts[key], reference[key], language))


def _group(key: str) -> str:
    """The word of a key that tells its kind: the first of nofields' own, such as HINT, the last of a documented one.

    ALTINN, ALTINN2 and ALTINN3 are of one kind: headings, buttons and sentences of the same pages.
    """
    return key.partition("_")[0].rstrip("23") if key in Phrase.__members__ else key.rpartition("_")[2]


def _groups_with_full_stop(texts: Mapping[str, str]) -> set[str]:
    """The groups of keys in which most texts end in a full stop."""
    endings: dict[str, list[bool]] = {}
    for key, text in texts.items():
        if text and text != key:
            endings.setdefault(_group(key), []).append(text.rstrip().endswith((".", "?", "!")))
    return {group for group, stops in endings.items() if 2 * sum(stops) > len(stops)}


def _flaws(key: str, text: str, full_stop: bool) -> Iterator[tuple[str, str]]:
    if not text:
        yield "empty-text", "the text is empty"
    elif text == key:
        yield "text-is-key", "the text is the key"
    elif text != text.strip():
        yield "stray-blank", "there is white space at an end"
    elif full_stop and not text.endswith((".", "?", "!")):
        yield "no-full-stop", "there is no full stop, and its siblings have one"


def _differences(text: str, reference: str, language: str) -> Iterator[tuple[str, str]]:
    expected, actual = (Counter(PLACEHOLDER.findall(each)) for each in (reference, text))
    for name in expected - actual:
        yield "missing-parameter", f"{{{name}}} is missing"
    for name in set(actual - expected) - {"label"}:  # any text may name its field
        yield "extra-parameter", f"{{{name}}} is in no other language"
    words = re.findall(r"\w+", text.lower())
    if language == _NYNORSK:  # many texts are rightly the same as in bokmål, so equality proves nothing
        if copied := _BOKMAL.intersection(words):
            yield "untranslated", f"{', '.join(sorted(copied))} is bokmål"
    elif language not in (DOCUMENTED, DEFAULT) and text == reference and len(words) >= _COPY:
        yield "untranslated", "the text is the bokmål one"
