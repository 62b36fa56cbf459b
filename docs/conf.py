"""Sphinx configuration of the documentation."""

from __future__ import annotations

import os
import sys
from importlib.metadata import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))
# The pages show what happens without any setting.
for variable in [name for name in os.environ if name.startswith("NOFIELDS_")]:
    del os.environ[variable]

project = "nofields"
author = "The nofields maintainers"
version = release = metadata("nofields")["Version"]

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "field_pages",
    "reference_pages",
    "accessible",
]
exclude_patterns = ["_build", "extensions"]
nitpicky = True
# What is documented elsewhere: the site has no inventory of another one, since nothing is fetched when it is built.
nitpick_ignore_regex = [
    (r"py:.*", r"(pydantic|pydantic_core|hypothesis|pyarrow|pyspark|starlette|fastapi|markupsafe|cryptography|jinja2)\b.*"),
]

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"nofields {version}"
html_static_path = ["_static"]
html_css_files = ["nofields.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_baseurl = ""
pygments_style = "friendly"
pygments_dark_style = "monokai"
