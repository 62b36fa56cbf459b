"""The parameters of texts that the rules of fields fix, by field and by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from nofields.catalogs import languages
from nofields.check import Check, compile_rule
from nofields.check.date import DateCheck, written
from nofields.check.text import TextCheck
from nofields.errors import Problem, Reason
from nofields.export.rules import Fields
from nofields.fields import ALL, AltinnPassword
from nofields.keys import Key, Phrase, explanation_key, message_key
from nofields.message_templates import DOCUMENTED_PARAMS, PLACEHOLDER, template
from nofields.pydantic_errors.table import ERRORS
from nofields.rules import AnyPhoneRule, PasswordRule
from nofields.value import Field

#: Parameters by key.
Params = Mapping[str, Mapping[str, object]]
#: Shown for a parameter of which only the value at hand decides.
UNKNOWN = "…"


def field_params(own: Fields | None = None) -> dict[str, dict[str, dict[str, object]]]:
    """Return what the texts of each field show: the values of parameters, by field and key.

    Fields have the names that they have in JavaScript. A text whose parameters depend on the value is left out.

    Args:
        own: The project's fields by name.

    >>> field_params()["postnr"]["HINT_POSTAL_CODE"]
    {'digits': 4}
    """
    named = {field.name or field.__name__[:1].lower() + field.__name__[1:]: field for field in ALL}
    found = {name: dict(_of_field(field)) for name, field in {**named, **(own or {})}.items()}
    return {name: params for name, params in found.items() if params}


@cache
def fixed_params() -> Params:
    """Return the parameters that are filled in, by key: no result has those of hints, and no field other counts of digits."""
    hints = {str(field.hint): compile_rule(field.rule).params for field in ALL if field.hint}
    wider = compile_rule(AnyPhoneRule(key=Key.PHONE_ERROR, short=True)).params
    phones = (Phrase.HINT_SHORT_PHONE_NUMBER, Phrase.HINT_FOREIGN_PHONE_NUMBER, Phrase.HINT_FOREIGN_MOBILE_PHONE_NUMBER)
    fixed = {key: params for key, params in DOCUMENTED_PARAMS.items() if "digits" in params or key.startswith("HINT_")}
    return {**hints, **dict.fromkeys(phones, wider), **fixed}


@cache
def usual_params() -> Params:
    """Return the parameters for a format whose texts nobody fills in: those above, and all of the password's."""
    password = compile_rule(AltinnPassword.rule).params
    listed = {Phrase.PASSWORD_REQUIREMENTS.value: {**password, "requirements": requirements(AltinnPassword.rule)}}
    return {**fixed_params(), **{str(key): password for key in Phrase if key.startswith("PASSWORD_")}, **listed}


@cache
def default_params() -> Mapping[str, Mapping[str, str]]:
    """Return the values of parameters where an app gives none, by key: the documented ones, or those that all errors share."""
    found: dict[str, dict[str, set[str]]] = {}
    of_fields = (item for field in ALL for item in _texts_of(field).items())
    of_pydantic = ((str(each.key), {**dict.fromkeys(each.params, UNKNOWN), **each.constants}) for each in ERRORS.values())
    for key, params in (*of_fields, *of_pydantic):
        for name, value in params.items():
            found.setdefault(key, {}).setdefault(name, set()).add(str(value))
    shared = {key: {name: min(each) for name, each in names.items() if len(each) == 1} for key, names in found.items()}
    return {**shared, **DOCUMENTED_PARAMS}


def requirements(rule: PasswordRule) -> tuple[str, ...]:
    """Return the keys of the requirements to a password."""
    return (Phrase.PASSWORD_MIN_LENGTH, *(each.phrase for each in rule.requirements))


def _of_field(field: type[Field]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the keys of a field's texts with the parameters that these have in some language."""
    for key, params in _texts_of(field).items():
        listed = params["requirements"] if key == Phrase.PASSWORD_REQUIREMENTS else ()
        names = _placeholders(key, *listed)
        shown = {name: value for name, value in params.items() if name in names}
        if shown:
            yield key, shown


def _texts_of(field: type[Field]) -> dict[str, Mapping[str, Any]]:
    """Return the keys of a field's texts with all parameters that its rule fixes."""
    check = compile_rule(field.rule)
    found: dict[str, Mapping[str, Any]] = {str(field.hint): check.params} if field.hint else {}
    for problem in _problems(check):
        for key in (problem.key, message_key(problem.key), explanation_key(problem.reason, problem.key)):
            found.setdefault(str(key), problem.params)
    if isinstance(field.rule, PasswordRule):
        found |= dict.fromkeys(map(str, (*requirements(field.rule), Phrase.PASSWORD_MAX_LENGTH)), check.params)
        listed = [*map(str, requirements(field.rule))]
        found[Phrase.PASSWORD_REQUIREMENTS.value] = {**check.params, "requirements": listed}
    return found


def _problems(check: Check) -> Iterable[Problem]:
    """Yield the problems of a field, without what depends on the value; the special ones first."""
    yield from check.own_problems.values()
    if isinstance(check, TextCheck):
        yield from (check.too_long(), check.too_short)
    params: Mapping[str, object] = check.params
    if isinstance(check, DateCheck):
        if check.changes:  # the limits are those of the day on which the value is checked
            params = {}
        else:
            lower, upper = check.limits()
            if lower:
                yield Problem(check.rule.key, Reason.TOO_EARLY, {**params, "min": written(lower)})
            if upper:
                yield Problem(check.rule.key, Reason.TOO_LATE, {**params, "max": written(upper)})
    yield from (Problem(check.rule.key, reason, params) for reason in Reason if reason is not Reason.REQUIRED)


def _placeholders(*keys: str) -> set[str]:
    """Return the placeholders of the texts of some keys; none of a hint that is no key."""
    texts = (text for key in keys for language in languages() if (text := template(key, language)) != key)
    return {name for text in texts for name in PLACEHOLDER.findall(text)}
