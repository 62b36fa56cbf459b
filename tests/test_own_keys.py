"""A project's own keys, reasons and error texts, in every reader."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError, create_model
from pydantic_core import PydanticCustomError

from helpers.catalogs import write
from nofields import (
    AccountNumber,
    DateRange,
    FieldError,
    Key,
    OrganisationNumber,
    Problem,
    Radio,
    Text,
    localize,
    message,
)
from nofields.catalogs import Catalogs
from nofields.columns import check
from nofields.export.bundles import FORMATS, bundle
from nofields.export.key_types import key_types
from nofields.export.lint import lint
from nofields.forms import Form
from nofields.web import assets, install


class Billing(OrganisationNumber, key="BILLING_ORG"): ...


class Invoice(BaseModel):
    billing: Billing


def error_of(value: object, model: Any = Invoice) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(model).validate_python({"billing": value})
    return raised.value


def test_text_of_the_documented_key() -> None:
    """Without a catalog of the project's, an own key has the text of the key that it replaces."""
    problem = Billing.problem("1")
    assert problem is not None
    assert (problem.key, problem.message("en")) == ("BILLING_ORG", "Enter a valid organisation number (9 digits).")
    assert message("BILLING_ORG", "nn") == "Skriv inn eit gyldig organisasjonsnummer (9 siffer)."
    assert pickle.loads(pickle.dumps(problem)).message("en") == problem.message("en")


def test_text_of_a_catalog(own_catalogs: Path) -> None:
    """By every way: value, pydantic, localize, form, problem+json, JSON Schema, columns, exports."""
    write(own_catalogs, "nb", {"BILLING_ORG": "Feil fakturamottaker ({digits} siffer)."})
    text = "Feil fakturamottaker (9 siffer)."
    with pytest.raises(FieldError, match="Feil fakturamottaker"):
        Billing("1")
    listed = error_of("1").errors()[0]
    assert (listed["type"], listed["msg"], listed["ctx"]) == ("BILLING_ORG", text, {"reason": "length", "digits": 9})
    (localized,) = localize(error_of("1"))
    assert (localized["key"], localized["message"]) == ("BILLING_ORG", text)
    (formed,) = Form(Invoice).bind({"billing": "1"}).errors
    assert (formed.key, formed.message) == ("BILLING_ORG", text)
    assert TypeAdapter(Billing).json_schema()["x-nofields-key"] == "BILLING_ORG"
    checked = check(Billing, ["1", "974760673"])
    assert checked.keys.to_pylist() == ["BILLING_ORG", None]
    assert checked.messages().to_pylist() == [text, None]


def test_problem_document(own_catalogs: Path) -> None:
    write(own_catalogs, "en", {"BILLING_ORG": "Wrong payer."})
    app = FastAPI()
    install(app)

    @app.post("/")
    def invoice(invoice: Invoice) -> str:
        return "accepted"

    (error,) = TestClient(app).post("/", json={"billing": "1"}, headers={"accept-language": "en"}).json()["errors"]
    assert (error["key"], error["detail"], error["label"]) == ("BILLING_ORG", "Wrong payer.", "Organisation number")


@pytest.mark.parametrize("form", FORMATS)
def test_exports(form: str, own_catalogs: Path) -> None:
    """``--all`` has the keys of the project's fields and of its catalogs; the types list them."""
    write(own_catalogs, "nn", {"BILLING_ORG": "Feil betalar", "ONLY_IN_CATALOG": "Hei"})
    exported = bundle("nn", form, own=True)
    assert "Feil betalar" in exported
    assert "ONLY_IN_CATALOG" in exported
    assert "BILLING_ORG" not in bundle("nn", form)
    assert '"ONLY_IN_CATALOG"' in key_types(own=True)
    assert '"BILLING_ORG"' in key_types(own=True)


def test_every_key_of_a_field() -> None:
    """The own key stands in every error of the field but that of an empty one."""

    class Name(Text, max=3, key="NAME"): ...

    class Period(DateRange, key="PERIOD"): ...

    class Choice(Radio, key="PICKED", choices=["a"]): ...

    problems = [Name.problem("xxxx"), Name.problem("\0"), Period.problem("x/y"), Period.problem("2020-01-02/2020-01-01")]
    assert [problem and problem.key for problem in problems] == ["NAME", "NAME", "PERIOD", "PERIOD"]
    assert Choice.problem("b") == Problem("PICKED", "choice")
    assert [problem and problem.message("en") for problem in problems[:2]] == [
        "Shorten the text to 3 characters or fewer.",
        message(Key.TEXT_FIELD_CONTENTS_ERROR, "en"),
    ]
    (control,) = Form(type("M", (BaseModel,), {"__annotations__": {"x": Choice}})).controls.values()
    assert control.appearance.widget == "radios"


def test_key_shared_by_two_fields() -> None:
    """Each field keeps the text of its own documented key; the key alone has one that is true of both."""

    class One(OrganisationNumber, key="SHARED"): ...

    class Two(AccountNumber, key="SHARED"): ...

    texts = [problem.message("en") for problem in (One.problem("1"), Two.problem("1")) if problem]
    assert texts == ["Enter a valid organisation number (9 digits).", "Enter a valid account number (11 digits)."]
    assert message("SHARED", "en") == message(Key.TEXT_FIELD_CONTENTS_ERROR, "en")
    for field, text in zip((One, Two), texts):
        assert localize(error_of("1", dict[str, field]), "en")[0]["message"] == text  # type: ignore[valid-type]


