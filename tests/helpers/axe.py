"""Runs axe-core in a page."""

from __future__ import annotations

from playwright.sync_api import Page

from helpers.node import package

AXE = (package("axe-core") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, once its style sheets and scripts are there."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
    return [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found["violations"] for node in each["nodes"]]
