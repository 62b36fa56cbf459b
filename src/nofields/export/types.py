"""TypeScript declarations: the message keys, and the checks."""

from __future__ import annotations

import json
from collections.abc import Iterable

from nofields.errors import Reason
from nofields.export.bundles import own_and_project_keys
from nofields.export.known import known
from nofields.export.modules import identifier
from nofields.export.rules import Fields
from nofields.fields import DateRange, Gender, NationalIdentityNumber, OrganisationNumber
from nofields.keys import Key
from nofields.synthetic import Policy
from nofields.value import DigitValue


def union(name: str, members: Iterable[str]) -> str:
    """Return ``export type Name = "A" | "B";``, one member per line."""
    return f"export type {name} =\n" + "\n".join(f"  | {json.dumps(member)}" for member in members) + ";\n"


def key_types(*, own: bool = False) -> str:
    """Return ``keys.d.ts``: the documented keys and, if ``own``, nofields' own and the project's."""
    documented = union("NofieldsKey", Key)
    return documented + ("\n" + union("NofieldsOwnKey", own_and_project_keys()) if own else "")


def module_types(fields: Iterable[str], own: Fields | None = None) -> str:
    """Return the declarations of ``nofields.mjs`` and ``nofields.cjs``."""
    names = list(fields)
    ranges = [name for name, field in (own or {}).items() if issubclass(field, DateRange)]
    types = {name: json.dumps(name) + (", string, NofieldsRange" if name in ranges else "") for name in names}
    each = "".join(f"export declare const {identifier(name)}: NofieldsCheck<{types[name]}>;\n" for name in names)
    return f"""{union("NofieldsField", names)}
{union("NofieldsReason", Reason)}
{union("NofieldsErrorKey", [key for key in Key if key.is_error])}
{_RESULT}
export interface NofieldsOptions {{
  /** Whether a value is required: `true` by default. If not, an empty one is valid, and `clean` is `null`. */
  readonly required?: boolean | undefined;
  /** Whether numbers of synthetic persons and organisations are accepted: NOFIELDS_SYNTHETIC of the backend. */
  readonly synthetic?: {_either(Policy)} | undefined;
}}
{_fact_types(own)}
{_FUNCTIONS}
{each}"""


def field_types(fields: Iterable[str], ending: str) -> str:
    """Return the declarations of ``fields.mjs`` or ``fields.cjs``."""
    types = "NofieldsCheck, NofieldsOptions, NofieldsParams, NofieldsReason, NofieldsResult"
    return (
        f'export {{ {", ".join(map(identifier, fields))} }} from "./nofields.{ending}";\n'
        f'export type {{ {types} }} from "./nofields.{ending}";\n'
    )


def _kind_names(field: type[DigitValue]) -> str:
    return _either(kind.name for kind in field.rule.kinds)


def _either(words: Iterable[str]) -> str:
    return " | ".join(map(json.dumps, words))


_ORGANISATION, _PERSON = (_kind_names(field) for field in (OrganisationNumber, NationalIdentityNumber))
#: What the functions of ``static/facts.js`` return.
_FACTS = {
    "organisationFacts": f"{{ kind: {_ORGANISATION}; synthetic: boolean; vatNumber: string }}",
    "vatFacts": f"{{ organisationNumber: string; kind: {_ORGANISATION}; synthetic: boolean }}",
    "accountFacts": "{ iban: string; bankRegisterNumber: string }",
    "referenceFacts": "{ moduli: number[] }",
    "identityFacts": f"{{ kind: {_PERSON}; synthetic: boolean; birthDate: string | null; gender: {_either(Gender)} | null }}",
    "phoneFacts": "{ international: string }",
    "systemIdFacts": "{ vendor: string | null }",
}

