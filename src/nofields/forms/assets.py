"""The files that a page with a form loads: the look, the script, and what the script reads."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from nofields.catalogs import languages
from nofields.export.validators import validators
from nofields.forms.form import TELLING
from nofields.keys import Key, Phrase
from nofields.messages import template

_STATIC = Path(__file__).parent / "static"


def files() -> dict[str, str]:
    """The files by name, to be served from one folder.

    ``nofields.css`` is the look, ``extras.css`` what Digdir's Designsystemet has no name for (part of the first),
    ``forms.js`` the script, which finds ``nofields.js``, its ``rules.json`` and ``messages.{language}.json`` beside itself.
    """
    look, extras = (compact(_read(f"{name}.css")) for name in ("nofields", "extras"))
    checks = {name: text for name, text in validators().items() if not name.endswith(".d.ts")}
    said = {f"messages.{language}.json": _texts(language) for language in languages()}
    return {"nofields.css": look + extras, "extras.css": extras, "forms.js": _read("forms.js"), **checks, **said}


def compact(css: str) -> str:
    """A style sheet without its comments and the blanks that say nothing."""
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip() + "\n"


@cache
def _read(name: str) -> str:
    return (_STATIC / name).read_text("utf-8")


def _texts(language: str) -> str:
    """What the script says: errors, explanations, requirements; placeholders as they are, for it to fill in."""
    prefixes = ("REASON_", "PASSWORD_")
    keys = [key for key in Key if key.endswith("_ERROR")] + [each for each in Phrase if each.startswith(prefixes)]
    texts = {key: template(key, language).strip() for key in (*keys, Phrase.FORM_TITLE_WITH_ERRORS)}
    return json.dumps({"texts": texts, "telling": TELLING}, ensure_ascii=False, separators=(",", ":")) + "\n"
