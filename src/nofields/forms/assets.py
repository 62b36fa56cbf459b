"""The files that a page with a form loads: the look, the script, and what the script reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nofields.catalogs import languages
from nofields.export.validators import validators
from nofields.forms.error import EXPLAINED
from nofields.keys import Key, Phrase
from nofields.messages import template
from nofields.rules import WHITE_SPACE

_STATIC = Path(__file__).parent / "static"


def files() -> dict[str, str]:
    """The files by name, to be served from one folder.

    ``nofields.css`` is the look, ``extras.css`` what Digdir's Designsystemet has no name for (part of the first),
    ``forms.js`` the script, which finds ``nofields.js``, its ``rules.json`` and ``messages.{language}.json`` beside itself.
    """
    return {**_still(), **{f"messages.{language}.json": _texts(language) for language in languages()}}


def compact(css: str) -> str:
    """A style sheet without its comments and the blanks that say nothing."""
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip() + "\n"


@cache
def _still() -> Mapping[str, str]:
    """The files that no catalog of a project's own changes."""
    look, extras, script = (_STATIC.joinpath(name).read_text("utf-8") for name in ("nofields.css", "extras.css", "forms.js"))
    checks = {name: text for name, text in validators().items() if not name.endswith(".d.ts")}
    return {"nofields.css": compact(look + extras), "extras.css": compact(extras), "forms.js": script, **checks}


def _texts(language: str) -> str:
    """What the script says, its placeholders left for it to fill in: errors, explanations, requirements; and what is blank."""
    prefixes = ("REASON_", "PASSWORD_")
    keys = [key for key in Key if key.is_error] + [each for each in Phrase if each.startswith(prefixes)]
    texts = {key: template(key, language).strip() for key in (*keys, Phrase.FORM_TITLE_WITH_ERRORS)}
    said = {"texts": texts, "telling": EXPLAINED, "whiteSpace": WHITE_SPACE}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
