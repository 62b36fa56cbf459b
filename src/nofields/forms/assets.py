"""Static files of a page with a form: style sheets, scripts and the data that the scripts read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.characters import BLANK
from nofields.check import compile_rule
from nofields.export.modules import module
from nofields.fields import BY_NAME, AltinnPassword
from nofields.forms.error import EXPLAINED
from nofields.keys import Key, Phrase, message_key
from nofields.languages import list_patterns
from nofields.message_templates import template

_STATIC = Path(__file__).parent / "static"


def files(catalogs: Catalogs = PROCESS_WIDE) -> dict[str, str]:
    """Return the files by name, to be served from one folder.

    Args:
        catalogs: The catalogs of an app that has its own.

    Returns:
        ``nofields.css``, the style sheet; ``extras.css``, the part of it that Digdir's Designsystemet does not cover;
        ``forms.js``, the script, and what it loads from the same folder: ``announce.js``, ``inputs.js``, ``parts.js``,
        ``nofields.js`` and ``messages.{language}.json``.
    """
    return {**_fixed_files(), **{f"messages.{each}.json": _messages(each, catalogs) for each in catalogs.languages()}}


def style_sheet(*names: str) -> str:
    """Return style sheets of nofields as one: ``nofields``, ``extras``, ``parts`` for groups and lists, and ``steps``."""
    return compact("".join(_STATIC.joinpath(f"{name}.css").read_text("utf-8") for name in names))


def compact(css: str) -> str:
    """Return a style sheet without comments and superfluous white space, semicolons, zeros and quotes."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s*([{};,>~])\s*|(?<=:)\s+", r"\1", css).replace(";}", "}")
    css = re.sub(r"(?<![\d.])0(?=\.\d)", "", css)
    return re.sub(r'="([a-z]+)"\]', r"=\1]", css).strip() + "\n"


@cache
def _fixed_files() -> Mapping[str, str]:
    """The files that do not depend on the catalogs, to which a project may add its own."""
    scripts = {name: _STATIC.joinpath(name).read_text("utf-8") for name in ("announce.js", "forms.js", "inputs.js", "parts.js")}
    scripts["nofields.js"] = module()
    extras = ("extras", "parts", "steps")
    styles = {"nofields.css": style_sheet("nofields", *extras), "extras.css": style_sheet(*extras)}
    return {**styles, **scripts}


def _messages(language: str, catalogs: Catalogs) -> str:
    """The texts that the script shows, with their placeholders, and the data it needs to choose among them."""
    prefixes = ("INVALID_", "PASSWORD_", "REASON_", "REQUIRED_")
    keys = [key for key in Key if key.is_error] + [each for each in Phrase if each.startswith(prefixes)]
    own = [problem.key for field in BY_NAME.values() for problem in compile_rule(field.rule).own_problems.values()]
    shared = {message_key(key): key for key in own}  # a project's text of the documented key takes precedence
    texts = {str(key): template(shared.get(key, key), language, catalogs=catalogs).strip() for key in (*keys, *shared)}
    # A rejected password always lacks something that the sentence lists.
    password = AltinnPassword.rule.key
    texts[message_key(password)] = template(password, language, catalogs=catalogs, listing=True).strip()
    content = {"texts": texts, "explained": EXPLAINED, "blank": BLANK, "list": list_patterns(language)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
