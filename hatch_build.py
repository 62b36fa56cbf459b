"""Build hook that adds ``locales/`` to the wheel, and builds the C extension where it can.

``NOFIELDS_NATIVE=1`` makes it an error if the extension cannot be built; with ``NOFIELDS_NATIVE=0`` none is built.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CHOICE = "NOFIELDS_NATIVE"


class NotBuiltError(Exception):
    """The extension cannot be built: the reason, and the output of the compiler."""

    def __init__(self, reason: str, output: str = "") -> None:
        super().__init__(reason)
        self.output = output


class Hook(BuildHookInterface):
    """Add what the sources do not have: compiled catalogs, and the extension."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self._made = tempfile.TemporaryDirectory()
        if version != "editable":
            self._add_locales(build_data["force_include"])
        extension = self._extension()
        if version == "editable":
            self._put_in_place(extension)
        elif extension:
            build_data["force_include"][str(extension)] = f"nofields/{extension.name}"
            platform = self.build_config.builder.get_best_matching_tag().rpartition("-")[2]
            build_data["tag"] = f"cp311-abi3-{platform}"
            build_data["pure_python"] = False

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self._made.cleanup()

    def _add_locales(self, shipped: dict[str, str]) -> None:
        """Compile each PO file. An editable install reads the PO files themselves."""
        locales = Path(self.root) / "locales"
        for name in ("documented.nb.json", "nofields.pot"):
            shipped[str(locales / name)] = f"nofields/locales/{name}"
        for source in sorted(locales.glob("*/LC_MESSAGES/*.po")):
            inside = source.relative_to(locales).with_suffix(".mo")
            target = Path(self._made.name) / "locales" / inside
            target.parent.mkdir(parents=True)
            with source.open("rb") as lines, target.open("wb") as compiled:
                write_mo(compiled, read_po(lines))
            shipped[str(target)] = f"nofields/locales/{inside.as_posix()}"

    def _extension(self) -> Path | None:
        """Build the extension, unless the environment or a failure says otherwise."""
        choice = os.environ.get(CHOICE, "")
        if choice not in ("", "0", "1"):
            self.app.abort(f"{CHOICE} is 1 (the C extension must be built), 0 (it must not) or empty (where it can be)")
        if choice == "0":
            return None
        try:
            return compile_extension(Path(self.root), Path(self._made.name) / "native")
        except NotBuiltError as error:
            if choice == "1":
                self.app.abort(f"{error.output}\nnofields: the C extension cannot be built, as {CHOICE}=1 asks: {error}")
            self.app.display_warning(
                f"nofields is built without its C extension, and runs in plain Python, with the same results: {error}"
            )
            return None

    def _put_in_place(self, extension: Path | None) -> None:
        """Put the extension beside the modules, in place of an earlier one, which is of other sources."""
        package = Path(self.root) / "src" / "nofields"
        for pattern in ("_native*.so", "_native*.pyd"):
            for earlier in package.glob(pattern):
                earlier.unlink()
        if extension:
            (package / extension.name).write_bytes(extension.read_bytes())


def compile_extension(root: Path, folder: Path) -> Path:
    """Compile the extension into a folder, in a process of its own, whose output is kept for the error."""
    if sys.implementation.name != "cpython":
        raise NotBuiltError(f"it is for CPython only, and this is {sys.implementation.name}")
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise NotBuiltError("free-threaded Python does not have the stable ABI that it uses")
    # Messages are searched for "error", so they must be in English.
    environment = os.environ | {"LC_ALL": "C"}
    ended = subprocess.run(
        [sys.executable, "hatch_native.py", str(folder)],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if ended.returncode:
        lines = ended.stdout.strip().splitlines() or [f"exit code {ended.returncode}"]
        raise NotBuiltError(next((line for line in lines if re.search(r"\berror: ", line)), lines[-1]), ended.stdout)
    # Warnings of the compiler.
    print(ended.stdout, end="", file=sys.stderr)
    (built,) = (folder / "nofields").glob("_native.*")
    return built
