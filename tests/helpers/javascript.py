"""The exported checks, run under Node."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers.node import node
from nofields.export.modules import module
from nofields.export.rules import Fields


def answers(questions: Iterable[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """What ``check`` answers to fields, values and options, all in one process."""
    return called("check", questions)


def called(function: str, questions: Iterable[tuple[object, ...]], own: Fields | None = None) -> list[Any]:
    """What a function of the module, with a project's own fields, answers to arguments, all in one process.

    If ``function`` is empty, the first argument of each question is its name.
    """
    lines = "\n".join(json.dumps(question) for question in questions)
    with TemporaryDirectory() as folder:
        script = Path(folder, "nofields.mjs")
        script.write_text(module(own), "utf-8")
        return [json.loads(line) for line in node("check.mjs", script, function, typed=lines).rstrip("\n").split("\n")]


def in_javascript(name: str, values: list[Any], synthetic: Any) -> list[dict[str, Any]]:
    """The answers about values of one field."""
    return answers([(name, value, {"synthetic": synthetic}) for value in values])
