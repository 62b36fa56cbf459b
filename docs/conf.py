"""Sphinx configuration of the documentation."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nofields

sys.path.insert(0, str(Path(__file__).parent / "extensions"))
# The pages show what happens without any setting.
for variable in [name for name in os.environ if name.startswith("NOFIELDS_")]:
    del os.environ[variable]

project = "nofields"
author = "The nofields maintainers"
version = release = nofields.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "api_docstrings",
    "field_pages",
    "reference_pages",
    "accessible",
]
exclude_patterns = ["_build", "_templates", "extensions"]

autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
autodoc_member_order = "groupwise"
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Attributes", "params_style"), ("Class arguments", "params_style")]
python_use_unqualified_type_names = True
nitpicky = True
# What is documented elsewhere: nothing is fetched when the site is built, so it has no inventory of another one.
ELSEWHERE = (
    *("pydantic", "pydantic_core", "hypothesis", "numpy", "pyarrow", "pyspark", "starlette", "flask", "django", "jinja2"),
    *("markupsafe", "faker", "polyfactory", "pytest"),
)
nitpick_ignore_regex = [
    ("py:.*", rf"({'|'.join(sorted(sys.stdlib_module_names) + list(ELSEWHERE))})\b.*"),
    ("py:.*", r"nofields\.(.+\.)?_.*"),  # private
    ("py:.*", r"nofields\.(columns\.kernel\.Classified|keys\.base\.KeyEnum)"),
    (
        "py:.*",
        r"nofields\.forms\.(reserved|bound\.(answered|bound_part|bound_texts|shown)|entries\.entries|parts\.part)\..*",
    ),
    ("py:.*", r"nofields\.forms\.(bound\.bound_control\.Input|types\.(file_controls|own_checks|widgets)\..*)"),
    # Type variables.
    ("py:.*", r"nofields\.(check\.settings\.R|fields\.or_none\.T|forms\.bound\.bound\.Model|strategies\.from_type\.F)"),
    # What only a type checker imports, aliases of types, classes without a page, and the parts of a NamedTuple.
    (
        "py:.*",
        "Appearance|Attributes|CheckLogin|Data|DataFrame|LocalText|Mapping|MayEdit|Model|Option|OwnChecks|Path|PlainType",
    ),
    ("py:.*", r"AnyBound|Condition|FieldInfo|Mapping\[str|Plain|Starlette|WSGIApplication|date|tuple\[Option"),
    ("py:.*", r"nofields\.(catalogs\.Texts|catalog_file\.Catalog|fields\.number\.Numeric)"),
]

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

# Texts keep their quotation marks.
smartquotes_action = "D"

html_theme = "furo"
html_title = f"nofields {version}"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["nofields.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = False
html_domain_indices = False
