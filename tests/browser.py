"""A real browser for pages and figures: Debian's chromium, driven by playwright. Skips where there is none."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from attrs import define, field
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

PHONE, DESK = 390, 1200


@define
class Visit:
    """A page that is open. `complaints` are its console errors, `requests` what it asked for beside itself."""

    page: Page
    complaints: list[str] = field(factory=list)
    requests: list[str] = field(factory=list)

    def unfold(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    def violations(self) -> list[str]:
        """What axe finds against the rules of accessibility, with everything unfolded."""
        self.unfold()
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]

    def too_wide(self) -> int:
        """By how many pixels the page has to be scrolled sideways."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def numbers(self, selector: str) -> list[int]:
        """The whole numbers that the elements show, folded or not; an empty cell is none."""
        texts = self.page.eval_on_selector_all(selector, "all => all.map(one => one.textContent)")
        return [int(text.replace(",", "")) for text in texts if text.strip()]

    def texts(self, selector: str) -> list[str]:
        """What the elements say, folded or not."""
        found = self.page.eval_on_selector_all(selector, "all => all.map(one => one.textContent.trim())")
        return [str(text) for text in found]


@cache
def chromium() -> Browser:
    """One browser for all tests of a worker."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs chromium (Debian: apt install chromium)")
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    atexit.register(playwright.stop)
    return browser


@contextmanager
def visit(file: Path, width: int = DESK) -> Iterator[Visit]:
    """Open a file as one would from a folder."""
    page = chromium().new_page(viewport={"width": width, "height": 844})
    here = file.resolve().as_uri()
    visited = Visit(page)
    page.on("console", lambda said: visited.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: visited.complaints.append(str(error)))
    page.on("request", lambda request: visited.requests.append(request.url) if request.url != here else None)
    page.goto(here)
    try:
        yield visited
    finally:
        page.close()
