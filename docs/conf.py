"""Sphinx configuration of the documentation."""

from __future__ import annotations

project = "nofields"
author = "The nofields maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "nofields"
html_static_path = ["_static"]
exclude_patterns = ["_build"]
