"""Translation bundles give the same sentences in their own libraries as in Python; TypeScript checks the keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel import Locale

from helpers.catalogs import HEADER, write
from helpers.commands import COMMANDS
from helpers.node import node_json, type_checks
from nofields import Key, Phrase, message
from nofields.catalogs import LANGUAGES
from nofields.export.bundles import FORMATS, bundle, files, hint_params, plural_samples, verbatim
from nofields.export.types import key_types
from nofields.keys import own_keys
from nofields.messages import PLACEHOLDER, documented, template
from nofields.plurals import COUNTED, PLURALS

COUNTS = (0, 1, 2)
#: The formats whose texts have their parameters filled in; the others leave them to a library.
FILLED_IN = [form for form in FORMATS if "digits" not in bundle("nb", form)]
LIBRARIES = [form for form in FORMATS if form not in FILLED_IN]
#: Values for every parameter that a text may have.
PARAMS = {
    "digits": "7",
    "length": "15",
    "short": "5",
    "max": "1234",
    "min": "5",
    "example": "24.12.2030",
    "type": "int",
    "character": "U+00B2",
    "file": "kunder.csv",
    "found": "8",
    "expected": "9",
    "title": "Hei",
    "met": "3",
    "all": "5",
    "company": "310 926 833",
    "minutes": "15",
    "seconds": "10",
    "id": "12345",
    "factor": "5",
    "encoding": "base64",
    "version": "4",
    "name": "kind",
    "types": "PDF eller PNG",
    "size": "5 MB",
    "filenames": "søknad.pdf",
    "number": "2",
    "item": "ordrelinje",
    "code": "MP-100",
    "scopes": "altinn:instances.read",
    "service": "Altinn",
    "date": "27. november 2026",
    "time": "06:25",
    "system": "991825827_smartcloud",
    "requirements": "minst 5 tegn og et siffer",
}


def questions(language: str, form: str) -> list[tuple[str, dict[str, object]]]:
    """Every key with every parameter of its text, and the plurals with each count."""
    counted = {} if form == "vue" else COUNTED  # vue-i18n has these in the plural alone
    pairs: list[tuple[str, dict[str, object]]] = []
    for key in (*Key, *Phrase):
        known = hint_params().get(key, {})
        params = {name: PARAMS[name] for name in PLACEHOLDER.findall(template(key, language)) if name not in known}
        if key in counted:
            pairs += [(key, {**params, counted[key]: count, "count": count}) for count in COUNTS]
        elif key in PLURALS and key not in COUNTED:
            pairs += [(key, {**params, "count": count}) for count in COUNTS]
        else:
            pairs.append((key, params))
    return pairs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", LIBRARIES)
def test_same_sentences(form: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / "texts.json"
    file.write_text(bundle(language, form, own=True), "utf-8")
    pairs = questions(language, form)
    texts = node_json("bundles.mjs", form, file, typed=[language, pairs])
    assert texts == [message(key, language, **{**hint_params().get(key, {}), **params}) for key, params in pairs]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FILLED_IN)
def test_bundle_with_filled_in_parameters(form: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / "texts.json"
    file.write_text(bundle(language, form), "utf-8")
    texts = node_json("bundles.mjs", form, file, typed=[language, [(key, {}) for key in Key]])
    assert texts == [message(key, language) for key in Key]
    assert not any("{" in text for text in texts)


@pytest.mark.parametrize("form", FORMATS)
def test_library_syntax(form: str, tmp_path: Path, own_catalogs: Path) -> None:
    """A project's text may contain a library's own syntax: @, |, $, <, #, an apostrophe."""
    texts = {
        "MORE_INFO": "Skriv til kunde@example.com | 10 $ < 20 & it's #1",
        "MODAL_CLOSE": "I 'dag' <b>#</b> 50%",
        "VIEW_IN_MAP": "Bruk { her, {} og {navn-x}",
        "SEARCH_ALLE": "a } b '{' {'} {#}",
    }
    write(own_catalogs, "nb", texts)
    file = tmp_path / "texts.json"
    file.write_text(bundle("nb", form), "utf-8")
    assert node_json("bundles.mjs", form, file, typed=["nb", [(key, {}) for key in texts]]) == list(texts.values())


