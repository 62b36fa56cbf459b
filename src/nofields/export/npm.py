"""An npm package of the checks, the texts, their types, and the JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import nofields
from nofields.catalogs import languages
from nofields.export import bundles
from nofields.export.ajv import ajv_module
from nofields.export.entry_types import adapter_types, language_types, message_types
from nofields.export.key_types import key_types
from nofields.export.modules import commonjs, field_modules, module
from nofields.export.notice import NOTICE, WRITTEN
from nofields.export.parameters import field_params
from nofields.export.rules import Fields, rules
from nofields.export.schema import Draft, schema
from nofields.export.sentences import message_modules
from nofields.export.twins import static, twins
from nofields.export.types import field_types, module_types, param_types

#: The letter of ES modules and that of CommonJS in the ending of a file.
_KINDS = ("m", "c")
_MAIN = "nofields"
#: The entries for other libraries and for objects.
_ADAPTERS = ("object", "zod", "valibot", "ajv")
#: The libraries that they import.
_PEERS = ("zod", "valibot")
_SCHEMA, _PARAMS = "nofields.schema.json", "params.json"


def package(format: str = "json", own: Fields | None = None, draft: Draft = Draft.LATEST) -> dict[str, str]:
    """Return the files of the package, by path.

    Args:
        format: The format of the bundles, a name in :data:`nofields.export.bundles.FORMATS`.
        own: A project's own fields, by the names that they have in JavaScript.
        draft: The version of the JSON Schema.

    Raises:
        ValueError: JavaScript cannot read the rule of one of them.
    """
    names = list(rules(own))
    fields, fields_cjs = field_modules(names)
    types = module_types(names, own)
    params = field_params(own)
    params_json = json.dumps(params, ensure_ascii=False, indent=2)
    modules = {
        **{"nofields.mjs": module(own), "nofields.cjs": commonjs(own), "nofields.d.mts": types, "nofields.d.cts": types},
        **{"fields.mjs": fields, "fields.cjs": fields_cjs},
        **{f"fields.d.{kind}ts": field_types(names, f"{kind}js") for kind in _KINDS},
        **twins("params", f"export const params = {params_json};\n"),
        **{f"params.d.{kind}ts": param_types(params) for kind in _KINDS},
        **message_modules(own),
        **{f"messages.d.{kind}ts": message_types(f"{kind}js") for kind in _KINDS},
        **{f"messages/{name}.d.{kind}ts": language_types(f"{kind}js") for name in languages() for kind in _KINDS},
    }
    for name in _ADAPTERS:
        source = static(name) if name != "ajv" else ajv_module(own)
        modules |= twins(name, source) | {f"{name}.d.{kind}ts": adapter_types(name, f"{kind}js") for kind in _KINDS}
    modules = {path: _typed(path, text) if path.endswith(".mjs") else text for path, text in modules.items()}
    texts = {f"locales/{name}": text for name, text in bundles.files(format, own=True).items()}
    return {
        "package.json": _manifest(modules, texts),
        **modules,
        "keys.js": _typed("keys.js", NOTICE),
        "keys.d.ts": key_types(own=True),
        _PARAMS: f"{params_json}\n",
        _SCHEMA: schema(draft),
        **texts,
    }


def _manifest(modules: Iterable[str], texts: Iterable[str]) -> str:
    """Return ``package.json``. A path of JSON is exported as it is, so that tools that do not read ``exports`` find it too."""
    entries = [path.removesuffix(".mjs") for path in modules if path.endswith(".mjs")]
    json_files = [f"./{path}" for path in (*texts, _SCHEMA, _PARAMS, "package.json")]
    content = {
        "name": "nofields",
        "version": _semantic(nofields.__version__),
        "description": f"Norwegian form values, checked as the backend does. {WRITTEN}",
        "license": "MIT",
        "sideEffects": False,
        "engines": {"node": ">=18"},
        "type": "commonjs",  # of keys.js, the only module whose ending does not say it
        "main": "./nofields.cjs",
        "module": "./nofields.mjs",
        "types": "./nofields.d.cts",
        "exports": {
            **{_entry(name): {"import": _target(name, "m"), "require": _target(name, "c")} for name in entries},
            # ``import { type NofieldsKey }`` is still an import of the module, empty, where types are only stripped.
            "./keys": {"types": "./keys.d.ts", "default": "./keys.js"},
            **{path: path for path in json_files},
        },
        # For TypeScript's older resolution, ``node10``, which does not read ``exports``.
        "typesVersions": {"*": {name: [f"./{name}.d.cts"] for name in entries if name != _MAIN}},
        # Of any version: npm refuses to install the package beside another one, even if nothing imports the entry.
        "peerDependencies": dict.fromkeys(_PEERS, "*"),
        "peerDependenciesMeta": {name: {"optional": True} for name in _PEERS},
    }
    return json.dumps(content, indent=2) + "\n"


def _entry(name: str) -> str:
    """Return what stands behind the package's name where a module is imported."""
    return "." if name == _MAIN else f"./{name}"


def _target(name: str, kind: str) -> dict[str, str]:
    return {"types": f"./{name}.d.{kind}ts", "default": f"./{name}.{kind}js"}


def _typed(path: str, text: str) -> str:
    """Return a module with the comment that names its declarations: Deno does not find those of a linked package without."""
    stem, ending = path.rsplit("/", 1)[-1].rsplit(".", 1)
    return f'// @ts-self-types="./{stem}.d.{ending.replace("j", "t")}"\n{text}'


def _semantic(version: str) -> str:
    """Return a version of Python's as one of npm's: ``0.2.0-rc.1`` for ``0.2.0rc1``."""
    release, kind, number = re.fullmatch(r"([0-9.]+?)(?:[.]?([a-z]+)([0-9]+))?", version).groups()  # type: ignore[union-attr]
    return f"{release}-{kind}.{number}" if kind else release
