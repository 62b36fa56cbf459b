"""The folders of ``locales/`` are the one list of the bundled languages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import nofields
from helpers.catalogs import write
from nofields.catalogs import LANGUAGES, locales_file

#: Two more languages, one of which CLDR does not have.
TEXTS = {
    "se": {"MODAL_CLOSE": "Gidde", "ORGANISATION_FIELD_ERROR": "Čále {digits} logu.", "ALTINN_SITE": "Altinn davvisámegillii"},
    "fkv": {"MODAL_CLOSE": "Sulje"},
}
SCRIPT = """
import json, sys
from pathlib import Path
from pydantic import BaseModel
from starlette.testclient import TestClient
from typer.testing import CliRunner
from helpers import values as test_values
from nofields import NationalIdentityNumber, OrganisationNumber, catalogs, message, negotiate
from nofields.altinn import NOTHING, AltinnSettings, PreferredLanguage, SQLiteStore, app, new_key
from nofields.altinn.models import LANGUAGE_NAMES
from nofields.cli.app import app as program
from nofields.forms import Form
from nofields.forms.assets import files

class Customer(BaseModel):
    orgnr: OrganisationNumber

store = SQLiteStore("store.db", new_key())
visitor = TestClient(app(store=store), base_url="http://localhost")
start, settings = (visitor.get(path).text for path in ("/?lang=se", "/settings/974760673"))
values = {"orgnr": "974760673", "system_id": "1", "password": "Fjell2024", "language": "se"}
store.save(AltinnSettings.model_validate(values), NOTHING)
CliRunner().invoke(program, ["export", "--out", "bundles"])
print(json.dumps({
    "languages": catalogs.languages(),
    "tests": test_values.LANGUAGES,
    "names": LANGUAGE_NAMES,
    "negotiated": negotiate("se-NO, nb;q=0.5"),
    "message": message("MODAL_CLOSE", "fkv"),
    "fallback": message("RADIO_ERROR", "se") == message("RADIO_ERROR", "nb"),
    "form": Form(Customer).bind({"orgnr": "1"}, "se").errors[0].message,
    "script": "messages.se.json" in files(),
    "start": start,
    "settings": settings,
    "preferred": [PreferredLanguage.is_valid(language) for language in ("se", "fkv", "sv")],
    "saved": store.settings(OrganisationNumber("974760673")).settings.language,
    "exported": sorted(file.name for file in Path("bundles").glob("*.json")),
    "bundle": json.loads(Path("bundles/se.json").read_text("utf-8"))["MODAL_CLOSE"],
}))
"""


@pytest.fixture(scope="module")
def offered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the checkout offers if its ``locales/`` has two more folders."""
    copy = tmp_path_factory.mktemp("checkout")
    package = Path(nofields.__file__).parent
    shutil.copytree(package, copy / "src" / "nofields", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(locales_file("nofields.pot").parent, copy / "locales")
    for language, texts in TEXTS.items():
        write(copy / "locales", language, texts)
    path = os.pathsep.join([str(copy / "src"), str(Path(__file__).parent)])
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        command, cwd=copy, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_norwegian_languages_come_first() -> None:
    assert LANGUAGES[:2] == ("nb", "nn")
    assert list(LANGUAGES[2:]) == sorted(LANGUAGES[2:])
    assert "en" in LANGUAGES


def test_new_folder(offered: dict[str, Any]) -> None:
    """It adds its language everywhere."""
    expected = ["nb", "nn", *sorted({*LANGUAGES[2:], *TEXTS})]
    assert offered["languages"] == offered["tests"] == list(offered["names"]) == expected
    assert offered["exported"] == sorted(f"{language}.json" for language in expected)
    assert (offered["negotiated"], offered["message"], offered["fallback"], offered["bundle"]) == ("se", "Sulje", True, "Gidde")
    assert (offered["form"], offered["script"]) == ("Čále 9 logu.", True)


def test_names_of_languages(offered: dict[str, Any]) -> None:
    """Each is named in itself, or by its code if CLDR has no name for it."""
    names = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella", "fkv": "fkv"}
    assert {language: offered["names"][language] for language in names} == names


def test_altinn_pages(offered: dict[str, Any]) -> None:
    assert '<html lang="se"' in offered["start"]
    assert "Altinn davvisámegillii" in offered["start"]
    assert '<a class="ds-link" href="?lang=fkv" lang="fkv" hreflang="fkv">fkv</a>' in offered["start"]
    assert 'value="se" checked' in offered["settings"], "the language of the page, before settings are saved"
    assert "Davvisámegiella</label>" in offered["settings"]
    assert (offered["preferred"], offered["saved"]) == ([True, True, False], "se")
