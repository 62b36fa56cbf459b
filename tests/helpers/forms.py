"""What a browser would submit of a rendered form."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from nofields.forms import Bound


class Inputs(HTMLParser):
    """What a browser would submit of some HTML: all values by name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._name = ""
        self._area = False
        self._templates = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = dict(attrs)
        self._templates += tag == "template"
        if self._templates:  # not part of the page
            return
        if tag in ("input", "textarea", "select"):
            self._name = element["name"] or ""
        if tag == "option" and "selected" in element:
            self._add(element["value"])
        elif tag == "input" and (element.get("type") not in ("radio", "checkbox") or "checked" in element):
            self._add(element.get("value"))
        self._area = tag == "textarea"
        if self._area:
            self._add("")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._name][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        self._area = False

    def _add(self, value: str | None) -> None:
        self.values.setdefault(self._name, []).append(value or "")


def shown(bound: Bound[Any]) -> dict[str, list[str]]:
    return Inputs(bound.render()).values
