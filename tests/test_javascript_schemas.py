"""Fields as Standard Schemas, and as schemas of zod and valibot, in the libraries that read them, with their real packages."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from helpers.node import FRONTEND, NODE, install, node_json, type_checks
from helpers.values import policy
from nofields import DateRange, PaymentReference
from nofields.errors import Problem
from nofields.export.npm import package
from nofields.fields import BY_NAME
from nofields.value import Field


class Leave(DateRange, min=datetime.date(2020, 1, 1)): ...


class OurReference(PaymentReference, modulus=11, digits=10, key="OUR_REFERENCE"): ...


OWN: dict[str, type[Field]] = {"leave": Leave, "ourReference": OurReference}
SYNTHETIC = {"synthetic": "accept"}
OPTIONAL = {"required": False}
LEFT_OUT = "left out"
#: Values of fields with options, and the end of a range that is wrong.
CASES: list[tuple[str, Mapping[str, object], Any, str | None]] = [
    ("orgnr", {}, "974 760 673", None),
    ("orgnr", {}, "974760674", None),
    ("orgnr", {}, "", None),
    ("orgnr", {}, None, None),
    ("orgnr", {}, LEFT_OUT, None),
    ("orgnr", {}, 974760673, None),
    ("orgnr", OPTIONAL, "", None),
    ("orgnr", OPTIONAL, None, None),
    ("orgnr", OPTIONAL, LEFT_OUT, None),
    ("orgnr", OPTIONAL, "1", None),
    ("fnr", {}, "03851598730", None),
    ("fnr", SYNTHETIC, "03851598730", None),
    ("kid", {}, "1234567890", None),
    ("altinn-password", {}, "fjell", None),
    ("amount", {}, "kr 1 000,-", None),
    ("date", {}, "31.2.2020", None),
    ("ourReference", {}, "202600113-", None),
    ("ourReference", {}, "1234567897", None),
    ("leave", {}, {"from": "1.1.2020", "to": "2.1.2020"}, None),
    ("leave", {}, {"from": "1.1.2020", "to": "x"}, "to"),
    ("leave", {}, {"from": "2.1.2020", "to": "1.1.2020"}, "to"),
    ("leave", {}, {"from": "1.1.2019", "to": "1.1.2020"}, "from"),
    ("leave", {}, {"from": "", "to": ""}, None),
    ("leave", OPTIONAL, {"from": "", "to": ""}, None),
    ("leave", OPTIONAL, {"from": "", "to": "1.1.2020"}, "from"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("schemas"), package(own=OWN))


@pytest.fixture(scope="module")
def answers(project: Path) -> dict[str, list[Any]]:
    """By library, the clean value or the issues of each case."""
    shutil.copy(FRONTEND / "schemas.mjs", project)
    found: dict[str, list[Any]] = node_json("schemas.mjs", typed=[case[:3] for case in CASES], folder=project)
    return found


def expected(name: str, options: Mapping[str, object], value: object, end: str | None) -> object:
    """What Python has: the clean value, or the issue with its message, end, key and reason."""
    field = (BY_NAME | OWN)[name]
    with policy(str(options.get("synthetic", "reject"))):
        result = field._clean(None if value == LEFT_OUT else value)
    if isinstance(result, Problem):
        is_empty = result.reason == "required" and end is None
        issue = [result.message("nn"), [end] if end else [], str(result.key), str(result.reason)]
        return None if is_empty and options == OPTIONAL else [issue]
    return "/".join(map(str, result)) if isinstance(result, tuple) else str(result)


@pytest.mark.parametrize("library", ["standard", "zod", "valibot", "arktype", "reactHookForm", "tanstackForm"])
def test_library(library: str, answers: dict[str, list[Any]]) -> None:
    for case, answer in zip(CASES, answers[library], strict=True):
        wanted = expected(*case)
        if isinstance(wanted, list):
            (issue,) = wanted
            if library == "arktype" and issue[1]:  # its sentences begin with the place
                issue[0] = issue[0][0].lower() + issue[0][1:]
            assert answer == [issue[: len(answer[0])]], case
        else:
            assert answer == ([] if library == "tanstackForm" else wanted), case  # which validates, and keeps what was entered


SCRIPT = """
import { field } from "nofields";
import { orgnr } from "nofields/fields";
import { object } from "nofields/object";
const { version, vendor, validate } = orgnr["~standard"];
const both = orgnr.with({ message: ({ key, params }) => key + params.digits }).with({ required: false });
const nested = object({ a: orgnr, b: object({ c: both }) })["~standard"];
const thrown = (run) => { try { run(); } catch (error) { return error.name; } };
validate("1").issues[0].params.digits = 10;
const valid = [both.check(""), both.check("", { required: true }), orgnr.check(""), both.with({ required: true }).check("")];
const rejected = [both["~standard"].validate("1"), validate("1"), orgnr.with({})["~standard"].validate("")];
console.log(JSON.stringify([
  [version, vendor, field("orgnr") === orgnr, both.name, nested.vendor],
  valid.map((each) => each.valid),
  rejected.map((each) => each.issues[0].message),
  [thrown(() => orgnr.with({ require: false })), thrown(() => both.check("1", { message: String }))],
  nested.validate({ a: "974 760 673", b: { c: "1" }, d: 1 }).issues.map((each) => each.path),
  nested.validate({ a: "974 760 673", b: null, d: 1 }),
  nested.validate(null).issues.map((each) => each.path),
]));
"""


def test_options(project: Path) -> None:
    """They are kept, can be replaced, and change no other field."""
    (project / "options.mjs").write_text(SCRIPT)
    found = subprocess.check_output([NODE, "options.mjs"], cwd=project, encoding="utf-8")
    assert json.loads(found) == [
        [1, "nofields", True, "orgnr", "nofields"],
        [True, False, False, False],
        ["ORGANISATION_FIELD_ERROR9", "ORGANISATION_FIELD_ERROR", "TEXT_FIELD_ERROR"],
        ["TypeError", "TypeError"],
        [["b", "c"]],
        {"value": {"a": "974760673", "b": {"c": None}}},
        [["a"]],
    ]


def test_commonjs(project: Path) -> None:
    script = """
