"""Free text and e-mail addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import LONGEST_LINE, EmailRule, TextRule
from nofields.value import Value


class Text(Value):
    """One line of text (*tekstfelt*), at most 255 characters.

    White space at the ends is removed; control characters are rejected.

    Class arguments:
        min: Smallest number of characters. Default: ``1``. Example: ``min=2``.
        max: Largest number of characters. Default: ``255``. Example: ``max=100``.

    Errors: ``TEXT_FIELD_LENGTH_ERROR`` with reason ``too_long``; ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``,
    ``characters`` or ``too_short``; ``TEXT_FIELD_ERROR`` when empty.

    >>> Text("  Ola Nordmann ")
    Text('Ola Nordmann')
    >>> Text.problem("x" * 300).message()
    'Kort ned teksten til høyst 255 tegn.'
    >>> class Name(Text, min=2, max=100): ...
    >>> Name.problem("x" * 101).params, Name.problem("x").message("en")
    ({'max': 100}, 'Enter at least 2 characters.')
    """

    __slots__ = ()
    rule: ClassVar[TextRule] = TextRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "text"), too_long_key=Key.TEXT_FIELD_LENGTH_ERROR, max=LONGEST_LINE
    )
    schema_format = "no-text"
    label = Phrase.LABEL_TEXT
    examples = ("Ola Nordmann",)

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., too_long_key: str = ..., min: int = ..., max: int = ...) -> None: ...


class TextArea(Value):
    """Text of several lines (*tekstområde*), at most 2000 characters.

    Line ends become ``\\n`` and count as one character. White space at the ends is removed; control
    characters other than tabs and line ends are rejected.

    Class arguments:
        min: Smallest number of characters. Default: ``1``. Example: ``min=20``.
        max: Largest number of characters. Default: ``2000``. Example: ``max=500``.

    Errors: ``TEXTAREA_FIELD_LENGTH_ERROR`` with reason ``too_long``; otherwise as :class:`Text`.

    >>> TextArea("Hei!\\r\\nHa det.")
    TextArea('Hei!\\nHa det.')
    >>> TextArea.problem("x" * 2001).message()
    'Maks 2000 tegn'
    """

    __slots__ = ()
    rule: ClassVar[TextRule] = TextRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "text"),
        too_long_key=Key.TEXTAREA_FIELD_LENGTH_ERROR,
        max=2000,
        multiline=True,
    )
    schema_format = "no-text-area"
    label = Phrase.LABEL_TEXT_AREA
    examples = ("Hei!\nHa det.",)

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., too_long_key: str = ..., min: int = ..., max: int = ...) -> None: ...


class EmailAddress(Value):
    """E-mail address (*e-postadresse*), checked and normalised by email-validator.

    Whether the domain receives mail is not checked. White space at the ends is removed; the value is
    the address with its domain in lower case and in Unicode.

    Class arguments:
        max: Largest number of characters. Default: ``254``. Example: ``max=100``.

    Source: RFC 5321, 5322 and 6531, as email-validator implements them.

    Errors: ``EMAIL_FIELD_ERROR`` with reason ``type``, ``too_long`` or ``format``; ``TEXT_FIELD_ERROR`` when empty.

    >>> EmailAddress("Ola@EXAMPLE.com")
    EmailAddress('Ola@example.com')
    >>> EmailAddress.problem("ola@").message("en")
    'Enter a valid email address.'
    """

    __slots__ = ()
    rule: ClassVar[EmailRule] = EmailRule(key=Key.EMAIL_FIELD_ERROR, max=254)
    name = "email"
    also_called = ("epost", "e-postadresse", "mail", "email address")
    schema_format = "email"
    label = Phrase.LABEL_EMAIL_ADDRESS
    hint = Phrase.HINT_EMAIL_ADDRESS
    source = "RFC 5321, 5322, 6531"
    examples = ("ola@example.com",)
    autocomplete = "email"

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., max: int = ...) -> None: ...
