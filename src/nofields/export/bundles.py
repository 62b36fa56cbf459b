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
from nofields.messages import PLACEHOLDER, PLURALS, documented, message, template

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
    from babel import Locale

    category: Callable[[int], str] = Locale(language).plural_form
    samples: dict[str, int] = {}
    for count in range(200):
        samples.setdefault(category(count), count)
    return dict(sorted(samples.items(), key=lambda sample: sample[0] == "other"))


def _plain(keys: list[str], language: str) -> dict[str, str]:
    return {key: message(key, language, **_params().get(key, {})) for key in keys}


@cache
def _params() -> Mapping[str, Mapping[str, Any]]:
    """The parameters of own keys that belong to one field: its hint, and what is asked of a password."""
    hints = {str(field.hint): compile_rule(field.rule).params for field in ALL if field.hint}
    password = compile_rule(AltinnPassword.rule).params
    return hints | {key: password for key in Phrase if key.startswith("PASSWORD_")}


def _i18next(keys: list[str], language: str) -> dict[str, str]:
    """Placeholders in two braces; a key with plural forms is a key for each."""
    texts: dict[str, str] = {}
    for key in keys:
        if key in PLURALS:
            texts |= {f"{key}_{category}": text for category, text in _forms(key, language).items()}
        else:
            texts[key] = template(key, language)
    return {key: PLACEHOLDER.sub(r"{{\1}}", text) for key, text in texts.items()}


def _icu(keys: list[str], language: str) -> dict[str, str]:
    def quoted(text: str) -> str:
        return re.sub("[<>]", r"'\g<0>'", text.replace("'", "''"))

    def entry(key: str) -> str:
        if key not in PLURALS:
            return quoted(template(key, language))
        texts = {category: quoted(text).replace("#", "'#'") for category, text in _forms(key, language).items()}
        forms = " ".join(f"{category} {{{text}}}" for category, text in texts.items())
        return f"{{{COUNT}, plural, {forms}}}"

    return {key: entry(key) for key in keys}


def _vue(keys: list[str], language: str) -> dict[str, str]:
    def escaped(text: str) -> str:
        return re.sub("[@|$]", r"{'\g<0>'}", text)

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
