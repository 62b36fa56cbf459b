"""Every state of every page, in either look: no barrier, no line too wide, valid HTML."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from helpers.browser_host import STYLESHEETS, Host, served
from helpers.node import package
from helpers.page_actions import Visit
from helpers.page_states import STATES

AXE = (package("axe-core") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": WIDE},
    "narrow, dark": {"viewport": NARROW, "color_scheme": "dark"},
}
SHEETS = {"own": (), "designsystemet": STYLESHEETS}


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it now is."""
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
    return [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found["violations"] for node in each["nodes"]]


@pytest.mark.parametrize(("sheets", "look", "state"), list(itertools.product(SHEETS, LOOKS, STATES)))
def test_no_state_has_a_barrier_or_overflows_the_window(
    visit: Visit, serve: Callable[..., Host], request: pytest.FixtureRequest, sheets: str, look: str, state: str
) -> None:
    host = serve(SHEETS[sheets])
    page = visit(host, **LOOKS[look])
    STATES[state](page, host)
    if folder := request.config.getoption("--pictures", None):
        name = re.sub(r"\W+", "-", f"{state} {sheets} {look} {page.locator('html').get_attribute('lang')}")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_html_of_every_state_is_valid_as_it_is_sent_and_as_the_script_leaves_it(visit: Visit, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, state in enumerate(STATES.values()):
        (folder := tmp_path / str(number)).mkdir()  # a host of its own: tests are limited
        sent: list[Any] = []
        with served(Host(folder, ())) as host:
            page = visit(host)
            page.on("response", lambda answer, sent=sent: sent.append(answer) if _is_page(answer) else None)
            state(page, host)
            for kind, html in (("sent", sent[-1].text()), ("left", page.content())):
                (pages / f"{number}-{kind}.html").write_text(html, "utf-8")
            page.context.close()
    java = shutil.which("java")
    assert java, "Java is missing: apt-get install default-jre-headless"
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    answer = subprocess.run([java, "-jar", jar, "--format", "json", pages], capture_output=True, text=True, check=False)
    found = json.loads(answer.stderr)["messages"]
    assert [(each["url"].rpartition("/")[2], each["message"], each.get("extract")) for each in found] == []


def _is_page(answer: Any) -> bool:
    return answer.request.resource_type == "document" and not 300 <= answer.status < 400
