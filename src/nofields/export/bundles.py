"""Message bundles in the formats that frontend libraries load."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from nofields.catalogs import PROCESS_WIDE, languages
from nofields.check import compile_rule
from nofields.fields import ALL, AltinnPassword
from nofields.keys import Key, Phrase, own_keys
from nofields.languages import cldr
from nofields.messages import PLACEHOLDER, documented, message, template
from nofields.plurals import COUNTED, PLURALS

#: CLDR's plural categories, in CLDR's order.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: The parameter that selects a plural form.
COUNT = "count"

#: Writes the texts of some keys in one language: the name of a file and its content.
Writer = Callable[[Sequence[str], str], tuple[str, str]]


def bundle(language: str, format: str = "json", *, own: bool = False) -> str:
    """Return the bundle of a language.

    Args:
        language: A catalog language, e.g. ``nn``.
        format: A name in :data:`FORMATS`.
        own: Whether nofields' own keys, and those of the project, follow the documented ones.
    """
    return FORMATS[format](_keys(own), language)[1]


def files(format: str = "json", *, own: bool = False) -> dict[str, str]:
    """Return the bundles of all languages, by file name; see :func:`bundle`."""
    return dict(FORMATS[format](_keys(own), language) for language in languages())


def verbatim() -> str:
    """Return the documented bundle with its flaws, as JSON."""
    return _json(documented())


def replaced() -> list[str]:
    """Return the keys whose documented text is unusable, so that bundles have another."""
    return [key for key, text in documented().items() if text in ("", key)]


def plural_samples(language: str) -> dict[str, int]:
    """Return one count for each of a language's plural categories (CLDR): ``{"one": 1, "other": 0}``."""
    category: Callable[[int], str] = cldr(language).plural_form
    samples: dict[str, int] = {}
    for count in range(200):
        samples.setdefault(category(count), count)
    return {each: samples[each] for each in CATEGORIES if each in samples}


def _filled(keys: Sequence[str], language: str) -> tuple[str, str]:
    """Plain texts, parameters filled in"""
    return f"{language}.json", _json(_filled_texts(keys, language))


def _i18next(keys: Sequence[str], language: str) -> tuple[str, str]:
    """i18next v4"""
    texts: dict[str, str] = {}
    for key in keys:
        texts[key] = _template(key, language)
        if key in PLURALS:
            texts |= {f"{key}_{category}": text for category, text in _plural_forms(key, language).items()}
    return f"{language}.json", _json({key: PLACEHOLDER.sub(r"{{\1}}", text) for key, text in texts.items()})


def _icu(keys: Sequence[str], language: str) -> tuple[str, str]:
    """ICU MessageFormat (react-intl, next-intl)"""

    def entry(key: str) -> str:
        if key not in PLURALS:
            return _around_parameters(_template(key, language), lambda text: _icu_quoted(text, "{}<>"))
        texts = _plural_forms(key, language).items()
        forms = ((category, _around_parameters(text, lambda part: _icu_quoted(part, "{}<>#"))) for category, text in texts)
        return f"{{{COUNTED.get(key, COUNT)}, plural, {' '.join(f'{category} {{{text}}}' for category, text in forms)}}}"

    return f"{language}.json", _json({key: entry(key) for key in keys})


def _vue(keys: Sequence[str], language: str) -> tuple[str, str]:
    """vue-i18n, plural forms in CLDR's order, where errors have a count"""

    def escaped(text: str) -> str:
        return _around_parameters(text, lambda part: re.sub("[@|${}]", r"{'\g<0>'}", part))

    def entry(key: str) -> str:
        if key in PLURALS and key not in COUNTED:  # without a count, vue-i18n shows the singular
            return " | ".join(escaped(text) for text in _plural_forms(key, language).values())
        return escaped(_template(key, language))

    return f"{language}.json", _json({key: entry(key) for key in keys})


def _altinn(keys: Sequence[str], language: str) -> tuple[str, str]:
    """Altinn Studio's text resources"""
    resources = [{"id": key, "value": text} for key, text in _filled_texts(keys, language).items()]
    return f"resource.{language}.json", _json({"language": language, "resources": resources})


#: The formats by name. A new one needs a function and a line here; its docstring is its help text.
FORMATS: Mapping[str, Writer] = {
    "json": _filled,
    "i18next": _i18next,
    "icu": _icu,
    "vue": _vue,
    "altinn": _altinn,
}


def _keys(own: bool) -> list[str]:
    return [*Key, *(own_and_project_keys() if own else ())]


def own_and_project_keys() -> list[str]:
    """Return nofields' own keys, then those of the project: of its fields and of its catalogs."""
    return list(dict.fromkeys([*Phrase, *(key for key in (*own_keys(), *PROCESS_WIDE.keys()) if key not in Key.__members__)]))


def _filled_texts(keys: Sequence[str], language: str) -> dict[str, str]:
    return {key: message(key, language, **_params().get(key, {})) for key in keys}


def _template(key: str, language: str) -> str:
    """Return a text with the names of its parameters; those of a hint are filled in, since no result has them."""
    params = hint_params().get(key)
    return template(key, language) if params is None else message(key, language, **params)


@cache
def hint_params() -> Mapping[str, Mapping[str, object]]:
    """Return the parameters of the fields' hints, by key."""
    return {str(field.hint): compile_rule(field.rule).params for field in ALL if field.hint}


@cache
def _params() -> Mapping[str, Mapping[str, object]]:
    """Parameters of the own keys that belong to one field: its hint, and the password requirements."""
    rule, password = AltinnPassword.rule, compile_rule(AltinnPassword.rule).params
    requirements = (Phrase.PASSWORD_MIN_LENGTH, *(each.phrase for each in rule.requirements))
    listed = {Phrase.PASSWORD_REQUIREMENTS: {**password, "requirements": requirements}}
    return {**hint_params()} | {key: password for key in Phrase if key.startswith("PASSWORD_")} | listed


def _plural_forms(key: str, language: str) -> dict[str, str]:
    """The plural forms of a key by CLDR category."""
    return {category: template(key, language, count) for category, count in plural_samples(language).items()}


def _around_parameters(text: str, escape: Callable[[str], str]) -> str:
    """Escape everything in a text but its parameters."""
    parts = PLACEHOLDER.split(text)
    return "".join(f"{{{part}}}" if place % 2 else escape(part) for place, part in enumerate(parts))


def _icu_quoted(text: str, syntax: str) -> str:
    """Quote ICU syntax with apostrophes, and double the apostrophes of the text."""

    def quoted(run: re.Match[str]) -> str:
        doubled = run[0].replace("'", "''")
        return f"'{doubled}'" if set(run[0]) - {"'"} else doubled

    return re.sub(f"[{re.escape(syntax)}']+", quoted, text)


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
