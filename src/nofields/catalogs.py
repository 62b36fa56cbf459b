"""Opens the gettext catalogs: one per language, each falling back on bokmål."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

DOMAIN = "nofields"
LANGUAGES = ("nb", "nn", "en")
DEFAULT = "nb"

#: Where ``locales/`` lies: inside the installed package, or at the top of a checkout that is installed editable.
ROOTS = (Path(__file__).parent / "locales", Path(__file__).parents[2] / "locales")


@cache
def catalog(language: str) -> gettext.GNUTranslations:
    """The catalog of ``language``, one of ``LANGUAGES``; what it lacks is looked up in bokmål."""
    if language not in LANGUAGES:
        raise LookupError(f"no catalog for {language!r}; there is {', '.join(LANGUAGES)}")
    found = _open(language)
    if language != DEFAULT:
        found.add_fallback(catalog(DEFAULT))
    return found


def locales_file(name: str) -> Path:
    """The path of a file in ``locales/``, in whichever of the two places it lies."""
    for root in ROOTS:
        if (root / name).is_file():
            return root / name
    raise FileNotFoundError(f"nofields was installed without locales/{name}: install it again")


def _open(language: str) -> gettext.GNUTranslations:
    folder = f"{language}/LC_MESSAGES/{DOMAIN}"
    try:
        with locales_file(f"{folder}.mo").open("rb") as compiled:
            return gettext.GNUTranslations(compiled)
    except FileNotFoundError:
        return gettext.GNUTranslations(_compile(locales_file(f"{folder}.po")))


def _compile(source: Path) -> BytesIO:
    """The catalog of a checkout, which holds no compiled ones: always as fresh as its PO file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    compiled.seek(0)
    return compiled
