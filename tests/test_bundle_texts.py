"""Any text of a project's own comes out of a bundle as it was typed, and any language's plural forms as Python has them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel import localedata
from babel.messages.plurals import get_plural
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.bundles import Reader, one_line, own_texts, reader
from helpers.node import FRONTEND, NODE
from nofields import Key, message
from nofields.export.bundles import FORMATS, bundle, files
from nofields.export.escapes import PARAMETER
from nofields.export.plural_forms import CATEGORIES
from nofields.files import write_all
from nofields.languages import cldr
from nofields.plurals import HAVE_PLURALS

#: What means something to one of the libraries.
SYNTAX = (
    "{{", "}}", "{", "}", "$t(", "$", ")", "{{- max}}", "{0}", "{1}", "{max}", "{ max }", "{max, number}", "{'", "'}", "'",
    "''", "@:", "@.lower:", "@", "|", " | ", "\\", "\\{", "\\u0041", "%{max}", "<b>", "</b>", "<", ">", "#", "&amp;", "&",
    "\u2028", "\u2029", "\r\n", "\n", "\n\n", "\t", "    ", "navn@example.com", "https://example.com", "www.example.com", "1. ",
    "2) ", "- ", "+ ", "* ", "# ", "> ", "---", "===", "*", "**", "_", "__", "`", "~~", "[a](b)", "![a](b)", "\u00a0", "plural",
    "MODAL_CLOSE", "ø", "{ø}", "😀",
)  # fmt: skip
#: Catalogs have neither NUL nor halves of surrogate pairs, and an empty text is a missing one.
CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
TEXTS = (
    st.lists(st.sampled_from(SYNTAX) | st.text(CHARACTERS, max_size=5), min_size=1, max_size=8)
    .map("".join)
    .filter(lambda text: text.strip() and text not in Key.__members__)
)
#: Documented keys whose text is a sentence in one form, and one with two forms.
KEYS = [key for key in Key if key not in HAVE_PLURALS]
PLURAL = Key.AFTER_COUNT_TEXT


@pytest.fixture(scope="module")
def libraries() -> Iterator[Mapping[str, Reader]]:
    readers = {form: reader(form) for form in FORMATS}
    yield {form: each.__enter__() for form, each in readers.items()}
    for each in readers.values():
        each.__exit__(None, None, None)


@pytest.mark.parametrize("form", FORMATS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.dictionaries(st.sampled_from(KEYS), TEXTS, min_size=5, max_size=10),
    forms=st.tuples(TEXTS, TEXTS),
    value=st.sampled_from(["7", "x y"]),
)
def test_any_text(
    form: str,
    texts: dict[str, str],
    forms: tuple[str, str],
    value: str,
    own_catalogs: Path,
    libraries: Mapping[str, Reader],
) -> None:
    own_texts(own_catalogs, "nb", {**texts, PLURAL: forms})
    params = dict.fromkeys([name for text in (*texts.values(), *forms) for name in PARAMETER.findall(text)], value)
    pairs = [(str(key), {} if form == "json" else params) for key in texts]
    pairs += [] if form in ("json", "altinn") else [(str(PLURAL), {**params, "count": count}) for count in (0, 1, 2)]
    expected = [message(key, "nb", **each) for key, each in pairs]
    shown = [one_line(each) for each in expected] if form == "altinn" else expected
    assert libraries[form](bundle("nb", form), "nb", pairs) == shown


BIN = FRONTEND / "node_modules" / ".bin"
#: CLDR's languages, without scripts and regions, which catalogs ignore.
CLDR = sorted({name.partition("_")[0] for name in localedata.locale_identifiers()} - {"root", "no"})
COUNTS = (*range(0, 30), 40, 61, 80, 99, 100, 101, 102, 111, 1_000, 1_000_000)
#: A text with forms of its own, and one that is bokmål's in the other languages.
COUNTED = {"TEXTAREA_FIELD_LENGTH_ERROR": "max", "TEXT_FIELD_LENGTH_ERROR": "max", "AFTER_COUNT_TEXT": "count"}


@pytest.fixture
def icu_bundles(own_catalogs: Path) -> dict[str, str]:
    """The bundle of each of CLDR's languages, with a text in the plural forms that Babel knows, and bokmål's others."""
    for language in CLDR:
        count = get_plural(language).num_plurals
        forms = [f"{language} {place}: {{max}}" for place in range(count)]
        own_texts(own_catalogs, language, {"TEXTAREA_FIELD_LENGTH_ERROR": tuple(forms) if count > 1 else (forms[0], "")})
    return files("icu")


def test_every_language_compiles(icu_bundles: dict[str, str], tmp_path: Path) -> None:
    """formatjs demands the category ``other``, which no whole number has in Polish."""
    assert len(icu_bundles) > 300
    write_all(tmp_path / "bundles", icu_bundles)
    command = [NODE, BIN / "formatjs", "compile-folder", tmp_path / "bundles", tmp_path / "compiled", "--format", "simple"]
    compiled = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert compiled.returncode == 0, compiled.stderr
    assert {each.name for each in (tmp_path / "compiled").iterdir()} == set(icu_bundles)


def test_every_language_counts(icu_bundles: dict[str, str]) -> None:
    """The sentences are Python's, unless Node and Babel, which have CLDR of different years, disagree about the language."""
    category = f"{{count, plural, {' '.join(f'{each} {{{each}}}' for each in CATEGORIES)}}}"
    wrong, differing = set(), set()
    with reader("icu") as read:
        for name, texts in icu_bundles.items():
            language = name.removesuffix(".json")
            categories = read(
                json.dumps({"CATEGORY": category}), language, [("CATEGORY", {"count": count}) for count in COUNTS]
            )
            if categories != [cldr(language).plural_form(count) for count in COUNTS]:
                differing.add(language)
            pairs = [(key, {param: count}) for key, param in COUNTED.items() for count in COUNTS]
            if read(texts, language, pairs) != [message(key, language, **params) for key, params in pairs]:
                wrong.add(language)
    assert wrong <= differing
    assert len(wrong) < 5
