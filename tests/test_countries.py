"""Countries: codes by ISO 3166-1, names and order by the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from nofields import Country, catalogs


@pytest.mark.parametrize("code", ["NO", "SE", "SJ", "XK", "AX", "US"])
def test_countries(code: str) -> None:
    """A country's two letters are its value."""
    assert Country(code) == code


@pytest.mark.parametrize("code", ["no", "NOR", "ZZ", "EU", "UN", "XA", "QO", "001", "Norge"])
def test_no_countries(code: str) -> None:
    """Unions, test codes, names and small letters are rejected."""
    problem = Country.problem(code)
    assert problem is not None
    assert (problem.key, problem.reason) == ("DROPDOWN_ERROR", "choice")


@pytest.mark.parametrize(
    ("locale", "norway", "placeholder", "first", "last"),
    [("nb", "Norge", "Velg land", "AF", "AX"), ("nn", "Noreg", "Vel land", "AF", "AX"), ("en-GB", "Norway", None, "AF", "ZW")],
)
def test_in_the_readers_language(locale: str, norway: str, placeholder: str | None, first: str, last: str) -> None:
    """Names, placeholder and order are those of the language: Åland is last in Norwegian, and among the As in English."""
    options = Country.options(locale)
    assert dict(options)["NO"] == Country("NO").name_in(locale) == norway
    assert (options[0][0], options[-1][0]) == (first, last)
    assert placeholder in (None, Country.placeholder(locale))
    assert Country.placeholder(locale)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_option_is_a_country(locale: str) -> None:
    """There are 250 options, the 249 of ISO 3166-1 and Kosovo; each is valid and has a name of its own."""
    options = Country.options(locale)
    assert len(options) == len(dict(options)) == len({name for _, name in options}) == 250
    assert all(Country.is_valid(code) for code, _ in options)
    assert all(name == Locale(locale).territories[code] for code, name in options)


def test_norwegian_order() -> None:
    """Ø comes after Z, and accents do not count."""
    codes = [code for code, _ in Country.options("nb")]
    assert codes.index("ZW") < codes.index("AT") < codes.index("AX")  # Zimbabwe, Østerrike, Åland
    assert codes.index("SV") < codes.index("CI")  # El Salvador, Elfenbenskysten: a blank comes before letters


def test_every_language_of_babel_has_a_name_for_every_country(own_catalogs: Path) -> None:
    """CLDR lacks names in many languages, Northern Sámi among them; those are in bokmål."""
    languages = sorted({name.partition("_")[0] for name in locale_identifiers()})
    for language in languages:
        folder = own_catalogs / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "nofields.po").write_text('msgid "LABEL_COUNTRY"\nmsgstr "x"\n', "utf-8")
    assert set(languages) <= set(catalogs.languages())
    for language in languages:
        options = Country.options(language)
        assert len(options) == 250, language
        assert all(name for _, name in options), language
    assert dict(Country.options("se"))["IO"] == dict(Country.options("nb"))["IO"]
