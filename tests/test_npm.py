"""The npm package: its size, its types, and that Node, bundlers and test runners read it as they are."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from helpers.node import FRONTEND, NODE, install, type_checks
from nofields import Key, Problem, Reason
from nofields.catalogs import LANGUAGES
from nofields.export.npm import _semantic, package

#: Uses the entries, and prints one line. The import of no names is what `import { type NofieldsKey }` becomes.
USE = """
import {} from "nofields/keys";
import { check, field, fields } from "nofields";
import { orgnr } from "nofields/fields";
import { message } from "nofields/messages";
import { explanation } from "nofields/messages/nn";
const result = orgnr.check("1");
const found = [fields.length > 9, check("orgnr", "974 760 673").clean, result.reason, field("orgnr") === orgnr];
found.push(message(result, "en"), explanation(result));
console.log(JSON.stringify(found));
"""
REQUIRE = re.sub(r'import (\{.*\}) from ("\S+");', r"const \1 = require(\2);", USE)
PROBLEM = Problem(Key.ORGANISATION_FIELD_ERROR, Reason.LENGTH, {"digits": 9})
PRINTED = json.dumps(
    [True, "974760673", "length", True, PROBLEM.message("en"), PROBLEM.explanation("nn")],
    ensure_ascii=False,
    separators=(",", ":"),
)
BIN = FRONTEND / "node_modules" / ".bin"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and the tools installed."""
    return install(tmp_path_factory.mktemp("project"), package("i18next"))


def run(folder: Path, *command: object) -> str:
    """The output of a command of Node's; fail with its errors."""
    environment = {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}", "CI": "1"}
    ended = subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, encoding="utf-8", check=False, env=environment
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def bundled(folder: Path, source: str) -> bytes:
    """A script as esbuild sends it to browsers, minified and compressed."""
    (folder / "entry.mjs").write_text(source)
    run(
        folder,
        BIN / "esbuild",
        "entry.mjs",
        "--bundle",
        "--minify",
        "--format=esm",
        "--outfile=bundled.js",
        "--log-level=error",
    )
    return gzip.compress((folder / "bundled.js").read_bytes())


@pytest.mark.parametrize(
    ("source", "kilobytes"),
    [
        ('export { check, field, fields } from "nofields";', 4.5),
        ('export { orgnr } from "nofields/fields";', 1.5),
        (
            'import "nofields"; import { check } from "nofields"; import { fnr } from "nofields/fields";',
            0.1,
        ),
    ],
)
def test_size(source: str, kilobytes: float, project: Path) -> None:
    """All checks, one, and none, of what is imported without use."""
    assert len(bundled(project, source)) <= kilobytes * 1024


def test_calls_without_effects() -> None:
    """None is the only call of a function here: SWC, of Next and Parcel, inlines that, and then keeps what the call names."""
    script = package()["nofields.mjs"]
    called = set(re.findall(r"@__PURE__ \*/ (?:new )?(\w+)\(", script))
    own = {name for name in called if re.search(rf"^(?:const|function) {name}\b", script, re.MULTILINE)}
    assert own
    assert not [name for name in own if len(re.findall(rf"\b{name}\(", script)) < 2]


def test_one_language(project: Path) -> None:
    """A script has the texts of the languages that it imports alone."""
    imported = 'import { explanation } from "nofields/messages/nn"; import { message } from "nofields/messages";'
    for used, languages in (("", []), ("export { explanation };", ["nn"]), ("export { message };", ["nb", "nn", "en"])):
        script = gzip.decompress(bundled(project, imported + used)).decode()
        texts = {language: PROBLEM.message(language) for language in LANGUAGES}
        texts = {language: text.replace("9", "{digits}") for language, text in texts.items()}
        assert [language for language, text in texts.items() if text in script] == languages


@pytest.mark.parametrize("kind", ["module", "commonjs"])
@pytest.mark.parametrize(("name", "source"), [("use.mjs", USE), ("use.cjs", REQUIRE)])
def test_node(name: str, source: str, kind: str, project: Path) -> None:
    (project / "package.json").write_text(json.dumps({"type": kind}))
    (project / name).write_text(source)
    assert run(project, NODE, name).strip() == PRINTED


def test_files(project: Path) -> None:
    """Every file that package.json names exists, and every other one is named."""
    folder = project / "node_modules" / "nofields"
    manifest = (folder / "package.json").read_text()
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    named = {word.removeprefix("./") for word in manifest.split('"') if word.startswith("./") and "." in word[2:]}
    assert named == written
    script = "".join(f'require("nofields/locales/{each}.json").TEXT_FIELD_ERROR && ' for each in LANGUAGES)
    script += 'console.log(require("nofields/nofields.schema.json").$id, require("nofields/package.json").name)'
    assert run(project, NODE, "-e", script) == "nofields.schema.json nofields\n"


def test_self_types() -> None:
    """Every ES module, and the one of the keys' types, names its declarations, for Deno."""
    files = package()
    for path, text in files.items():
        if path.endswith((".mjs", ".js")):
            named = re.match(r'// @ts-self-types="(\./\S+)"\n', text)
            assert named, path
            assert str(PurePosixPath(path).parent / named[1]) in files


def test_types_without_exports() -> None:
    """TypeScript's older resolution, which reads no `exports`, finds the declarations for `require` of every entry."""
    manifest = json.loads(package()["package.json"])
    required = {
        entry.removeprefix("./"): [targets["require"]["types"]]
        for entry, targets in manifest["exports"].items()
        if entry != "." and "require" in targets
    }
    assert manifest["typesVersions"] == {"*": required}
    assert manifest["types"] == manifest["exports"]["."]["require"]["types"]


