"""Finds what is wrong in the documented bundle and in the catalogs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nofields.catalogs import DEFAULT, languages, layers
from nofields.keys import Key, Phrase
from nofields.messages import PLACEHOLDER, documented, gettext_id

#: The name of the documented bundle among the languages.
DOCUMENTED = "documented"

#: Words that are misspelt in keys, and how they are spelt. A key cannot be mended, so it had better be known.
_MISSPELT = {
    "ADRESS": "ADDRESS",
    "DISCLAMER": "DISCLAIMER",
    "LENGHT": "LENGTH",
    "OCCURED": "OCCURRED",
    "RECIEVE": "RECEIVE",
    "SEPERATE": "SEPARATE",
    "SUCESS": "SUCCESS",
}
#: Words that no nynorsk text has: where one stands, bokmål was copied.
_BOKMAL = {"ikke", "hvordan", "hvilke", "hver", "noe", "noen", "fra", "et", "gjør", "være", "kun", "tegn", "tall", "eksempel"}
#: The language that those words are looked for in.
_CLOSE = "nn"
#: A text of so many words that is the same in another language was hardly translated.
_COPY = 4


class Finding(NamedTuple):
    """One thing that is wrong: in which language (or the documented bundle), under which key, and what."""

    language: str
    key: str
    code: str
    said: str


def lint() -> list[Finding]:
    """Everything found, the documented bundle first."""
    found = [*_key_names(), *_bundle(DOCUMENTED, documented(), documented())]
    reference = texts(DEFAULT)
    for language in languages():
        found += _bundle(language, texts(language), reference)
    return found


def texts(language: str) -> dict[str, str]:
    """Every text that a language has itself, without what it borrows from bokmål."""
    found: dict[str, str] = {}
    for layer in reversed(layers(language)):
        for key in (*Key, *Phrase):
            if (text := layer.lookup(*gettext_id(key))) is not None:
                found[key] = text
    return found


def _key_names() -> Iterator[Finding]:
    for key in Key:
        for word in _MISSPELT.keys() & key.split("_"):
            yield Finding(DOCUMENTED, key, "misspelt-key", f"{word} is spelt {_MISSPELT[word]}; the documented key stays")


def _bundle(language: str, found: Mapping[str, str], reference: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with the texts of a language, beside those of the reference."""
    stopped = _groups_with_full_stop(found)
    for key in reference:
        if key not in found:
            yield Finding(language, key, "missing-key", "there is no text")
            continue
        flaws = [*_flaws(key, found[key], key.rpartition("_")[2] in stopped), *_beside(found[key], reference[key], language)]
        for code, said in flaws:
            yield Finding(language, key, code, said)


def _groups_with_full_stop(found: Mapping[str, str]) -> set[str]:
    """The last words of keys (ERROR, LABEL, …) under which most texts end in a full stop."""
    endings: dict[str, list[bool]] = {}
    for key, text in found.items():
        if text and text != key:
            endings.setdefault(key.rpartition("_")[2], []).append(text.rstrip().endswith((".", "?", "!")))
    return {group for group, stops in endings.items() if 2 * sum(stops) > len(stops)}


def _flaws(key: str, text: str, stopped: bool) -> Iterator[tuple[str, str]]:
    if not text:
        yield "empty-text", "the text is empty"
    elif text == key:
        yield "text-is-key", "the text is the key"
    elif text != text.strip():
        yield "stray-blank", "there is white space at an end"
    elif stopped and not text.endswith((".", "?", "!")):
        yield "no-full-stop", "there is no full stop, and its siblings have one"


def _beside(text: str, reference: str, language: str) -> Iterator[tuple[str, str]]:
    wanted, found = (Counter(PLACEHOLDER.findall(each)) for each in (reference, text))
    for name in wanted - found:
        yield "missing-parameter", f"{{{name}}} is missing"
    for name in found - wanted:
        yield "extra-parameter", f"{{{name}}} is in no other language"
    words = re.findall(r"\w+", text.lower())
    if language == _CLOSE:  # where many a text is rightly the same, only the words tell
        if copied := _BOKMAL.intersection(words):
            yield "untranslated", f"{', '.join(sorted(copied))} is bokmål"
    elif language not in (DOCUMENTED, DEFAULT) and text == reference and len(words) >= _COPY:
        yield "untranslated", "the text is the bokmål one"
