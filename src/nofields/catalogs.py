"""Opens the gettext catalogs: a project's own in front of nofields', and behind both the bokmål one.

A project adds or overrides texts, or a language, with a folder of its own, laid out as ``locales/``:
``{language}/LC_MESSAGES/nofields.po`` (or ``.mo``). ``NOFIELDS_LOCALES`` names it, or :func:`add`. A region has no say:
``nb_NO`` is read as ``nb``.
"""

from __future__ import annotations

import gettext
import os
import struct
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from nofields.keys import Key

DOMAIN = "nofields"
LANGUAGES = ("nb", "nn", "en")
DEFAULT = "nb"
VARIABLE = "NOFIELDS_LOCALES"

#: Where ``locales/`` lies: inside the installed package, or at the top of a checkout that is installed editable.
ROOTS = (Path(__file__).parent / "locales", Path(__file__).parents[2] / "locales")

_added: list[Path] = []


class CatalogError(Exception):
    """A catalog that cannot be read; the text names its file. No ``ValueError``: pydantic would take it for the value's."""


class Catalog(gettext.GNUTranslations):
    """One catalog, asked only for what it has itself."""

    def itself(self, key: str, count: int | None = None) -> str | None:
        """The text of a key, in the plural form for a count if one is given."""
        texts: dict[str | tuple[str, int], str] = self._catalog  # type: ignore[attr-defined]
        return texts.get(key if count is None else (key, self.plural(count)))  # type: ignore[attr-defined]


class Texts(tuple[Catalog, ...]):
    """Catalogs one behind the other: the first that has a text says it."""

    def text(self, key: str, count: int | None = None) -> str:
        """The text of a key, in the plural form for a count if one is given; the key itself where there is none.

        A text that is a key is none either: Babel compiles plurals without a translation to their keys.
        """
        found = (catalog.itself(key, count) for catalog in self)
        return next((text for text in found if text is not None and text not in Key.__members__), key)


def add(folder: str | Path) -> None:
    """Puts a project's catalogs in front of nofields' and of those added before; raises ``FileNotFoundError``."""
    if not any(Path(folder).glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o")):
        raise FileNotFoundError(f"no {{language}}/LC_MESSAGES/{DOMAIN}.po in {folder}")
    _added.insert(0, Path(folder))
    languages.cache_clear()
    catalog.cache_clear()


@cache
def languages() -> tuple[str, ...]:
    """The languages there are: nofields' own, then those that a project adds."""
    found = (catalog.parent.parent.name for folder in _folders() for catalog in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o"))
    return tuple(dict.fromkeys([*LANGUAGES, *sorted(name.partition("_")[0] for name in found)]))


@cache
def catalog(language: str) -> Texts:
    """The texts of ``language``, one of :func:`languages`; what it lacks is looked up in bokmål."""
    return Texts([*layers(language), *(() if language == DEFAULT else catalog(DEFAULT))])


def layers(language: str) -> list[Catalog]:
    """The catalogs of ``language`` itself, a project's own first."""
    if language not in languages():
        raise LookupError(f"no catalog for {language!r}; there is {', '.join(languages())}")
    added = [read for folder in _folders() if (read := _read(folder, language))]
    return added + ([own_catalog(language)] if language in LANGUAGES else [])


@cache
def own_catalog(language: str) -> Catalog:
    """nofields' own texts of one of its languages, and no others."""
    for root in ROOTS:
        if read := _read(root, language):
            return read
    raise FileNotFoundError(f"nofields was installed without its {language} catalog: install it again")


def locales_file(name: str) -> Path:
    """The path of a file in ``locales/``, in whichever of the two places it lies."""
    for root in ROOTS:
        if (root / name).is_file():
            return root / name
    raise FileNotFoundError(f"nofields was installed without locales/{name}: install it again")


def _folders() -> Iterator[Path]:
    yield from _added
    yield from (Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name)


def _read(root: Path, language: str) -> Catalog | None:
    """The catalog of a language under a folder: compiled, or as fresh as its PO file."""
    named = (root / language, *sorted(root.glob(f"{language}_*")))
    folder = next(filter(Path.is_dir, named), root) / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    file = next(filter(Path.is_file, (compiled, source)), None)
    if file is None:
        return None
    try:
        return Catalog(BytesIO(file.read_bytes()) if file == compiled else _compile(file, language))
    except (OSError, ValueError, struct.error) as error:  # ValueError is also what Babel and gettext find in half a file
        raise CatalogError(f"{file} cannot be read: {error}") from error


def _compile(source: Path, language: str) -> BytesIO:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))  # without one, Babel leaves out what the file says of plurals
    compiled.seek(0)
    return compiled
