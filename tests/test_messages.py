"""The texts: the documented bokmål, parameters, plurals, fallbacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.catalogs import write
from helpers.values import LANGUAGES
from nofields import Key, Phrase, Problem, Reason, Text, catalogs, message, tasks_waiting
from nofields.catalogs import DEFAULT, PROCESS_WIDE, locales_file
from nofields.message_templates import DOCUMENTED_PARAMS, documented, template
from nofields.messages import sentences

each_language = pytest.mark.parametrize("language", LANGUAGES)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def test_documented_texts() -> None:
    """With the documented parameters the bokmål texts are the documented ones, except two that are no messages."""
    texts = {key: message(key, "nb", **DOCUMENTED_PARAMS.get(key, {})) for key in documented()}
    differing = {key: text for key, text in texts.items() if text != documented()[key]}
    assert set(differing) == {"CHECKBOX_ERROR", "TEXT_FIELD_LENGTH_ERROR"}
    for text in differing.values():
        assert re.fullmatch(r"[A-ZÆØÅ].*\.", text)


@each_language
@pytest.mark.parametrize("key", Key)
def test_documented_parameters(key: Key, language: str) -> None:
    """A text rendered without parameters has the documented ones."""
    text = message(key, language)
    assert placeholders(text) == set()
    for value in DOCUMENTED_PARAMS.get(key, {}).values():
        assert value in text


@each_language
@pytest.mark.parametrize("reason", Reason)
def test_explanations(reason: Reason, language: str) -> None:
    """Every reason has full sentences with its parameters filled in."""
    params = {"digits": 9, "max": 20, "min": 7, "type": "int", "example": "31.12.2016", "requirements": ()}
    text = Problem(Key.NUMBER_ERROR, reason, params).explanation(language)
    assert re.fullmatch(r"[A-ZÆØÅ][^{}]*\.", text)


@pytest.mark.parametrize(
    ("count", "nb", "nn", "en"),
    [
        (0, "Du har 0 oppgaver som venter på deg", "Du har 0 oppgåver som ventar på deg", "You have 0 tasks waiting for you"),
        (1, "Du har en oppgave som venter på deg", "Du har ei oppgåve som ventar på deg", "You have one task waiting for you"),
        (2, "Du har 2 oppgaver som venter på deg", "Du har 2 oppgåver som ventar på deg", "You have 2 tasks waiting for you"),
        (
            21,
            "Du har 21 oppgaver som venter på deg",
            "Du har 21 oppgåver som ventar på deg",
            "You have 21 tasks waiting for you",
        ),
    ],
)
def test_task_counter(count: int, nb: str, nn: str, en: str) -> None:
    """The counter is a real plural: one task, and any other number of tasks."""
    assert [tasks_waiting(count, language) for language in ("nb", "nn", "en")] == [nb, nn, en]


@pytest.mark.parametrize(
    ("key", "nb", "nn", "en"),
    [
        (Phrase.FACT_POSTAL_PLACE, "Poststed", "Poststad", "Town or city"),
        (Key.MINE_OPPGAVER_LINK_TEXT, "Sjekk mine oppgaver", "Sjekk oppgåvene mine", "See my tasks"),
        (
            Phrase.HTTP_422_TITLE,
            "Innholdet kunne ikke behandles",
            "Innhaldet kunne ikkje handsamast",
            "The content could not be processed",
        ),
        (
            Phrase.HINT_NUMBER,
            "Bruk siffer, og komma hvis tallet har desimaler.",
            "Bruk siffer, og komma viss talet har desimalar.",
            "Use digits, and a comma if the number has decimals.",
        ),
        (
            Phrase.HINT_PHONE_NUMBER,
            "8 siffer, med eller uten +47.",
            "8 siffer, med eller utan +47.",
            "8 digits, with or without +47.",
        ),
        (
            Phrase.HINT_MOBILE_PHONE_NUMBER,
            "Norsk mobilnummer, 8 siffer, med eller uten +47.",
            "Norsk mobilnummer, 8 siffer, med eller utan +47.",
            "Norwegian mobile number, 8 digits, with or without +47.",
        ),
        (
            Phrase.HINT_NATIONAL_IDENTITY_NUMBER,
            "Fødselsnummer eller d-nummer, 8 siffer.",
            "Fødselsnummer eller d-nummer, 8 siffer.",
            "National identity number or D-number, 8 digits.",
        ),
        (Phrase.KIND_DNR, "d-nummer", "d-nummer", "D-number"),
    ],
)
def test_words(key: str, nb: str, nn: str, en: str) -> None:
    assert [message(key, language, digits=8) for language in ("nb", "nn", "en")] == [nb, nn, en]


@pytest.mark.parametrize("key", [Phrase.ALTINN_CONFLICT, Phrase.ALTINN_GONE])
def test_what_saving_does(key: Phrase) -> None:
    assert message(key, "en").endswith(" Save to keep what is in the form.")


@each_language
def test_words_not_used(language: str) -> None:
    """No text has a word that the glossary advises against."""
    avoided = {
        "en": "(?i)postal place|unprocessable|help number|should apply|check my tasks",
        "nb": r"(?<=[^.] )D-nummer",
        "nn": r"(?<=[^.] )D-nummer",
    }
    texts = {key: message(key, language, count=count) for key in (*Key, *Phrase) for count in (1, 2)}
    assert {key: text for key, text in texts.items() if re.search(avoided.get(language, r"\Z\A"), f"- {text}")} == {}


def test_counter_keys() -> None:
    """Rendered by their keys, without a number, both forms are the documented ones."""
    assert message(Key.AFTER_COUNT_TEXT) == documented()["AFTER_COUNT_TEXT"]
    assert message(Key.AFTER_COUNT_TEXT_PLURAL) == documented()["AFTER_COUNT_TEXT_PLURAL"]


@pytest.mark.parametrize(
    ("count", "nb", "nn", "en"),
    [
        (0, "Legg inn minst 0 verdier.", "Legg inn minst 0 verdiar.", "Add at least 0 values."),
        (1, "Legg inn minst 1 verdi.", "Legg inn minst 1 verdi.", "Add at least 1 value."),
        (2, "Legg inn minst 2 verdier.", "Legg inn minst 2 verdiar.", "Add at least 2 values."),
    ],
)
def test_own_plurals(count: int, nb: str, nn: str, en: str) -> None:
    """A key of nofields' own is its own plural."""
    params = {"min": count, "count": count}
    assert [message(Phrase.ERROR_ITEMS_FEW, language, **params) for language in ("nb", "nn", "en")] == [nb, nn, en]


