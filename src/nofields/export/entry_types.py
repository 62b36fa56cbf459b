"""TypeScript declarations of the entries of the npm package besides the checks."""

from __future__ import annotations

_SENTENCES = """\
import type {{ NofieldsResult }} from "{folder}nofields.{ending}";

/** Return the sentence that tells the user what to enter{where}; an empty text for a valid value. */
export declare function message(result: NofieldsResult<string | null>{locale}): string;
/** Return the sentence that tells the user why the value was rejected and what to check; an empty text for a valid value. */
export declare function explanation(result: NofieldsResult<string | null>{locale}): string;
"""


def message_types(ending: str) -> str:
    """Return the declarations of the entry with all languages, ``messages.mjs`` or ``messages.cjs``."""
    where = ", in the language of a locale such as `nn-NO`: bokmål if there is none for it"
    return _SENTENCES.format(folder="./", ending=ending, where=where, locale=", locale?: string | undefined")


def language_types(ending: str) -> str:
    """Return the declarations of the entry of one language, such as ``messages/nb.mjs``."""
    return _SENTENCES.format(folder="../", ending=ending, where="", locale="")
