"""TypeScript declarations of the checks, and of the parameters by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nofields.errors import Reason
from nofields.export.exported import Exported
from nofields.export.fact_types import either, fact_types
from nofields.export.key_types import SHARED, union
from nofields.export.modules import identifier
from nofields.export.notice import NOTICE
from nofields.export.rules import CONSTANTS, Fields, rules
from nofields.fields import DateRange
from nofields.keys import Key, Phrase
from nofields.synthetic import Policy


def module_types(fields: Iterable[str], own: Fields | None = None) -> str:
    """Return the declarations of ``nofields.mjs`` and ``nofields.cjs``."""
    names = list(fields)
    exported = rules(own)
    ranges = [name for name, field in (own or {}).items() if issubclass(field, DateRange)]
    kinds = {name: json.dumps(name) + (", string, NofieldsRange" if name in ranges else "") for name in names}
    each = "".join(_constant(identifier(name), f"NofieldsCheck<{kinds[name]}>", own or {}) for name in names)
    passwords = [name for name in names if exported[name].reader == "passwordReader"]
    return f"""{NOTICE}
import type {{ NofieldsReason, NofieldsRequirement }} from "./keys.js";
export type {{ {", ".join(SHARED)} }} from "./keys.js";

{union("NofieldsField", names)}
/** Fields whose errors say what a password lacks. */
{union("NofieldsPasswordField", passwords)}
/** Fields that are two dates. */
{union("NofieldsRangeField", ranges)}
{union("NofieldsErrorKey", [key for key in Key if key.is_error])}
{_result_keys(exported)}
{_RESULT}
export interface NofieldsOptions {{
  /** Whether a value is required: `true` by default. If not, an empty one is valid, and `clean` is `null`. */
  readonly required?: boolean | undefined;
  /** Whether numbers of synthetic persons and organisations are accepted: NOFIELDS_SYNTHETIC of the backend. */
  readonly synthetic?: {either(Policy)} | undefined;
}}
{fact_types(own)}
{_FUNCTIONS}
{each}"""


def _constant(name: str, kind: str, own: Fields) -> str:
    """Return the declaration of a field; a project's own may have a reserved word as its name, which no constant has."""
    if name in own:
        return f"declare const ${name}: {kind};\nexport {{ ${name} as {name} }};\n"
    return f"export declare const {name}: {kind};\n"


def _result_keys(exported: Mapping[str, Exported]) -> str:
    """Return the types of the keys in results: of errors, of their messages, and of their explanations."""
    keys, messages, explanations = {str(CONSTANTS["REQUIRED"])}, {str(CONSTANTS["REQUIRED"])}, set()
    for rule in exported.values():
        data: Mapping[str, Any] = rule.data
        special, details = data.get("own", {}).values(), data.get("details", {})
        keys |= {data["key"], *(each["key"] for each in special)}
        messages |= {data.get("message", data["key"]), *data.get("messages", {}).values()}
        messages |= {each["message"] for each in special}
        explanations |= {f"REASON_{reason.upper()}{details.get(reason, '')}" for reason in Reason}
        explanations |= {each["explanation"] for each in special}
    types = {
        "NofieldsResultKey": keys,
        "NofieldsMessageKey": messages,
        "NofieldsExplanationKey": explanations.intersection(Phrase.__members__),
    }
    return "\n".join(union(name, sorted(members)) for name, members in types.items())


def param_types(params: Mapping[str, object]) -> str:
    """Return the declarations of ``params.mjs`` and ``params.cjs``."""
    shapes = "".join(f"  readonly {json.dumps(field)}: {_shape(texts)};\n" for field, texts in params.items())
    about = "/** The parameters of texts that rules fix, by field and key. */"
    return f"{NOTICE}\n{about}\nexport declare const params: {{\n{shapes}}};\n"


def _shape(value: object) -> str:
    """Return the type of a value that is JSON: a literal one."""
    match value:
        case dict():
            return f"{{ {'; '.join(f'readonly {json.dumps(name)}: {_shape(part)}' for name, part in value.items())} }}"
        case list():
            return f"readonly [{', '.join(map(_shape, value))}]"
    return json.dumps(value, ensure_ascii=False)


def field_types(fields: Iterable[str], ending: str) -> str:
    """Return the declarations of ``fields.mjs`` or ``fields.cjs``."""
    types = "NofieldsCheck, NofieldsOptions, NofieldsParams, NofieldsReason, NofieldsResult"
    return (
        f'{NOTICE}export {{ {", ".join(map(identifier, fields))} }} from "./nofields.{ending}";\n'
        f'export type {{ {types} }} from "./nofields.{ending}";\n'
    )


