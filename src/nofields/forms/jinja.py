"""A Jinja extension that shows forms in an app's own environment, with the app's own templates."""

from __future__ import annotations

from copy import copy
from typing import Any

from jinja2 import ChoiceLoader, Environment, pass_environment
from jinja2.ext import Extension
from markupsafe import Markup

from nofields.ask import Attributes, LocalText
from nofields.forms.asset_tags import asset_tags
from nofields.forms.bound.bound import Bound
from nofields.forms.render import loader


class NofieldsExtension(Extension):
    """Functions for the templates of an app, which show forms with its own ``nofields/…`` templates, globals and filters.

    - ``nofields_form(bound)``: :meth:`~nofields.forms.Bound.render`
    - ``nofields_control(bound, name, hint=…, attributes=…)``: :meth:`~nofields.forms.Bound.control`
    - ``nofields_summary(bound)`` and ``nofields_intro(bound)``: the methods of these names
    - ``nofields_assets(folder, style="nofields.css")``: the tags that load the style sheet and the script

    nofields' templates, and the app's in place of them, are read with Jinja's own delimiters, with ``trim_blocks`` and
    ``lstrip_blocks``, and escape all values, whatever the settings of the app's environment are.

    >>> environment = Environment(extensions=["nofields.forms.jinja.NofieldsExtension"], autoescape=True)
    >>> print(environment.from_string("{{ nofields_assets('/nofields') }}").render())
    <link rel="stylesheet" href="/nofields/nofields.css">
    <script type="module" src="/nofields/forms.js"></script>
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        # So that the app's templates can import and include them.
        environment.loader = ChoiceLoader([environment.loader, loader()]) if environment.loader else loader()
        functions = {"form": _form, "control": _control, "summary": _summary, "intro": _intro, "assets": _assets}
        environment.globals.update({f"nofields_{name}": function for name, function in functions.items()})


def _within(bound: Bound[Any], environment: Environment) -> Bound[Any]:
    view = copy(bound)
    view.templates = bound.templates.within(environment)
    return view


@pass_environment
def _form(environment: Environment, bound: Bound[Any]) -> Markup:
    return _within(bound, environment).render()


@pass_environment
def _summary(environment: Environment, bound: Bound[Any]) -> Markup:
    return _within(bound, environment).summary()


@pass_environment
def _intro(environment: Environment, bound: Bound[Any]) -> Markup:
    return _within(bound, environment).intro()


@pass_environment
def _control(
    environment: Environment, bound: Bound[Any], name: str, *, hint: LocalText = "", attributes: Attributes | None = None
) -> Markup:
    return _within(bound, environment).control(name, hint=hint, attributes=attributes)


def _assets(folder: str, style: str = "nofields.css") -> Markup:
    return asset_tags(lambda name: f"{folder.rstrip('/')}/{name}", style)
