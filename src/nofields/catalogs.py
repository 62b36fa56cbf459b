"""Open the gettext catalogs: a project's own first, then nofields', then the bokmål ones.

A project adds or overrides texts, or a language, with a folder laid out like ``locales/``:
``{language}/LC_MESSAGES/nofields.po`` (or ``.mo``). ``NOFIELDS_LOCALES`` lists such folders, or
:func:`add` is called with one. Regions are ignored: ``nb_NO`` is read as ``nb``.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from nofields.keys import Key

DOMAIN = "nofields"
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

#: The most plural forms that CLDR has for any language; Arabic, Welsh and a few others have six.
_MAX_PLURALS = 6
_NPLURALS = re.compile(r"nplurals\s*=\s*([0-9]+)", re.ASCII)
#: The counts that a plural formula is tried with when its catalog is read. CLDR's rules depend on
#: the last three digits, and on whole thousands and millions.
_COUNTS = (*range(1000), *(10**power for power in range(3, 10)))
#: What a catalog's fallback returns: no message contains NUL.
_MISSING = "\0"


class CatalogError(Exception):
    """A catalog cannot be read. The message names its file.

    Not a ``ValueError``, which pydantic would report as an error of the validated value.
    """


class _Fallback(gettext.NullTranslations):
    """Mark missing texts, which gettext itself replaces by their keys."""

    def gettext(self, message: str) -> str:
        return _MISSING

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _MISSING


class Catalog(gettext.GNUTranslations):
    """The texts of one file, without any fallback on other catalogs."""

    #: The number of the plural form for a count; set by ``GNUTranslations``.
    plural: Callable[[int], int]

    def __init__(self, content: bytes, file: Path) -> None:
        """Read a compiled catalog; raise an exception of any kind if it is broken."""
        texts = _translations(content)
        super().__init__(BytesIO(content))
        self.add_fallback(_Fallback())
        self._file = file
        self._plurals = _number_of_plurals(self.info().get("plural-forms"))
        for count in _COUNTS:
            self._check_plural(count)
        for text in texts:
            text.decode(self.charset() or "ascii").encode()  # some codecs decode to lone surrogates

    def lookup(self, key: str, count: int | None = None) -> str | None:
        """Return the text of a key, in the plural form for a count if one is given.

        Returns:
            The text, or ``None`` if this catalog has none.

        Raises:
            CatalogError: The plural formula fails for the count.
        """
        if count is None:
            text = self.gettext(key)
        else:
            self._check_plural(count)
            text = self.ngettext(key, key, abs(count))
        return None if text == _MISSING else text

    def _check_plural(self, count: int) -> None:
        try:
            form = self.plural(abs(count))  # CLDR's rules use the absolute value
        except ArithmeticError as error:
            raise _unreadable(self._file, "its plural formula divides by zero") from error
        if not 0 <= form < self._plurals:
            raise _unreadable(self._file, f"its plural formula gives a form outside 0 to {self._plurals - 1}")


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
    added = [read for folder in _folders() if (read := _read(folder, language))]
    return added + ([own_catalog(language)] if language in LANGUAGES else [])


@cache
def own_catalog(language: str) -> Catalog:
    """Return the catalog that nofields bundles for a language."""
    for root in ROOTS:
        if read := _read(root, language):
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


def _read(root: Path, language: str) -> Catalog | None:
    """Read the catalog of a language from a folder; a compiled one takes precedence over its PO file."""
    named = (root / language, *sorted(root.glob(f"{language}_*")))
    folder = next(filter(Path.is_dir, named), root) / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    file = next(filter(Path.is_file, (compiled, source)), None)
    if file is None:
        return None
    try:
        content = file.read_bytes()
        return Catalog(content if file == compiled else _compile(BytesIO(content), language), file)
    except CatalogError:
        raise
    except (OSError, ValueError, struct.error) as error:
        raise _unreadable(file, str(error)) from error
    except Exception as error:  # Babel, gettext and codecs raise anything for a broken file
        raise _unreadable(file, f"{type(error).__name__}: {error}") from error


def _unreadable(file: Path, why: str) -> CatalogError:
    return CatalogError(f"{file} cannot be read: {' '.join(why.split())}")  # Babel's messages have line ends


def _compile(lines: Iterable[bytes], language: str) -> bytes:
    """Compile a PO file, without locations and obsolete entries: neither can make it unreadable."""
    from babel.messages import catalog, mofile, pofile

    class BoundedCatalog(catalog.Catalog):
        """Babel makes as many texts of each message as the file claims to have plural forms."""

        @property
        def num_plurals(self) -> int:
            return _checked_plurals(super().num_plurals)

    read = BoundedCatalog(locale=language)  # without a locale, Babel ignores the file's Plural-Forms
    used = (line for line in lines if not line.lstrip().startswith((b"#:", b"#~")))
    pofile.PoFileParser(read, abort_invalid=True).parse(used)  # otherwise Babel prints errors and goes on
    compiled = BytesIO()
    mofile.write_mo(compiled, read)
    return compiled.getvalue()


def _translations(content: bytes) -> list[bytes]:
    """Return the encoded texts of a compiled catalog.

    Raises ``ValueError`` if texts overlap: a small file could then fill the memory.
    """
    order = ">" if content.startswith(b"\x95") else "<"
    count, *offsets = struct.unpack_from(f"{order}8x3I", content)
    keys, texts = (struct.unpack_from(f"{order}{2 * count}I", content, offset) for offset in offsets)
    if any(sum(table[::2]) > len(content) for table in (keys, texts)):
        raise ValueError("it is shorter than its texts")
    return [content[start : start + length] for length, start in zip(texts[::2], texts[1::2])]


def _number_of_plurals(header: str | None) -> int:
    """Return the number of plural forms in the header ``Plural-Forms``; without it gettext assumes two."""
    if header is None:
        return 2
    if (match := _NPLURALS.search(header)) is None:
        raise ValueError("its header does not give the number of plural forms")
    return _checked_plurals(int(match[1]))


def _checked_plurals(number: int) -> int:
    if not 1 <= number <= _MAX_PLURALS:
        raise ValueError(f"it claims {number} plural forms; languages have 1 to {_MAX_PLURALS}")
    return number
