"""The PO files: every key in every language, the same parameters, real nynorsk."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from helpers.values import LANGUAGES
from nofields import Key, Phrase, __version__
from nofields.catalogs import locales_file

KEYS = [*Key, *Phrase]
#: Words that are bokmål and never nynorsk.
BOKMAAL = """alternativene annet bare begynner ble datoene deres disse dukker eneste et finnes fortsatt fra gjør hun hva
    hvem hver hvilke hvilken hvis hvor hvordan ikke informasjonskapsler inneholder innstillinger jeg kommer kun
    mangler mer mye noe noen riktig selv sifre sifrene skrevet skrives tallet tas tegn uten velg velge vennligst
    verdiene være vært utenlandsk"""
NEVER_NYNORSK = set(BOKMAAL.split())
#: Words that put the blame on the reader.
BLAME = {
    "nb": "feilaktig forbudt mislyktes tastet ugyldig ugyldige ulovlig",
    "nn": "feilaktig forbode mislukkast tasta ugyldig ugyldige ulovleg",
    "en": "failed forbidden illegal incorrect invalid mistake mistyped unauthorised",
}
#: Words that may describe our own faults, but not what the reader typed.
WRONG = {"nb": "feil galt", "nn": "feil gale", "en": "error fault wrong"}
#: A check digit shows that a digit is wrong, and not which.
WRONG_DIGIT = re.compile("siffer er feil|digits are wrong")
#: Quotation marks and apostrophes of typewriters, and of the other language.
FOREIGN_MARKS = {"nb": "\"'“”‘’", "nn": "\"'“”‘’", "en": "\"'«»"}
#: The keys of error texts: of a value, or of an error page.
IN_ERRORS = re.compile(r"\w+_ERROR|(ERROR|INVALID|REASON|PASSWORD)_\w+|HTTP_[0-9]+")


def po(language: str) -> Catalog:
    with locales_file(f"{language}/LC_MESSAGES/nofields.po").open("rb") as lines:
        return read_po(lines, locale=language)


CATALOGS = {language: po(language) for language in LANGUAGES}
each_language = pytest.mark.parametrize("language", LANGUAGES)


def texts(language: str) -> dict[str, str]:
    """Every text of a catalog by its key, the plural by the key of the plural."""
    found: dict[str, str] = {}
    for entry in CATALOGS[language]:
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        found |= {key: text for key, text in zip(ids, strings) if key}
    return found


def own(language: str) -> dict[str, str]:
    """The texts that are nofields' own: all but the documented ones."""
    return {key: text for key, text in texts(language).items() if language != "nb" or key not in Key.__members__}


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zæøåéò]+", re.sub(r"\{\w+\}", "", text).lower()))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


@each_language
def test_every_key_has_a_text(language: str) -> None:
    """A catalog has a text for every key, and none for any other."""
    assert set(texts(language)) == set(KEYS)
    assert [key for key, text in texts(language).items() if not text.strip()] == []
    assert not any(entry.fuzzy for entry in CATALOGS[language])


@each_language
def test_texts_are_well_formed(language: str) -> None:
    """No text repeats its key, or has an unbalanced brace, a double blank or foreign quotation marks."""
    for key, text in texts(language).items():
        assert not set(text) & set(FOREIGN_MARKS.get(language, "")), key
        assert text != key
        assert re.sub(r"\{\w+\}", "", text).count("{") == 0
        assert "}" not in re.sub(r"\{\w+\}", "", text)
        assert "  " not in text


@each_language
def test_same_parameters(language: str) -> None:
    """A text has the same parameters in every language."""
    for key, text in texts(language).items():
        assert placeholders(text) == placeholders(texts("nb")[key]), key


def test_template_is_up_to_date() -> None:
    """nofields.pot has exactly the keys that the extractor finds, and the package's version."""
    with locales_file("nofields.pot").open("rb") as lines:
        read = read_po(lines)
    template = {entry.id for entry in read if entry.id}
    found = set()
    for method, path in (
        ("nofields.extract:extract_documented", locales_file("documented.nb.json")),
        ("nofields.extract:extract_phrases", locales_file("documented.nb.json").parents[1] / "src/nofields/keys/phrases.py"),
    ):
        found |= {each for _, each, _, _ in extract(method, io.BytesIO(path.read_bytes()))}
    assert found == template, "locales/nofields.pot is not up to date: run `make catalog`"
    assert read.version == __version__, "the version has changed: run `make catalog`"
    assert {key for each in found for key in ([each] if isinstance(each, str) else each)} == set(KEYS)


def test_comments_of_groups() -> None:
    """Each key has the comment of its group and its own."""
    lines = """
class Phrase(_Name):
    #: The group.
    FIRST = auto()
    #: The second.
    SECOND = auto()
    THIRD = auto()

    FOURTH = auto()
"""
    found = extract("nofields.extract:extract_phrases", io.BytesIO(lines.encode()))
    assert [(key, comments) for _, key, comments, _ in found] == [
        ("FIRST", ["The group."]),
        ("SECOND", ["The group.", "The second."]),
        ("THIRD", ["The group."]),
        ("FOURTH", []),
    ]


@each_language
def test_catalogs_match_template(language: str) -> None:
    """A catalog's messages are those of the template, the plural one as one message."""
    with locales_file("nofields.pot").open("rb") as lines:
        keys = {entry.id for entry in read_po(lines)}
    assert keys == {entry.id for entry in CATALOGS[language]}, "run `make catalog`, then translate the new messages"


def test_nynorsk() -> None:
    """No nynorsk text has a word that is bokmål only."""
    for key, text in texts("nn").items():
        assert words(text) & NEVER_NYNORSK == set(), key


@each_language
def test_sentences(language: str) -> None:
    """Our own error texts begin with a capital letter and end in a full stop; parts of a sentence do neither."""
    texts = {key: text for key, text in own(language).items() if IN_ERRORS.fullmatch(key)}
    assert texts
    for key, text in texts.items():
        part = re.match("PASSWORD_(?!REQUIREMENTS)", key)
        end = ":" if key == "PASSWORD_REQUIREMENTS_LEAD" else r"\."
        assert re.fullmatch(r"[a-zæøå{].*[^.:]" if part else rf"[A-ZÆØÅ].*[^.]{end}", text), key


@each_language
def test_no_blame(language: str) -> None:
    """No text of ours blames the reader, and none about a value says that it is wrong, though a digit may be."""
    for key, text in own(language).items():
        about_a_value = IN_ERRORS.fullmatch(key) and not key.startswith("HTTP_")
        unwanted = f"{BLAME.get(language, '')} {WRONG.get(language, '') if about_a_value else ''}"
        assert words(WRONG_DIGIT.sub("", text)) & set(unwanted.split()) == set(), key


@each_language
def test_no_break_spaces(language: str) -> None:
    """Between a day and its month, and between Altinn and its number."""
    for key, text in texts(language).items():
        assert not re.search(r"Altinn [0-9]|[0-9]\.? (?:juni|June)", text), key


def test_languages_differ() -> None:
    """English is never the Norwegian text, and nynorsk differs from bokmål."""
    nb, nn, en = map(texts, ("nb", "nn", "en"))
    same = {key for key in nb if en[key] == nb[key]}
    assert same <= {"FACT_IBAN", "LABEL_IBAN"}
    assert sum(nb[key] != nn[key] for key in nb) > len(nb) / 2
