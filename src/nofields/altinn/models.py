"""The two forms: a data system that is registered, and the settings that a company keeps of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, create_model

from nofields.fields import AltinnPassword, AltinnSystemId, Dropdown, OrganisationNumber, Radio, Text
from nofields.forms import ControlSettings, Option
from nofields.keys import Phrase

#: The languages that Altinn knows, each by its own name.
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


class PreferredLanguage(Radio, choices=LANGUAGE_NAMES):
    """Preferred language of the connection: ``nb``, ``nn`` or ``en``.

    Source: Altinn's documentation of its SOAP interface (1044, 2068, 1033). Errors: those of ``Radio``.

    >>> PreferredLanguage("nn")
    PreferredLanguage('nn')
    """

    __slots__ = ()


class DataSystemRegistration(BaseModel):
    """A data system (datasystem) as it is registered: a description, a type, and a password of the user's own making."""

    description: Annotated[
        Text, ControlSettings(label=Phrase.ALTINN_DESCRIPTION_LABEL, hint=Phrase.ALTINN_DESCRIPTION_HINT, autocomplete="off")
    ]
    system_type: Annotated[Dropdown, ControlSettings(label=Phrase.ALTINN_SYSTEM_TYPE_LABEL)]
    password: Annotated[AltinnPassword, ControlSettings(label=Phrase.ALTINN_PASSWORD_LABEL, autocomplete="new-password")]


class AltinnSettings(BaseModel):
    """A company's settings: the ID and the password of its data system, and its preferred language."""

    orgnr: OrganisationNumber
    system_id: AltinnSystemId
    password: Annotated[
        AltinnPassword,
        ControlSettings(
            label=Phrase.ALTINN_PASSWORD_LABEL, autocomplete="current-password", stored_hint=Phrase.ALTINN_PASSWORD_KEPT
        ),
    ]
    language: Annotated[
        PreferredLanguage,
        ControlSettings(
            label=Phrase.ALTINN_LANGUAGE_LABEL,
            hint=Phrase.ALTINN_LANGUAGE_HINT,
            options=[Option(code, name, lang=code) for code, name in LANGUAGE_NAMES.items()],
        ),
    ]


def registration_of(system_types: Mapping[str, str] | Iterable[str]) -> type[DataSystemRegistration]:
    """The registration with the types of data system that a host gives: texts, or one, or values with their labels."""
    texts = [system_types] if isinstance(system_types, str) else system_types
    labels = dict(texts) if isinstance(texts, Mapping) else {each: each for each in texts}
    # A class of its own: the choices are the host's.
    chosen: Any = type("SystemType", (Dropdown,), {"__slots__": ()}, choices=tuple(labels))
    asked = ControlSettings(label=Phrase.ALTINN_SYSTEM_TYPE_LABEL, options=labels)
    return create_model(
        DataSystemRegistration.__name__,
        __base__=DataSystemRegistration,
        __module__=__name__,
        system_type=(Annotated[chosen, asked], ...),
    )
