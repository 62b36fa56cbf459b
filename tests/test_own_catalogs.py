"""A project adds texts and languages, and overrides texts, in a folder of its own."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from helpers.catalogs import write
from nofields import OrganisationNumber, catalogs, message, negotiate, tasks_waiting
from nofields.catalog_file import Catalog, CatalogError, read_catalog
from nofields.export.bundles import bundle


def test_override(own_catalogs: Path) -> None:
    write(own_catalogs, "nb", {"ORGANISATION_FIELD_ERROR": "Orgnummeret har {digits} siffer."})
    problem = OrganisationNumber.problem("1")
    assert problem is not None
    assert problem.message("nb") == "Orgnummeret har 9 siffer."
    assert message("ORGANISATION_FIELD_ERROR") == "Orgnummeret har 9 siffer."
    assert problem.message("nn") == "Skriv inn eit gyldig organisasjonsnummer (9 siffer)."
    assert message("RADIO_ERROR") == "Velg et alternativ."
    assert json.loads(bundle("nb"))["ORGANISATION_FIELD_ERROR"] == "Orgnummeret har 9 siffer."


def test_new_language(own_catalogs: Path) -> None:
    write(own_catalogs, "se", {"MODAL_CLOSE": "Gidde"})
    assert catalogs.languages() == (*catalogs.LANGUAGES, "se")
    assert negotiate("se-NO, nb;q=0.5") == "se"
    assert message("MODAL_CLOSE", "se") == "Gidde"
    assert message("RADIO_ERROR", "se") == "Velg et alternativ."


def test_unknown_language(own_catalogs: Path) -> None:
    """The error lists the project's languages too."""
    write(own_catalogs, "se", {"MODAL_CLOSE": "Gidde"})
    with pytest.raises(LookupError, match=f"'xx'.* {', '.join([*catalogs.LANGUAGES, 'se'])}$"):
        catalogs.PROCESS_WIDE.catalog("xx")


def test_region_is_ignored(own_catalogs: Path) -> None:
    write(own_catalogs, "nb_NO", {"MODAL_CLOSE": "Steng"})
    write(own_catalogs, "pt_BR", {"MODAL_CLOSE": "Fechar"})
    assert catalogs.languages() == (*catalogs.LANGUAGES, "pt")
    assert message("MODAL_CLOSE", "nb-NO") == message("MODAL_CLOSE") == "Steng"
    assert message("MODAL_CLOSE", "pt-BR, en;q=0.5") == "Fechar"
    assert [json.loads(bundle("nb", form))["MODAL_CLOSE"] for form in ("json", "i18next")] == ["Steng", "Steng"]


