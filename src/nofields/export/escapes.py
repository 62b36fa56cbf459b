"""Texts as the libraries of frontends read them: parameters in their syntax, and everything else as it was typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

#: A parameter of a text, such as ``{max}``. Its name is ASCII, which Python does not require: vue-i18n reads no other.
PARAMETER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
#: What i18next has no escapes for, as texts that other texts nest, by their keys (https://www.i18next.com, Nesting).
LITERALS = {"LITERAL_BRACE": "{", "LITERAL_DOLLAR": "$"}
#: The nested texts. A default value, because nested keys are not looked up in the namespace of ``nofields:KEY``.
_BRACE, _DOLLAR = (f'$t({key}, {{"defaultValue": {json.dumps(text)}}})' for key, text in LITERALS.items())
_NESTED = {"{": _BRACE, "$": _DOLLAR}
_I18NEXT_SYNTAX = re.compile(r"\{(?=\{)|\$(?=t\()")
_ICU_SYNTAX = re.compile(r"[{}<>']+")
_ICU_PLURAL_SYNTAX = re.compile(r"[{}<>#']+")
#: vue-i18n reads the two separators, and a carriage return before a line feed, as line feeds.
_VUE_SYNTAX = re.compile("[@|${}\\\\\r\u2028\u2029]")
#: Altinn renders Markdown, in which an address is a link: its marks, some of them at the start of a line alone.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>~|&]|(?<=\S)@(?=\S)|(?<=[pPsS]):(?=//)|(?<=[wW]{3})\.|^[#+=-]", re.MULTILINE)
#: A full stop or bracket behind a number that begins a line, which makes an item of a list.
_NUMBERED = re.compile(r"^([0-9\0]{1,9})(?=[.)])", re.MULTILINE)
#: What Altinn would replace in a text that has variables.
_POSITION = re.compile(r"\{([0-9]+)\}")


def for_i18next(text: str) -> str:
    """Return a text for i18next: ``{{max}}``, and nested texts for what would be its syntax."""
    *parts, last = PARAMETER.split(text)
    written = [
        f"{{{{{part}}}}}" if place % 2 else _i18next_literal(part.removesuffix("{")) + (_BRACE if part.endswith("{") else "")
        for place, part in enumerate(parts)
    ]
    return "".join([*written, _i18next_literal(last)])


def _i18next_literal(part: str) -> str:
    return _I18NEXT_SYNTAX.sub(lambda found: _NESTED[found[0]], part)


def for_icu(text: str, *, plural: bool = False) -> str:
    """Return a text for ICU MessageFormat, or for one of its plural forms: syntax in apostrophes, which are doubled."""
    syntax = _ICU_PLURAL_SYNTAX if plural else _ICU_SYNTAX
    return _around_parameters(text, lambda part: syntax.sub(_icu_quoted, part))


def _icu_quoted(run: re.Match[str]) -> str:
    doubled = run[0].replace("'", "''")
    return f"'{doubled}'" if set(run[0]) - {"'"} else doubled


def for_vue(text: str, *, plural: bool = False) -> str:
    """Return a text for vue-i18n, or for one of its plural forms, whose blanks at the ends would be dropped."""
    if not plural:
        return _around_parameters(text, lambda part: _VUE_SYNTAX.sub(lambda found: _vue_literal(found[0]), part))
    core = text.strip()
    start = len(text) - len(text.lstrip())
    ends = text[:start], text[start + len(core) :]
    first, last = ("".join(map(_vue_literal, end)) for end in ends)
    return f"{first}{for_vue(core)}{last}"


def _vue_literal(character: str) -> str:
    return f"{{'{character}'}}" if character in "@|${}" else f"{{'\\u{ord(character):04x}'}}"


def for_markdown(text: str) -> str:
    r"""Return a text for Altinn: Markdown that shows it as it was typed, with its parameters by position.

    Line breaks become blanks, and several blanks one, since HTML keeps neither.

    >>> for_markdown("For eksempel navn@example.com.")
    'For eksempel navn\\@example.com.'
    >>> for_markdown("Maks {max} tegn")
    'Maks {0} tegn'
    """
    literals = "\0".join(PARAMETER.split(text)[::2])  # no catalog has NUL
    lines = "\n".join(line.strip() for line in literals.strip().splitlines())
    escaped = _POSITION.sub(r"{\1" "\\\\}", _NUMBERED.sub(r"\1" "\\\\", marks_escaped(lines)))
    names = PARAMETER.findall(text)
    positions = iter(list(dict.fromkeys(names)).index(name) for name in names)
    return re.sub("\0", lambda _: f"{{{next(positions)}}}", escaped)


def marks_escaped(text: str) -> str:
    """Return a text within a line of Markdown."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _around_parameters(text: str, escape: Callable[[str], str]) -> str:
    """Escape everything in a text but its parameters."""
    parts = PARAMETER.split(text)
    return "".join(f"{{{part}}}" if place % 2 else escape(part) for place, part in enumerate(parts))
