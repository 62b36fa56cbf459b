"""The sdist and the wheels contain the texts, and a checkout reads its PO files. tests/test_build.py has the C extension."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from helpers.building import build, build_elsewhere, digests, wheels
from nofields import __version__, catalogs, message
from nofields.catalogs import LANGUAGES, locales_file

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return its output; fail with its errors if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and with the wheels that were built from it."""
    missing = [name for name in ("build", "hatchling", "babel", "setuptools") if importlib.util.find_spec(name) is None]
    assert not missing, f"to build the package: python -m pip install {' '.join(missing)}"
    target = tmp_path_factory.mktemp("dist")
    build(ROOT, target, "--no-isolation")
    return target


@pytest.fixture(scope="module", params=["native", "plain"])
def wheel(dist: Path, request: pytest.FixtureRequest) -> Path:
    native, plain = wheels(dist)
    return native if request.param == "native" else plain


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment in which the wheel is installed; its dependencies are borrowed."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home, symlinks=True, with_pip=False)
    paths = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})
    site, python = Path(paths["purelib"]), home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet"]
    run(*pip, "--disable-pip-version-check", wheel, cwd=home)
    # A folder named in a .pth file is searched last, and .pth files in it, such as that of the checkout, are not read.
    (site / "borrowed.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n", encoding="utf-8")
    return python


def test_reproducible(dist: Path, tmp_path: Path) -> None:
    """A second build, from the sdist and in other surroundings, has the same bytes."""
    build_elsewhere(dist, tmp_path / "source", tmp_path / "dist", "--no-isolation")
    assert digests(tmp_path / "dist") == digests(dist)


DIST_INFO = f"nofields-{__version__}.dist-info"


def distribution(wheel: Path) -> metadata.Distribution:
    """The metadata of a wheel."""
    return metadata.PathDistribution(zipfile.Path(zipfile.ZipFile(wheel), f"{DIST_INFO}/"))


def test_wheel_contents(wheel: Path) -> None:
    """Compiled catalogs, the template, the documented texts, the postal codes and py.typed."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for language in LANGUAGES:
        assert f"nofields/locales/{language}/LC_MESSAGES/nofields.mo" in names
    assert {"nofields/locales/documented.nb.json", "nofields/locales/nofields.pot"} <= names
    assert {"nofields/data/postal_codes.tsv", "nofields/py.typed"} <= names
    assert not [name for name in names if name.endswith(".po") or name.startswith("tests/")]


def test_wheel_files(wheel: Path) -> None:
    """Every module, template and static file of the checkout."""
    names = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    files = [path for kind in ("py", "html", "css", "js") for path in source.rglob(f"*.{kind}")]
    assert {path.relative_to(source).as_posix() for path in files} <= names


def test_licence(wheel: Path) -> None:
    """The metadata name the licence by its SPDX identifier, and the file with its text."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"{DIST_INFO}/licenses/LICENSE")
    about = distribution(wheel).metadata
    assert (about["License-Expression"], about.get_all("License-File")) == ("MIT", ["LICENSE"])
    assert text == (ROOT / "LICENSE").read_bytes()


def test_sdist_contents(dist: Path) -> None:
    """The PO files, the template, the build hook, the C sources, and what the tests need."""
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for language in LANGUAGES:
        assert f"locales/{language}/LC_MESSAGES/nofields.po" in names
    assert {"locales/nofields.pot", "locales/documented.nb.json", "hatch_build.py", "tests/published_numbers.csv"} <= names
    assert {"conftest.py", "docs/conf.py", "hatch_native.py"} <= names
    assert {f"src/native/{file.name}" for file in (ROOT / "src" / "native").iterdir()} <= names
    assert not [name for name in names if name.endswith((".so", ".pyd"))]


TOUR = """
import nofields, pathlib
from nofields import message_templates
from nofields.catalogs import locales_file
print(pathlib.Path(nofields.__file__).parent)
print(locales_file("nn/LC_MESSAGES/nofields.mo").parents[3])
for language in ("nb", "nn", "en"):
    print(nofields.OrganisationNumber.problem("974760674").message(language))
print(nofields.PostalCode("0357").place)
print(message_templates.documented()["MODAL_CLOSE"], message_templates.DOCUMENTED_PARAMS["SSN_ERROR"]["digits"])
"""


