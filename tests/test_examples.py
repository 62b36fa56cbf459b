"""The forms of the documentation in each framework: blank, rejected and accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from examples import saving
from examples.pages import TITLES
from helpers.example_clients import CLIENTS, Answer, Client
from helpers.example_data import EXAMPLES, Example
from helpers.forms import Inputs

LANGUAGES = ("nb", "nn", "en")


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Client]:
    monkeypatch.setattr(saving, "FOLDER", tmp_path / "claims")
    monkeypatch.setattr(saving, "SAVED", [])
    with CLIENTS[request.param]() as opened:
        yield opened


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(client: Client, name: str) -> None:
    example = EXAMPLES[name]
    for language in LANGUAGES:
        blank = client.get(f"/{name}", {"Accept-Language": language})
        assert blank.status == 200
        assert f'<html lang="{language}">' in blank.text
        assert f"{TITLES[name][language]}</title>" in blank.text
        rejected(client, name, example, blank, language)
    assert saving.SAVED == []
    accepted(client, name, example, blank)


def rejected(client: Client, name: str, example: Example, page: Answer, language: str) -> None:
    """The error is at its field and in the summary, and what was entered is still there, a secret unreadably."""
    sent = page.filled_in({**example.right[0], **example.wrong})
    answer = client.post(f"/{name}", sent, example.files, {"Accept-Language": language})
    assert answer.status == 422
    errors = re.findall(r'data-error="(.*?)"><a [^>]*>(.*?)</a>', answer.text)
    assert [error for error, _ in errors] == [example.name]
    sentence = example.sentences[language]
    assert sentence in unescape(errors[0][1])
    assert sentence in unescape(re.findall(r'id="[^"]+-error">(.*?)<', answer.text)[0])
    shown = Inputs(answer.text).values
    for field, value in {**example.right[0], **example.wrong}.items():
        is_sealed = f"{field}.sealed" in shown
        assert shown[field] == ["" if is_sealed else value], field
        assert not (is_sealed and value in answer.text), field


def accepted(client: Client, name: str, example: Example, page: Answer) -> None:
    for entered in example.right:
        answer = client.post(f"/{name}", page.filled_in(entered), example.files, {"Accept-Language": "en"})
        assert answer.status in (302, 303)
        page = client.get(answer.location, {"Accept-Language": "en"})
        assert page.status == 200
    assert example.thanks["en"] in page.text
    (value,) = saving.SAVED
    assert value.model_dump(mode="json") == example.saved
    assert len([*saving.FOLDER.rglob("*")]) == len(example.files)


@pytest.mark.parametrize("name", EXAMPLES)
def test_forged(client: Client, name: str) -> None:
    """A form that another site sends has no token, and its origin is known."""
    sent = dict(EXAMPLES[name].right[0])
    answer = client.post(f"/{name}", sent, EXAMPLES[name].files, {"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, saving.SAVED) == (403, [])


def test_added_line(client: Client) -> None:
    """Without the script the button of a list submits the form, which is neither rejected nor saved."""
    sent = client.get("/order", {}).filled_in({"delivery.street": "Storgata 1", "nofields.add": "lines"})
    answer = client.post("/order", sent, {}, {})
    assert (answer.status, saving.SAVED) == (200, [])
    shown = Inputs(answer.text).values
    assert shown["delivery.street"] == ["Storgata 1"]
    assert "lines.1.product" in shown


def test_replaced_part(client: Client) -> None:
    """HTMX gets the form alone, with the title of the page."""
    page = client.get("/contact", {})
    answer = client.post("/contact", page.filled_in({}), {}, {"HX-Request": "true"})
    assert answer.status == 422
    assert "<html" not in answer.text
    assert answer.text.lstrip().startswith("<title>Feil: Kontakt oss</title>")
