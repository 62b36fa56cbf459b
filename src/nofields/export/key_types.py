"""TypeScript declarations of the keys, and of what a backend answers."""

from __future__ import annotations

import json
from collections.abc import Iterable

from nofields.errors import Reason
from nofields.export.bundles import own_and_project_keys
from nofields.export.notice import NOTICE
from nofields.export.parameters import requirements
from nofields.fields import AltinnPassword
from nofields.keys import Key, Phrase

#: The types that ``nofields.d.mts`` exports too.
SHARED = ("NofieldsBackendError", "NofieldsBackendParams", "NofieldsProblem", "NofieldsReason", "NofieldsRequirement")


def union(name: str, members: Iterable[str]) -> str:
    """Return ``export type Name = "A" | "B";``, one member per line; ``never`` for none."""
    return f"export type {name} =\n" + ("\n".join(f"  | {json.dumps(member)}" for member in members) or "  never") + ";\n"


def key_types(*, own: bool = False) -> str:
    """Return ``keys.d.ts``: the documented keys and, if ``own``, nofields' own and the project's; and the problem document."""
    unions: dict[str, Iterable[str]] = {"NofieldsKey": Key}
    unions |= {"NofieldsOwnKey": own_and_project_keys()} if own else {}
    unions |= {"NofieldsReason": Reason, "NofieldsRequirement": all_requirements()}
    return "\n".join([NOTICE, *(union(*each) for each in unions.items()), _PROBLEM])


def all_requirements() -> list[str]:
    """Return the keys of what a password may lack, in the order in which they are listed."""
    return [*requirements(AltinnPassword.rule), Phrase.PASSWORD_MAX_LENGTH]


#: What ``nofields.web`` answers; see its ``problem_response``.
_PROBLEM = """\
/** Parameters of a message of the backend. */
export type NofieldsBackendParams = {
  /** What a password lacks: keys of the bundle. */
  readonly requirements?: readonly [NofieldsRequirement, ...NofieldsRequirement[]];
  readonly [name: string]: unknown;
};

/** A rejected value. It has the place in the body, or where else it was sent: in a query, path, header or cookie. */
export type NofieldsBackendError = {
  readonly key: string;
  readonly reason: NofieldsReason | (string & {});
  /** The sentence, in the language that the request asked for. */
  readonly detail: string;
  readonly params: NofieldsBackendParams;
  /** What the field is called. */
  readonly label: string;
} & (
  | { readonly pointer: string; readonly in?: never; readonly parameter?: never }
  | { readonly pointer?: never; readonly in: "query" | "path" | "header" | "cookie"; readonly parameter: string }
);

/** The answer to a request with rejected values: `application/problem+json` (RFC 9457). */
export interface NofieldsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 400 | 422;
  readonly errors: readonly [NofieldsBackendError, ...NofieldsBackendError[]];
}
"""
