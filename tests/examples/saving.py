"""What the apps do with a form that is accepted. In an app of your own this is a database."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pydantic import BaseModel

from examples.claim import Claim, keep_files

FOLDER = Path(tempfile.gettempdir(), "claims")
SAVED: list[BaseModel] = []


def save(value: BaseModel) -> str:
    """Save what was sent, and return its reference."""
    if isinstance(value, Claim):
        FOLDER.mkdir(exist_ok=True)
        keep_files(value, FOLDER)
    SAVED.append(value)
    return f"R-{len(SAVED)}"


def load(reference: str) -> BaseModel:
    return SAVED[int(reference.removeprefix("R-")) - 1]
