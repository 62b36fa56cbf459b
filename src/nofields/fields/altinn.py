"""The password and the ID of a data system in Altinn."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.fields.organisation import OrganisationNumber
from nofields.keys import Key, Phrase
from nofields.rules import PasswordRule, Requirement, SystemIdRule
from nofields.value import Value


class AltinnPassword(Value):
    """Password of a data system (datasystem) in Altinn 2: upper and lower case letters and digits, nothing else.

    At least 7 characters, at most 128. Nothing is cleaned away. ``repr`` masks it, and no error holds it.

    Sources: SpareBank 1, "Hvordan kobler jeg regnskapsprogrammet til Altinn?"; Altinn's questions and answers on data
    systems (the 7 characters). Altinn 2's log-in closed on 19 June 2026.

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``requirements`` or ``too_long``, and in
    ``params["requirements"]`` every requirement that is not met; ``TEXT_FIELD_ERROR`` when empty.

    >>> AltinnPassword("Fjell2024")
    AltinnPassword('***')
    >>> [str(unmet) for unmet in AltinnPassword.problem("fjell!").params["requirements"]]
    ['PASSWORD_MIN_LENGTH', 'PASSWORD_UPPER', 'PASSWORD_DIGIT', 'PASSWORD_ONLY_LETTERS_AND_DIGITS']
    """

    __slots__ = ()
    rule = PasswordRule(
        key=Key.TEXT_FIELD_CONTENTS_ERROR,
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


class AltinnSystemId(Value):
    """ID of a data system: the number that Altinn 2 gave it, or Altinn 3's ``{organisation number}_{name}``.

    The number has 1 to 10 digits (its length is not documented). Of the second form the organisation number is checked.

    Sources: SpareBank 1, as above; docs.altinn.studio, "System Registration".

    Errors: ``TEXT_FIELD_CONTENTS_ERROR`` with reason ``type``, ``number``, ``format`` or, of the organisation number in it,
    ``series``, ``check_digit``, ``synthetic`` or ``real``; ``TEXT_FIELD_ERROR`` when empty.

    >>> AltinnSystemId("991825827_smartcloud").vendor
    OrganisationNumber('991825827')
    >>> AltinnSystemId("12345").vendor is None, AltinnSystemId.problem("991825828_smartcloud").reason
    (True, <Reason.CHECK_DIGIT: 'check_digit'>)
    """

    __slots__ = ()
    rule = SystemIdRule(
        key=Key.TEXT_FIELD_CONTENTS_ERROR,
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
    autocomplete = "username"

    @property
    def vendor(self) -> OrganisationNumber | None:
        """The vendor's organisation number in Altinn 3's form; ``None`` of a number that Altinn 2 gave."""
        vendor, joined, _ = self.partition("_")
        # It was right when this was made, whatever the process lets through by now.
        return OrganisationNumber._new(OrganisationNumber, vendor) if joined else None

    def facts(self) -> Mapping[Phrase, str | Phrase]:
        return {Phrase.FACT_VENDOR: self.vendor.formatted} if self.vendor else {}
