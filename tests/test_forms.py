"""A pydantic model as a form: binding, errors and HTML."""

from __future__ import annotations

import datetime
import enum
import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from pydantic import AliasPath, BaseModel, ConfigDict, create_model, model_validator
from pydantic import Field as Described

from helpers.catalogs import write
from helpers.values import LANGUAGES, VALUES, each_field, policy
from nofields import (
    AccountNumber,
    AltinnPassword,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Field,
    FieldError,
    Key,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    Phrase,
    PostalCode,
    Problem,
    Radio,
    Reason,
    Text,
    TextArea,
    message,
)
from nofields.ask import Ask, Option, Reader
from nofields.forms import Form
from nofields.forms.assets import files
from nofields.forms.types.widgets import Widget, appearance
from nofields.rules import ChoiceRule, TextRule


class Size(Dropdown, choices=["small", "large"]): ...


class Answer(Radio, choices=["yes", "no"]): ...


class Days(CheckboxGroup, choices=["mon", "tue"]): ...


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Everything(BaseModel):
    orgnr: OrganisationNumber
    account: AccountNumber
    fnr: NationalIdentityNumber
    phone: PhoneNumber | None = None
    postal_code: PostalCode
    email: EmailAddress
    day: NorwegianDate
    period: DateRange
    name: Text
    message: TextArea
    size: Size
    answer: Answer
    days: Days
    agreed: Checkbox
    country: Country
    password: Annotated[AltinnPassword, Ask(autocomplete="new-password")]
    nickname: str = ""
    colour: Colour
    letter: Literal["a", "b"]
    news: bool = False


VALID: dict[str, Any] = {
    "orgnr": "974 760 673",
    "account": "8601.11.17947",
    "fnr": "30108299920",
    "postal_code": "0357",
    "email": "ola@example.com",
    "day": "31.12.2016",
    "period.from": "1.1.2016",
    "period.to": "31.12.2016",
    "name": "Ola",
    "message": "Hei!\r\nHa det.",
    "size": "large",
    "answer": "no",
    "days": ["mon", "tue"],
    "agreed": "on",
    "country": "NO",
    "password": "Fjell2024",
    "colour": "red",
    "letter": "b",
}


