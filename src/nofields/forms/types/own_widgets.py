"""A project's own widgets, each a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nofields.ask import Ask
from nofields.forms.types.widgets import Widget

#: Those of nofields' widgets that an ``Ask`` can name.
_NAMED = (Widget.RADIOS, Widget.SELECT, Widget.TEXTAREA)


@dataclass(frozen=True)
class OwnWidget:
    """A project's own widget, registered by ``Form(..., widgets={"slider": OwnWidget("shop/slider.html")})``.

    Attributes:
        template: The name of its template, which gets ``control``, a :class:`~nofields.forms.bound.bound_control.BoundControl`.
        like: The widget of nofields' in whose place it stands, such as ``"radios"``: it has the same ``inputs`` and
            ``options``, and submits the same values. By default that of the field's type.
    """

    template: str
    like: str = ""


def registered(widgets: Mapping[str, str | OwnWidget]) -> dict[str, OwnWidget]:
    """Return widgets by name, those that are only the name of a template included.

    Raises:
        ValueError: A widget has the name of one of nofields'.
    """
    if taken := next((name for name in widgets if name in [*Widget]), None):
        raise ValueError(
            f"{taken!r} is a widget of nofields': give your own another name, or override nofields/widgets/{taken}.html"
        )
    return {name: each if isinstance(each, OwnWidget) else OwnWidget(each) for name, each in widgets.items()}


def own_template(where: str, settings: Ask, widgets: Mapping[str, OwnWidget]) -> tuple[str, Ask]:
    """Return the template of a field's own widget, or an empty string, and settings with the widget in whose place it is.

    Args:
        where: The field, for the message.
        settings: What its author set.
        widgets: The project's widgets by name.

    Raises:
        TypeError: There is no such widget.
    """
    if not settings.widget or settings.widget in [*Widget]:
        return "", settings
    if settings.widget not in widgets:
        known = ", ".join([*_NAMED, *widgets])
        raise TypeError(f"{where}: there is no widget {settings.widget!r}, only {known}; Form(..., widgets=...) adds others")
    own = widgets[settings.widget]
    return own.template, replace(settings, widget=own.like)


def reject_widget(where: str, widget: str, kind: str) -> None:
    """Raise ``TypeError`` if a field whose parts have widgets of their own, such as a group, is to have one."""
    if widget:
        raise TypeError(f"{where}: {kind} has no widget such as {widget!r}; give it to the fields or items inside")
