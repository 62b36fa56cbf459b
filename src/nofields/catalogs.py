"""Opens the gettext catalogs: a project's own in front of nofields', and behind both the bokmål one.

A project adds or overrides texts, or a language, with a folder of its own, laid out as ``locales/``:
``{language}/LC_MESSAGES/nofields.po`` (or ``.mo``). ``NOFIELDS_LOCALES`` names it, or :func:`add`. A region has no say:
``nb_NO`` is read as ``nb``.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
from collections.abc import Iterable, Iterator
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

#: No language has more plural forms (CLDR: Arabic, Welsh and a few others have six).
_MOST_FORMS = 6
_NPLURALS = re.compile(r"nplurals\s*=\s*([0-9]+)", re.ASCII)
#: The counts for which a plural formula is evaluated as its catalog is read: CLDR's rules look at the last
#: three digits, and at whole thousands and millions.
_COUNTS = (*range(1000), *(10**power for power in range(3, 10)))


class CatalogError(Exception):
    """A catalog that cannot be read; the text names its file. No ``ValueError``: pydantic would take it for the value's."""


class Catalog(gettext.GNUTranslations):
    """One catalog, asked only for what it has itself. ``file`` is where it comes from."""

    def __init__(self, content: bytes, file: Path) -> None:
        """Read a compiled catalog; raise an exception of any kind if it is broken."""
        _check_tables(content)
        super().__init__(BytesIO(content))
        self._file = file
        self._forms = _forms_by(self.info().get("plural-forms"))
        for count in _COUNTS:
            self._form(count)
        "".join(self._catalog.values()).encode()  # type: ignore[attr-defined]  # some codecs make half characters

    def itself(self, key: str, count: int | None = None) -> str | None:
        """The text of a key, in the plural form for a count if one is given; raises :class:`CatalogError`."""
        texts: dict[str | tuple[str, int], str] = self._catalog  # type: ignore[attr-defined]
        return texts.get(key if count is None else (key, self._form(count)))

    def _form(self, count: int) -> int:
        """The number of a count's form. Plurals go by the absolute value (CLDR)."""
        try:
            form: int = self.plural(abs(count))  # type: ignore[attr-defined]
        except ArithmeticError as error:
            raise _unreadable(self._file, "its plural formula divides by zero") from error
        if not 0 <= form < self._forms:
            raise _unreadable(self._file, f"its plural formula gives another form than 0 to {self._forms - 1}")
        return form


class Texts(tuple[Catalog, ...]):
    """Catalogs one behind the other: the first that has a text says it."""

    def text(self, key: str, count: int | None = None) -> str:
        """Return the text of a key, in the plural form for a count if one is given; the key itself where there is none.

        A text that is a key counts as missing: Babel compiles plurals without a translation to their keys.
        """
        for catalog in self:
            text = catalog.itself(key, count)
            if text is not None and text not in Key.__members__:
                return text
        return key


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
        content = file.read_bytes()
        return Catalog(content if file == compiled else _compile(BytesIO(content), language), file)
    except CatalogError:
        raise
    except (OSError, ValueError, struct.error) as error:
        raise _unreadable(file, str(error)) from error
    except Exception as error:  # a broken file raises whatever Babel, gettext or a codec stumbles over
        raise _unreadable(file, f"{type(error).__name__}: {error}") from error


def _unreadable(file: Path, why: str) -> CatalogError:
    return CatalogError(f"{file} cannot be read: {why}")


def _compile(lines: Iterable[bytes], language: str) -> bytes:
    """The compiled form of a PO file. Locations and obsolete entries are left out: neither can make it unreadable."""
    from babel.messages import catalog, mofile, pofile

    class Bounded(catalog.Catalog):
        """Babel makes as many texts of each message as the file says that there are plural forms."""

        @property
        def num_plurals(self) -> int:
            return _bounded(super().num_plurals)

    read = Bounded(locale=language)  # without one, Babel leaves out what the file says of plurals
    used = (line for line in lines if not line.lstrip().startswith((b"#:", b"#~")))
    pofile.PoFileParser(read, abort_invalid=True).parse(used)  # or Babel prints what is wrong, and goes on
    compiled = BytesIO()
    mofile.write_mo(compiled, read)
    return compiled.getvalue()


def _check_tables(content: bytes) -> None:
    """Raise ``ValueError`` if texts overlap: they could fill the memory from a small file."""
    order = ">" if content.startswith(b"\x95") else "<"
    count, *tables = struct.unpack_from(f"{order}8x3I", content)
    for table in tables:
        lengths_and_places = struct.unpack_from(f"{order}{2 * count}I", content, table)
        if sum(lengths_and_places[::2]) > len(content):
            raise ValueError("it is shorter than its texts")


def _forms_by(header: str | None) -> int:
    """How many plural forms there are, by the header ``Plural-Forms``; gettext assumes two where there is none."""
    if header is None:
        return 2
    if (found := _NPLURALS.search(header)) is None:
        raise ValueError("its header does not say how many plural forms there are")
    return _bounded(int(found[1]))


def _bounded(forms: int) -> int:
    if not 1 <= forms <= _MOST_FORMS:
        raise ValueError(f"there are no {forms} plural forms: 1 to {_MOST_FORMS}")
    return forms
