"""What valid values show, as data for the functions of ``static/facts.js``."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.export.forms import mask, masks
from nofields.export.rules import exported_kind, exported_sum
from nofields.fields import (
    AccountNumber,
    AltinnSystemId,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    VatNumber,
)
from nofields.fields.identity import ISSUED
from nofields.rules import BirthDate, DigitRule, Series


def known() -> dict[str, tuple[str, Mapping[str, object]]]:
    """Return, by the name of the field, the function that reads what a value shows, and its data."""
    organisation = {"kinds": _kinds(OrganisationNumber.rule), "vatNumber": mask(_organisation().vat_number)}
    identity = {"kinds": _kinds(NationalIdentityNumber.rule), "first": exported_sum(ISSUED["before_2032"][0])}
    account = AccountNumber(AccountNumber.accepted_examples()[0])
    iban_sum = next(affix.sum for affix in AccountNumber.rule.affixes if affix.sum)
    accounts = {"sum": exported_sum(iban_sum), "iban": mask(account.iban), "bank": len(account.bank_register_number)}
    sums = [[each.weights, each.modulus, each.folded, each.ten] for each in PaymentReference.rule.sums]
    return {
        OrganisationNumber.name: ("organisationFacts", organisation),
        VatNumber.name: ("vatFacts", organisation | {"before": len(VatNumber.rule.prefix)}),
        AccountNumber.name: ("accountFacts", accounts),
        NationalIdentityNumber.name: ("identityFacts", identity),
        PaymentReference.name: ("referenceFacts", {"sums": sums}),
        AltinnSystemId.name: ("systemIdFacts", {"vendor": f"^([0-9]{{{AltinnSystemId.rule.vendor.digits}}})_"}),
        **{field.name: ("phoneFacts", {"masks": _international(field)}) for field in (PhoneNumber, MobilePhoneNumber)},
    }


def _organisation() -> OrganisationNumber:
    return OrganisationNumber(OrganisationNumber.accepted_examples()[0])


def _international(field: type[PhoneNumber]) -> list[list[str]]:
    return [[begins, f"+{field.rule.country_code} {each}"] for begins, each in masks(field)]


def _kinds(rule: DigitRule) -> list[dict[str, object]]:
    """Return the kinds with their names, whether they are synthetic, and the centuries of their birth dates."""
    kinds = []
    for kind in rule.kinds:
        named = {"name": kind.name, "synthetic": kind.series is Series.SYNTHETIC}
        date = {"date": _date(kind.birth_date)} if kind.birth_date else {}
        kinds.append({**exported_kind(kind), **named, **date})
    return kinds


def _date(date: BirthDate) -> list[object]:
    """Return the offsets of day and month, and for each century the first and last individual numbers and years."""
    centuries = [[each.individuals[0], each.individuals[-1], each.years[0], each.years[-1]] for each in date.centuries]
    return [date.day_offset, date.month_offset, centuries]
