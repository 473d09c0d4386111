"""A real site in processes of its own, and people who sit before real browsers."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from attrs import define, field
from playwright.sync_api import Browser, Page

from tests.browser import chromium

PASSWORD = "shili-mima-2019"


@define(eq=False)
class Site:
    """Served by gunicorn with a worker beside it, from a home of its own."""

    home: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        told = {"MUJUN_HOME": str(self.home), "MUJUN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "mujun.web.settings"}
        return {**os.environ, **told}

    def command(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", "django", *words], env=self.environment, check=True)

    def start(self) -> None:
        serve = [
            "gunicorn",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--threads",
            "4",
            "--log-level",
            "error",
            "mujun.web.wsgi",
        ]
        for words in (serve, ["django", "db_worker", "--interval", "0.2", "--no-startup-delay"]):
            self.processes.append(subprocess.Popen([sys.executable, "-m", *words], env=self.environment))
        for _ in range(200):
            try:
                urlopen(f"{self.address}/login/", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the site did not start")

    def stop(self) -> None:
        for one in self.processes:
            one.terminate()
        for one in self.processes:
            one.wait(timeout=20)


@define(eq=False)
class Office:
    """Everybody at his own browser. `pictures` are kept of what each saw."""

    site: Site
    browser: Browser
    pictures: Path
    pages: dict[str, Page] = field(factory=dict)

    def seat(self, login: str) -> Page:
        """Logged in once; an empty login is the public."""
        if login not in self.pages:
            page = self.browser.new_context(viewport={"width": 1200, "height": 900}, locale="zh-CN").new_page()
            page.set_default_timeout(30_000)
            if login:
                page.goto(f"{self.site.address}/login/")
                page.get_by_label("用户名").fill(login)
                page.get_by_label("密码").fill(PASSWORD)
                page.get_by_role("button", name="登录").click()
                page.wait_for_url("**/desk/")
            self.pages[login] = page
        return self.pages[login]

    def go(self, login: str, path: str) -> Page:
        page = self.seat(login)
        page.goto(f"{self.site.address}{path}")
        return page

    def act(self, login: str, path: str, label: str, **fields: str) -> Page:
        """From a page, by the link of that name, through the act's own page, to the message that it is done."""
        page = self.go(login, path)
        page.get_by_role("link", name=label, exact=True).first.click()
        return self.send(page, **fields)

    def send(self, page: Page, **fields: str) -> Page:
        """Fill the form of the page and press its red button."""
        for name, value in fields.items():
            box = page.locator(f"main form [name='{name}']").first
            if name in ("scan", "evidence"):
                box.set_input_files(value)
            elif box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        page.locator("main form .go .button.act").first.click()
        page.wait_for_load_state()
        said = re.sub(r"\s+", " ", page.locator("main").inner_text())
        assert page.locator(".said").count() > 0, said[:600]
        return page

    def clock(self, at: datetime) -> None:
        """The demo site's clock goes on to a moment."""
        page = self.go("a", "/desk/")
        page.locator("#to").fill(at.strftime("%Y-%m-%dT%H:%M"))
        page.get_by_role("button", name="拨钟").click()

    def reauthenticate(self, login: str) -> None:
        """With the code that a demo site shows; one that was used a moment ago is waited out."""
        page = self.go(login, "/reauthenticate/")
        while page.locator(".demo b.code").count() == 0:
            page.wait_for_timeout(1000)
            page.reload()
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_label("动态口令").fill(page.locator(".demo b.code").inner_text())
        page.get_by_role("button", name="验证").click()
        page.wait_for_url("**/desk/")

    def picture(self, login: str, name: str) -> None:
        self.seat(login).screenshot(path=self.pictures / f"{name}.png", full_page=True)


@pytest.fixture
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """A site on which the people have their chairs, at the stage that the test asks for (`@pytest.mark.stage`)."""
    marker = request.node.get_closest_marker("stage")
    site = Site(tmp_path / "home", free_port())
    site.command("demo", "--stage", marker.args[0] if marker is not None else "people", "--password", PASSWORD)
    site.start()
    pictures = Path("out/pictures") / request.node.name
    pictures.mkdir(parents=True, exist_ok=True)
    office = Office(site, chromium(), pictures)
    yield office
    for page in office.pages.values():
        page.context.close()
    site.stop()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
