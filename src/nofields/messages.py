"""Translate keys, and fill in their parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from nofields.catalogs import DEFAULT, PROCESS_WIDE, Catalogs
from nofields.keys import Key, Phrase, explanation_key, message_key, replaced_by
from nofields.languages import decimal_separator, file_size, joined, negotiate
from nofields.message_templates import PLACEHOLDER, documented_params, has_text, template
from nofields.plurals import COUNTED, COUNTED_BY_FIELDS

#: A text for every language, a key of a catalog, or the texts by language.
LocalText = str | Mapping[str, str]
_REQUIREMENTS = "{requirements}"
_TAG = re.compile(r"<[^<>]*>")


def message(key: str, locale: str | None = DEFAULT, **params: object) -> str:
    """Return the text of a key in a language, with the parameters filled in.

    Args:
        key: A documented key, or one of the project's own. An unknown key is returned as it is.
        locale: A locale name or an Accept-Language header. Bokmål is used if no language matches.
        **params: Values of the placeholders. A documented text falls back on the documented value,
            any other keeps its placeholder. ``count`` selects the plural form of a key that has
            plural forms, by default the number that its text mentions; a ``float`` has the
            language's decimal separator; keys in ``requirements``, those of a password, are listed in the
            language, in place of ``{requirements}`` or in a sentence at the end.

    Returns:
        The text.

    Raises:
        CatalogError: A catalog of the project's own cannot be read.

    >>> message("ORGANISATION_FIELD_ERROR", "en")
    'Enter a valid organisation number (9 digits).'
    >>> message("TEXTAREA_FIELD_LENGTH_ERROR", "nb", max=500)
    'Maks 500 tegn'
    """
    return message_with(params, key, locale)


def message_with(
    params: Mapping[str, object], key: str, locale: str | None = DEFAULT, catalogs: Catalogs = PROCESS_WIDE
) -> str:
    """Do what :func:`message` does, for parameters of any name and value.

    A parameter that cannot be converted to text counts as missing.
    """
    language = negotiate(locale, catalogs=catalogs)
    values = _values(params, language)
    requirements = _requirements(values, language, catalogs)
    if not requirements:
        return _text(key, values, language, catalogs)
    values["requirements"] = joined(requirements, language)
    text = template(key, language, _count(key, values), catalogs, listing=True)
    if _REQUIREMENTS in text:
        return _fill(text, key, values)
    listing = _text(Phrase.PASSWORD_REQUIREMENTS, values, language, catalogs)
    return sentences(*dict.fromkeys((_fill(text, key, values), listing)))


def itemized(
    text: str, params: Mapping[str, object], locale: str | None, catalogs: Catalogs = PROCESS_WIDE
) -> tuple[str, tuple[str, ...]]:
    """Return a message with requirements to a password as a lead sentence and a list.

    Args:
        text: The message, made by :func:`message_with`.
        params: Its parameters.
        locale: A locale name or an Accept-Language header.
        catalogs: The catalogs of an app that has its own.

    Returns:
        What stands above the list, and the requirements; an empty list where the message needs none.

    >>> unmet = {"min": 7, "requirements": ("PASSWORD_MIN_LENGTH", "PASSWORD_DIGIT")}
    >>> itemized(message_with(unmet, "TEXT_FIELD_CONTENTS_ERROR", "en"), unmet, "en")
    ('The password must have:', ('at least 7 characters', 'a digit (0 to 9)'))
    """
    language = negotiate(locale, catalogs=catalogs)
    values = _values(params, language)
    items = _requirements(values, language, catalogs)
    values["requirements"] = joined(items, language)
    listing, lead = (
        _text(key, values, language, catalogs) for key in (Phrase.PASSWORD_REQUIREMENTS, Phrase.PASSWORD_REQUIREMENTS_LEAD)
    )
    is_list = len(items) > 1 and text.endswith(listing)
    return (text.removesuffix(listing) + lead, items) if is_list else (text, ())


def local_text(
    text: LocalText, params: Mapping[str, object], language: str = DEFAULT, catalogs: Catalogs = PROCESS_WIDE
) -> str:
    """Return a text in a language, with its parameters filled in.

    Args:
        text: The text. One that lacks the language is read in bokmål; a key of a catalog is looked up. HTML, such as
            ``markupsafe.Markup``, is returned as it is.
        params: Values of the placeholders.
        language: One of the languages of the catalogs.
        catalogs: The catalogs of an app that has its own.
    """
    if not isinstance(text, str):
        text = text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")
    return text if is_html(text) else message_with(params, text, language, catalogs)


def is_html(text: str) -> bool:
    """Return whether a text is marked as HTML, such as ``markupsafe.Markup`` or Django's ``SafeString``."""
    return hasattr(text, "__html__")