_RESULT = """\
/** `params.requirements` of a field that is no password: never there. Unlike `never`, it is assignable to any parameter. */
type NofieldsAbsent = number & readonly [NofieldsRequirement, ...NofieldsRequirement[]];

/** Parameters of the key's text: assignable to `Record<string, string | number>`, as i18n libraries take them. */
export type NofieldsParams = {
  readonly character?: string;
  readonly digits?: number | string;
  readonly example?: string;
  readonly max?: number | string;
  readonly min?: number | string;
  readonly type?: string;
  readonly requirements?: NofieldsAbsent;
};

/** Those of a password, which may have what it lacks: keys of the bundle. */
export type NofieldsPasswordParams =
  | NofieldsParams
  | {
      readonly max?: number;
      readonly min?: number;
      readonly requirements: readonly [NofieldsRequirement, ...NofieldsRequirement[]];
    };

/** The result of a rejected value; `Name` is that of the field. */
export interface NofieldsRejected<Name extends NofieldsField = NofieldsField> {
  valid: false;
  clean: null;
  key: NofieldsResultKey;
  reason: NofieldsReason;
  /** The keys of the sentences: what to enter, and why the value was rejected. The bundle has them. */
  message: NofieldsMessageKey;
  explanation: NofieldsExplanationKey;
  params: Name extends NofieldsPasswordField ? NofieldsPasswordParams : NofieldsParams;
  /** The end of a date range that is wrong, if one is. */
  at?: "from" | "to";
}

/** `Clean` is `string`, or `string | null` where an empty value is valid; `Name` is that of the field. */
export type NofieldsResult<Clean extends string | null = string, Name extends NofieldsField = NofieldsField> =
  | { valid: true; clean: Clean; key: null; reason: null; message: null; explanation: null; params: NofieldsParams }
  | NofieldsRejected<Name>;

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

/** Options of a value that may not. */
export type NofieldsRequired = NofieldsOptions & { readonly required?: true | undefined };

/** What a date range is made of in a form. */
export interface NofieldsRange {
  readonly from: string;
  readonly to: string;
}

/** Options that a field keeps; `Name` is that of the field. */
export interface NofieldsSettings<Name extends NofieldsField = NofieldsField> extends NofieldsOptions {
  /** Make the message of an issue, such as `message` of "nofields/messages". Without it, the message is its key. */
  readonly message?: ((result: NofieldsRejected<Name>) => string) | undefined;
}

/** A field, which is also a Standard Schema. `Clean` is `string`, or `string | null` where an empty value is valid. */
export interface NofieldsCheck<
  Name extends NofieldsField = NofieldsField,
  Clean extends string | null = string,
  Input = string,
> extends NofieldsSchema<Input, Clean> {
  readonly name: Name;
  check(value: unknown, options: NofieldsOptional): NofieldsResult<string | null, Name>;
  check(value: unknown, options?: NofieldsRequired): NofieldsResult<Clean, Name>;
  check(value: unknown, options?: NofieldsOptions): NofieldsResult<string | null, Name>;
  /** Return the field with options. Throws TypeError for an unknown one. */
  with(options: NofieldsSettings<Name> & { readonly required: false }): NofieldsCheck<Name, string | null, Input>;
  with(options: NofieldsSettings<Name> & { readonly required?: undefined }): NofieldsCheck<Name, Clean, Input>;
  with(options: NofieldsSettings<Name> & { readonly required: true }): NofieldsCheck<Name, string, Input>;
  with(options: NofieldsSettings<Name>): NofieldsCheck<Name, string | null, Input>;
}

/** The names of the fields. */
export declare const fields: readonly NofieldsField[];
/** Return a field by its name. Throws RangeError if there is none. */
export declare function field<Name extends NofieldsField>(
  name: Name,
): NofieldsCheck<Name, string, Name extends NofieldsRangeField ? NofieldsRange : string>;
/** Check a value. Throws RangeError for an unknown field, TypeError for an unknown option. */
export declare function check<Name extends NofieldsField>(
  field: Name,
  value: unknown,
  options: NofieldsOptional,
): NofieldsResult<string | null, Name>;
export declare function check<Name extends NofieldsField>(
  field: Name,
  value: unknown,
  options?: NofieldsRequired,
): NofieldsResult<string, Name>;
export declare function check<Name extends NofieldsField>(
  field: Name,
  value: unknown,
  options?: NofieldsOptions,
): NofieldsResult<string | null, Name>;

/** Return a value in its written form, one that is not valid as it is; with `partial`, one that is being typed. */
export declare function format<Value>(
  field: NofieldsField,
  value: Value,
  options?: { readonly partial?: boolean | undefined },
): Value extends string ? string : string | Value;
/** Return where the caret of an input with a value is in the formatted value. */
export declare function caretIn(formatted: string, value: string, caret: number): number;
/** Return what a valid value shows; `null` for any other. */
export declare function facts<Name extends NofieldsField>(
  field: Name,
  value: unknown,
  options?: NofieldsOptions,
): (Name extends keyof NofieldsFacts ? NofieldsFacts[Name] : object) | null;
"""
