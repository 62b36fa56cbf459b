"""An npm package of the checks, the texts, their types, and the JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import nofields
from nofields.export import bundles
from nofields.export.key_types import key_types
from nofields.export.modules import commonjs, field_modules, module, param_modules
from nofields.export.parameters import field_params
from nofields.export.rules import Fields, rules
from nofields.export.schema import schema
from nofields.export.types import field_types, module_types, param_types

#: What can be imported from the package besides files of JSON: the name of its files without their endings.
_ENTRIES = {".": "nofields", "./fields": "fields", "./params": "params"}
_SCHEMA, _PARAMS = "nofields.schema.json", "params.json"


def package(format: str = "json", own: Fields | None = None) -> dict[str, str]:
    """Return the files of the package, by path.

    Args:
        format: The format of the bundles, a name in :data:`nofields.export.bundles.FORMATS`.
        own: A project's own fields, by the names that they have in JavaScript.

    Raises:
        ValueError: JavaScript cannot read the rule of one of them.
    """
    names = list(rules(own))
    fields, fields_cjs = field_modules(names)
    types = module_types(names, own)
    params = field_params(own)
    params_mjs, params_cjs = param_modules(params)
    texts = {f"locales/{name}": text for name, text in bundles.files(format, own=True).items()}
    return {
        "package.json": _manifest(texts),
        "nofields.mjs": module(own),
        "nofields.cjs": commonjs(own),
        "nofields.d.mts": types,
        "nofields.d.cts": types,
        "fields.mjs": fields,
        "fields.cjs": fields_cjs,
        "fields.d.mts": field_types(names, "mjs"),
        "fields.d.cts": field_types(names, "cjs"),
        "params.mjs": params_mjs,
        "params.cjs": params_cjs,
        "params.d.mts": param_types(params),
        "params.d.cts": param_types(params),
        "keys.d.ts": key_types(own=True),
        _PARAMS: json.dumps(params, ensure_ascii=False, indent=2) + "\n",
        _SCHEMA: schema(),
        **texts,
    }


def _manifest(texts: Mapping[str, str]) -> str:
    """Return ``package.json``. A path of JSON is exported as it is, so that tools that do not read ``exports`` find it too."""
    json_files = [f"./{path}" for path in (*texts, _SCHEMA, _PARAMS, "package.json")]
    content = {
        "name": "nofields",
        "version": _semantic(nofields.__version__),
        "description": "Norwegian form values, checked as the backend does. Written by `nofields export`: do not edit.",
        "license": "MIT",
        "sideEffects": False,
        "engines": {"node": ">=18"},
        "main": "./nofields.cjs",
        "module": "./nofields.mjs",
        "types": "./nofields.d.cts",
        "exports": {
            **{entry: {"import": _target(name, "m"), "require": _target(name, "c")} for entry, name in _ENTRIES.items()},
            "./keys": {"types": "./keys.d.ts"},
            **{path: path for path in json_files},
        },
    }
    return json.dumps(content, indent=2) + "\n"


def _target(name: str, kind: str) -> dict[str, str]:
    return {"types": f"./{name}.d.{kind}ts", "default": f"./{name}.{kind}js"}


def _semantic(version: str) -> str:
    """Return a version of Python's as one of npm's: ``0.2.0-rc.1`` for ``0.2.0rc1``."""
    release, kind, number = re.fullmatch(r"([0-9.]+?)(?:[.]?([a-z]+)([0-9]+))?", version).groups()  # type: ignore[union-attr]
    return f"{release}-{kind}.{number}" if kind else release
