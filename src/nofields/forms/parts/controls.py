"""The control of one field of a form, and what an author may set of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from nofields.ask import Attributes, Option, Reader
from nofields.fields import BY_NAME, NationalIdentityNumber
from nofields.forms.parts.part import Part
from nofields.forms.types.attributes import own_attributes
from nofields.forms.types.file_controls import Files
from nofields.forms.types.own_checks import NO_CHECKS, Asks, OwnChecks
from nofields.forms.types.plain import PlainType
from nofields.forms.types.widgets import CHECKABLE, Appearance, Widget
from nofields.keys import Key, Phrase
from nofields.rules import PasswordRule, Requirement, TextRule
from nofields.value import Field

#: The keys of the errors for a blank value of types that are not nofields' own, but that of texts.
_BLANK_KEYS: Mapping[Widget, str] = {
    Widget.SELECT: Key.DROPDOWN_ERROR,
    Widget.RADIOS: Key.RADIO_ERROR,
    Widget.CHECKBOXES: Key.CHECKBOX_GROUP_ERROR,
    Widget.CHECKBOX: Key.CHECKBOX_ERROR,
    Widget.FILE: Phrase.UPLOAD_REQUIRED,
}
#: The last part of the name under which an entered secret is submitted encrypted.
SEALED = "sealed"


@dataclass(frozen=True, kw_only=True)
class Control(Part):
    """The form control of one field of a model.

    Attributes:
        appearance: The widget and its HTML attributes.
        field_type: The field type; ``None`` for types that are not nofields' own.
        plain: How such a type is read and written.
        reads_itself: Whether a validator of the field reads what was submitted, before pydantic does.
        options: The choices.
        autocomplete: A token of HTML's ``autocomplete``.
        attributes: HTML attributes that the author set; ``None`` for one that is left out.
        keep: Whether a submitted secret is sent back to the browser.
        kept: The hint of a secret that is already stored.
        template: The template of a project's own widget, or an empty string.
        own_messages: Whether the author set messages of the field's own.
        own_checks: What the model checks beyond the rule of the field's type.
        unsent: The names of fields whose values only the submitted form has.
    """

    appearance: Appearance
    field_type: type[Field] | None = None
    plain: PlainType | None = None
    reads_itself: bool = False
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    keep: bool = False
    kept: str = ""
    template: str = ""
    own_messages: bool = False
    own_checks: OwnChecks = NO_CHECKS
    unsent: frozenset[str] = frozenset()

    def with_attributes(self, attributes: Attributes) -> Control:
        """Return the control with more attributes; raise ``ValueError`` for one that the form sets itself."""
        return replace(self, attributes={**self.attributes, **own_attributes(attributes, self.name)}) if attributes else self

    @property
    def optional(self) -> bool:
        """Whether the control may be left empty. A default replaces blank text, but no missing choice."""
        if self.files and self.files.several and not self.files.min and not self.is_demanded:
            return True
        if self.appearance.widget in CHECKABLE:
            is_false = self.field_type is None and self.appearance.widget is Widget.CHECKBOX
            is_list = self.plain is not None and self.plain.read_several is not None and not self.plain.least
            return is_false or ((self.nullable or is_list) and not self.is_demanded)
        return self.may_be_left_out

    @property
    def is_password(self) -> bool:
        """Whether the control is a password input."""
        return self.appearance.widget is Widget.PASSWORD

    @property
    def files(self) -> Files | None:
        """Which files the control accepts; ``None`` for one of another kind."""
        return self.plain.files if self.plain else None

    @property
    def limit(self) -> int | None:
        """The greatest number of characters of a text of several lines; ``None`` for other controls."""
        rule = self.field_type.rule if self.field_type else None
        if isinstance(rule, TextRule):
            return rule.max if rule.multiline else None
        return self.plain.limit if self.plain else None

    @property
    def is_withheld(self) -> bool:
        """Whether a submitted value is never sent back: that of a secret, and a file."""
        return self.is_secret or self.files is not None

    @property
    def is_only_submitted(self) -> bool:
        """Whether the value is sent with the whole form alone, and not to be checked before: a password, and a file."""
        return self.is_password or self.files is not None

    @property
    def can_be_sealed(self) -> bool:
        """Whether a form may keep the value encrypted: no password, nor a value not sent back that can be left empty."""
        return self.holds_secret and not self.is_password and (self.keep or not self.optional)

    @property
    def holds_secret(self) -> bool:
        """Whether the value is a secret, even one that is sent back."""
        return self.is_password or (self.field_type is not None and self.field_type.secret)

    @property
    def is_secret(self) -> bool:
        """Whether a submitted value is never sent back."""
        return self.holds_secret and not self.keep

    @property
    def sealed_name(self) -> str:
        """The name under which an entered secret is submitted encrypted."""
        return f"{self.name}.{SEALED}"

    @property
    def again_phrase(self) -> str:
        """The sentence that a secret has to be entered again."""
        if self.is_password:
            return Phrase.FORM_PASSWORD_AGAIN
        is_number = self.field_type is not None and issubclass(self.field_type, NationalIdentityNumber)
        return Phrase.FORM_IDENTITY_NUMBER_AGAIN if is_number else Phrase.FORM_SECRET_AGAIN

    @property
    def is_silent(self) -> bool:
        """Whether only the server has the message, or the verdict."""
        return self.own_messages or self.own_checks.before or self.files is not None

    @property
    def validator(self) -> str:
        """The name of the field in ``nofields.js`` that has the same rule and messages; empty if there is none.

        It is empty as well if a validator may change the value before the rule reads it.
        """
        if self.is_silent:
            return ""
        named = BY_NAME.get(self.field_type.name) if self.field_type else None
        return named.name if named and self.field_type and named.rule == self.field_type.rule else ""

    def asks(self, given: Collection[str] = ()) -> Asks:
        """Return what a browser has to ask the server before it says that a value is valid.

        Args:
            given: The names of fields whose values the host gives, which a question to the server lacks.
        """
        if self.name in given or self.files:
            return Asks.SUBMIT
        return self.own_checks.asks(self.unsent.union(given), knows_rule=bool(self.validator))

    @property
    def blank_key(self) -> str:
        """The key of the error for a blank value."""
        if self.field_type is None:
            return _BLANK_KEYS.get(self.appearance.widget, Key.TEXT_FIELD_ERROR)
        problem = self.field_type.problem(None)
        return problem.key if problem else Key.TEXT_FIELD_ERROR

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements of a new password; empty for every other control."""
        rule = self.field_type.rule if self.field_type else None
        if not isinstance(rule, PasswordRule) or self.autocomplete != "new-password":
            return ()
        return (Requirement(Phrase.PASSWORD_MIN_LENGTH, f"^[\\s\\S]{{{rule.min},}}$"), *rule.requirements)

    def choices(self, reader: Reader) -> tuple[Option, ...]:
        """Return the options in a reader's language; a field type's own ``options`` come first."""
        if own := getattr(self.field_type, "options", None):
            return tuple(Option(*option) for option in own(reader.language))
        return tuple(option._replace(label=reader.text(option.label)) for option in self.options)

    def placeholder(self, reader: Reader) -> str:
        """Return the first entry of a dropdown, which selects nothing."""
        own = getattr(self.field_type, "placeholder", None)
        return str(own(reader.language)) if own else reader.text(Phrase.FORM_CHOOSE)
