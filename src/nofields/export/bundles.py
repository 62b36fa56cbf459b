"""Message bundles in the formats that frontend libraries load."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from nofields.catalogs import PROCESS_WIDE, languages
from nofields.export.escapes import LITERALS, PARAMETER, for_i18next, for_icu, for_markdown, for_vue, marks_escaped
from nofields.export.parameters import UNKNOWN, default_params, fixed_params, usual_params
from nofields.export.plural_forms import plural_forms
from nofields.keys import Key, Phrase, own_keys
from nofields.message_templates import documented, template
from nofields.messages import message
from nofields.plurals import COUNTED, PLURALS

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


def _filled(keys: Sequence[str], language: str) -> tuple[str, str]:
    """Plain texts, parameters filled in"""
    return f"{language}.json", _json(_filled_texts(keys, language))


def _i18next(keys: Sequence[str], language: str) -> tuple[str, str]:
    """i18next v4"""
    texts: dict[str, str] = {}
    for key in keys:
        texts[key] = for_i18next(_template(key, language))
        if _has_plurals(key):
            forms = plural_forms(key, language).by_category.items()
            texts |= {f"{key}_{category}": for_i18next(text) for category, text in forms}
    nested = {key: text for key, text in LITERALS.items() if any(f"$t({key}," in each for each in texts.values())}
    return f"{language}.json", _json(texts | nested)


def _icu(keys: Sequence[str], language: str) -> tuple[str, str]:
    """ICU MessageFormat (react-intl, next-intl)"""

    def entry(key: str) -> str:
        if not _has_plurals(key):
            return for_icu(_template(key, language))
        forms = plural_forms(key, language)
        cases = {**{f"={count}": text for count, text in forms.exact.items()}, **forms.by_category}
        written = " ".join(f"{case} {{{for_icu(text, plural=True)}}}" for case, text in cases.items())
        return f"{{{COUNTED.get(key, COUNT)}, plural, {written}}}"

    return f"{language}.json", _json({key: entry(key) for key in keys})


def _vue(keys: Sequence[str], language: str) -> tuple[str, str]:
    """vue-i18n, plural forms in CLDR's order, where errors have a count"""

    def entry(key: str) -> str:
        if _has_plurals(key) and key not in COUNTED:  # without a count, vue-i18n shows the singular
            return " | ".join(for_vue(text, plural=True) for text in plural_forms(key, language).by_category.values())
        return for_vue(_template(key, language))

    return f"{language}.json", _json({key: entry(key) for key in keys})


def _altinn(keys: Sequence[str], language: str) -> tuple[str, str]:
    """Altinn Studio's text resources"""

    def resource(key: str) -> dict[str, object]:
        params = usual_params().get(key)
        text = template(key, language) if params is None else message(key, language, **params)
        known = default_params().get(key, {})
        variables = [
            {"key": name, "dataSource": "customTextParameters", "defaultValue": marks_escaped(known.get(name, UNKNOWN))}
            for name in dict.fromkeys(PARAMETER.findall(text))
        ]
        return {"id": key, "value": for_markdown(text), **({"variables": variables} if variables else {})}

    content = {"language": language, "resources": [resource(key) for key in keys]}
    return f"resource.{language}.json", _json(content)


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
    return {key: message(key, language, **usual_params().get(key, {})) for key in keys}


def _template(key: str, language: str) -> str:
    """Return a text with the names of its parameters; those that a rule fixes are filled in."""
    params = fixed_params().get(key)
    return template(key, language) if params is None else message(key, language, **params)


def _has_plurals(key: str) -> bool:
    """Return whether a parameter of the text selects its plural form: none that is filled in."""
    return key in PLURALS and key not in fixed_params()


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