@pytest.mark.parametrize(
    ("python", "npm"), [("0.1.0", "0.1.0"), ("1.2.0rc1", "1.2.0-rc.1"), ("2.0.0.dev3", "2.0.0-dev.3"), ("1.0.0a2", "1.0.0-a.2")]
)
def test_version(python: str, npm: str) -> None:
    assert _semantic(python) == npm


#: Lines that TypeScript accepts, and those that it rejects.
ACCEPTED = (
    'check("orgnr", "974 760 673").valid',
    'check("fnr", "1", { synthetic: "accept" }).reason === "check_digit"',
    'check("orgnr", "1", { synthetic: undefined }).params.requirements?.join()',
    'orgnr.check("1", { required: false, synthetic: "only" }).clean?.length',
    'field("orgnr").name === "orgnr"',
    'fields.includes("fnr")',
    'format("orgnr", "9747", { partial: true }).length + caretIn("974 7", "9747", 4)',
    'facts("fnr", "1")?.birthDate?.length',
    'facts("kontonr", "1", { synthetic: "only" })?.iban.length',
    'facts("fnr", "1")?.gender === "female" && facts("orgnr", "1")?.kind === "organisation"',
    '((result) => (result.valid ? result.clean.length : result.key))(orgnr.check("1"))',
    'message(check("orgnr", "1"), "nn-NO").length + message(check("orgnr", "1", { required: false })).length',
    'explanation(orgnr.check("1")).length',
)
REJECTED = (
    '((result) => (result.valid ? result.clean.length : 0))(orgnr.check("1", { required: false }))',
    'check("email", "a")',
    'check("orgnr", "1", { synthetic: "maybe" })',
    'check("orgnr", "1", { require: false })',
    'check("orgnr", "1").reason === "no_such_reason"',
    'field("fnr").name === "orgnr"',
    'format("orgnr", "9747", { synthetic: "accept" })',
    'facts("kontonr", "1")?.birthDate',
    'facts("date", "1")?.birthDate',
    'message("ORGANISATION_FIELD_ERROR")',
    'explanation(orgnr.check("1"), "nn")',
)


@pytest.mark.parametrize(("ending", "resolution"), [("mts", "nodenext"), ("cts", "nodenext"), ("ts", "bundler")])
def test_types(ending: str, resolution: str, project: Path) -> None:
    """In ES modules and CommonJS by Node's rules, and by those of bundlers."""
    lines = [
        'import { caretIn, check, facts, field, fields, format } from "nofields";',
        'import { orgnr } from "nofields/fields";',
        'import { message } from "nofields/messages";',
        'import { explanation } from "nofields/messages/nn";',
    ]
    lines += [f"{line};" for line in ACCEPTED] + [f"// @ts-expect-error\n{line};" for line in REJECTED]
    (project / f"use.{ending}").write_text(
        "\n".join([*lines, "export const used = [caretIn, check, facts, field, fields, format, orgnr, message, explanation];"])
    )
    assert type_checks(project / f"use.{ending}", resolution)


def test_key_types(project: Path) -> None:
    file = project / "keys.ts"
    file.write_text('import type { NofieldsKey } from "nofields/keys";\nexport const key: NofieldsKey = "SSN_ERROR";\n')
    assert Key.SSN_ERROR == "SSN_ERROR"
    assert type_checks(file)


BUNDLERS = {
    "esbuild": ["esbuild", "use.mjs", "--bundle", "--format=esm", "--outfile=out/use.js"],
    "esbuild-0.18": ["../esbuild-0.18/bin/esbuild", "use.mjs", "--bundle", "--format=esm", "--outfile=out/use.js"],
    "rollup": ["rollup", "use.mjs", "--plugin", "node-resolve", "--format", "es", "--file", "out/use.js"],
    "webpack": [
        "webpack",
        "--mode",
        "production",
        "--entry",
        "./use.mjs",
        "--output-path",
        "out",
        "--output-filename",
        "use.js",
    ],
    "vite": ["vite", "build", "--ssr", "use.mjs", "--outDir", "out"],
}


@pytest.mark.parametrize("kind", ["module", "commonjs"])
@pytest.mark.parametrize("bundler", BUNDLERS)
def test_bundlers(bundler: str, kind: str, project: Path) -> None:
    """The bundle prints what the script does."""
    (project / "package.json").write_text(json.dumps({"type": kind}))
    (project / "use.mjs").write_text(USE)
    command, *arguments = BUNDLERS[bundler]
    run(project, BIN / command, *arguments)
    (written,) = (project / "out").iterdir()
    written = written.rename(project / "bundle.mjs")
    assert run(project, NODE, written).strip() == PRINTED


@pytest.mark.parametrize(
    ("name", "source", "command"),
    [
        ("use.test.mjs", f'import {{ expect, test }} from "vitest";{USE}', ("vitest", "run", "use.test.mjs")),
        ("use.test.cjs", REQUIRE, ("jest", "--testMatch", "**/use.test.cjs", "--cacheDirectory", "cache")),
    ],
    ids=["vitest", "jest"],
)
def test_runners(name: str, source: str, command: tuple[str, ...], project: Path) -> None:
    (project / "package.json").write_text("{}")
    printed = "console.log(JSON.stringify(found));"
    (project / name).write_text(source.replace(printed, f"test('found', () => expect(found).toEqual({PRINTED}));"))
    run(project, BIN / command[0], *command[1:])