const { orgnr } = require("nofields/fields");
const { zod } = require("nofields/zod");
const made = [require("nofields/object").object({ orgnr }), zod(orgnr), require("nofields/valibot").valibot(orgnr)];
console.log(made.map((each) => each["~standard"].vendor).join());
"""
    found = subprocess.check_output([NODE, "-e", script], cwd=project, encoding="utf-8")
    assert found.strip() == "nofields,zod,valibot"


TYPED = """
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { FormApi } from "@tanstack/react-form";
import { type } from "arktype";
import { field } from "nofields";
import { kontonr, leave, orgnr } from "nofields/fields";
import { message } from "nofields/messages/nn";
import { object } from "nofields/object";
import { valibot } from "nofields/valibot";
import { zod } from "nofields/zod";
import type { Resolver } from "react-hook-form";
import * as v from "valibot";
import * as z from "zod";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

const optional = kontonr.with({ message, required: false });
const customer = object({ orgnr: orgnr.with({ message }), account: optional, leave });
interface Input { orgnr: string; account: string; leave: { readonly from: string; readonly to: string } }
interface Output { orgnr: string; account: string | null; leave: string }

const standard: StandardSchemaV1<string, string> = field("orgnr");
const nullable: StandardSchemaV1<string, string | null> = optional;
same<StandardSchemaV1.InferOutput<typeof optional>, string | null>(true);
same<StandardSchemaV1.InferInput<typeof orgnr>, string>(true);
const all: StandardSchemaV1<Input, Output> = customer;

const ark = type({ orgnr, account: optional });
same<typeof ark.infer, { orgnr: string; account: string | null }>(true);

const resolver: Resolver<Input, unknown, Output> = standardSchemaResolver(customer);

const values: Input = { orgnr: "", account: "", leave: { from: "", to: "" } };
const form = new FormApi({ defaultValues: values, validators: { onSubmit: customer } });

const zodSchema = z.object({ orgnr: zod(orgnr), account: zod(optional) });
same<z.output<typeof zodSchema>, { orgnr: string; account: string | null }>(true);
same<z.input<typeof zodSchema>, { orgnr: string; account: string }>(true);

const valibotSchema = v.object({ orgnr: valibot(orgnr), account: valibot(optional) });
same<v.InferOutput<typeof valibotSchema>, { orgnr: string; account: string | null }>(true);
const reason = v.safeParse(valibot(orgnr), "1").issues?.[0].reason === "length";

const issues = orgnr["~standard"].validate("1").issues?.map(({ key, message, params, path }) => [key, message, params, path]);
const clean = optional.check("1").clean?.length;
const sentence = orgnr.with({ message: ({ key, params }) => `${key} ${params["digits"]}` });
// @ts-expect-error
orgnr.with({ require: false });
// @ts-expect-error
orgnr.check("1", { message });
// @ts-expect-error
const wrong: StandardSchemaV1<string, number> = orgnr;
// @ts-expect-error
object({ orgnr: "orgnr" });
export { all, clean, form, issues, nullable, reason, resolver, sentence, standard, wrong };
"""

DECLARATIONS = """
import { orgnr } from "nofields/fields";
import { object } from "nofields/object";
import { valibot } from "nofields/valibot";
import { zod } from "nofields/zod";
export const schemas = [object({ orgnr }), valibot(orgnr), zod(orgnr)];
"""


@pytest.mark.parametrize(("ending", "resolution"), [("mts", "nodenext"), ("ts", "bundler")])
def test_types(ending: str, resolution: str, project: Path) -> None:
    """Under strict TypeScript, with the types of the specification and of each library."""
    file = project / f"typed.{ending}"
    file.write_text(TYPED)
    assert type_checks(file, resolution, declarations=False)
    file.write_text(DECLARATIONS)
    assert type_checks(file, resolution)


def test_peers() -> None:
    """The libraries are optional, so that npm installs neither, and of any version, so that npm accepts old ones."""
    manifest = json.loads(package()["package.json"])
    assert manifest["peerDependencies"] == {"zod": "*", "valibot": "*"}
    assert manifest["peerDependenciesMeta"] == {name: {"optional": True} for name in ("zod", "valibot")}
