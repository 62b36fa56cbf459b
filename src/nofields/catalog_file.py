"""Read one gettext catalog: a compiled one, or a PO file, which is compiled in memory.

Catalogs are untrusted: a broken file, or one that would fill the memory, raises :class:`CatalogError`.
"""

from __future__ import annotations

import gettext
import re
import struct
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

DOMAIN = "nofields"

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
        keys, texts = _messages(content)
        super().__init__(BytesIO(content))
        self.add_fallback(_Fallback())
        self._file = file
        self._plurals = _number_of_plurals(self.info().get("plural-forms"))
        for count in _COUNTS:
            self._check_plural(count)
        for text in texts:
            text.decode(self.charset() or "ascii").encode()  # some codecs decode to lone surrogates
        decoded = (key.partition(b"\0")[0].decode(self.charset() or "ascii") for key in keys)
        #: The keys that it has texts for, without those of plural forms.
        self.keys = tuple(key for key in decoded if key)

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
            if text == _MISSING:  # a project's text without plural forms
                text = self.gettext(key)
        return None if text == _MISSING else text

    def _check_plural(self, count: int) -> None:
        try:
            form = self.plural(abs(count))  # CLDR's rules use the absolute value
        except ArithmeticError as error:
            raise _unreadable(self._file, "its plural formula divides by zero") from error
        if not 0 <= form < self._plurals:
            raise _unreadable(self._file, f"its plural formula gives a form outside 0 to {self._plurals - 1}")


def read_catalog(root: Path, language: str) -> Catalog | None:
    """Read the catalog of a language from a folder; a compiled one takes precedence over its PO file.

    Returns:
        The catalog, or ``None`` if the folder has none.

    Raises:
        CatalogError: The file cannot be read.
    """
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
        """A catalog with a limited number of plural forms, since Babel creates a text for each in every message."""

        @property
        def num_plurals(self) -> int:
            return _checked_plurals(super().num_plurals)

    read = BoundedCatalog(locale=language)  # without a locale, Babel ignores the file's Plural-Forms
    used = (line for line in lines if not line.lstrip().startswith((b"#:", b"#~")))
    pofile.PoFileParser(read, abort_invalid=True).parse(used)  # otherwise Babel prints errors and goes on
    compiled = BytesIO()
    mofile.write_mo(compiled, read)
    return compiled.getvalue()


def _messages(content: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the encoded keys and texts of a compiled catalog.

    Raises ``ValueError`` if texts overlap: a small file could then fill the memory.
    """
    order = ">" if content.startswith(b"\x95") else "<"
    count, *offsets = struct.unpack_from(f"{order}8x3I", content)
    keys, texts = (struct.unpack_from(f"{order}{2 * count}I", content, offset) for offset in offsets)
    if any(sum(table[::2]) > len(content) for table in (keys, texts)):
        raise ValueError("it is shorter than its texts")
    found = ([content[start : start + length] for length, start in zip(table[::2], table[1::2])] for table in (keys, texts))
    return next(found), next(found)


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
