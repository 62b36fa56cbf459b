"""The tags that ``{% load nofields %}`` loads."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from markupsafe import Markup

from nofields.ask import LocalText
from nofields.forms import Bound
from nofields.forms.asset_tags import asset_tags

register = template.Library()


def nofields_form(bound: Bound[Any]) -> Markup:
    """``{% nofields_form bound %}``: the error summary and all controls, as :meth:`~nofields.forms.Bound.render`."""
    return bound.render()


def nofields_control(bound: Bound[Any], name: str, hint: LocalText = "", **attributes: str | int | float | None) -> Markup:
    """``{% nofields_control bound "orgnr" hint="…" hx_post="/x" %}``: one control, as :meth:`~nofields.forms.Bound.control`.

    An underscore in the name of an attribute is a hyphen in HTML.
    """
    own = {name.replace("_", "-"): value for name, value in attributes.items()}
    return bound.control(name, hint=hint, attributes=own)


def nofields_summary(bound: Bound[Any]) -> Markup:
    """``{% nofields_summary bound %}``: the error summary, as :meth:`~nofields.forms.Bound.summary`."""
    return bound.summary()


def nofields_intro(bound: Bound[Any]) -> Markup:
    """``{% nofields_intro bound %}``: the sentence on required fields, as :meth:`~nofields.forms.Bound.intro`."""
    return bound.intro()


def nofields_assets(style: str = "nofields.css", namespace: str = "nofields", **parameters: object) -> Markup:
    """``{% nofields_assets %}``: the tags that load the style sheet and the script.

    ``style="extras.css"`` is for pages with Designsystemet, ``namespace`` for URL patterns that are included under another.
    Any other argument is a parameter of the host's own path in front of them, as in ``{% url %}``.
    """
    return asset_tags(lambda file: reverse(f"{namespace}:file", kwargs={**parameters, "file": file}), style)


for _tag in (nofields_form, nofields_control, nofields_summary, nofields_intro, nofields_assets):
    register.simple_tag(_tag)