class Elements(HTMLParser):
    """The elements of a piece of HTML: their names and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    def by_id(self, element_id: str) -> dict[str, str | None]:
        return next(attributes for _, attributes in self.all if attributes.get("id") == element_id)

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.all if "id" in attributes]


def test_valid_data() -> None:
    bound = Form(Everything).bind(VALID)
    assert bound.errors == []
    assert bound.is_valid
    value = bound.value
    assert value is not None
    assert (value.orgnr, value.account, value.day) == ("974760673", "86011117947", datetime.date(2016, 12, 31))
    assert (value.period.days, value.message, value.days) == (366, "Hei!\nHa det.", ("mon", "tue"))
    assert (value.phone, value.nickname, value.news, value.colour) == (None, "", False, Colour.RED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_form(language: str) -> None:
    bound = Form(Everything).bind({}, language)
    assert bound.value is None
    assert [error.name for error in bound.errors] == [each for each in VALID_NAMES if each not in OPTIONAL]
    keys = {error.name: error.key for error in bound.errors}
    assert keys["orgnr"] == keys["period"] == "TEXT_FIELD_ERROR"
    assert (keys["size"], keys["answer"], keys["days"]) == ("DROPDOWN_ERROR", "RADIO_ERROR", "CHECKBOX_GROUP_ERROR")
    assert (keys["agreed"], keys["colour"], keys["letter"]) == ("CHECKBOX_ERROR", "DROPDOWN_ERROR", "DROPDOWN_ERROR")
    assert all(error.message == message(error.key, language).strip() for error in bound.errors)
    assert all(error.reason == "required" for error in bound.errors)


OPTIONAL = {"phone", "nickname", "news"}
VALID_NAMES = list(Everything.model_fields)


@pytest.mark.parametrize("blank", ["", " ", "\t\u00a0", None])
def test_blank_optional_field(blank: str | None) -> None:
    class Optional(BaseModel):
        code: PostalCode | None = PostalCode("0357")
        annotated: Annotated[Text, Ask(label="Navn")] | None = None
        ticks: Days | None = None

    value = Form(Optional).bind({"code": blank, "annotated": blank}).value
    assert value == Optional(code=None, annotated=None, ticks=None)


def test_blank_field_with_default() -> None:
    class Defaults(BaseModel):
        code: PostalCode = PostalCode("0357")
        nickname: str = "Ola"

    assert Form(Defaults).bind({"code": "", "nickname": " "}).value == Defaults()


def test_unsent_form() -> None:
    bound = Form(Everything).bind()
    assert (bound.errors, bound.value, bound.is_valid, bound.is_sent) == ([], None, False, False)
    assert "aria-invalid" not in bound.render()
    assert "error-summary" not in bound.render()


def test_initial_values() -> None:
    value = Form(Everything).bind(VALID).value
    html = Elements(Form(Everything).bind(None, initial=value).render())
    shown = {name: html.by_id(name).get("value") for name in ("orgnr", "account", "day", "period-from", "password", "fnr")}
    assert shown == {
        "orgnr": "974 760 673",
        "account": "8601.11.17947",
        "day": "31.12.2016",
        "period-from": "01.01.2016",
        "password": None,
        "fnr": "",
    }
    assert [html.by_id(f"days-{number}").get("checked", "no") for number in (1, 2)] == [None, None]
    assert html.by_id("answer-1").get("checked", "no") == "no"


def test_typed_values_stay() -> None:
    """Escaped, and without secrets."""
    typed = VALID | {"orgnr": '"><script>x</script>', "password": "Kanari", "fnr": "30108299921", "message": "</textarea><b>"}
    bound = Form(Everything).bind(typed)
    html = bound.render()
    assert "&gt;&lt;script&gt;x" in html
    assert "&lt;/textarea&gt;&lt;b&gt;" in html
    assert "<script" not in html
    for secret in ("Kanari", "30108299921"):
        assert secret not in html + repr(bound) + repr(bound.errors)


def test_kept_secrets() -> None:
    class Kept(BaseModel):
        fnr: Annotated[NationalIdentityNumber, Ask(keep=True)]

    assert "30108299921" in Form(Kept).bind({"fnr": "30108299921"}).render()

    class Wrong(BaseModel):
        password: Annotated[AltinnPassword, Ask(keep=True)]

    with pytest.raises(TypeError, match=r"Wrong\.password"):
        Form(Wrong)


def test_error_at_field_and_in_summary() -> None:
    bound = Form(Everything).bind(VALID | {"orgnr": "974760674"}, "nn")
    (error,) = bound.errors
    assert error.text == (
        "Skriv inn eit gyldig organisasjonsnummer (9 siffer). "
        "Eitt eller fleire siffer er feil, eller to har bytt plass. Sjekk nummeret."
    )
    html = bound.render()
    assert html.count(error.text) == 2
    assert f'href="#{error.id}"' in html
    attributes = Elements(html).by_id("orgnr")
    assert attributes["aria-invalid"] == "true"
    assert attributes["aria-describedby"] == "orgnr-hint orgnr-error"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Kunde", "Kunde: Feltet må fylles ut."),
        ("Hvem er kunden?", "Hvem er kunden? Feltet må fylles ut."),
        ("Skriv navnet her:", "Skriv navnet her: Feltet må fylles ut."),
    ],
)
def test_label_in_summary(label: str, expected: str) -> None:
    """No colon follows a question mark."""

    class Asked(BaseModel):
        name: Annotated[Text, Ask(label=label)]

    bound = Form(Asked).bind({}, "nb")
    assert bound.errors[0].line == expected
    assert f">{expected}</a>" in bound.summary()


@pytest.mark.parametrize(
    ("name", "typed", "language", "expected"),
    [
        ("mobile", "21 23 45 67", "nb", "mobilnummer (8 siffer). Dette telefonnummeret er ikke et mobilnummer."),
        ("reference", "12", "nb", "Skriv inn et gyldig KID-nummer. Nummeret skal ha 4–25 siffer."),
        ("amount", "1.234,50", "en", "Enter a number. Use digits, and a comma if the number has decimals."),
    ],
)
def test_error_sentences(name: str, typed: str, language: str, expected: str) -> None:
    class Model(BaseModel):
        mobile: MobilePhoneNumber | None = None
        reference: PaymentReference | None = None
        amount: Number | None = None

    (error,) = Form(Model).bind({name: typed}, language).errors
    assert expected in error.text


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("x", "1.1.2020", "period-from"),
        ("1.1.2020", "31.11.2020", "period-to"),
        ("", "1.1.2020", "period-from"),
        ("1.1.2020", "", "period-to"),
        ("2.1.2020", "1.1.2020", "period-to"),
        ("x", "y", "period-from"),
    ],
)
def test_summary_link_of_range(start: str, end: str, wrong: str) -> None:
    bound = Form(Everything).bind(VALID | {"period.from": start, "period.to": end})
    assert [error.id for error in bound.errors] == [wrong]
    assert Elements(bound.render()).by_id(wrong)["aria-invalid"] == "true"


def test_model_error() -> None:
    class Pair(BaseModel):
        first: Text
        second: Text

        @model_validator(mode="after")
        def differ(self) -> Pair:
            if self.first == self.second:
                raise FieldError(Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER))
            return self

    bound = Form(Pair).bind({"first": "a", "second": "a"}, "en")
    assert [(error.name, error.id, error.message) for error in bound.errors] == [("", "", "Check what you entered.")]
    assert "<a " not in bound.summary()


def test_excluded_fields_are_not_read() -> None:
    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid")
        name: Text

    assert Form(Strict).bind({"name": "Ola", "csrf": "x", "other": "y"}).value == Strict(name=Text("Ola"))


def test_given_values() -> None:
    form = Form(Everything, without={"orgnr"})
    data = {name: value for name, value in VALID.items() if name not in ("orgnr", "password")}
    given = {"orgnr": "974760673", "password": AltinnPassword("Fjell2024")}
    bound = form.bind(data | {"orgnr": "1"}, given=given)
    assert bound.value is not None
    assert bound.value.password == "Fjell2024"
    assert "orgnr" not in form.controls
    assert "lagret og blir ikke vist" in bound.render()


def test_typed_before_given() -> None:
    form, given = Form(Everything), {"fnr": "30108299920"}
    for typed, kept in ("", "30108299920"), ("30108299939", "30108299939"), ("3", None):
        value = form.bind(VALID | {"fnr": typed}, given=given).value
        assert (value and value.fnr) == kept


def test_range_as_one_value() -> None:
    typed = {name: value for name, value in VALID.items() if not name.startswith("period.")}
    bound = Form(Everything).bind(typed | {"period": {"from": "1.1.2016", "to": "31.12.2016"}})
    assert bound.value == Form(Everything).bind(VALID).value
    assert Elements(bound.render()).by_id("period-to")["value"] == "31.12.2016"


def test_required_hint() -> None:
    class All(BaseModel):
        name: Text
        password: AltinnPassword
        news: bool = False

    assert "Alle feltene må fylles ut." in Form(All).bind().render()
    assert "Felt som ikke er merket «valgfritt», må fylles ut." in Form(Everything).bind().render()
    kept = Form(All).bind(given={"password": AltinnPassword("Fjell2024")}).render()
    assert "fylles ut" not in kept, "the hint of the password says that it may be left empty"


def test_alias() -> None:
    class Aliased(BaseModel):
        number: OrganisationNumber = Described(alias="org-nr")

    assert [error.id for error in Form(Aliased).bind({"org-nr": "1"}).errors] == ["org-nr"]
    assert Form(Aliased).bind({"org-nr": "974760673"}).is_valid


def test_field_by_name_or_alias() -> None:
    class Aliased(BaseModel):
        number: OrganisationNumber = Described(alias="org-nr")
        name: Text

    value = Aliased.model_validate({"org-nr": "974760673", "name": "Ola"})
    for initial in (value, {"number": "974 760 673"}, {"org-nr": "974 760 673"}):
        assert 'value="974 760 673"' in Form(Aliased).bind(None, initial=initial).render()
    for excluded in ({"number"}, {"org-nr"}, "number"):
        form = Form(Aliased, without=excluded)
        assert list(form.controls) == ["name"]
        for name in ("number", "org-nr"):
            assert form.bind({"name": "Ola"}, given={name: "974760673"}).value == value


@pytest.mark.parametrize("without", [{"orgnr", "ornr"}, "ornr", ["ornr"]])
def test_unknown_excluded_field(without: Any) -> None:
    with pytest.raises(ValueError, match="Everything has no field 'ornr'"):
        Form(Everything, without=without)


def test_excluded_field_without_control() -> None:
    class Order(BaseModel):
        orgnr: OrganisationNumber
        lines: list[int]
        place: str = Described(validation_alias=AliasPath("at", 0))

    form = Form(Order, without={"lines", "place"})
    assert form.bind({"orgnr": "974760673"}, given={"lines": [1], "at": ["Oslo"]}).is_valid


class Preset(BaseModel):
    """Every kind of choice has a default."""

    size: Size = Size("large")
    answer: Answer = Answer("no")
    days: Days = Described(default_factory=lambda: Days(["tue"]))
    news: bool = True
    name: Text = Text("Ola")
    fnr: Annotated[NationalIdentityNumber, Ask(keep=True)] = NationalIdentityNumber("30108299920")
    sure: bool


def test_defaults_in_unsent_form() -> None:
    html = Elements(Form(Preset).bind(None).render())
    assert [name for name in html.ids() if "checked" in html.by_id(name)] == ["answer-2", "days-2", "news"]
    assert (html.by_id("name")["value"], html.by_id("fnr")["value"]) == ("Ola", ""), "defaults are shown, except secrets"
    assert '<option value="large" selected>' in Form(Preset).bind(None).render()
    html = Elements(Form(Preset).bind(None, initial={"answer": "yes", "news": False, "name": None}).render())
    assert [name for name in html.ids() if "checked" in html.by_id(name)] == ["answer-1", "days-2"]
    assert html.by_id("name")["value"] == ""


def test_unchecked_boxes() -> None:
    """Unchecked is not chosen, whatever the default, and the field is not labelled optional."""
    form = Form(Preset)
    bound = form.bind({})
    assert [error.name for error in bound.errors] == ["answer", "days"]
    optional = {each.control.name for each in bound.bound_controls() if each.marked_optional}
    assert optional == {"size", "name", "fnr"}
    assert {each.control.name for each in bound.bound_controls() if each.blank_key} == {"answer", "days"}
    value = form.bind({"answer": "yes", "days": "mon"}).value
    assert value is not None
    assert (value.size, value.days, value.news, value.name, value.sure) == ("large", ("mon",), False, "Ola", False)


TICKS = ["on", "true", "1", "yes", True, 1, ["on"]]
NO_TICKS = ["false", "False", "0", "off", "no", "", " ", 0, False, None, []]


@pytest.mark.parametrize("typed", [*TICKS, *NO_TICKS], ids=repr)
def test_bool_checkbox(typed: Any) -> None:
    class Model(BaseModel):
        ok: bool

    ticked = any(typed is each for each in TICKS)
    assert Form(Model).bind({"ok": typed}).value == Model(ok=ticked)
    assert (" checked" in Form(Model).bind(None, initial={"ok": typed}).render()) is ticked


@pytest.mark.parametrize(
    "annotation",
    [
        bytes,
        list[bytes],
        list[bool],
        tuple[Text, int],
        datetime.timedelta,
        dict[str, str],
        Text | AccountNumber,
        complex | None,
        enum.Enum,
        Radio,
    ],
    ids=str,
)
def test_field_without_control(annotation: Any) -> None:
    class Odd(BaseModel):
        whatever: annotation

    with pytest.raises(TypeError, match=r"Odd\.whatever"):
        Form(Odd)


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        (Literal["red", "blue"], ["red", "blue"]),
        (Colour, ["red", "blue"]),
        (Annotated[Colour, Ask(options={"blue": "Blå", "red": "Raud"})], ["Blå", "Raud"]),
    ],
    ids=["Literal", "StrEnum", "labelled"],
)
def test_choice_of_other_types(kind: Any, labels: list[str]) -> None:
    form = Form(create_model("Plain", colour=(kind, ...)))
    html = form.bind({"colour": "red"}).control("colour")
    assert re.findall(r'<option value="\w+"[^>]*>(\w+)<', html) == labels
    assert re.findall(r'<option value="(\w+)" selected>', html) == ["red"]


def test_dependent_default() -> None:
    """It is not shown, since there are no values yet."""

    class Named(BaseModel):
        name: Text
        nickname: Text = Described(default_factory=lambda data: data["name"])

    assert Elements(Form(Named).bind(None).render()).by_id("nickname")["value"] == ""
    sent = Form(Named).bind({"name": "Ola", "nickname": ""})
    assert sent.value is not None
    assert sent.value.nickname == "Ola"


def test_labels_and_hints() -> None:
    class Labelled(BaseModel):
        first: Text = Described(title="Kundenavn", description="Som på fakturaen.")
        second: Annotated[Text, Ask(label=Phrase.LABEL_COUNTRY, hint=Phrase.HINT_DATE, autocomplete="name")]
        third_name: str

    html = Form(Labelled).bind(None, "en").render()
    for text in ("Kundenavn", "Som på fakturaen.", "Country", "Third name", 'autocomplete="name"'):
        assert text in html


def test_option_labels() -> None:
    class Choosing(BaseModel):
        size: Annotated[Size, Ask(options={"small": Phrase.GENDER_FEMALE, "large": "Stor"})]
        answer: Annotated[Answer, Ask(options=[Option("yes", "Ja", lang="nb"), Option("no", "Nei")])]
        country: Country

    html = Form(Choosing).bind({"country": "SE"}, "nn").render()
    assert '<option value="small">kvinne</option>' in html
    assert '<option value="SE" selected>Sverige</option>' in html
    assert '<label class="ds-label" data-weight="regular" for="answer-1" lang="nb">Ja</label>' in html
    assert "Vel land" in html


def test_given_labels() -> None:
    """Options of the form come first; a derived type has its own labels, or none."""

    class Colour(Radio, choices={"r": "Rød", 2: Phrase.GENDER_FEMALE}): ...

    class Fewer(Colour, choices=["r"]): ...

    class Choosing(BaseModel):
        colour: Colour
        fewer: Fewer
        own: Annotated[Colour, Ask(options={"r": "Raud"})]

    shown = {
        name: [option.label for option in control.choices(Reader("nb"))] for name, control in Form(Choosing).controls.items()
    }
    assert shown == {"colour": ["Rød", "kvinne"], "fewer": ["r"], "own": ["Raud"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_references(language: str) -> None:
    """Every id is unique; every label, link and description refers to one; no inline style or script."""
    for data in (None, {}, VALID):
        html = Form(Everything, prefix="p-").bind(data, language).render()
        elements = Elements(html)
        ids = elements.ids()
        assert len(ids) == len(set(ids))
        for tag, attributes in elements.all:
            referenced = [attributes.get("for"), *(attributes.get("aria-describedby") or "").split()]
            referenced += [attributes.get("aria-labelledby"), attributes.get("aria-controls"), attributes.get("data-show")]
            referenced += [(attributes.get("href") or "")[1:]]
            assert {each for each in referenced if each} <= set(ids), tag
            assert not {name for name in attributes if name.startswith("on") or name == "style"}
            assert tag not in ("script", "style")
        assert "number" not in {attributes.get("type") for _, attributes in elements.all}
        assert not re.search(r"\b[A-Z]+_[A-Z_]+\b", re.sub(r'data-blank="\w+"', "", html)), "a key shows"
        assert not re.search(r"\{\w+\}", re.sub("<[^>]*>", "", html)), "a parameter shows"


def test_attributes() -> None:
    html = Elements(Form(Everything).bind(None).render())
    assert {name: html.by_id("orgnr").get(name) for name in ("type", "inputmode", "spellcheck", "maxlength", "size")} == {
        "type": "text",
        "inputmode": "numeric",
        "spellcheck": "false",
        "maxlength": "64",
        "size": "13",
    }
    assert (html.by_id("phone")["inputmode"], html.by_id("phone")["autocomplete"]) == ("tel", "tel-national")
    email = html.by_id("email")
    assert (email["type"], email["inputmode"], email["autocomplete"]) == ("text", "email", "email")
    assert html.by_id("postal_code")["autocomplete"] == "postal-code"
    assert html.by_id("password")["autocomplete"] == "new-password"
    assert "maxlength" not in html.by_id("password")


#: Widgets whose text is prose, or is none.
PROSE = frozenset(Widget) - {Widget.INPUT, Widget.DATE_RANGE}


@each_field
def test_direction(field: type[Field]) -> None:
    """Numbers, dates and addresses are read from left to right, also in a page that is not."""
    shown = appearance(field.rule)
    is_prose = isinstance(field.rule, TextRule) or shown.widget in PROSE
    assert shown.attributes.get("dir") == (None if is_prose else "ltr")


@each_field
def test_keyboard(field: type[Field]) -> None:
    """A keyboard of digits only where a value needs no minus: an iPhone's has none."""
    with_minus = type(field._clean("-1")) is not Problem and not isinstance(field.rule, TextRule | ChoiceRule)
    keyboard = appearance(field.rule).attributes.get("inputmode")
    assert not (with_minus and keyboard in ("numeric", "decimal", "tel"))


