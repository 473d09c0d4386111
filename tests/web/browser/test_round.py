"""A whole year in real browsers: all seven domains, every role, from the first day to the issued list."""

from __future__ import annotations

from datetime import datetime

from mujun.web.programme import programme_round
from mujun.workflow.moment import CHINA
from tests.web.browser.conftest import Office

ROUND = "/rounds/2019/"
DOMAINS = [one.id for one in programme_round().domains]
SCAN = "%PDF-1.4\n% 示例数据：虚构的扫描件\n".encode()


def clerk(domain: str) -> str:
    return "a" if domain == "county" else f"c-{domain.replace('_', '-')}"


def head(domain: str) -> str:
    return "b" if domain == "county" else f"d-{domain.replace('_', '-')}"


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=CHINA)


def test_a_round_is_begun_and_every_domain_has_a_plan(office: Office) -> None:
    page = office.go("a", "/rounds/new/")
    office.send(page)
    office.clock(at(2019, 4, 9, 10, 0))
    office.act("b", ROUND, "印发年度工作方案", document_number="浙亩均办〔2019〕4号", issued_on="2019-04-09")
    office.picture("b", "round-planned")

    for domain in DOMAINS:
        page = office.go(clerk(domain), ROUND)
        page.locator(f"form[action$='/{domain}/begin/'] button").click()
        office.act(
            head(domain),
            f"{ROUND}{domain}/",
            "印发领域方案",
            document_number=f"浙示例〔2019〕{DOMAINS.index(domain) + 1}号",
        )
    office.picture("d-services", "plan-issued")
