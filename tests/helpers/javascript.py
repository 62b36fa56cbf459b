"""The validators of nofields.js, run under Node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.node import node


def in_javascript(script: Path, name: str, values: list[Any], synthetic: str) -> list[dict[str, Any]]:
    """The script's answers about the values of a field."""
    lines = "\n".join(json.dumps([name, value, synthetic]) for value in values)
    return [json.loads(line) for line in node("check.mjs", script, typed=lines).splitlines()]
