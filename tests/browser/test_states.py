"""Every state of every page, with either style sheet: accessible, no wider than the window, valid HTML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from helpers.axe import violations
from helpers.browser_host import STYLESHEETS, Host
from helpers.connection_states import CONNECTION_STATES
from helpers.page_actions import Visit
from helpers.page_states import STATES as OTHER_STATES

#: Width and height of the window, and the colour scheme.
WINDOWS: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "wide": (1280, 900, "light"),
    "narrow, dark": (320, 640, "dark"),
}
STATES = OTHER_STATES | CONNECTION_STATES
SHEETS = {"own": (), "designsystemet": STYLESHEETS}


@pytest.mark.parametrize(("sheets", "state"), list(itertools.product(SHEETS, STATES)))
def test_accessible(visit: Visit, serve: Callable[..., Host], request: pytest.FixtureRequest, sheets: str, state: str) -> None:
    """axe-core finds no barrier, and nothing scrolls sideways, in a wide window and in a narrow, dark one."""
    host = serve(SHEETS[sheets])
    width, height, scheme = WINDOWS["wide"]
    page = visit(host, viewport={"width": width, "height": height}, color_scheme=scheme)
    STATES[state](page, host)
    for name, (width, height, scheme) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        if folder := request.config.getoption("--pictures", None):
            language = page.locator("html").get_attribute("lang")
            file = re.sub(r"\W+", "-", f"{state} {sheets} {name} {language}")
            page.screenshot(path=Path(folder) / f"{file}.png", full_page=True)
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, name


@pytest.mark.parametrize("state", STATES)
def test_valid_html(visit: Visit, host: Host, html_errors: Callable[[str], list[Any]], state: str) -> None:
    """As the server sends it, and after the script has run."""
    page, sent = visit(host), list[Any]()
    page.on("response", lambda answer: sent.append(answer) if _is_page(answer) else None)
    STATES[state](page, host)
    assert html_errors(sent[-1].text()) == []
    assert html_errors(page.content()) == []


def _is_page(answer: Any) -> bool:
    return answer.request.resource_type == "document" and not 300 <= answer.status < 400