def test_add(tmp_path: Path, fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (message("MODAL_CLOSE", "en"), message("MODAL_CLOSE", "se")) == ("Close", "Lukk")
    write(tmp_path, "en", {"MODAL_CLOSE": "Shut"})
    write(tmp_path, "se", {"MODAL_CLOSE": "Gidde"})
    catalogs.add(tmp_path)
    assert (message("MODAL_CLOSE", "en"), message("MODAL_CLOSE", "se")) == ("Shut", "Gidde"), "though others were read before"
    with pytest.raises(FileNotFoundError, match=r"nofields\.po"):
        catalogs.add(tmp_path / "nowhere")


def test_precedence(own_catalogs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last added folder comes first, and the one of the variable last."""
    write(own_catalogs, "en", {"MODAL_CLOSE": "Variable", "RADIO_ERROR": "Variable", "SSN_ERROR": "Variable"})
    for name, keys in {"first": ["MODAL_CLOSE", "RADIO_ERROR"], "last": ["MODAL_CLOSE"]}.items():
        write(tmp_path / name, "en", dict.fromkeys(keys, name))
        catalogs.add(tmp_path / name)
    assert [message(key, "en") for key in ("MODAL_CLOSE", "RADIO_ERROR", "SSN_ERROR")] == ["last", "first", "Variable"]


def test_compiled_catalog(own_catalogs: Path) -> None:
    from babel.messages.frontend import CommandLineInterface

    write(own_catalogs, "se", {"MODAL_CLOSE": "Gidde"})
    CommandLineInterface().run(["pybabel", "-q", "compile", "-D", "nofields", "-d", str(own_catalogs)])
    (own_catalogs / "se/LC_MESSAGES/nofields.po").unlink()
    assert message("MODAL_CLOSE", "se") == "Gidde"


@pytest.mark.parametrize("compiled", [False, True])
def test_untranslated_plural(own_catalogs: Path, compiled: bool) -> None:
    """As after ``pybabel init``: one text translated, perhaps ``pybabel compile``."""
    from babel.messages.frontend import CommandLineInterface

    template = catalogs.locales_file("nofields.pot")
    babel = CommandLineInterface()
    babel.run(["pybabel", "-q", "init", "-D", "nofields", "-i", str(template), "-d", str(own_catalogs), "-l", "se"])
    if compiled:
        babel.run(["pybabel", "-q", "compile", "-D", "nofields", "-d", str(own_catalogs)])
    assert tasks_waiting(1, "se") == tasks_waiting(1, "nb")
    assert tasks_waiting(2, "se") == tasks_waiting(2, "nb")
    assert message("ERROR_ITEMS_FEW", "se", min=2, count=2) == "Legg inn minst 2 verdier."
    assert "oppgaver som venter" in json.loads(bundle("se", "i18next"))["AFTER_COUNT_TEXT_two"]


ENTRIES = """
msgid "MODAL_CLOSE"
msgstr "Gidde"

msgid "AFTER_COUNT_TEXT"
msgid_plural "AFTER_COUNT_TEXT_PLURAL"
msgstr[0] "bargu"
msgstr[1] "barggut"
"""


def po(plural_forms: str = "nplurals=2; plural=(n != 1);", charset: str = "utf-8") -> bytes:
    head = f"Content-Type: text/plain; charset={charset}\\n", f"Plural-Forms: {plural_forms}\\n"
    return ('msgid ""\nmsgstr ""\n' + "".join(f'"{line}"\n' for line in head) + ENTRIES).encode()


def mo(plural_forms: str = "nplurals=2; plural=(n != 1);", charset: str = "utf-8", order: str = "<") -> bytes:
    """A compiled catalog, also one that Babel would not write."""
    head = f"Content-Type: text/plain; charset={charset}\nPlural-Forms: {plural_forms}\n".encode()
    texts = {b"": head, b"AFTER_COUNT_TEXT\0AFTER_COUNT_TEXT_PLURAL": b"bargu\0barggut", b"MODAL_CLOSE": b"Gidde"}
    table, place = [], 28 + 16 * len(texts)
    for text in (*texts, *texts.values()):
        table += [len(text), place]
        place += len(text) + 1
    head = struct.pack(f"{order}7I", 0x950412DE, 0, len(texts), 28, 28 + 8 * len(texts), 0, 0)
    return head + struct.pack(f"{order}{len(table)}I", *table) + b"".join(text + b"\0" for text in (*texts, *texts.values()))


def overlapping() -> bytes:
    """A compiled catalog of 1000 texts, each of which is most of the file."""
    entry = struct.pack("<2I", 10_000, 28)
    return struct.pack("<7I", 0x950412DE, 0, 1000, 28, 28, 0, 0) + entry * 1000 + b"x" * 3000


def read_as(folder: Path, name: str, content: bytes) -> Catalog:
    """The catalog of Northern Sámi that a file holds."""
    file = folder / "se" / "LC_MESSAGES" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    (catalog,) = catalogs.PROCESS_WIDE.layers("se")
    return catalog


PLURAL_FORMS = [
    "nplurals=999999999; plural=0;",
    "nplurals=7; plural=0;",
    "nplurals=0; plural=0;",
    "nplurals=-1; plural=0;",
    f"nplurals={'9' * 5000}; plural=0;",
    "nplurals=x; plural=0;",
    "nplurals=2; plural=n%0;",
    "nplurals=2; plural=1/(n-100);",
    "nplurals=2; plural=1000000/n/1000000;",
    "nplurals=2; plural=n;",
    "nplurals=2; plural=0-1;",
    "nplurals=2; plural=;",
    "nplurals=2; plural=(n;",
    "nplurals=2; plural=n ? 1;",
    "nplurals=2; plural=n if n else n;",
    "nplurals=2; plural=__import__('os');",
    f"nplurals=2; plural={'(' * 400}n{')' * 400};",
    f"nplurals=2; plural={'n*' * 2000}n;",
    f"nplurals=2; plural={'n*' * 450}n;",
]
CHARSETS = ["xyz", "rot13", "undefined", "idna", "utf-16", "a b"]
BROKEN = {
    **{f"po {forms[:40]}": ("nofields.po", po(forms)) for forms in PLURAL_FORMS},
    **{f"mo {forms[:40]}": ("nofields.mo", mo(forms)) for forms in PLURAL_FORMS},
    **{f"po {charset}": ("nofields.po", po(charset=charset)) for charset in CHARSETS},
    **{f"mo {charset}": ("nofields.mo", mo(charset=charset)) for charset in CHARSETS if charset != "idna"},
    "mo plural forms": ("nofields.mo", mo("")),
    "mo without a formula": ("nofields.mo", mo("nplurals=2;")),
    "mo of half characters": ("nofields.mo", mo(charset="unicode_escape").replace(b"Gidde", b"\\udc0")),
    "mo overlapping": ("nofields.mo", overlapping()),
    "mo of too many": ("nofields.mo", struct.pack("<7I", 0x950412DE, 0, 2**32 - 1, 28, 28, 0, 0)),
    "po without a text": ("nofields.po", po() + b'msgid "RADIO_ERROR"\n'),
    "po of no keyword": ("nofields.po", po() + b"msg RADIO_ERROR\n"),
    "po with a third form of two": ("nofields.po", po() + b'msgstr[2] "x"\n'),
    "po with a form of no number": ("nofields.po", po() + b'msgstr[] "x"\n'),
    "po half": ("nofields.po", po()[:-20] + b"\xc3"),
}


@pytest.mark.parametrize(("name", "content"), BROKEN.values(), ids=BROKEN)
def test_broken_catalog(name: str, content: bytes, own_catalogs: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The error names the file, and nothing is printed."""
    with pytest.raises(CatalogError, match=rf"se.LC_MESSAGES.{name} cannot be read: ."):
        read_as(own_catalogs, name, content)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nofields.po", po()),
        ("nofields.po", po("nplurals=2; plural=(n != 1)").replace(b"\n", b"\r\n")),
        ("nofields.po", po() + b'#: a\xe2\x81\xa8b:1\n#~| msgid "x"\n#~ msgid "x"\n#~ msgstr "y"\n'),
        ("nofields.po", po() + b'# a remark\n#. another\n#| msgid "x"\n#, fuzzy\nmsgid "RADIO_ERROR"\nmsgstr "x"\n'),
        ("nofields.mo", mo()),
        ("nofields.mo", mo(order=">")),
    ],
)
def test_valid_catalog(name: str, content: bytes, own_catalogs: Path) -> None:
    """With comments of every kind, and compiled in either byte order."""
    catalog = read_as(own_catalogs, name, content)
    assert [catalog.lookup("AFTER_COUNT_TEXT", count) for count in (0, 1, 2, -1, 10**400)] == [
        "barggut",
        "bargu",
        "barggut",
        "bargu",
        "barggut",
    ]
    assert (catalog.lookup("MODAL_CLOSE"), catalog.lookup("RADIO_ERROR")) == ("Gidde", None)