@pytest.mark.parametrize(
    ("key", "params", "nb", "nn", "en"),
    [
        (Key.TEXT_FIELD_LENGTH_ERROR, {"max": 1}, "høyst 1 tegn.", "høgst 1 teikn.", "to 1 character."),
        (Key.TEXT_FIELD_LENGTH_ERROR, {"max": 2}, "høyst 2 tegn.", "høgst 2 teikn.", "to 2 characters or fewer."),
        (Key.TEXTAREA_FIELD_LENGTH_ERROR, {"max": 1}, "Maks 1 tegn", "høgst 1 teikn.", "to 1 character."),
        (Phrase.REASON_TOO_LONG, {"max": 1}, "plass til 1 tegn.", "plass til 1 teikn.", "room for 1 character."),
        (Phrase.REASON_LENGTH, {"digits": 1}, "ha 1 siffer.", "ha 1 siffer.", "have 1 digit."),
        (Phrase.REASON_LENGTH, {"digits": "4–25"}, "ha 4–25 siffer.", "ha 4–25 siffer.", "have 4–25 digits."),
        (Phrase.PASSWORD_MIN_LENGTH, {"min": 1}, "minst 1 tegn", "minst 1 teikn", "at least 1 character"),
        (Phrase.PASSWORD_MAX_LENGTH, {"max": 1}, "høyst 1 tegn", "høgst 1 teikn", "no more than 1 character"),
        (Phrase.HINT_ALTINN_PASSWORD, {"min": 1}, "Minst 1 tegn,", "Minst 1 teikn,", "At least 1 character,"),
        (Phrase.ALTINN_NOTE_BOTH, {"minutes": 1}, "1 minutt.", "1 minutt.", "1 minute."),
        (Phrase.ALTINN_NOTE_BOTH, {"minutes": 5}, "5 minutter.", "5 minutt.", "5 minutes."),
        (Phrase.ALTINN_TEST_LIMITED, {"seconds": 1}, "1 sekund.", "1 sekund.", "1 second."),
        (Phrase.ALTINN_TEST_LIMITED, {"seconds": 60}, "60 sekunder.", "60 sekund.", "60 seconds."),
    ],
)
def test_plural_of_the_number_in_the_text(key: str, params: dict[str, object], nb: str, nn: str, en: str) -> None:
    """Without a count, the number that the text mentions selects its form."""
    for language, part in zip(("nb", "nn", "en"), (nb, nn, en), strict=True):
        assert part in message(key, language, **params)


#: Documented texts with a number that the field's rule fixes, and the hints of these fields.
FIXED = {key for key, params in DOCUMENTED_PARAMS.items() if "digits" in params}
FIXED |= {phrase for phrase in Phrase if phrase.startswith("HINT_") and "{digits}" in message(phrase)}


