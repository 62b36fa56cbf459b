"""The models of the two forms: the registration of a data system, and a company's settings for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, create_model

from nofields.ask import Ask, Option
from nofields.catalogs import LANGUAGES
from nofields.fields import AltinnPassword, AltinnSystemId, Dropdown, OrganisationNumber, Radio, Text
from nofields.keys import Phrase


def _own_name(language: str) -> str:
    """Return the name of a language in itself, or its code if CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language).get_language_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language


#: The usual names; CLDR's are longer, such as *norsk bokmål*.
_SHORT_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
#: The bundled languages, each with its name in itself.
LANGUAGE_NAMES = {language: _SHORT_NAMES.get(language) or _own_name(language) for language in LANGUAGES}


class PreferredLanguage(Radio, choices=LANGUAGE_NAMES):
    """Preferred language of the connection: one of the bundled languages, such as ``nb``, ``nn`` or ``en``.

    Source: Altinn's documentation of its SOAP interface (1044, 2068, 1033). Errors: those of ``Radio``.

    >>> PreferredLanguage("nn")
    PreferredLanguage('nn')
    """

    __slots__ = ()


class DataSystemRegistration(BaseModel):
    """The registration of a data system (*datasystem*): its description, its type and a new password."""

    description: Annotated[
        Text, Ask(label=Phrase.ALTINN_DESCRIPTION_LABEL, hint=Phrase.ALTINN_DESCRIPTION_HINT, autocomplete="off")
    ]
    system_type: Annotated[Dropdown, Ask(label=Phrase.ALTINN_SYSTEM_TYPE_LABEL)]
    password: Annotated[AltinnPassword, Ask(label=Phrase.ALTINN_PASSWORD_LABEL, autocomplete="new-password")]


class AltinnSettings(BaseModel):
    """A company's settings: the ID and the password of its data system, and its preferred language."""

    orgnr: OrganisationNumber
    system_id: AltinnSystemId
    password: Annotated[
        AltinnPassword,
        Ask(label=Phrase.ALTINN_PASSWORD_LABEL, autocomplete="current-password", kept=Phrase.ALTINN_PASSWORD_KEPT),
    ]
    language: Annotated[
        PreferredLanguage,
        Ask(
            label=Phrase.ALTINN_LANGUAGE_LABEL,
            hint=Phrase.ALTINN_LANGUAGE_HINT,
            options=[Option(code, name, lang=code) for code, name in LANGUAGE_NAMES.items()],
        ),
    ]


def registration_of(system_types: Mapping[str, str] | Iterable[str]) -> type[DataSystemRegistration]:
    """Return the registration model with a host's types of data system.

    Args:
        system_types: One text, several texts, or values with their labels (texts or keys).
    """
    texts = [system_types] if isinstance(system_types, str) else system_types
    labels = dict(texts) if isinstance(texts, Mapping) else {each: each for each in texts}
    kind: Any = type("SystemType", (Dropdown,), {"__slots__": ()}, choices=tuple(labels))
    return create_model(
        DataSystemRegistration.__name__,
        __base__=DataSystemRegistration,
        __module__=__name__,
        system_type=(Annotated[kind, Ask(label=Phrase.ALTINN_SYSTEM_TYPE_LABEL, options=labels)], ...),
    )
