"""Message bundles in the forms that frontends' own libraries read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from nofields.check import compile_rule
from nofields.fields import ALL, AltinnPassword
from nofields.keys import Key, Phrase
from nofields.languages import cldr
from nofields.messages import PLACEHOLDER, PLURALS, documented, message, template

#: CLDR's plural categories, in CLDR's order.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: The parameter that chooses a plural form.
COUNT = "count"


class Format(StrEnum):
    """The forms of a bundle."""

    JSON = "json"  #: plain texts, parameters filled in with the documented values
    I18NEXT = "i18next"  #: i18next v4: {{max}}, KEY_one and KEY_other
    ICU = "icu"  #: ICU MessageFormat, for react-intl and next-intl
    VUE = "vue"  #: vue-i18n: one | other, its own syntax escaped
    ALTINN = "altinn"  #: Altinn Studio's text resources


def bundle(language: str, form: Format = Format.JSON, *, own: bool = False) -> str:
    """The texts of a language as JSON text: the documented keys in documented order, then nofields' ``own``."""
    keys: list[str] = [*Key, *(Phrase if own else ())]
    return _written(_FORMS[form](keys, language))


def verbatim() -> str:
    """The documented bundle, unusable texts and all."""
    return _written(documented())


def replaced() -> list[str]:
    """The keys whose documented text is no message, so that a bundle has another."""
    return [key for key, text in documented().items() if text in ("", key)]


def plural_samples(language: str) -> dict[str, int]:
    """A count for each plural category (CLDR) of a language: ``{"one": 1, "other": 0}``."""
    category: Callable[[int], str] = cldr(language).plural_form
    samples: dict[str, int] = {}
    for count in range(200):
        samples.setdefault(category(count), count)
    return {each: samples[each] for each in CATEGORIES if each in samples}


def _plain(keys: list[str], language: str) -> dict[str, str]:
    return {key: message(key, language, **_params().get(key, {})) for key in keys}


@cache
def _params() -> Mapping[str, Mapping[str, Any]]:
    """The parameters of own keys that belong to one field: its hint, and what is asked of a password."""
    hints = {str(field.hint): compile_rule(field.rule).params for field in ALL if field.hint}
    password = compile_rule(AltinnPassword.rule).params
    return hints | {key: password for key in Phrase if key.startswith("PASSWORD_")}


def _i18next(keys: list[str], language: str) -> dict[str, str]:
    """Placeholders in two braces; a key with plural forms is a key for each besides, which a count chooses among."""
    texts: dict[str, str] = {}
    for key in keys:
        texts[key] = template(key, language)
        if key in PLURALS:
            texts |= {f"{key}_{category}": text for category, text in _forms(key, language).items()}
    return {key: PLACEHOLDER.sub(r"{{\1}}", text) for key, text in texts.items()}


def _icu(keys: list[str], language: str) -> dict[str, str]:
    def entry(key: str) -> str:
        if key not in PLURALS:
            return _around_parameters(template(key, language), lambda text: _quoted(text, "{}<>"))
        texts = _forms(key, language).items()
        forms = ((category, _around_parameters(text, lambda part: _quoted(part, "{}<>#"))) for category, text in texts)
        return f"{{{COUNT}, plural, {' '.join(f'{category} {{{text}}}' for category, text in forms)}}}"

    return {key: entry(key) for key in keys}


def _quoted(text: str, syntax: str) -> str:
    """Text as ICU reads it: what is syntax to it in apostrophes, an apostrophe twice."""

    def quoted(run: re.Match[str]) -> str:
        doubled = run[0].replace("'", "''")
        return f"'{doubled}'" if set(run[0]) - {"'"} else doubled

    return re.sub(f"[{re.escape(syntax)}']+", quoted, text)


def _around_parameters(text: str, escaped: Callable[[str], str]) -> str:
    """A text with its parameters as they are, and all else escaped."""
    parts = PLACEHOLDER.split(text)
    return "".join(f"{{{part}}}" if place % 2 else escaped(part) for place, part in enumerate(parts))


def _vue(keys: list[str], language: str) -> dict[str, str]:
    """The plural forms in the order of CLDR's categories."""

    def escaped(text: str) -> str:
        return _around_parameters(text, lambda part: re.sub("[@|${}]", r"{'\g<0>'}", part))

    def entry(key: str) -> str:
        if key in PLURALS:
            return " | ".join(escaped(text) for text in _forms(key, language).values())
        return escaped(template(key, language))

    return {key: entry(key) for key in keys}


def _altinn(keys: list[str], language: str) -> dict[str, Any]:
    texts = _plain(keys, language)
    return {"language": language, "resources": [{"id": key, "value": text} for key, text in texts.items()]}


_FORMS: Mapping[Format, Callable[[list[str], str], Mapping[str, Any]]] = {
    Format.JSON: _plain,
    Format.I18NEXT: _i18next,
    Format.ICU: _icu,
    Format.VUE: _vue,
    Format.ALTINN: _altinn,
}


def _forms(key: str, language: str) -> dict[str, str]:
    """The plural forms of a key by CLDR category."""
    return {category: template(key, language, count) for category, count in plural_samples(language).items()}


def _written(texts: Mapping[str, Any]) -> str:
    return json.dumps(texts, ensure_ascii=False, indent=2) + "\n"
