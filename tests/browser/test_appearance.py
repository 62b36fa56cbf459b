"""Appearance: Designsystemet, dark mode, forced colours, zoom, print and themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from helpers.browser_host import STYLESHEETS, Host
from helpers.page_actions import Visit
from helpers.page_states import SETTINGS, STATES

ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}


def style(page: Page, selector: str, name: str) -> str:
    """The computed value of a CSS property."""
    return str(page.eval_on_selector(selector, "(element, name) => getComputedStyle(element)[name]", name))


def variable(page: Page, name: str) -> str:
    """A custom property's colour, as the browser writes colours; empty if no style sheet defines it."""
    script = """(name) => {
        if (!getComputedStyle(document.body).getPropertyValue(name)) return "";
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = `var(${name})`;
        const color = getComputedStyle(probe).color;
        probe.remove();
        return color;
    }"""
    return str(page.evaluate(script, name))


def brightness(color: str) -> float:
    red, green, blue = (float(part) for part in color[color.index("(") + 1 : -1].split(",")[:3])
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


@pytest.mark.parametrize("state", ["register, rejected", "contact, rejected"])
def test_designsystemet_controls(visit: Visit, serve: Callable[..., Host], state: str) -> None:
    host = serve(STYLESHEETS)
    page = visit(host)
    STATES[state](page, host)
    assert variable(page, "--nofields-accent") == "", "nofields' own style is left out"
    accent = variable(page, "--ds-color-accent-base-default")
    assert accent
    assert style(page, "[type=submit]", "backgroundColor") == accent
    assert style(page, "[data-summary]", "backgroundColor") == variable(page, "--ds-color-danger-surface-tinted")
    assert style(page, ".ds-validation-message", "color") == variable(page, "--ds-color-danger-text-subtle")
    assert style(page, "input.ds-input:not([type=radio])", "borderTopStyle") == "solid"


@pytest.mark.parametrize("sheets", [(), STYLESHEETS])
def test_dark_mode(visit: Visit, serve: Callable[..., Host], sheets: tuple[str, ...]) -> None:
    host = serve(sheets)
    for scheme, is_dark in (("light", False), ("dark", True)):
        page = visit(host, color_scheme=scheme)
        page.goto(SETTINGS)
        text, background = (brightness(style(page, "body", name)) for name in ("color", "backgroundColor"))
        assert (text > background) is is_dark


@pytest.mark.parametrize(
    ("system", "attribute", "own_style", "is_dark"),
    [
        ("dark", None, "", False),
        ("dark", None, "body { background: white }", False),
        ("dark", None, ":root { color-scheme: light dark }", True),
        ("dark", "auto", "", True),
        ("dark", "light", "", False),
        ("light", None, "", False),
        ("light", "auto", "", False),
        ("light", "dark", "", True),
        ("light", None, ":root { color-scheme: dark }", True),
    ],
)
def test_dark_where_the_host_asks(
    visit: Visit, host: Host, system: str, attribute: str | None, own_style: str, is_dark: bool
) -> None:
    page = visit(host, color_scheme=system)
    STATES["contact, rejected"](page, host)
    page.evaluate("document.documentElement.removeAttribute('data-color-scheme')")
    if attribute:
        page.evaluate("(value) => document.documentElement.dataset.colorScheme = value", attribute)
    page.add_style_tag(content=own_style or "/* none */")
    for selector, surface in (("label", "body"), (".ds-input", ".ds-input"), ("[data-summary]", "[data-summary]")):
        text, background = brightness(style(page, selector, "color")), brightness(style(page, surface, "backgroundColor"))
        assert (text > background) is is_dark, selector
        assert abs(text - background) > 0.4, selector


def test_dark_part_of_a_light_page(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/contact")
    page.evaluate("document.querySelector('form').dataset.colorScheme = 'dark'")
    for selector, is_dark in (("h1", False), ("label", True), (".ds-input", True)):
        assert (brightness(style(page, selector, "color")) > 0.5) is is_dark, selector
    assert brightness(style(page, "form", "backgroundColor")) < 0.5


def test_forced_colours(visit: Visit, host: Host) -> None:
    page = visit(host, forced_colors="active")
    STATES["register, rejected"](page, host)
    assert float(style(page, "#description", "borderTopWidth").removesuffix("px")) == 3
    page.fill("#password", "kanari")
    marks = page.eval_on_selector_all(
        "[data-requirements] li", "all => all.map((li) => getComputedStyle(li, '::before').content)"
    )
    assert len(set(marks)) == 2, "a met requirement has another mark, not only another colour"


@pytest.mark.parametrize("sheets", [(), STYLESHEETS])
@pytest.mark.parametrize("state", ["start", "register, rejected", "settings, conflict", "contact, rejected"])
def test_zoom(visit: Visit, serve: Callable[..., Host], state: str, sheets: tuple[str, ...]) -> None:
    host = serve(sheets)
    page = visit(host, **ZOOMED)
    STATES[state](page, host)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("sheets", [(), STYLESHEETS])
def test_long_words(visit: Visit, serve: Callable[..., Host], sheets: tuple[str, ...]) -> None:
    """Norwegian compounds break, and the page does not scroll sideways (WCAG 1.4.10)."""
    host = serve(sheets)
    page = visit(host, viewport={"width": 320, "height": 640})
    STATES["contact, rejected"](page, host)
    page.evaluate(
        """(word) => {
            const texts = ".ds-label, .ds-paragraph, .ds-validation-message, .ds-heading, .ds-link, .ds-button, option";
            for (const each of document.querySelectorAll(texts)) each.textContent = word;
        }""",
        "Minoritetsladningsbærerdiffusjonskoeffisientmålingsapparatur",
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_email_as_typed(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/contact")
    for email in ("bjørn@blåbær.no", "ola@ærlig.no"):
        page.fill("#email", email)
        page.click("[type=submit]")
        expect(page.locator("[data-summary]")).to_be_focused()
        assert page.input_value("#email") == email


def test_print(visit: Visit, host: Host) -> None:
    page = visit(host, color_scheme="dark")
    STATES["registered"](page, host)
    page.emulate_media(media="print")
    assert page.is_visible("[data-system-id]")
    expect(page.locator(".page-languages")).to_be_hidden()
    page.goto("/altinn/register")
    expect(page.locator("[type=submit]").first).to_be_hidden()
    text, background = (brightness(style(page, "body", name)) for name in ("color", "backgroundColor"))
    assert text < background


@pytest.mark.parametrize("sheets", [(), STYLESHEETS])
def test_focus_on_site_name(visit: Visit, serve: Callable[..., Host], sheets: tuple[str, ...]) -> None:
    page = visit(serve(sheets))
    page.goto(SETTINGS)
    for _ in range(2):  # past the link to the main content
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").endswith("page-site")
    assert (style(page, ".page-site", "outlineStyle"), style(page, ".page-site", "outlineWidth")) == ("solid", "3px")


def test_distance_of_hints(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto(SETTINGS)
    assert style(page, "fieldset > [data-field=description]", "marginTop") == "0px"
    assert style(page, "#system_id-hint", "marginTop") == "0px"


def test_theme(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/contact")
    page.add_style_tag(content=":root { --nofields-accent: rgb(90, 0, 90); }")
    assert style(page, "[type=submit]", "backgroundColor") == "rgb(90, 0, 90)"
