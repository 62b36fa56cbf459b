"""Open the gettext catalogs: a project's own first, then nofields', then the bokmål ones.

A project adds or overrides texts, or a language, with a folder laid out like ``locales/``:
``{language}/LC_MESSAGES/nofields.po`` (or ``.mo``). ``NOFIELDS_LOCALES`` lists such folders, or
:func:`add` is called with one, or an app is passed :class:`~nofields.catalogs.Catalogs` of its own. Regions are
ignored: ``nb_NO`` is read as ``nb``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from nofields.catalog_file import DOMAIN, Catalog, read_catalog
from nofields.catalog_file import CatalogError as CatalogError
from nofields.keys import Key
from nofields.required_texts import RequiredTexts
from nofields.required_texts import setting as required_setting

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


def _checked_folder(folder: str | Path) -> Path:
    if not _languages_in([Path(folder)]):
        raise FileNotFoundError(f"no {{language}}/LC_MESSAGES/{DOMAIN}.po in {folder}")
    return Path(folder)


class Texts(tuple[Catalog, ...]):
    """Catalogs in order of precedence.

    Attributes:
        by_field: Whether the message of an empty value is the field's.
    """

    by_field: bool

    def __new__(cls, catalogs: Iterable[Catalog], *, by_field: bool) -> Texts:
        texts = super().__new__(cls, catalogs)
        texts.by_field = by_field
        return texts

    # What is remembered by texts goes by the instance: the same catalogs may be read with another choice.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def text(self, *keys: str, count: int | None = None) -> str:
        """Return the first text of some keys, in the plural form for a count if one is given.

        A catalog's text of any of the keys takes precedence over the next catalog's. The last key
        is returned if there is no text. A text that is its key or a documented one counts as
        missing: Babel compiles plurals without a translation to their keys.
        """
        for catalog in self:
            for key in keys:
                text = catalog.lookup(key, count)
                if text is not None and text != key and text not in Key.__members__:
                    return text
        return keys[-1]


class Catalogs:
    """The texts of one app: its own, then nofields'.

    Pass it where two apps in one process have texts of their own; without it they share those of
    ``NOFIELDS_LOCALES`` and :func:`add`.

    Args:
        *folders: Folders with ``{language}/LC_MESSAGES/nofields.po`` or ``.mo``; the first takes precedence.
        required: Which message an empty value has: ``documented`` for "Feltet må fylles ut." in every field,
            ``field`` for one that names what to enter.

    Raises:
        FileNotFoundError: A folder has no such file.
        ValueError: ``required`` is neither.
    """

    def __init__(self, *folders: str | Path, required: Literal["documented", "field"] = "documented") -> None:
        self._folders = tuple(map(_checked_folder, folders))
        if required not in [*RequiredTexts]:
            raise ValueError(f"required={required!r} is not one of {', '.join(RequiredTexts)}")
        self._by_field = RequiredTexts(required) is RequiredTexts.FIELD
        self._languages: tuple[str, ...] | None = None
        self._texts: dict[str, Texts] = {}

    def languages(self) -> tuple[str, ...]:
        """Return all languages: the bundled ones, then those that the project adds."""
        if self._languages is None:
            self._languages = tuple(dict.fromkeys([*LANGUAGES, *sorted(_languages_in(self.folders()))]))
        return self._languages

    def catalog(self, language: str) -> Texts:
        """Return the texts of a language, with bokmål as the fallback.

        Raises:
            LookupError: ``language`` is not one of :meth:`languages`.
            CatalogError: A catalog cannot be read.
            FileNotFoundError: The installation lacks a bundled catalog.
        """
        if (texts := self._texts.get(language)) is None:
            fallback = () if language == DEFAULT else self.catalog(DEFAULT)
            texts = self._texts[language] = Texts([*self.layers(language), *fallback], by_field=self.is_by_field())
        return texts

    def layers(self, language: str) -> list[Catalog]:
        """Return the catalogs of a language without the fallback, the project's own first.

        Raises the errors of :meth:`catalog`.
        """
        if language not in self.languages():
            raise LookupError(f"no catalog for {language!r}; there is {', '.join(self.languages())}")
        return self.own_layers(language) + ([own_catalog(language)] if language in LANGUAGES else [])

    def own_layers(self, language: str) -> list[Catalog]:
        """Return the project's own catalogs of a language."""
        return [read for folder in self.folders() if (read := read_catalog(folder, language))]

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the project's own catalogs, sorted."""
        layers = (layer for language in self.languages() for layer in self.own_layers(language))
        return tuple(sorted({key for layer in layers for key in layer.keys}))

    def folders(self) -> tuple[Path, ...]:
        """Return the project's own folders, the first of which takes precedence."""
        return self._folders

    def is_by_field(self) -> bool:
        """Return whether the message of an empty value names what to enter."""
        return self._by_field


class _ProcessWide(Catalogs):
    """The catalogs that :func:`add` and ``NOFIELDS_LOCALES`` name, and the choice of ``NOFIELDS_REQUIRED``."""

    def add(self, folder: str | Path) -> None:
        self.restore((_checked_folder(folder), *self._folders))

    def restore(self, added: tuple[Path, ...]) -> None:
        """Set the added folders, and forget what was read."""
        self._folders, self._languages, self._texts = added, None, {}

    @property
    def added(self) -> tuple[Path, ...]:
        return self._folders

    def folders(self) -> tuple[Path, ...]:
        return (*self._folders, *(Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name))

    def is_by_field(self) -> bool:
        return required_setting() is RequiredTexts.FIELD


#: The catalogs of everything that is not passed its own.
PROCESS_WIDE = _ProcessWide()


def add(folder: str | Path) -> None:
    """Add a project's catalogs for the whole process. They take precedence over nofields' and those added before.

    Args:
        folder: A folder with ``{language}/LC_MESSAGES/nofields.po`` or ``.mo``.

    Raises:
        FileNotFoundError: The folder has no such file.
    """
    PROCESS_WIDE.add(folder)


def languages() -> tuple[str, ...]:
    """Return all languages of the process: the bundled ones, then those that a project adds."""
    return PROCESS_WIDE.languages()


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
