"""The speed of the exported checks under Node, against the validators that frontends use today."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from helpers.node import node_json
from nofields.export.modules import module
from nofields.files import atomic_write
from nofields.generate import account_number, chooser, national_identity_number, organisation_number

choose = chooser(2026)
LONG_AGO = (datetime.date(1855, 1, 1), datetime.date(1880, 1, 1))
VALUES = {
    "fnr": [national_identity_number(choose, ["fnr"], LONG_AGO) for _ in range(500)],
    "orgnr": [organisation_number(choose, ["organisation"]) for _ in range(500)],
    "kontonr": [account_number(choose) for _ in range(500)],
}


@pytest.mark.parametrize(
    ("field", "library", "factor"),
    [("fnr", "@navikt/fnrvalidator", 4), ("orgnr", "norsk-validator", 1), ("kontonr", "norsk-validator", 1)],
)
def test_javascript(field: str, library: str, factor: float, tmp_path: Path, bar: Any, measured: dict[str, float]) -> None:
    """They are at least ``factor`` times as fast as another library."""
    group = f"{field} under Node, {library}"
    bar(group, factor)
    atomic_write(tmp_path / "nofields.mjs", module())
    seconds = node_json("speed.mjs", tmp_path / "nofields.mjs", field, library, typed=VALUES[field])
    measured[group] = seconds["other"] / seconds["nofields"]
