"""The TypeScript declaration of what values show."""

from __future__ import annotations

import json
from collections.abc import Iterable

from nofields.export.known import known
from nofields.export.rules import Fields
from nofields.fields import Gender, NationalIdentityNumber, OrganisationNumber
from nofields.value import DigitValue


def _kind_names(field: type[DigitValue]) -> str:
    return either(kind.name for kind in field.rule.kinds)


def either(words: Iterable[str]) -> str:
    return " | ".join(map(json.dumps, words))


_ORGANISATION, _PERSON = (_kind_names(field) for field in (OrganisationNumber, NationalIdentityNumber))
#: What the functions of ``static/facts.js`` return.
_FACTS = {
    "organisationFacts": f"{{ kind: {_ORGANISATION}; synthetic: boolean; vatNumber: string }}",
    "vatFacts": f"{{ organisationNumber: string; kind: {_ORGANISATION}; synthetic: boolean }}",
    "accountFacts": "{ iban: string; bankRegisterNumber: string }",
    "referenceFacts": "{ moduli: number[] }",
    "identityFacts": f"{{ kind: {_PERSON}; synthetic: boolean; birthDate: string | null; gender: {either(Gender)} | null }}",
    "phoneFacts": "{ international: string }",
    "systemIdFacts": "{ vendor: string | null }",
}


def fact_types(own: Fields | None) -> str:
    """Return the declaration of what values show, by field."""
    shown = {name: _FACTS[reader] for name, (reader, _) in known(own).items()}
    lines = "".join(f"  {json.dumps(name)}: {shape};\n" for name, shape in shown.items())
    return f"""
/** What values show, by field. Dates are as ISO 8601 has them. */
export interface NofieldsFacts {{
{lines}}}
"""