def test_keyboard_of_numbers() -> None:
    assert "inputmode" not in appearance(Number.rule).attributes
    assert appearance(replace(Number.rule, min=Decimal(0))).attributes["inputmode"] == "decimal"


@pytest.mark.parametrize("email", ["bjørn@blåbær.no", "ola@xn--blbr-roah.no", " Åse@example.com", "æ", "ø@å@æ"])
def test_email_as_typed(email: str) -> None:
    """Browsers would submit the value of ``type=email`` in Punycode."""
    html = Elements(Form(Everything).bind(VALID | {"email": email, "orgnr": "1"}).render())
    assert html.by_id("email")["value"] == email
    assert "email" not in {attributes.get("type") for _, attributes in html.all}


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_of_the_root(language: str) -> None:
    bound = Form(Everything).bind({}, language)
    _, root = Elements(bound.render()).all[0]
    assert root["lang"] == language
    assert f'lang="{language}"' in bound.attributes


def test_password_requirements() -> None:
    """A new password has them in a list with patterns for the script; a current one has only a hint."""

    class Passwords(BaseModel):
        current: AltinnPassword
        new: Annotated[AltinnPassword, Ask(autocomplete="new-password")]

    html = Form(Passwords).bind(None, "en").render()
    elements = Elements(html)
    assert [attributes.get("data-requirements") for tag, attributes in elements.all if tag == "ul"] == ["new"]
    assert (elements.by_id("current")["aria-describedby"], elements.by_id("new")["aria-describedby"]) == (
        "current-hint",
        "new-requirements",
    )
    problem = AltinnPassword.problem("æ")  # meets none of them
    assert problem is not None
    texts = [message(phrase, "en", min=AltinnPassword.rule.min) for phrase in problem.params["requirements"]]
    assert re.findall("<li data-pattern=[^>]*>([^<]*)</li>", html) == texts
    items = [attributes for tag, attributes in elements.all if tag == "li"]
    for password in ("Fjell2024", "Fjell20", "Fjell2", "fjell2024", "FJELL2024", "Fjellene", "Fjell2024!"):
        met = [bool(re.search(each["data-pattern"] or "", password)) is ("data-absent" not in each) for each in items]
        assert all(met) is AltinnPassword.is_valid(password), password