def test_label_in_a_text(own_catalogs: Path) -> None:
    """``{label}`` is the field's own label where no model gives another."""
    write(own_catalogs, "nb", {"BILLING_ORG": "{label} er feil."})
    with pytest.raises(FieldError, match=r"^Organisasjonsnummer er feil\.$"):
        Billing("1")
    assert error_of("1").errors()[0]["msg"] == localize(error_of("1"))[0]["message"] == "Organisasjonsnummer er feil."
    assert Form(Invoice).bind({"billing": "1"}).errors[0].message == "Organisasjonsnummer er feil."


def _raise(error: Exception) -> Callable[[str], str]:
    def validate(value: str) -> str:
        raise error

    return validate


def test_reason_of_the_project(own_catalogs: Path) -> None:
    write(own_catalogs, "en", {"REASON_BLOCKED": "The customer is blocked since {year}."})
    problem = Problem("BILLING_ORG", "blocked", {"year": 2020})
    assert problem.explanation("en") == "The customer is blocked since 2020."

    class Blocked(BaseModel):
        name: Annotated[str, AfterValidator(_raise(FieldError(problem)))]

    (formed,) = Form(Blocked).bind({"name": "x"}, "en").errors
    assert formed.explanation == "The customer is blocked since 2020."
    (error,) = localize(FieldError(problem), "en")
    assert (error["reason"], error["explanation"]) == ("blocked", "The customer is blocked since 2020.")


def test_two_apps_with_catalogs_of_their_own(tmp_path: Path, fresh_catalogs: None) -> None:
    """Each answers from the catalogs that it is passed; everything else from the process's."""
    write(tmp_path / "a", "nb", {"ORGANISATION_FIELD_ERROR": "A {digits}"})
    write(tmp_path / "b", "se", {"ORGANISATION_FIELD_ERROR": "B", "MODAL_CLOSE": "Gidde"})
    first, second = Catalogs(tmp_path / "a"), Catalogs(tmp_path / "b")
    assert (first.languages()[-1], second.languages()[-1]) == ("en", "se")
    problem = Problem(Key.ORGANISATION_FIELD_ERROR, "length", {"digits": 9})
    assert [problem.message("se", each) for each in (first, second)] == ["A 9", "B"]
    assert problem.message("se") == "Skriv inn et gyldig organisasjonsnummer (9 siffer)."
    assert [localize(error_of("1"), "se", catalogs=each)[0]["message"] for each in (first, second)] == ["A 9", "B"]
    bound = [Form(Invoice, catalogs=each).bind({"billing": "1"}, "se") for each in (first, second)]
    assert [(each.locale, each.errors[0].message) for each in bound] == [("nb", "A 9"), ("se", "B")]
    for catalogs, language, text in ((first, "nb", "A 9"), (second, "se", "B")):
        app = FastAPI()
        install(app, catalogs=catalogs)

        @app.post("/")
        def invoice(invoice: Invoice) -> str:
            return "accepted"

        answer = TestClient(app).post("/", json={"billing": "1"}, headers={"accept-language": "se"})
        assert (answer.headers["content-language"], json.loads(answer.text)["errors"][0]["detail"]) == (language, text)


def test_catalogs_without_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nofields\.po"):
        Catalogs(tmp_path)


@pytest.mark.parametrize("key", ["", " "])
def test_blank_key(key: str) -> None:
    with pytest.raises(ValueError, match="key must be a name"):
        type("Own", (OrganisationNumber,), {}, key=key)


def test_label_in_every_language(own_catalogs: Path) -> None:
    """``messages lint`` finds nothing wrong with a text that names its field."""
    for language in ("nb", "nn", "en"):
        write(own_catalogs, language, {"ORGANISATION_FIELD_ERROR": "{label}: {digits}."})
    found = [each for each in lint() if each.key == "ORGANISATION_FIELD_ERROR" and each.language != "documented"]
    assert [each.code for each in found if "parameter" in each.code] == []


def test_parameters_of_a_project_error(own_catalogs: Path) -> None:
    """They are in ``params``, without what was rejected."""
    write(own_catalogs, "nb", {"BLOCKED": "Sperret siden {year} ({value})"})

    def reject(value: str) -> str:
        raise PydanticCustomError("BLOCKED", "x", {"year": 1999, "value": value})

    model = create_model("M", x=(Annotated[OrganisationNumber, AfterValidator(reject)], ...))
    with pytest.raises(ValidationError) as raised:
        model.model_validate({"x": "974760673"})
    (error,) = localize(raised.value)
    assert (error["message"], error["params"]) == ("Sperret siden 1999 (***)", {"year": 1999, "value": "***"})


def test_files_of_a_form_with_catalogs(tmp_path: Path, fresh_catalogs: None) -> None:
    """The page's script has the texts of the form's own catalogs."""
    write(tmp_path, "nb", {"ORGANISATION_FIELD_ERROR": "Egen"})
    own = Form(Invoice, catalogs=Catalogs(tmp_path))
    texts = TestClient(assets([own])).get("/messages.nb.json").json()["texts"]
    assert texts["ORGANISATION_FIELD_ERROR"] == "Egen"
    with pytest.raises(ValueError, match="different catalogs"):
        assets([own, Form(Invoice, name="other")])
