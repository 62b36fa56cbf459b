"""Translation bundles give the same sentences in their own libraries as in Python; TypeScript checks the keys."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from helpers.bundles import Pair, one_line, reader
from helpers.catalogs import HEADER, write
from helpers.commands import COMMANDS
from helpers.node import type_checks
from helpers.values import each_field
from nofields import Field, Key, NorwegianDate, Phrase, Text, message
from nofields.catalogs import LANGUAGES
from nofields.export.bundles import FORMATS, bundle, files, verbatim
from nofields.export.key_types import key_types
from nofields.export.parameters import field_params, fixed_params
from nofields.export.plural_forms import plural_samples
from nofields.keys import explanation_key, message_key, own_keys
from nofields.message_templates import PLACEHOLDER, documented, template
from nofields.plurals import COUNTED, PLURALS
from nofields.strategies.invalid import invalid

COUNTS = (0, 1, 2)
#: The formats whose texts have values for all parameters of documented texts; the others leave them to a library.
FILLED_IN = ["json", "altinn"]
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
        known = fixed_params().get(key, {})
        params = {name: PARAMS[name] for name in PLACEHOLDER.findall(template(key, language)) if name not in known}
        if known:
            pairs.append((key, params))
        elif key in counted:
            pairs += [(key, {**params, counted[key]: count, "count": count}) for count in COUNTS]
        elif key in PLURALS and key not in COUNTED:
            pairs += [(key, {**params, "count": count}) for count in COUNTS]
        else:
            pairs.append((key, params))
    return pairs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", LIBRARIES)
def test_same_sentences(form: str, language: str) -> None:
    pairs = questions(language, form)
    with reader(form) as read:
        texts = read(bundle(language, form, own=True), language, pairs)
    assert texts == [message(key, language, **{**fixed_params().get(key, {}), **params}) for key, params in pairs]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FILLED_IN)
def test_documented_texts_without_parameters(form: str, language: str) -> None:
    with reader(form) as read:
        texts = read(bundle(language, form), language, [(key, {}) for key in Key])
    assert texts == [one_line(message(key, language)) if form == "altinn" else message(key, language) for key in Key]
    assert not any("{" in text for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_what_a_rule_fixes(form: str, language: str) -> None:
    """Hints need no parameters, and neither do the messages of a field that has one count of digits."""
    pairs: list[Pair] = [(key, {}) for key in fixed_params()]
    with reader(form) as read:
        texts = read(bundle(language, form, own=True), language, pairs)
    assert texts == [message(key, language, **fixed_params()[key]) for key, _ in pairs]
    assert not any("{" in text for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
@each_field
@given(data=st.data())
def test_results_have_the_other_parameters(field: type[Field], language: str, data: st.DataObject) -> None:
    """What a text of a rejected value still needs, in every format, is in the problem."""
    problem = field.problem(data.draw(invalid(field)))
    assert problem is not None
    for key in (problem.key, message_key(problem.key), explanation_key(problem.reason, problem.key)):
        if str(key) not in fixed_params():
            assert set(PLACEHOLDER.findall(template(key, language))) <= set(problem.params)


def test_parameters_by_field() -> None:
    """The values that problems have, which fill in the texts."""

    class Short(Text, min=2, max=20): ...

    class Born(NorwegianDate, max=datetime.date(2010, 12, 31)): ...

    found = field_params({"short": Short, "born": Born})
    assert found["orgnr"]["ORGANISATION_FIELD_ERROR"] == {"digits": 9}
    assert found["kid"]["HINT_PAYMENT_REFERENCE"] == {"digits": "4–25"}
    assert found["textArea"]["TEXTAREA_FIELD_LENGTH_ERROR"] == {"max": 2000}
    assert found["short"]["TEXT_FIELD_LENGTH_ERROR"] == found["short"]["REASON_TOO_LONG"] == {"max": 20}
    assert found["short"]["ERROR_TEXT_SHORT"] == {"min": 2}
    assert found["born"]["REASON_TOO_LATE_DATE"] == {"max": "31.12.2010"}
    assert found["born"]["HINT_DATE"] == found["born"]["DATE_TO_FROM_ERROR"] == {"example": "31.12.2010"}
    for params in found.values():
        for key, values in params.items():
            assert PLACEHOLDER.findall(message(key, "nb", **values)) == []


@pytest.mark.parametrize("form", LIBRARIES)
def test_dual(form: str, own_catalogs: Path) -> None:
    """Northern Sámi, which a project may add, has a form for two."""
    plurals = "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"
    forms = 'msgid "AFTER_COUNT_TEXT"\nmsgid_plural "AFTER_COUNT_TEXT_PLURAL"\n'
    forms += "".join(f'msgstr[{place}] "{form}"\n' for place, form in enumerate(["okta", "guokte", "eanet"]))
    write(own_catalogs, "se", {}, f'{HEADER[:-3]}Plural-Forms: {plurals}\\n"\n\n{forms}')
    pairs = [("AFTER_COUNT_TEXT", {"count": count}) for count in (0, 1, 2, 5)]
    with reader(form) as read:
        assert read(bundle("se", form), "se", pairs) == ["eanet", "okta", "guokte", "eanet"]
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