@pytest.mark.parametrize(
    ("password", "items", "line"),
    [
        (
            "fjell",
            ["minst 7 tegn", "en stor bokstav (A–Z)", "et siffer (0–9)"],
            "minst 7 tegn, en stor bokstav (A–Z) og et siffer (0–9)",
        ),
        ("Fjellene", [], "et siffer (0–9)"),
    ],
)
@pytest.mark.parametrize("autocomplete", ["current-password", "new-password"])
def test_unmet_requirements(password: str, items: list[str], line: str, autocomplete: str) -> None:
    """At the password they are a list below one lead sentence, in the summary one line."""

    class Login(BaseModel):
        password: Annotated[AltinnPassword, Ask(autocomplete=autocomplete)]

    bound = Form(Login).bind({"password": password}, "nb")
    (error,) = bound.errors
    assert (error.text, list(error.items)) == (f"Passordet må ha {line}.", items)
    shown = bound.render().split('id="password-error">')[1]
    assert re.findall("<li>([^<]*)</li>", shown) == items
    assert shown.count("Passordet må ha") == 1
    assert f"Passord for datasystemet: Passordet må ha {line}.</a>" in bound.summary()


def test_unmet_requirements_are_escaped(own_catalogs: Path) -> None:
    write(own_catalogs, "nb", {"PASSWORD_DIGIT": "<b>siffer</b>", "PASSWORD_REQUIREMENTS_LEAD": "Passordet <må> ha:"})

    class Login(BaseModel):
        password: AltinnPassword

    html = Form(Login).bind({"password": "fjell"}, "nb").render()
    assert "<li>&lt;b&gt;siffer&lt;/b&gt;</li>" in html
    assert ">Passordet &lt;må&gt; ha:</p>" in html


