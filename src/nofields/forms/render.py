"""The templates, under the name ``nofields/…`` so that they can stand beside a host's own."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from nofields import messages


def loader() -> BaseLoader:
    """The loader of the templates, for a host's own environment."""
    return PackageLoader("nofields.forms", "templates")


def environment(*more: BaseLoader) -> Environment:
    """An environment that escapes everything and knows ``message``; loaders in front of nofields' own take precedence."""
    made = Environment(
        loader=ChoiceLoader([*more, loader()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["message"] = messages.message
    return made


@cache
def _environment() -> Environment:
    return environment()


def template(name: str, **values: Any) -> Markup:
    """A template of nofields, filled in."""
    return Markup(_environment().get_template(f"nofields/{name}").render(**values))
