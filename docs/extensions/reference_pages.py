"""A Sphinx extension: writes the generated pages of ``docs/reference/``."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from writing import write


def setup(app: Sphinx) -> dict[str, object]:
    """Write the pages before Sphinx reads any."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "reference", pages()))
    return {"parallel_read_safe": True}


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {f"{name}.md": f"# {name}\n" for name in ("keys", "reasons", "command-line", "environment", "exit-codes")}