def test_installed_wheel(installed: Path, tmp_path: Path) -> None:
    """It reads its texts, postal codes and documented bundle from its own files."""
    package, texts, nb, nn, en, place, documented = run(installed, "-I", "-c", TOUR, cwd=tmp_path).splitlines()
    assert package == texts
    assert Path(package).is_relative_to(installed.parents[1])
    assert nb == "Skriv inn et gyldig organisasjonsnummer (9 siffer)."
    assert nn == "Skriv inn eit gyldig organisasjonsnummer (9 siffer)."
    assert en == "Enter a valid organisation number (9 digits)."
    assert (place, documented) == ("OSLO", "Lukk 11")


def test_version(dist: Path, installed: Path, tmp_path: Path) -> None:
    """The literal, the file names, the metadata and the command line have the same version."""
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    assert {path.name for path in dist.iterdir()} == {
        f"nofields-{__version__}.tar.gz",
        f"nofields-{__version__}-py3-none-any.whl",
        f"nofields-{__version__}-cp311-abi3-{platform}.whl",
    }
    script = "import nofields; from importlib.metadata import version; print(nofields.__version__, version('nofields'))"
    assert run(installed, "-I", "-c", script, cwd=tmp_path).split() == [__version__, __version__]
    assert run(installed, "-I", "-m", "nofields", "--version", cwd=tmp_path).strip() == __version__


def test_dependencies(wheel: Path) -> None:
    """Five runtime dependencies, all else in extras."""
    needs = distribution(wheel).requires or []
    required = {need.split(">")[0].strip() for need in needs if "extra ==" not in need}
    assert required == {"pydantic", "babel", "phonenumbers", "python-stdnum", "email-validator"}


def test_new_language(installed: Path, tmp_path: Path) -> None:
    """A translator's steps, with nothing but the installed package."""
    template = run(installed, "-I", "-m", "nofields", "messages", "template", cwd=tmp_path).strip()
    assert Path(template).is_relative_to(installed.parents[1])
    init = ["init", "-D", "nofields", "-i", template, "-d", "my-locales", "-l", "da"]
    run(installed, "-I", "-m", "babel.messages.frontend", *init, cwd=tmp_path)
    catalog = tmp_path / "my-locales" / "da" / "LC_MESSAGES" / "nofields.po"
    entry = 'msgid "MODAL_CLOSE"\nmsgstr "'
    catalog.write_text(catalog.read_text("utf-8").replace(entry, f"{entry}Luk"), "utf-8")
    script = "import nofields; nofields.catalogs.add('my-locales'); print(nofields.message('MODAL_CLOSE', 'da'))"
    assert run(installed, "-I", "-c", script, cwd=tmp_path) == "Luk\n"


def test_po_files() -> None:
    """An editable install has no compiled catalogs, and reads ``locales/`` at its top."""
    assert locales_file("nn/LC_MESSAGES/nofields.po") == ROOT / "locales" / "nn" / "LC_MESSAGES" / "nofields.po"
    with pytest.raises(FileNotFoundError, match="install it again"):
        locales_file("nn/LC_MESSAGES/nofields.mo")
    assert message("MODAL_CLOSE", "nn")


@pytest.mark.usefixtures("fresh_catalogs")
def test_changed_po_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed PO file is read without a build."""
    for language in LANGUAGES:
        inside = f"{language}/LC_MESSAGES/nofields.po"
        text = (ROOT / "locales" / inside).read_text("utf-8")
        entry = 'msgid "MODAL_CLOSE"\nmsgstr "'
        changed = text.replace(entry, f"{entry}Hei ")
        (tmp_path / inside).parent.mkdir(parents=True)
        (tmp_path / inside).write_text(changed, "utf-8")
    monkeypatch.setattr(catalogs, "ROOTS", (tmp_path,))
    assert all(message("MODAL_CLOSE", language).startswith("Hei ") for language in LANGUAGES)


@pytest.mark.usefixtures("fresh_catalogs")
def test_missing_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error, rather than keys in place of texts."""
    monkeypatch.setattr(catalogs, "ROOTS", (tmp_path,))
    with pytest.raises(FileNotFoundError, match="install it again"):
        message("MODAL_CLOSE")