def test_catalog_without_charset(own_catalogs: Path) -> None:
    """It is read as ASCII."""
    without = mo().replace(b"Content-Type", b"X-Other-Type")
    assert read_as(own_catalogs, "nofields.mo", without).lookup("MODAL_CLOSE") == "Gidde"
    with pytest.raises(CatalogError, match="ascii"):
        read_as(own_catalogs, "nofields.mo", without.replace(b"Gidde", b"Gi\xc3\xa1e"))


def test_failing_plural_formula(own_catalogs: Path) -> None:
    """The error occurs when that count is rendered, and names the catalog."""
    catalog = read_as(own_catalogs, "nofields.mo", mo("nplurals=2; plural=n==1234567 ? 1/(n-1234567) : n==7654321 ? 9 : 0;"))
    assert catalog.lookup("AFTER_COUNT_TEXT", 5) == "bargu"
    for count in (1234567, 7654321):
        with pytest.raises(CatalogError, match=r"nofields\.mo cannot be read: its plural formula"):
            catalog.lookup("AFTER_COUNT_TEXT", count)


def compiled_by_babel() -> bytes:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(po()), locale="se"))
    return compiled.getvalue()


SOUND = {"nofields.po": po(), "nofields.mo": compiled_by_babel()}
PIECES = st.binary(max_size=6) | st.sampled_from(
    [
        b"nplurals=",
        b"plural=",
        b"charset=",
        b"msgid ",
        b"msgstr[1] ",
        b'"',
        b"\\n",
        b"\n",
        b"n%0",
        b"9999999999",
        b"\0",
        b"\xff\xff\xff\xff",
    ]
)


def error_of(name: str, content: bytes) -> str:
    """The error of a catalog with some content, on reading it and on rendering counts; empty if there is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "is_file", lambda file: file.name == name)
        patch.setattr(Path, "read_bytes", lambda _: content)
        try:
            catalog = read_catalog(Path("own"), "se")
            assert catalog is not None
            for text in (catalog.lookup("AFTER_COUNT_TEXT", count) for count in (0, 1, 2, 5, 10**6 + 1)):
                (text or "").encode()
        except CatalogError as error:
            return str(error)
    return ""


@given(st.sampled_from([*SOUND]), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 8), PIECES), max_size=6))
def test_any_content(name: str, changes: list[tuple[int, int, bytes]]) -> None:
    """Whatever the content of a file, it is read, or the error names it."""
    content = SOUND[name]
    for place, length, piece in changes:
        content = content[:place] + piece + content[place + length :]
    assert name in (error_of(name, content) or name)