@pytest.mark.parametrize("form", LIBRARIES)
def test_dual(form: str, tmp_path: Path, own_catalogs: Path) -> None:
    """Northern Sámi, which a project may add, has a form for two."""
    plurals = "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"
    forms = 'msgid "AFTER_COUNT_TEXT"\nmsgid_plural "AFTER_COUNT_TEXT_PLURAL"\n'
    forms += "".join(f'msgstr[{place}] "{form}"\n' for place, form in enumerate(["okta", "guokte", "eanet"]))
    write(own_catalogs, "se", {}, f'{HEADER[:-3]}Plural-Forms: {plurals}\\n"\n\n{forms}')
    file = tmp_path / "texts.json"
    file.write_text(bundle("se", form), "utf-8")
    pairs = [("AFTER_COUNT_TEXT", {"count": count}) for count in (0, 1, 2, 5)]
    assert node_json("bundles.mjs", form, file, typed=["se", pairs]) == ["eanet", "okta", "guokte", "eanet"]
    assert message("AFTER_COUNT_TEXT_PLURAL", "se") == "eanet"


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_for_each_language(form: str) -> None:
    written = files(form)
    assert list(written.values()) == [bundle(language, form) for language in LANGUAGES]
    assert all(language in name for language, name in zip(LANGUAGES, written, strict=True))


@pytest.mark.parametrize("form", FORMATS)
def test_docs_and_help_name_every_format(form: str) -> None:
    page = Path(__file__).parents[1] / "docs" / "extending" / "bundle-format.md"
    assert f"| `{form}` |" in page.read_text("utf-8"), f"the table in {page.name} does not have the bundle format {form}"
    help = next(option.help for option in COMMANDS["export"].params if option.name == "format")
    assert f"{form}: {FORMATS[form].__doc__}" in help


def test_keys_of_types() -> None:
    assert set(Key) <= set(json.loads(bundle("nb", "i18next"))) | set(PLURALS.values())


@pytest.mark.parametrize("form", FORMATS)
def test_unknown_language(form: str, own_catalogs: Path) -> None:
    write(own_catalogs, "fkv", {"MODAL_CLOSE": "Sulje"})
    assert "Sulje" in bundle("fkv", form)
    assert set(plural_samples("fkv")) == {"one", "other"}


def test_keys_of_bundle() -> None:
    for language in LANGUAGES:
        assert list(json.loads(bundle(language))) == list(documented())


def test_verbatim_bundle() -> None:
    assert list(json.loads(verbatim()).items()) == list(documented().items())


def test_all_keys() -> None:
    """Then those of fields with own keys, which other tests may have defined."""
    keys = list(json.loads(bundle("en", own=True)))
    assert keys[: len(Key) + len(Phrase)] == [*Key, *Phrase]
    assert set(keys[len(Key) + len(Phrase) :]) <= set(own_keys())


@pytest.mark.parametrize("language", [*LANGUAGES, "se", "pl"])
def test_plural_categories(language: str) -> None:
    """Northern Sámi has two more than Norwegian; each category's sample is a count of it."""
    samples = plural_samples(language)
    rule = Locale(language).plural_form
    assert all(rule(count) == category for category, count in samples.items())
    assert set(samples) >= {"one", "other"} - ({"other"} if language == "pl" else set())


@pytest.mark.parametrize(
    ("key", "accepted"), [("ORGANISATION_FIELD_ERROR", True), ("ORGANIZATION_FIELD_ERROR", False), ("LABEL_COUNTRY", False)]
)
def test_typescript_keys(key: str, accepted: bool, tmp_path: Path) -> None:
    (tmp_path / "keys.d.ts").write_text(key_types(), "utf-8")
    (tmp_path / "use.ts").write_text(
        f'import type {{ NofieldsKey }} from "./keys";\nexport const key: NofieldsKey = "{key}";\n'
    )
    assert type_checks(tmp_path / "use.ts") is accepted
