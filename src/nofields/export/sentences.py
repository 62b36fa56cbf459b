"""The sentences of results as JavaScript: an entry of the npm package with every language, and one for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from nofields.catalogs import DEFAULT, PROCESS_WIDE, languages
from nofields.check import Check, compile_rule
from nofields.check.date_range import DateRangeCheck
from nofields.check.text import TextCheck
from nofields.errors import Problem, Reason
from nofields.export.plural_forms import plural_samples
from nofields.export.rules import Fields, exported_fields
from nofields.export.twins import static, twins
from nofields.keys import Phrase, explanation_key, message_key, replaced_by
from nofields.languages import ALIASES, cldr, decimal_separator, list_patterns
from nofields.message_templates import PLACEHOLDER, template
from nofields.messages import sentences
from nofields.plurals import COUNTED, COUNTED_BY_FIELDS
from nofields.rules import PasswordRule

#: A text, or its plural forms by CLDR's categories, and as ``by`` the parameter that selects one.
Text = str | dict[str, str]

#: The reasons of models and choices, which no check in JavaScript has.
_OF_MODELS = {
    *(Reason.BLANK, Reason.CHOICE, Reason.TOO_FEW, Reason.TOO_MANY, Reason.DATA_TYPE, Reason.EXTRA, Reason.READ_ONLY),
    Reason.OTHER,
}
#: Those that a field may have whatever its rule.
USUAL = [reason for reason in Reason if reason not in {*_OF_MODELS, Reason.REQUIREMENTS}]
#: The reasons of passwords whose messages list requirements.
_LISTING = (Reason.REQUIREMENTS, Reason.TOO_LONG)
#: What follows the key of an explanation if it names the character that a value cannot have.
_CHARACTER = "character"
#: The language in a locale name.
_LANGUAGE = "^[a-z]*"


def message_modules(own: Fields | None = None) -> dict[str, str]:
    """Return the modules with ``message`` and ``explanation``, by path: ``messages``, and ``messages/nb`` and the like."""
    files = twins("messages", _entry())
    for language in languages():
        data = {"tag": str(cldr(language)), "decimal": decimal_separator(language), "list": list_patterns(language)}
        constants = _constants(PLACEHOLDER=PLACEHOLDER.pattern, language={**data, "texts": texts(language, own)})
        files |= twins(f"messages/{language}", constants + static("messages"))
    return files


def texts(language: str, own: Fields | None = None) -> dict[str, Text]:
    """Return the texts that results of the exported fields may need.

    A text that a key has in one case alone has the key ``KEY/case``: the reason of a message, or ``character``
    for an explanation that names a character.
    """
    checks = [compile_rule(field.rule) for field in exported_fields(own).values()]
    problems = [problem for check in checks for problem in _problems(check)]
    found: dict[str, Text] = {}
    for key, reason, text in _messages(problems, language):
        usual = found.setdefault(key, _text(key, language))
        # Fields with the same key and other texts: one that is true of all of them.
        found[f"{key}/{reason}"] = text if found.get(f"{key}/{reason}", text) == text else usual
    for problem in problems:
        found |= _explanations(problem, language)
    for key in {key for check in checks for key in _requirements(check)}:
        found[key] = _text(key, language)
    return {key: text for key, text in sorted(found.items()) if "/" not in key or text != found[key.partition("/")[0]]}


def _entry() -> str:
    """Return the entry with all languages."""
    imports = "".join(f'import * as ${name} from "./messages/{name}.mjs";\n' for name in languages())
    table = "".join(f"  {json.dumps(name)}: ${name},\n" for name in languages())
    constants = _constants(ALIASES=ALIASES, DEFAULT=DEFAULT, LANGUAGE=_LANGUAGE)
    return f"{imports}{constants}const languages = {{\n  __proto__: null,\n{table}}};\n{static('languages')}"


def _constants(**values: object) -> str:
    return "".join(f"const {name} = {json.dumps(value, ensure_ascii=False, indent=2)};\n" for name, value in values.items())


def _problems(check: Check) -> Iterable[Problem]:
    """Return a problem for each reason for which a field may reject a value, with the keys of its sentences."""
    found = {reason: Problem(check.rule.key, reason) for reason in USUAL}
    if isinstance(check.rule, PasswordRule):
        listing = {"requirements": tuple(_requirements(check))}
        found |= {reason: Problem(check.rule.key, reason, listing) for reason in _LISTING}
    special = [check.required, *check.own_problems.values()]
    if isinstance(check, TextCheck):
        special += [check.too_long(), check.too_short]
    found |= {Reason(each.reason): each for each in special}
    return [*found.values(), *([check.not_a_range] if isinstance(check, DateRangeCheck) else [])]


def _messages(problems: Iterable[Problem], language: str) -> Iterator[tuple[str, str, Text]]:
    """Yield the key of each message, its reason, and its text."""
    for problem in problems:
        key = message_key(problem.key, by_field=PROCESS_WIDE.is_by_field())
        yield str(key), str(problem.reason), _text(problem.key, language, listing="requirements" in problem.params)


def _explanations(problem: Problem, language: str) -> dict[str, Text]:
    key = explanation_key(problem.reason, problem.key)
    found = {str(key): _text(key, language)}
    if problem.reason == Reason.CHARACTERS:
        others = [] if key == Phrase.REASON_CHARACTERS else [template(key, language)]
        found[f"{key}/{_CHARACTER}"] = sentences(template(Phrase.REASON_CHARACTER, language), *others)
    return found


def _requirements(check: Check) -> Iterable[str]:
    if not isinstance(check.rule, PasswordRule):
        return []
    return [Phrase.PASSWORD_MIN_LENGTH, Phrase.PASSWORD_MAX_LENGTH, *(each.phrase for each in check.rule.requirements)]


def _text(key: str, language: str, *, listing: bool = False) -> Text:
    """Return the text of a key. If it is ``listing`` requirements and does not name them, a sentence that does follows it."""
    forms: dict[str, str] = {}
    for category, count in plural_samples(language).items():
        forms[category] = template(key, language, count, listing=listing)
        if listing and "{requirements}" not in forms[category]:
            forms[category] = sentences(forms[category], template(Phrase.PASSWORD_REQUIREMENTS, language))
    if len({*forms.values()}) == 1:
        return next(iter(forms.values()))
    counted = message_key(replaced_by(key) or key)
    return {"by": COUNTED.get(counted) or COUNTED_BY_FIELDS[counted], **forms}
