"""TypeScript declarations: the message keys and ``nofields.js``."""

from __future__ import annotations

import json
from collections.abc import Iterable

from nofields.errors import Reason
from nofields.export.bundles import own_and_project_keys
from nofields.keys import Key
from nofields.synthetic import Policy


def union(name: str, members: Iterable[str]) -> str:
    """Return ``export type Name = "A" | "B";``, one member per line."""
    return f"export type {name} =\n" + "\n".join(f"  | {json.dumps(member)}" for member in members) + ";\n"


def key_types(*, own: bool = False) -> str:
    """Return ``keys.d.ts``: the documented keys and, if ``own``, nofields' own and the project's."""
    documented = union("NofieldsKey", Key)
    return documented + ("\n" + union("NofieldsOwnKey", own_and_project_keys()) if own else "")


def validator_types(fields: Iterable[str]) -> str:
    """Return ``nofields.d.ts``, the declarations of ``nofields.js``."""
    return f"""{union("NofieldsField", fields)}
{union("NofieldsReason", Reason)}
{union("NofieldsErrorKey", [key for key in Key if key.is_error])}
/** Parameters of the key's text; `requirements` are nofields' own keys, in the bundle that --all exports. */
export type NofieldsParams = {{ readonly requirements?: readonly string[]; readonly [name: string]: unknown }};

export type NofieldsResult =
  | {{ valid: true; clean: string; key: null; reason: null; message: null; explanation: null; params: Record<string, never> }}
  | {{
      valid: false;
      clean: null;
      key: NofieldsErrorKey | (string & {{}});
      reason: NofieldsReason;
      /** The keys of the sentences: what to enter, and why the value was rejected. The bundle that --all exports has them. */
      message: NofieldsErrorKey | (string & {{}});
      explanation: `REASON_${{string}}`;
      params: NofieldsParams;
    }};

export interface NofieldsOptions {{
  /** Whether numbers of synthetic persons and organisations are accepted: NOFIELDS_SYNTHETIC of the backend. */
  synthetic?: {" | ".join(map(json.dumps, Policy))} | undefined;
}}

export declare const fields: readonly NofieldsField[];
export declare function check(field: NofieldsField, value: unknown, options?: NofieldsOptions): NofieldsResult;
"""