@pytest.mark.parametrize(
    ("ask", "lead"),
    [
        (Ask(message="Svakt passord."), "Svakt passord. Passordet må ha:"),
        (Ask(messages={"requirements": "Svakt passord"}), "Svakt passord. Passordet må ha:"),
        (Ask(message="Det mangler {requirements}."), ""),
    ],
)
def test_own_message_above_unmet_requirements(ask: Ask, lead: str) -> None:
    """The author's message stands before the lead, unless it has the requirements itself."""

    class Login(BaseModel):
        password: Annotated[AltinnPassword, ask]

    (error,) = Form(Login).bind({"password": "fjell"}, "nb").errors
    assert (error.lead if error.items else "") == lead
    assert "minst 7 tegn, en stor bokstav (A–Z) og et siffer (0–9)." in error.text


@pytest.mark.parametrize(("language", "word"), [("nb", "passord"), ("nn", "passord"), ("en", "password")])
def test_hint_of_a_stored_secret(language: str, word: str) -> None:
    """A national identity number that is stored is not called a password."""

    class Patient(BaseModel):
        person: NationalIdentityNumber

    html = Form(Patient).bind(None, language, given={"person": "20036914700"}).render()
    assert message(Phrase.FORM_SECRET_KEPT, language) in html
    assert word not in html.lower()


