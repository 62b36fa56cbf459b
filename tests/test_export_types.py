"""The exported types fit those of i18n libraries, and what a backend answers; TypeScript checks them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel

from helpers.node import FRONTEND, type_errors
from nofields import AltinnPassword, DateRange, Field, OrganisationNumber, PaymentReference, Text, TextArea, web
from nofields.export.key_types import all_requirements
from nofields.export.npm import package
from nofields.fields import ALL, BY_NAME
from nofields.files import write_all
from nofields.web.openapi import RESPONSES

#: Together they are stricter than any template of a framework; the second is the other way to read optional properties.
STRICT = (
    ("--noPropertyAccessFromIndexSignature", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"),
    ("--noPropertyAccessFromIndexSignature", "--noUncheckedIndexedAccess"),
)
TYPED_I18NEXT = """
import i18next from "i18next";
import { check, type NofieldsField } from "nofields";
import type { NofieldsKey, NofieldsOwnKey } from "nofields/keys";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: Record<NofieldsKey | NofieldsOwnKey, string> };
  }
}

export function sentences(field: NofieldsField, value: string): string[] {
  const result = check(field, value);
  if (result.valid) return [];
  const { requirements } = result.params;
  if (requirements) return [i18next.t(requirements[0]), ...requirements.map((each) => i18next.t(each, result.params))];
  return [i18next.t(result.message, result.params), i18next.t(result.explanation, result.params)];
}
// @ts-expect-error
i18next.t("NO_SUCH_KEY");
"""
NEXT_INTL = """
import { check, type NofieldsField, type NofieldsParams } from "nofields";

/** next-intl's `t`, as use-intl declares it. */
declare function t(key: string, values?: Record<string, string | number>): string;

export function message(value: string): string {
  const result = check("orgnr", value);
  const values: Record<string, string | number> = result.params;
  return result.valid ? "" : t(result.message, result.params) + t(result.explanation, values);
}

export function anyMessage(field: NofieldsField, value: string): string {
  const { valid, message, params } = check(field, value);
  if (valid) return "";
  return "requirements" in params ? String(params.requirements?.map((each) => t(each))) : t(message, params);
}

export const limits = (params: NofieldsParams): string => `${params.max} ${params.min} ${params.digits} ${params.example}`;
// @ts-expect-error
check("orgnr", "1").params.no_such_parameter;
"""
REACT_INTL = """
import { IntlMessageFormat } from "intl-messageformat";
import { check } from "nofields";

export const text = new IntlMessageFormat("{digits}", "nb").format(check("orgnr", "1").params);
"""
PARAMS = """
import { params } from "nofields/params";
import json from "nofields/params.json" with { type: "json" };

export const digits: 9 = params.orgnr.ORGANISATION_FIELD_ERROR.digits;
export const first: "PASSWORD_MIN_LENGTH" = params["altinn-password"].PASSWORD_REQUIREMENTS.requirements[0];
export const values: Record<string, string | number> = params.textArea.TEXTAREA_FIELD_LENGTH_ERROR;
export const other: number = json.orgnr.ORGANISATION_FIELD_ERROR.digits;
// @ts-expect-error
params.orgnr.SSN_ERROR;
"""
PROBLEM = """
import type { NofieldsBackendError, NofieldsProblem } from "nofields";

export const answers: NofieldsProblem[] = %s;
export const place = (error: NofieldsBackendError): string => error.pointer ?? `${error.in} ${error.parameter}`;
export const lacking = (error: NofieldsBackendError): string | undefined => error.params.requirements?.[0];
export const max = (error: NofieldsBackendError): unknown => error.params["max"];
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and the libraries installed."""
    folder = tmp_path_factory.mktemp("typed")
    modules = folder / "node_modules"
    write_all(modules / "nofields", package("i18next"))
    for installed in (FRONTEND / "node_modules").iterdir():
        (modules / installed.name).symlink_to(installed)
    return folder


@pytest.mark.parametrize("options", STRICT)
@pytest.mark.parametrize("source", [TYPED_I18NEXT, NEXT_INTL, REACT_INTL, PARAMS], ids=["i18next", "next", "react", "params"])
def test_libraries(source: str, options: tuple[str, ...], project: Path) -> None:
    file = project / "use.ts"
    file.write_text(source)
    assert type_errors(file, "bundler", "--skipLibCheck", *options) == ""


OWN = """
import { check, class as reservedWord, field, format, leave, ourReference } from "nofields";
import { params } from "nofields/params";

