"""Every type of internal page before axe, at both widths; the keyboard reaches every act."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.browser.conftest import Office

FIRMS = "/rounds/2019/manufacturing/"
UNIT = "91339999M00000019T"
PAGES: dict[str, tuple[str, ...]] = {
    "": ("/login/", "/activate/", "/help/", "/nothing-here/"),
    "a": (
        "/desk/", "/rounds/2019/", "/rounds/new/", "/rounds/2019/compile/", "/rounds/2019/pack/",
        "/rounds/2019/county/adoption/", "/rounds/2019/county/ratings/", "/act/round/1/R7e/", "/audit/", "/password/",
        "/account/", "/account/second-factor/", "/reauthenticate/",
    ),
    "b": ("/act/round/1/R10/", "/act/round/1/R7e/", "/reauthenticate/", "/account/", "/account/second-factor/stop/"),
    "se": ("/people/", "/people/2/", "/people/accounts/2/second-factor/"),
    "sa": ("/people/new/", "/people/1/", "/people/1/roles/new/", "/people/1/places/"),
    "c-manufacturing": (
        FIRMS, "/plans/2019/manufacturing/", f"{FIRMS}collection/", f"{FIRMS}collection/滨江区/", f"{FIRMS}units/",
        f"{FIRMS}disputes/", f"{FIRMS}runs/", f"{FIRMS}runs/1/", f"{FIRMS}runs/1/units/{UNIT}/", f"{FIRMS}list/",
    ),
    "k-330108": ("/desk/", f"{FIRMS}collection/滨江区/"),
    "p-税务": ("/desk/", f"{FIRMS}forms/"),
    f"e-{UNIT}": ("/desk/", f"{FIRMS}units/{UNIT}/statement/", f"{FIRMS}own/{UNIT}/"),
    "l1": ("/desk/", "/rounds/2019/conflicts/"),
    "o1": ("/objections/", "/objections/paper/"),
    "au": ("/audit/",),
}  # fmt: skip
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.mark.acceptance
@pytest.mark.stage("notice")
def test_axe_finds_nothing_on_any_internal_page(office: Office) -> None:
    found: list[tuple[str, str, str, Any]] = []
    looked = 0
    for login, paths in PAGES.items():
        page = office.seat(login)
        page.set_viewport_size({"width": 390, "height": 844})
        for path in paths:
            page.goto(f"{office.site.address}{path}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > 390:
                found.append((login, path, "wider than a phone", wide))
            for one in Axe().run(page, options=AXE).response["violations"]:
                found.append((login, path, one["id"], one["nodes"][0]["html"][:160]))
            looked += 1

    assert found == []
    assert looked == sum(map(len, PAGES.values()))

    assert unreached(office.go("a", "/rounds/2019/")) == []
    assert unreached(office.go("b", "/act/round/1/R10/")) == []


def unreached(page: Page) -> list[str]:
    """What can be clicked in the main part and is never focused by the tab key, in whatever order."""
    page.evaluate("document.activeElement.blur()")
    count = page.evaluate(
        "() => { let n = 0; for (const one of document.querySelectorAll('a[href], button, input, select, textarea,"
        " summary')) if (one.checkVisibility() && one.type !== 'hidden') one.dataset.stop = ++n; return n; }"
    )
    reached = set()
    for _ in range(count + 40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement && document.activeElement.dataset.stop"))
    stops: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-stop]')].map(one => [one.dataset.stop,"
        " one.outerHTML.slice(0, 120)]))"
    )
    return [said for number, said in stops.items() if number not in reached]