@each_field
def test_maxlength(field: type[Field]) -> None:
    """Counted as browsers do: in UTF-16, a line end once."""
    longest = appearance(field.rule).attributes.get("maxlength")
    if longest is None:
        assert appearance(field.rule).widget in (
            Widget.PASSWORD,
            Widget.SELECT,
            Widget.RADIOS,
            Widget.CHECKBOXES,
            Widget.CHECKBOX,
        )
        return

    @given(VALUES[field])
    def fits(value: Any) -> None:
        texts = [str(each) for each in value] if isinstance(value, tuple) else [str(value)]
        assert all(len(text.replace("\r\n", "\n").encode("utf-16-le")) // 2 <= int(longest) for text in texts)

    fits()


def test_postal_place() -> None:
    for code, place in (("0357", "OSLO"), ("9999", ""), ("x", "")):
        assert f'data-place="4">{place}</output>' in Form(Everything).bind({"postal_code": code}).render()


def test_browser_check() -> None:
    class Delivery(PostalCode, registered=True): ...

    class Both(BaseModel):
        any_code: PostalCode
        registered: Delivery

    controls = Form(Both).controls
    assert (controls["any_code"].validator, controls["registered"].validator) == ("postnr", "")


def test_synthetic_setting_in_browser() -> None:
    with policy("accept"):
        assert 'data-synthetic="accept"' in Form(Everything).bind().render()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "Feil: Skjema"),
        ("nn-NO,en;q=0.5", "Feil: Skjema"),
        ("en-GB", "Error: Skjema"),
    ],
)
def test_title(language: str, expected: str) -> None:
    assert Form(Everything).bind({}, language).title("Skjema") == expected
    assert Form(Everything).bind(VALID, language).title("Skjema") == "Skjema"


@pytest.mark.parametrize(
    "data",
    [
        {"orgnr": None, "days": "mon", "period": {"from": "1.1.2020", "to": "2.1.2020"}},
        {"orgnr": ["1", "2"], "days": [["mon"]], "period": ["a"]},
        {"orgnr": object(), "agreed": True, "day": datetime.date(2020, 1, 1), "period": "1.1.2020"},
        {"orgnr": b"974760673", "size": {"a": 1}, "message": 12, "period": {"from": 3, "to": None}},
        {"orgnr": "x" * 100_000, "name": "\x00", "email": "\ud800"},
    ],
    ids=range(5),
)
def test_malformed_data(data: dict[str, Any]) -> None:
    bound = Form(Everything).bind(data)
    assert bound.value is None
    assert bound.render().encode()


def test_static_files() -> None:
    made = files()
    assert len(made["nofields.css"].encode()) < 10_000
    for name, text in made.items():
        assert not re.search(r"https?://(?!www\.w3\.org)", text), name
    for language in LANGUAGES:
        texts = json.loads(made[f"messages.{language}.json"])["texts"]
        assert texts["ORGANISATION_FIELD_ERROR"] == message("ORGANISATION_FIELD_ERROR", language).replace("9", "{digits}")