export const own = ourReference.check("1").key === "OUR_REFERENCE";
export const reserved = [reservedWord.check("1").key === "OUR_REFERENCE", params.class.HINT_PAYMENT_REFERENCE.digits === 10];
export const digits: 10 = params.ourReference.HINT_PAYMENT_REFERENCE.digits;
export const lacking: "PASSWORD_DIGIT" | undefined = check("ourPassword", "x").params.requirements
  ?.find((each): each is "PASSWORD_DIGIT" => each === "PASSWORD_DIGIT");
const range = { from: "1.1.2020", to: "2.1.2020" };
export const inputs: NonNullable<(typeof leave)["~standard"]["types"]>["input"][] = [range];
inputs.push(field("leave")["~standard"].types?.input ?? range);
export const written: [string, string | typeof range, string | number] = [
  format("leave", "1.1.2020 - 2.1.2020"),
  format("leave", range),
  format("amount", 1234.5),
];
// @ts-expect-error: a valid value that is no text is written as one
export const unwritten: number = format("amount", 1234.5);
// @ts-expect-error
check("orgnr", "1").key === "NOT_OUR_REFERENCE";
"""


def test_own_fields(tmp_path: Path) -> None:
    class OurReference(PaymentReference, digits=10, key="OUR_REFERENCE"): ...

    class OurPassword(AltinnPassword, min=10): ...

    class Leave(DateRange): ...

    own: dict[str, type[Field]] = {"ourReference": OurReference, "ourPassword": OurPassword, "leave": Leave}
    own |= {"class": OurReference, "constructor": OurReference}
    write_all(tmp_path / "node_modules" / "nofields", package("i18next", own))
    (tmp_path / "use.ts").write_text(OWN)
    for options in STRICT:
        assert type_errors(tmp_path / "use.ts", "bundler", *options) == ""


class Customer(BaseModel):
    orgnr: OrganisationNumber
    password: AltinnPassword
    notes: TextArea


def answers() -> list[object]:
    """Answers to wrong values in the body and in the query."""
    app = FastAPI()
    web.install(app, malformed_json=400)

    @app.post("/customers")
    def customers(customer: Customer, first: OrganisationNumber | None = None) -> None: ...

    client = TestClient(app)
    wrong = {"orgnr": "1", "password": "fjell", "notes": "x" * 2001}
    return [
        client.post("/customers", json=wrong, params={"first": "2"}).json(),
        client.post("/customers", json={}).json(),
        client.post("/customers", content="{", headers={"Content-Type": "application/json"}).json(),
    ]


def test_problem_document(project: Path) -> None:
    file = project / "problem.ts"
    file.write_text(PROBLEM % json.dumps(answers(), ensure_ascii=False))
    for options in STRICT:
        assert type_errors(file, "bundler", *options) == ""


def test_problem_document_as_in_openapi(project: Path) -> None:
    """The type has the members that OpenAPI describes."""
    schema = RESPONSES[422]["content"]["application/problem+json"]["schema"]["properties"]
    members = {"NofieldsProblem": schema, "NofieldsBackendError": schema["errors"]["items"]["properties"]}
    lines = [
        'import type { NofieldsBackendError, NofieldsProblem } from "nofields";',
        "type Names<T> = T extends T ? keyof T : never;",
    ]
    for name, properties in members.items():
        union = " | ".join(map(json.dumps, properties))
        lines += [f"export const all{name}: [Names<{name}>, {union}] extends [{union}, Names<{name}>] ? true : false = true;"]
    file = project / "members.ts"
    file.write_text("\n".join(lines))
    assert type_errors(file) == ""


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.__name__)
def test_names_of_parameters(field: type[Field]) -> None:
    """Those that TypeScript knows are all that a check in JavaScript gives."""
    known = {"character", "digits", "example", "max", "min", "type", "requirements"}
    problems = [field.problem(example) for example in ("", "x", 5, "1", "²", "1" * 300, "x y", None, "01.01.1500")]
    if field in BY_NAME.values() or issubclass(field, Text):
        assert {name for problem in problems if problem for name in problem.params} <= known
    requirements = {each for problem in problems if problem for each in problem.params.get("requirements", ())}
    assert requirements <= set(all_requirements())
