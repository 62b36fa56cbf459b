"""``Ask``: what the author of a model sets for one field, beside its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from nofields import messages
from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.keys import Phrase, message_key
from nofields.messages import LocalText as LocalText

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

#: HTML attributes by name: ``True`` for one without a value, ``None`` or ``False`` for one that is left out.
Attributes = Mapping[str, str | int | float | bool | None]

#: The key in a core schema's ``metadata`` for what nofields knows of a field: its type, and its ``Ask``.
_METADATA = "nofields"


class Option(NamedTuple):
    """One choice of a control.

    Attributes:
        value: The value that is submitted.
        label: The label, a text or a key of a catalog.
        lang: The language of the label, if it is not that of the page.
    """

    value: str
    label: str
    lang: str = ""


@dataclass(frozen=True, eq=False)  # hashed by identity: pydantic hashes annotations, and texts may be dictionaries
class Ask:
    """Override label, messages and appearance of one field of a model: ``Annotated[OrganisationNumber, Ask(...)]``.

    A text is the same in every language, a key of a catalog, or a dictionary with a text for each
    language: ``{"nb": "Kunde", "en": "Customer"}``. A language that it lacks gets the bokmål text.

    Attributes:
        label: The label. HTML, such as ``markupsafe.Markup`` with a link, is kept; other text is escaped.
        message: The message of every error, in place of the key's text. It may use the placeholders
            ``{label}`` and those of the error's parameters.
        messages: The messages by reason, such as ``{"check_digit": "..."}``. Such a message replaces
            the explanation of the reason as well.
        hint: The hint below the label in a form.
        autocomplete: A token of HTML's ``autocomplete``.
        attributes: Other HTML attributes of the input, such as ``hx-*`` and ``data-*``; ``class`` adds classes.
            Not those that labels and errors depend on: ``id``, ``name``, ``type``, ``value``, ``aria-*`` and the like.
        options: The choices: labels by value, or options. Those of a ``bool`` make it a choice of yes or no.
        widget: The widget in a form, for types that are not nofields' own: ``"select"`` or ``"radios"`` for a choice, and
            for a ``bool`` that is asked for as yes or no; ``"textarea"`` for a ``str`` of several lines. For every type
            one of the project's own, which ``Form(..., widgets=...)`` has by name.
        when: With which values of other fields of the model a form asks for the field: ``{"kind": "company"}``, or several,
            ``{"kind": ["company", "association"]}``. Where it applies it is required, though it may be ``None`` in the model;
            where it does not, what was submitted for it is dropped.
        optional: Whether a field with ``when`` may be left empty where it applies.
        item: What one row of a list is called, such as ``"Order line"``.
        keep: Whether a form sends a submitted secret, such as a national identity number that the user
            has to correct, back to the browser. Not possible for passwords.
        kept: The hint of a secret that is already stored.

    >>> from typing import Annotated
    >>> from pydantic import BaseModel, ValidationError
    >>> from nofields import OrganisationNumber, localize
    >>> class Order(BaseModel):
    ...     buyer: Annotated[OrganisationNumber, Ask(label="Kunde", messages={"required": "Skriv inn kundens nummer."})]
    >>> try:
    ...     Order(buyer="")
    ... except ValidationError as error:
    ...     print(localize(error, model=Order)[0]["label"], localize(error, model=Order)[0]["message"])
    Kunde Skriv inn kundens nummer.
    """

    label: LocalText = ""
    message: LocalText = ""
    messages: Mapping[str, LocalText] = field(default_factory=dict)
    hint: LocalText = ""
    autocomplete: str = ""
    attributes: Attributes = field(default_factory=dict)
    options: Mapping[Any, str] | Iterable[Option] = ()
    widget: str = ""
    when: Mapping[str, object] = field(default_factory=dict)
    optional: bool = False
    item: LocalText = ""
    keep: bool = False
    kept: str = Phrase.FORM_SECRET_KEPT

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Leave a mark in the model's core schema, by which ``localize`` finds it."""
        return marked(handler(source), self)

    def __post_init__(self) -> None:
        if not isinstance(self.messages, Mapping):
            raise TypeError(f"messages must be a dictionary from reasons to texts, not {type(self.messages).__name__}")


def name_text(name: str) -> str:
    """Return the name of a field as a label.

    >>> name_text("last_day")
    'Last day'
    """
    return name.replace("_", " ").capitalize()


def combined(asks: Sequence[Ask]) -> Ask:
    """Return one ``Ask`` for several on a field, of which an outer one comes first and overrides those inside."""
    if len(asks) < 2:
        return asks[0] if asks else Ask()
    plain = Ask()
    settings: dict[str, Any] = {}
    for ask in reversed(asks):
        own = {each.name: getattr(ask, each.name) for each in fields(ask)}
        merged = {name: {**settings.get(name, {}), **own[name]} for name in ("messages", "attributes")}
        settings |= {name: value for name, value in own.items() if value != getattr(plain, name)} | merged
    return Ask(**settings)


def marked(schema: CoreSchema, mark: object) -> CoreSchema:
    """Return a core schema with a mark in its metadata."""
    metadata = schema.get("metadata") or {}
    return {**schema, "metadata": {**metadata, _METADATA: (mark, *marks_of(schema))}}


def marks_of(schema: Mapping[str, Any]) -> tuple[object, ...]:
    """Return the marks in a core schema's metadata: types of fields, and each ``Ask``, an outer one first."""
    marks: tuple[object, ...] = (schema.get("metadata") or {}).get(_METADATA, ())
    return marks


class Reader(NamedTuple):
    """Who reads the texts: a language, and the catalogs of the app.

    Attributes:
        language: One of the languages of the catalogs.
        catalogs: The catalogs.
    """

    language: str
    catalogs: Catalogs = PROCESS_WIDE

    def text(self, text: LocalText, params: Mapping[str, object] | None = None) -> str:
        """Return a text in the reader's language, with its parameters filled in.

        Args:
            text: The text. One that lacks the language is read in bokmål; a key of a catalog is looked up.
            params: Values of the placeholders.
        """
        return messages.local_text(text, params or {}, self.language, self.catalogs)

    def plain_text(self, text: LocalText, params: Mapping[str, object] | None = None) -> str:
        """Return :meth:`text`, without the tags of one that is HTML."""
        return messages.without_html(self.text(text, params))

    def message_key(self, key: str) -> str:
        """Return the key whose text is the message of a key: that of the field, where the catalogs choose it."""
        return str(message_key(key, by_field=self.catalogs.is_by_field()))
