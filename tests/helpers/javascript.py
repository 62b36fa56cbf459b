"""The validators of nofields.js, run under Node."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers.node import node


def answers(script: Path, questions: Iterable[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """The script's answers to fields, values and settings of ``synthetic``, all in one process."""
    lines = "\n".join(json.dumps(question) for question in questions)
    return [json.loads(line) for line in node("check.mjs", script, typed=lines).splitlines()]


def in_javascript(script: Path, name: str, values: list[Any], synthetic: Any) -> list[dict[str, Any]]:
    """The script's answers about values of one field."""
    return answers(script, [(name, value, synthetic) for value in values])
