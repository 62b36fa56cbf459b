"""Open the gettext catalogs: a project's own first, then nofields', then the bokmål ones.

A project adds or overrides texts, or a language, with a folder laid out like ``locales/``:
``{language}/LC_MESSAGES/nofields.po`` (or ``.mo``). ``NOFIELDS_LOCALES`` lists such folders, or
:func:`add` is called with one. Regions are ignored: ``nb_NO`` is read as ``nb``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from nofields.catalog_file import DOMAIN, Catalog, read_catalog
from nofields.catalog_file import CatalogError as CatalogError
from nofields.keys import Key

DEFAULT = "nb"
#: A project's own message catalogs, which take precedence over nofields' own.
#:
#: Values: one or more folders with ``{language}/LC_MESSAGES/nofields.po`` or ``.mo``, separated as in ``PATH``.
#:
#: Default: none.
#:
#: Read by: everything that shows a text, once for each language, and ``nofields messages lint``.
VARIABLE = "NOFIELDS_LOCALES"

#: Where ``locales/`` is: inside an installed package, or at the top of an editable checkout.
ROOTS = (Path(__file__).parent / "locales", Path(__file__).parents[2] / "locales")


def _languages_in(folders: Iterable[Path]) -> set[str]:
    catalogs = (file for folder in folders for file in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o"))
    return {file.parent.parent.name.partition("_")[0] for file in catalogs}


#: The bundled languages: the folders of ``locales/``, the two Norwegian ones first.
LANGUAGES = tuple(dict.fromkeys([DEFAULT, *sorted(_languages_in(ROOTS), key=lambda name: (name != "nn", name))]))

_added: list[Path] = []


class Texts(tuple[Catalog, ...]):
    """Catalogs in order of precedence."""

    def text(self, key: str, count: int | None = None) -> str:
        """Return the first text of a key, in the plural form for a count if one is given.

        The key itself is returned if there is no text. A text that is a documented key counts as
        missing: Babel compiles plurals without a translation to their keys.
        """
        for catalog in self:
            text = catalog.lookup(key, count)
            if text is not None and text not in Key.__members__:
                return text
        return key


def add(folder: str | Path) -> None:
    """Add a project's catalogs. They take precedence over nofields' and over those added before.

    Args:
        folder: A folder with ``{language}/LC_MESSAGES/nofields.po`` or ``.mo``.

    Raises:
        FileNotFoundError: The folder has no such file.
    """
    if not _languages_in([Path(folder)]):
        raise FileNotFoundError(f"no {{language}}/LC_MESSAGES/{DOMAIN}.po in {folder}")
    _added.insert(0, Path(folder))
    languages.cache_clear()
    catalog.cache_clear()


@cache
def languages() -> tuple[str, ...]:
    """Return all languages: the bundled ones, then those that a project adds."""
    return tuple(dict.fromkeys([*LANGUAGES, *sorted(_languages_in(_folders()))]))


@cache
def catalog(language: str) -> Texts:
    """Return the texts of a language, with bokmål as the fallback.

    Raises:
        LookupError: ``language`` is not one of :func:`languages`.
        CatalogError: A catalog cannot be read.
        FileNotFoundError: The installation lacks a bundled catalog.
    """
    return Texts([*layers(language), *(() if language == DEFAULT else catalog(DEFAULT))])


def layers(language: str) -> list[Catalog]:
    """Return the catalogs of a language without the fallback, a project's own first.

    Raises the errors of :func:`catalog`.
    """
    if language not in languages():
        raise LookupError(f"no catalog for {language!r}; there is {', '.join(languages())}")
    added = [read for folder in _folders() if (read := read_catalog(folder, language))]
    return added + ([own_catalog(language)] if language in LANGUAGES else [])


@cache
def own_catalog(language: str) -> Catalog:
    """Return the catalog that nofields bundles for a language."""
    for root in ROOTS:
        if read := read_catalog(root, language):
            return read
    raise FileNotFoundError(f"nofields was installed without its {language} catalog: install it again")


def locales_file(name: str) -> Path:
    """Return the path of a file in ``locales/``; raise ``FileNotFoundError`` if it is missing."""
    for root in ROOTS:
        if (root / name).is_file():
            return root / name
    raise FileNotFoundError(f"nofields was installed without locales/{name}: install it again")


def _folders() -> Iterator[Path]:
    yield from _added
    yield from (Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name)
