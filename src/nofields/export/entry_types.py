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
    return _SENTENCES.format(folder="./", ending=ending, where=where, locale=", locale?: string | null | undefined")


def language_types(ending: str) -> str:
    """Return the declarations of the entry of one language, such as ``messages/nb.mjs``."""
    return _SENTENCES.format(folder="../", ending=ending, where="", locale="")


def adapter_types(name: str, ending: str) -> str:
    """Return the declarations of the entry for another library, such as ``zod.mjs``."""
    return _ADAPTERS[name].replace("ENDING", ending)


#: The declarations of the entries for other libraries.
_ADAPTERS = {
    "object": """\
import type { NofieldsSchema } from "./nofields.ENDING";

type Types<Schema> = Schema extends NofieldsSchema<infer Input, infer Output> ? { input: Input; output: Output } : never;

/** Return a schema of an object from those of its properties, fields or objects. Others are left out of its output. */
export declare function object<Properties extends { readonly [name: string]: NofieldsSchema<any, any> }>(
  properties: Properties,
): NofieldsSchema<
  { [Name in keyof Properties]: Types<Properties[Name]>["input"] },
  { [Name in keyof Properties]: Types<Properties[Name]>["output"] }
>;
""",
    "ajv": """\
import type { NofieldsOptions } from "./nofields.ENDING";

/** What is used of an instance of Ajv. */
export interface NofieldsAjv {
  readonly formats: { readonly [name: string]: unknown };
  getKeyword(keyword: string): unknown;
  addKeyword(definition: { keyword: string; schemaType: "string" }): unknown;
  addFormat(name: string, format: true | ((text: string) => boolean)): unknown;
}

/**
 * Add the keyword and the formats of the JSON Schema to an instance of Ajv, and return it.
 *
 * A text has the format of a field if the field accepts it. Formats that only the backend can check accept every text, unless
 * Ajv has one of that name.
 */
export declare function addTo<Ajv extends NofieldsAjv>(ajv: Ajv, options?: NofieldsOptions): Ajv;
""",
    "zod": """\
import type { ZodType } from "zod";
import type { NofieldsSchema } from "./nofields.ENDING";

/** Return a schema whose output is the clean value. Its issue has key, reason and parameters in `params`. */
export declare function zod<Input, Output>(field: NofieldsSchema<Input, Output>): ZodType<Output, Input>;
""",
    "valibot": """\
import type { BaseIssue, GenericSchema } from "valibot";
import type { NofieldsIssue, NofieldsSchema } from "./nofields.ENDING";

/** An issue with key, reason and parameters. */
export interface NofieldsValibotIssue
  extends BaseIssue<unknown>, Pick<NofieldsIssue, "key" | "reason" | "explanation" | "params"> {}

/** Return a schema whose output is the clean value. Its issue has key, reason and parameters. */
export declare function valibot<Input, Output>(
  field: NofieldsSchema<Input, Output>,
): GenericSchema<Input, Output, NofieldsValibotIssue>;
""",
}
