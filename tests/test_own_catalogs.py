"""A project adds and overrides texts, and languages, with a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nofields import OrganisationNumber, catalogs, message, negotiate, tasks_waiting
from nofields.export.bundles import Format, bundle

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, language: str, texts: dict[str, str], head: str = HEADER) -> None:
    (folder / language / "LC_MESSAGES").mkdir(parents=True)
    lines = [f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in texts.items()]
    (folder / language / "LC_MESSAGES" / "nofields.po").write_text(head + "\n".join(lines), "utf-8")


def test_a_text_is_overridden_and_the_others_stay(own_catalogs: Path) -> None:
    write(own_catalogs, "nb", {"ORGANISATION_FIELD_ERROR": "Orgnummeret har {digits} siffer."})
    problem = OrganisationNumber.problem("1")
    assert problem is not None
    assert problem.message("nb") == "Orgnummeret har 9 siffer."
    assert message("ORGANISATION_FIELD_ERROR") == "Orgnummeret har 9 siffer."
    assert problem.message("nn") == "Skriv inn eit gyldig organisasjonsnummer (9 siffer)."
    assert message("RADIO_ERROR") == "Velg et alternativ."
    assert json.loads(bundle("nb"))["ORGANISATION_FIELD_ERROR"] == "Orgnummeret har 9 siffer."


def test_a_language_is_added_and_falls_back_on_bokmål(own_catalogs: Path) -> None:
    write(own_catalogs, "se", {"MODAL_CLOSE": "Gidde"})
    assert catalogs.languages() == ("nb", "nn", "en", "se")
    assert negotiate("se-NO, nb;q=0.5") == "se"
    assert message("MODAL_CLOSE", "se") == "Gidde"
    assert message("RADIO_ERROR", "se") == "Velg et alternativ."


def test_a_region_in_a_folders_name_has_no_say(own_catalogs: Path) -> None:
    write(own_catalogs, "nb_NO", {"MODAL_CLOSE": "Steng"})
    write(own_catalogs, "pt_BR", {"MODAL_CLOSE": "Fechar"})
    assert catalogs.languages() == ("nb", "nn", "en", "pt")
    assert message("MODAL_CLOSE", "nb-NO") == message("MODAL_CLOSE") == "Steng"
    assert message("MODAL_CLOSE", "pt-BR, en;q=0.5") == "Fechar"
    assert [json.loads(bundle("nb", form))["MODAL_CLOSE"] for form in (Format.JSON, Format.I18NEXT)] == ["Steng", "Steng"]


def test_a_folder_is_added_in_code(tmp_path: Path, fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogs, "_added", [])
    assert (message("MODAL_CLOSE", "en"), message("MODAL_CLOSE", "se")) == ("Close", "Lukk")
    write(tmp_path, "en", {"MODAL_CLOSE": "Shut"})
    write(tmp_path, "se", {"MODAL_CLOSE": "Gidde"})
    catalogs.add(tmp_path)
    assert (message("MODAL_CLOSE", "en"), message("MODAL_CLOSE", "se")) == ("Shut", "Gidde"), "though others were read before"
    with pytest.raises(FileNotFoundError, match=r"nofields\.po"):
        catalogs.add(tmp_path / "nowhere")


def test_the_folder_added_last_stands_in_front(own_catalogs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those added before, and they of the one that the variable names."""
    monkeypatch.setattr(catalogs, "_added", [])
    write(own_catalogs, "en", {"MODAL_CLOSE": "Variable", "RADIO_ERROR": "Variable", "SSN_ERROR": "Variable"})
    for name, keys in {"first": ["MODAL_CLOSE", "RADIO_ERROR"], "last": ["MODAL_CLOSE"]}.items():
        write(tmp_path / name, "en", dict.fromkeys(keys, name))
        catalogs.add(tmp_path / name)
    assert [message(key, "en") for key in ("MODAL_CLOSE", "RADIO_ERROR", "SSN_ERROR")] == ["last", "first", "Variable"]


def test_a_compiled_catalog_needs_no_po_file_beside_it(own_catalogs: Path) -> None:
    from babel.messages.frontend import CommandLineInterface

    write(own_catalogs, "se", {"MODAL_CLOSE": "Gidde"})
    CommandLineInterface().run(["pybabel", "-q", "compile", "-D", "nofields", "-d", str(own_catalogs)])
    (own_catalogs / "se/LC_MESSAGES/nofields.po").unlink()
    assert message("MODAL_CLOSE", "se") == "Gidde"


@pytest.mark.parametrize("compiled", [False, True])
def test_a_plural_without_translation_falls_back_too(own_catalogs: Path, compiled: bool) -> None:
    """As a translator starts: ``pybabel init``, one text translated, perhaps ``pybabel compile``."""
    from babel.messages.frontend import CommandLineInterface

    template = catalogs.locales_file("nofields.pot")
    babel = CommandLineInterface()
    babel.run(["pybabel", "-q", "init", "-D", "nofields", "-i", str(template), "-d", str(own_catalogs), "-l", "se"])
    if compiled:
        babel.run(["pybabel", "-q", "compile", "-D", "nofields", "-d", str(own_catalogs)])
    assert tasks_waiting(1, "se") == tasks_waiting(1, "nb")
    assert tasks_waiting(2, "se") == tasks_waiting(2, "nb")
    assert "oppgaver som venter" in json.loads(bundle("se", Format.I18NEXT))["AFTER_COUNT_TEXT_two"]
