"""A Sphinx extension: mends the theme's HTML where axe-core finds a barrier that no style sheet can remove."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

#: What is added to which tags.
_ADDED = (
    # Boxes that scroll sideways in a narrow window can be reached by keyboard.
    (r"<pre(?=>)", ' tabindex="0"'),
    (r'<div class="table-wrapper[^"]*"(?=>)', ' tabindex="0"'),
    # Landmarks of one kind have names.
    (r'<aside class="sidebar-drawer"(?=>)', ' aria-label="Site"'),
    (r'<aside class="toc-drawer[^"]*"(?=>)', ' aria-label="On this page"'),
)


def setup(app: Sphinx) -> dict[str, object]:
    """Change the pages after they are written."""
    app.connect("build-finished", _mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _mend(app: Sphinx, error: Exception | None) -> None:
    for file in Path(app.outdir).rglob("*.html"):
        text = mended = file.read_text("utf-8")
        for tag, attribute in _ADDED:
            mended = re.sub(f"({tag})", rf"\1{attribute}", mended)
        if mended != text:
            file.write_text(mended, "utf-8")