_RESULT = """\
/** Parameters of the key's text; `requirements` are keys in the bundle. */
export type NofieldsParams = { readonly requirements?: readonly string[]; readonly [name: string]: unknown };

/** The result of a rejected value. */
export interface NofieldsRejected {
  valid: false;
  clean: null;
  key: NofieldsErrorKey | (string & {});
  reason: NofieldsReason;
  /** The keys of the sentences: what to enter, and why the value was rejected. The bundle has them. */
  message: NofieldsErrorKey | (string & {});
  explanation: `REASON_${string}`;
  params: NofieldsParams;
  /** The end of a date range that is wrong, if one is. */
  at?: "from" | "to";
}

/** `Clean` is `string`, or `string | null` where an empty value is valid. */
export type NofieldsResult<Clean extends string | null = string> =
  | { valid: true; clean: Clean; key: null; reason: null; message: null; explanation: null; params: Record<string, never> }
  | NofieldsRejected;

/** An issue of a Standard Schema: what a result has, with the message that an option makes, or else its key. */
export interface NofieldsIssue extends Omit<NofieldsRejected, "message"> {
  message: string;
  path?: readonly PropertyKey[] | undefined;
}

/** A Standard Schema (https://standardschema.dev). */
export interface NofieldsSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "nofields";
    validate(
      value: unknown,
    ): { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly NofieldsIssue[] };
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
"""

_FUNCTIONS = """\
/** Options of a value that may be empty. */
export type NofieldsOptional = NofieldsOptions & { readonly required: false };

/** What a date range is made of in a form. */
export interface NofieldsRange {
  readonly from: string;
  readonly to: string;
}

/** Options that a field keeps. */
export interface NofieldsSettings extends NofieldsOptions {
  /** Make the message of an issue, such as `message` of "nofields/messages". Without it, the message is its key. */
  readonly message?: ((result: NofieldsRejected) => string) | undefined;
}

/** A field, which is also a Standard Schema. `Clean` is `string`, or `string | null` where an empty value is valid. */
export interface NofieldsCheck<Name extends string = NofieldsField, Clean extends string | null = string, Input = string>
  extends NofieldsSchema<Input, Clean> {
  readonly name: Name;
  check(value: unknown, options: NofieldsOptional): NofieldsResult<string | null>;
  check(value: unknown, options?: NofieldsOptions & { readonly required?: true | undefined }): NofieldsResult<Clean>;
  check(value: unknown, options?: NofieldsOptions): NofieldsResult<string | null>;
  /** Return the field with options. Throws TypeError for an unknown one. */
  with(options: NofieldsSettings & { readonly required: false }): NofieldsCheck<Name, string | null, Input>;
  with(options: NofieldsSettings & { readonly required?: undefined }): NofieldsCheck<Name, Clean, Input>;
  with(options: NofieldsSettings & { readonly required: true }): NofieldsCheck<Name, string, Input>;
  with(options: NofieldsSettings): NofieldsCheck<Name, string | null, Input>;
}

/** The names of the fields. */
export declare const fields: readonly NofieldsField[];
/** Return a field by its name. Throws RangeError if there is none. */
export declare function field<Name extends NofieldsField>(name: Name): NofieldsCheck<Name>;
/** Check a value. Throws RangeError for an unknown field, TypeError for an unknown option. */
export declare function check(field: NofieldsField, value: unknown, options: NofieldsOptional): NofieldsResult<string | null>;
export declare function check(
  field: NofieldsField,
  value: unknown,
  options?: NofieldsOptions & { readonly required?: true | undefined },
): NofieldsResult;
export declare function check(field: NofieldsField, value: unknown, options?: NofieldsOptions): NofieldsResult<string | null>;

/** Return a value in its written form, one that is not valid as it is; with `partial`, one that is being typed. */
export declare function format<Value>(
  field: NofieldsField,
  value: Value,
  options?: { readonly partial?: boolean | undefined },
): Value extends string ? string : Value;
/** Return where the caret of an input with a value is in the formatted value. */
export declare function caretIn(formatted: string, value: string, caret: number): number;
/** Return what a valid value shows; `null` for any other. */
export declare function facts<Name extends NofieldsField>(
  field: Name,
  value: unknown,
  options?: NofieldsOptions,
): (Name extends keyof NofieldsFacts ? NofieldsFacts[Name] : object) | null;
"""


def _fact_types(own: Fields | None) -> str:
    """Return the declaration of what values show, by field."""
    shown = {name: _FACTS[reader] for name, (reader, _) in known(own).items()}
    lines = "".join(f"  {json.dumps(name)}: {shape};\n" for name, shape in shown.items())
    return f"""
/** What values show, by field. Dates are as ISO 8601 has them. */
export interface NofieldsFacts {{
{lines}}}
"""
