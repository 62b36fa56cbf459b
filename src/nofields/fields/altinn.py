"""Password and ID of a data system in Altinn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from nofields.fields.organisation import OrganisationNumber
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import PasswordRule, Requirement, SystemIdRule
from nofields.value import Value


class AltinnPassword(Value):
    """Password of a data system (*datasystem*) in Altinn 2: 7 to 128 letters and digits.

    At least one upper case letter, one lower case letter and one digit of ASCII are required. Nothing
    is removed, not even white space at the ends. ``repr`` masks the password, and errors never
    contain it.

    Class arguments:
        min: Smallest number of characters. Default: ``7``. Example: ``min=12``.
        max: Largest number of characters. Default: ``128``. Example: ``max=64``.

    Sources: SpareBank 1, "Hvordan kobler jeg regnskapsprogrammet til Altinn?"; Altinn's questions and
    answers on data systems (the minimum). Altinn 2's log-in closed on 19 June 2026.

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``requirements`` or ``too_long``, and in
    ``params["requirements"]`` the requirements that are not met; ``TEXT_FIELD_ERROR`` when empty.

    >>> AltinnPassword("Fjell2024")
    AltinnPassword('***')
    >>> [str(unmet) for unmet in AltinnPassword.problem("fjell!").params["requirements"]]
    ['PASSWORD_MIN_LENGTH', 'PASSWORD_UPPER', 'PASSWORD_DIGIT', 'PASSWORD_ONLY_LETTERS_AND_DIGITS']
    """

    __slots__ = ()
    rule: ClassVar[PasswordRule] = PasswordRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "password"),
        min=7,
        max=128,
        requirements=(
            Requirement(Phrase.PASSWORD_UPPER, "[A-Z]"),
            Requirement(Phrase.PASSWORD_LOWER, "[a-z]"),
            Requirement(Phrase.PASSWORD_DIGIT, "[0-9]"),
            Requirement(Phrase.PASSWORD_ONLY_LETTERS_AND_DIGITS, "[^A-Za-z0-9]", absent=True),
        ),
    )
    name = "altinn-password"
    schema_format = "no-altinn-password"
    label = Phrase.LABEL_ALTINN_PASSWORD
    hint = Phrase.HINT_ALTINN_PASSWORD
    source = "Altinn, data systems"
    examples = ("Fjell2024",)
    autocomplete = "current-password"
    secret = True

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., min: int = ..., max: int = ...) -> None: ...


class AltinnSystemId(Value):
    """ID of a data system: a number from Altinn 2, or Altinn 3's ``{organisation number}_{name}``.

    The number has 1 to 10 digits; its length is not documented. In the second form the organisation
    number must be valid. White space at the ends is removed.

    Class arguments:
        max_digits: Largest number of digits in the first form. Default: ``10``.
            Example: ``max_digits=6``.
        max_name: Largest number of characters of the name in the second form. Default: ``100``.
            Example: ``max_name=40``.

    Sources: SpareBank 1, "Hvordan kobler jeg regnskapsprogrammet til Altinn?"; docs.altinn.studio,
    "System Registration".

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``number``, ``format`` or, for its organisation number,
    ``series``, ``check_digit``, ``synthetic`` or ``real``; ``TEXT_FIELD_ERROR`` when empty.

    >>> AltinnSystemId("991825827_smartcloud").vendor
    OrganisationNumber('991825827')
    >>> AltinnSystemId("12345").vendor is None, AltinnSystemId.problem("991825828_smartcloud").reason
    (True, <Reason.CHECK_DIGIT: 'check_digit'>)
    """

    __slots__ = ()
    rule: ClassVar[SystemIdRule] = SystemIdRule(
        key=FieldKey(Key.TEXT_FIELD_CONTENTS_ERROR, "system_id"),
        max_digits=10,
        vendor=OrganisationNumber.rule,
        name=r"[A-Za-z0-9_.\-]",
        max_name=100,
    )
    name = "altinn-system-id"
    also_called = ("system-id", "systemid")
    schema_format = "no-altinn-system-id"
    label = Phrase.LABEL_ALTINN_SYSTEM_ID
    hint = Phrase.HINT_ALTINN_SYSTEM_ID
    source = "Altinn, data systems; docs.altinn.studio, System Registration"
    examples = ("12345", "310926833_regnskap")
    real_examples = ("12345", "974760673_regnskap")
    autocomplete = "username"

    if TYPE_CHECKING:

        def __init_subclass__(cls, *, key: str = ..., max_digits: int = ..., max_name: int = ...) -> None: ...

    @property
    def vendor(self) -> OrganisationNumber | None:
        """The vendor's organisation number in Altinn 3's form; ``None`` in Altinn 2's."""
        vendor, separator, _ = self.partition("_")
        # Not validated again: NOFIELDS_SYNTHETIC may have changed since.
        return OrganisationNumber._new(OrganisationNumber, vendor) if separator else None

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        return {Phrase.FACT_VENDOR: self.vendor.formatted} if self.vendor else {}
