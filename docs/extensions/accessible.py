"""A Sphinx extension: makes what the theme lets scroll reachable by keyboard."""

from __future__ import annotations

from sphinx.application import Sphinx

#: Boxes that scroll sideways in a narrow window.
_SCROLLING = ("<pre>", '<div class="table-wrapper docutils container">')


def setup(app: Sphinx) -> dict[str, object]:
    """Change pages before they are written."""
    app.connect("html-page-context", _make_reachable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _make_reachable(app: Sphinx, page: str, template: str, context: dict[str, str], doctree: object) -> None:
    for start in _SCROLLING:
        context["body"] = context.get("body", "").replace(start, f'{start[:-1]} tabindex="0">')
