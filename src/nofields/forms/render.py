"""The Jinja templates of forms, named ``nofields/…`` so that they do not clash with an app's own."""

from __future__ import annotations

from functools import cache

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from nofields import messages


def loader() -> BaseLoader:
    """Return a loader of nofields' templates, for an app's own environment."""
    return PackageLoader("nofields.forms", "templates")


def environment(*more: BaseLoader) -> Environment:
    """Return an environment that escapes all values and has :func:`nofields.message` as a global.

    Args:
        more: Loaders that take precedence over nofields' own.
    """
    environment = Environment(
        loader=ChoiceLoader([*more, loader()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["message"] = messages.message
    return environment


@cache
def _environment() -> Environment:
    return environment()


def template(name: str, **values: object) -> Markup:
    """Render one of nofields' templates."""
    return Markup(_environment().get_template(f"nofields/{name}").render(**values))
