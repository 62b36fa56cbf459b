"""The tags of a page that load the style sheet and the script of forms."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

_TAGS = Markup('<link rel="stylesheet" href="{}">\n<script type="module" src="{}"></script>')


def asset_tags(url: Callable[[str], str], style: str = "nofields.css") -> Markup:
    """Return the tags.

    Args:
        url: Returns the URL of a file.
        style: The style sheet: ``extras.css`` in a page that loads Digdir's Designsystemet.
    """
    return _TAGS.format(url(style), url("forms.js"))
