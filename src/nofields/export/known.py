"""What valid values show, as data for the functions of ``static/facts.js``."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.export.exported import Pattern
from nofields.export.forms import mask, masks
from nofields.export.kinds import named_kinds
from nofields.export.rules import Fields
from nofields.export.sums import cyclic, right
from nofields.fields import (
    BY_NAME,
    AccountNumber,
    AltinnSystemId,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    VatNumber,
)
from nofields.fields.identity import ISSUED
from nofields.value import Field


def known(own: Fields | None = None) -> dict[str, tuple[str, Mapping[str, object]]]:
    """Return, by the name of the field, the function that reads what a value shows, and its data."""
    found = {name: _shown(field) for name, field in {**BY_NAME, **(own or {})}.items()}
    return {name: each for name, each in found.items() if each}


def _shown(field: type[Field]) -> tuple[str, Mapping[str, object]] | None:
    if issubclass(field, OrganisationNumber):
        return "organisationFacts", {"kinds": named_kinds(field.rule), "vatNumber": mask(_organisation().vat_number)}
    if issubclass(field, VatNumber):
        _, organisation = _shown(OrganisationNumber) or ("", {})
        return "vatFacts", {**organisation, "before": len(field.rule.prefix)}
    if issubclass(field, NationalIdentityNumber):
        return "identityFacts", {"kinds": named_kinds(field.rule), "isOlder": right(ISSUED["before_2032"][0])}
    if issubclass(field, AccountNumber):
        account = AccountNumber(AccountNumber.accepted_examples()[0])
        total = next(affix.sum for affix in AccountNumber.rule.affixes if affix.sum)
        sizes = {"iban": mask(account.iban), "bank": len(account.bank_register_number)}
        return "accountFacts", {"isRight": right(total), "numbers": total.modulus, **sizes}
    if issubclass(field, PaymentReference):
        return "referenceFacts", {"sums": cyclic(field.rule)}
    if issubclass(field, AltinnSystemId):
        return "systemIdFacts", {"vendor": Pattern(f"^([0-9]{{{field.rule.vendor.digits}}})_")}
    return ("phoneFacts", {"masks": _international(field)}) if issubclass(field, PhoneNumber) else None


def _organisation() -> OrganisationNumber:
    return OrganisationNumber(OrganisationNumber.accepted_examples()[0])


def _international(field: type[PhoneNumber]) -> list[tuple[Pattern, str]]:
    return [(begins, f"+{field.rule.country_code} {each}") for begins, each in masks(field)]