def without_html(text: str) -> str:
    """Return a text that is marked as HTML without its tags, and any other text as it is."""
    if not is_html(text):
        return text
    import html  # here, since it reads a table of 2,000 names

    return html.unescape(_TAG.sub("", str.__str__(text)))


def explanation(
    reason: str, key: str, locale: str | None, params: Mapping[str, object], catalogs: Catalogs = PROCESS_WIDE
) -> str:
    """Return the sentence for a reason, one of :class:`nofields.errors.Reason`.

    Args:
        reason: The reason. A project's own has the text ``REASON_…`` of the project's catalog, and
            without one the sentence of ``Reason.OTHER``.
        key: The key of the message: some fields have sentences of their own.
        locale: A locale name or an Accept-Language header.
        params: The problem's parameters.
        catalogs: The catalogs of an app that has its own.
    """
    sentence = explanation_key(reason, key)
    if sentence not in Phrase.__members__ and not has_text(sentence, negotiate(locale, catalogs=catalogs), catalogs):
        sentence = Phrase.REASON_OTHER
    keys = [sentence]
    if "character" in params:  # which is named, in the place of the sentence that cannot
        keys = [Phrase.REASON_CHARACTER, *([] if sentence == Phrase.REASON_CHARACTERS else keys)]
    return sentences(*(message_with(params, each, locale, catalogs) for each in keys))


def sentences(*texts: str) -> str:
    """Join texts into one paragraph.

    Empty texts are skipped; every text but the last gets a full stop if it has no end mark.

    >>> sentences("Maks 2000 tegn", "Kort ned teksten.", "")
    'Maks 2000 tegn. Kort ned teksten.'
    """
    *before, last = [text for text in texts if text] or [""]
    return " ".join([*(text if text.endswith((".", "?", "!")) else f"{text}." for text in before), last])


def tasks_waiting(count: int, locale: str | None = DEFAULT) -> str:
    """Return the task counter as one sentence, from its four documented parts.

    Args:
        count: The number of tasks.
        locale: A locale name or an Accept-Language header.

    >>> tasks_waiting(1), tasks_waiting(3)
    ('Du har en oppgave som venter på deg', 'Du har 3 oppgaver som venter på deg')
    """
    number = message(Key.MINE_OPPGAVER_COUNT_TEXT, locale) if count == 1 else str(count)
    return f"{message(Key.BEFORE_COUNT_TEXT, locale)} {number} {message(Key.AFTER_COUNT_TEXT, locale, count=count)}"


def _values(params: Mapping[str, object], language: str) -> dict[str, object]:
    """Return parameters as the texts of a language show them: files' ``types`` as alternatives, ``max_bytes`` as ``size``."""
    values = {
        name: value if type(value) is str or type(value) is int else _readable(value, language)
        for name, value in params.items()
        if type(name) is str
    }
    if type(count := values.get("max_bytes")) is int:
        values.setdefault("size", file_size(count, language))
    if type(types := values.get("types")) is tuple:
        values["types"] = joined([each for each in map(_builtin, types) if type(each) is str], language, "or")
    return values


def _requirements(params: Mapping[str, object], language: str, catalogs: Catalogs) -> tuple[str, ...]:
    """Return the texts of the keys in ``requirements``."""
    requirements = params.get("requirements")
    if type(requirements) is not tuple and type(requirements) is not list:
        return ()
    keys = [each for each in map(_builtin, requirements) if type(each) is str]
    return tuple(_text(each, params, language, catalogs) for each in keys)


def _text(key: str, values: Mapping[str, object], language: str, catalogs: Catalogs) -> str:
    return _fill(template(key, language, _count(key, values), catalogs), key, values)


def _count(key: str, params: Mapping[str, object]) -> object:
    """Return the count that selects the plural form of a key."""
    if "count" in params:
        return params["count"]
    key = message_key(replaced_by(key) or key)
    return params.get(COUNTED.get(key) or COUNTED_BY_FIELDS.get(key, ""))


def _fill(text: str, key: str, params: Mapping[str, object]) -> str:
    def value(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        with suppress(Exception):  # the object's __str__ may raise anything
            return str(params[name])
        return documented_params(key).get(name, placeholder[0])

    return PLACEHOLDER.sub(value, text) if "{" in text else text


def _readable(value: object, language: str) -> object:
    return repr(value).replace(".", decimal_separator(language)) if type(value) is float else _builtin(value)


def _builtin(value: object) -> object:
    """Convert an instance of a subclass of ``str`` or ``int``, whose methods may do anything."""
    kind = type(value)
    if issubclass(kind, str):
        return str.__str__(value)
    return int.__int__(value) if issubclass(kind, int) and kind is not bool else value  # type: ignore[arg-type]
