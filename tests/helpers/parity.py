"""What Python makes of a value, in the form in which nofields.js answers."""

from __future__ import annotations

import json
import re
from typing import Any

from nofields import (
    AccountNumber,
    AltinnSystemId,
    FieldError,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    Problem,
    VatNumber,
)
from nofields.check import compile_rule
from nofields.check.reading import ReadingCheck
from nofields.export.forms import masks
from nofields.keys import explanation_key, message_key
from nofields.value import Field


def paired(text: str) -> str:
    """Two halves of a surrogate pair, one behind the other, are one character in JavaScript."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def alike(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the name of a type, which each language has its own for."""
    return {**answer, "params": {**answer["params"], "type": "other"}} if "type" in answer["params"] else answer


def checked(field: type[Field], value: object, *, required: bool = True) -> dict[str, Any]:
    """What ``check`` answers."""
    result = field._clean(value)
    nothing = dict.fromkeys(("key", "reason", "message", "explanation"))
    if not isinstance(result, Problem):
        return {"valid": True, "clean": str(result), **nothing, "params": {}}
    if result.reason == "required" and not required:
        return {"valid": True, "clean": None, **nothing, "params": {}}
    texts = {"message": message_key(result.key), "explanation": explanation_key(result.reason, result.key)}
    problem = {"valid": False, "clean": None, "key": str(result.key), "reason": str(result.reason), **texts}
    return alike({**problem, "params": json.loads(json.dumps(dict(result.params)))})


def written(field: type[Field], value: Any) -> Any:
    """What ``format`` answers: the written form of a valid value, any other as it is."""
    try:
        return field(value).formatted  # type: ignore[call-arg]
    except FieldError:
        return value


def typed(field: type[Field], value: Any) -> Any:
    """What ``format`` answers while a value is typed: a number's digits in groups, any other value as it is."""
    forms = masks(field)
    if not forms or not isinstance(value, str):
        return value
    check = compile_rule(field.rule)
    assert isinstance(check, ReadingCheck)
    separators = check.notation().anywhere + check.notation().between
    digits = "".join(character for character in value if character not in separators)
    mask = next((mask for begins, mask in forms if re.match(begins.source, digits)), "")
    if not re.fullmatch("[0-9]+", digits) or len(digits) > mask.count("#"):
        return value
    rest = iter(digits)
    groups = ["".join(digit for _, digit in zip(group, rest)) for group in re.findall("#+", mask)]
    gaps = [*re.findall("[^#]+", mask), ""]
    return "".join(group + gap if following else group for group, gap, following in zip(groups, gaps, [*groups[1:], ""]))


def facts(field: type[Field], value: Any) -> dict[str, Any] | None:
    """What ``facts`` answers."""
    try:
        return shown(field(value))  # type: ignore[call-arg]
    except FieldError:
        return None


def shown(field: Any) -> dict[str, Any]:
    """What a valid value shows."""
    match field:
        case VatNumber():
            number = field.organisation_number
            own = shown(number)
            return {"organisationNumber": str(number), "kind": own["kind"], "synthetic": own["synthetic"]}
        case OrganisationNumber():
            kind = "synthetic_organisation" if field.is_synthetic else "organisation"
            return {"kind": kind, "synthetic": field.is_synthetic, "vatNumber": field.vat_number}
        case AccountNumber():
            return {"iban": field.iban, "bankRegisterNumber": field.bank_register_number}
        case NationalIdentityNumber():
            date = field.birth_date and field.birth_date.isoformat()
            return {"kind": field.kind, "synthetic": field.is_synthetic, "birthDate": date, "gender": field.gender}
        case PaymentReference():
            return {"moduli": list(field.moduli)}
        case PhoneNumber():
            return {"international": field.international}
        case AltinnSystemId():
            return {"vendor": field.vendor and str(field.vendor)}
    return {}
