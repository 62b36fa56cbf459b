"""Build hook that adds ``locales/`` to the wheel: the template, and compiled catalogs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LocalesHook(BuildHookInterface):
    """Compile each PO file for the wheel. An editable install reads the PO files themselves."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        locales = Path(self.root) / "locales"
        self._compiled = tempfile.TemporaryDirectory()
        shipped: dict[str, str] = build_data["force_include"]
        for name in ("documented.nb.json", "nofields.pot"):
            shipped[str(locales / name)] = f"nofields/locales/{name}"
        for source in sorted(locales.glob("*/LC_MESSAGES/*.po")):
            inside = source.relative_to(locales).with_suffix(".mo")
            target = Path(self._compiled.name) / inside
            target.parent.mkdir(parents=True)
            with source.open("rb") as lines, target.open("wb") as compiled:
                write_mo(compiled, read_po(lines))
            shipped[str(target)] = f"nofields/locales/{inside.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._compiled.cleanup()
