"""The validators for the browser: ``nofields.js`` and the rules that it reads."""

from __future__ import annotations

import json
from pathlib import Path

from nofields.export.rules import rules
from nofields.export.types import validator_types

SCRIPT = Path(__file__).parent / "static" / "nofields.js"


def validators() -> dict[str, str]:
    """Return the content of ``nofields.js``, ``rules.json`` and ``nofields.d.ts`` by file name."""
    exported = rules()
    return {
        "nofields.js": SCRIPT.read_text("utf-8"),
        "rules.json": json.dumps(exported, ensure_ascii=False, separators=(",", ":")) + "\n",
        "nofields.d.ts": validator_types(exported["fields"]),
    }