@pytest.mark.parametrize("key", [key for key in (*Key, *Phrase) if key not in FIXED])
def test_every_count_has_a_plural(key: str) -> None:
    """No English text has a noun in the plural behind a one."""
    names = placeholders(template(key, "en"))
    text = message(key, "en", **dict.fromkeys(names, 1), count=1)
    assert not re.search(r"\b1 (characters|digits|values|bytes|minutes|seconds|decimal places)\b", text)


def test_plural_of_a_requirement() -> None:
    """In the error of a password, each requirement has its own number."""
    params = {"min": 1, "max": 2, "requirements": (Phrase.PASSWORD_MIN_LENGTH, Phrase.PASSWORD_MAX_LENGTH)}
    text = message(Key.TEXT_FIELD_CONTENTS_ERROR, "en", **params)
    assert text == "The password must have at least 1 character and 2 characters or fewer."


def test_plural_of_an_own_key() -> None:
    """A project's key without a text has the plural forms of the key that it replaces."""

    class Initial(Text, max=1, key="OUR_INITIAL", too_long_key="OUR_LONG_INITIAL"): ...

    problem = Initial.problem("AB")
    assert problem is not None
    assert problem.message("en") == "Shorten the text to 1 character."


@pytest.mark.parametrize("count", [1, 2])
def test_own_text_without_plural_forms(count: int, own_catalogs: Path) -> None:
    """A project's text without plural forms is used for every number."""
    write(own_catalogs, "en", {"TEXT_FIELD_LENGTH_ERROR": "No more than {max}."})
    assert message(Key.TEXT_FIELD_LENGTH_ERROR, "en", max=count) == f"No more than {count}."


def test_own_plural_without_a_count() -> None:
    assert message(Phrase.ERROR_TEXT_SHORT, "en") == "Enter at least {min} characters."


@pytest.mark.parametrize(
    ("number", "nb", "nn", "en"),
    [
        (0.5, "0,5", "0,5", "0.5"),
        (-1.25, "-1,25", "-1,25", "-1.25"),
        (1e22, "1e+22", "1e+22", "1e+22"),
        (2000, "2000", "2000", "2000"),
    ],
)
def test_decimal_separator(number: float, nb: str, nn: str, en: str) -> None:
    """A number with decimals is written as its reader writes it."""
    texts = [message(Phrase.ERROR_NUMBER_ABOVE, language, min=number) for language in ("nb", "nn", "en")]
    assert [text.rpartition(" ")[2].removesuffix(".") for text in texts] == [nb, nn, en]


@pytest.mark.parametrize("locale", [None, "", "de", "xx", "../nb", "nb_NO.UTF-8", "no"])
def test_unknown_language(locale: str | None) -> None:
    """A language that nofields does not have falls back on bokmål."""
    assert message(Key.MODAL_CLOSE, locale) == "Lukk"


@pytest.mark.usefixtures("fresh_catalogs")
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != DEFAULT])
def test_missing_text(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that a catalog lacks is the bokmål one."""
    file = f"{language}/LC_MESSAGES/nofields.po"
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(locales_file(file).read_text("utf-8").replace('msgid "MODAL_CLOSE"', 'msgid "OTHER"'), "utf-8")
    monkeypatch.setattr(catalogs, "ROOTS", (tmp_path, *catalogs.ROOTS))
    assert message(Key.MODAL_CLOSE, language) == "Lukk"
    assert message("OTHER", language) != "OTHER"


@pytest.mark.usefixtures("fresh_catalogs")
def test_reloaded_catalogs() -> None:
    """Reloaded catalogs, as after ``catalogs.add``, give the same texts."""
    for _ in range(3):
        PROCESS_WIDE.restore(())
        assert message(Key.MODAL_CLOSE, "en") == "Close"
        assert message("NO_SUCH_KEY", "en") == "NO_SUCH_KEY"


def test_no_other_catalog() -> None:
    """An unknown language has no catalog."""
    with pytest.raises(LookupError, match=", ".join(LANGUAGES)):
        PROCESS_WIDE.catalog("../../etc")


@pytest.mark.parametrize(
    ("text", "joined"), [("Hva", "Hva. Slik."), ("Hva.", "Hva. Slik."), ("Hva?", "Hva? Slik."), ("Hva!", "Hva! Slik.")]
)
def test_full_stops(text: str, joined: str) -> None:
    assert sentences(text, "Slik.") == joined


def test_not_a_key() -> None:
    assert {message("", language) for language in LANGUAGES} == {""}


def test_unknown_keys_and_parameters() -> None:
    """A key without a text is its own message, and superfluous parameters are ignored."""
    assert message("NO_SUCH_KEY", "nn") == "NO_SUCH_KEY"
    assert message(Key.TEXTAREA_FIELD_LENGTH_ERROR, "nb", max=10, digits="x") == "Maks 10 tegn"
    assert message(Key.TEXTAREA_FIELD_LENGTH_ERROR, "nb", max="{max}") == "Maks {max} tegn"
