"""A whole year in real browsers: all seven domains, every role, from the first day to the issued list.

Everybody acts on the pages of his own role. What dozens of offices and counties do in the same way (deliver the other
forms, check and approve) is done between the pages by the same actions, so that the test takes minutes and not an hour.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from mujun.web.programme import programme_round
from mujun.workflow.moment import CHINA
from tests.web.browser.conftest import Office

ROUND = "/rounds/2019/"
DOMAINS = [one.id for one in programme_round().domains]
COMPUTED = [one for one in DOMAINS if one != "county"]
TIED = "并列在最后一个名额上，方案没有写怎样取舍，均不列入（示例）"


def clerk(domain: str) -> str:
    return "a" if domain == "county" else f"c-{domain.replace('_', '-')}"


def head(domain: str) -> str:
    return "b" if domain == "county" else f"d-{domain.replace('_', '-')}"


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=CHINA)


@pytest.fixture
def scan(tmp_path: Path) -> str:
    """A fictitious scan."""
    file = tmp_path / "扫描件.pdf"
    file.write_bytes("%PDF-1.4\n% 示例数据：虚构的扫描件，不是真实文件\n".encode())
    return str(file)


def test_a_whole_round_from_the_first_day_to_the_issued_list(office: Office, scan: str, tmp_path: Path) -> None:
    plans(office)
    collection(office, tmp_path)
    evaluation(office)
    nomination(office, scan)
    decision(office, scan)
    notice_and_issue(office)


def plans(office: Office) -> None:
    """The round is begun by one and planned by another; each department's plan is drafted and issued by two."""
    office.send(office.go("a", "/rounds/new/"))
    office.clock(at(2019, 4, 9, 10, 0))
    office.act("b", ROUND, "印发年度工作方案", document_number="浙亩均办〔2019〕4号", issued_on="2019-04-09")
    for number, domain in enumerate(DOMAINS, 1):
        office.go(clerk(domain), ROUND).locator(f"form[action$='/{domain}/begin/'] button").click()
        office.act(head(domain), f"{ROUND}{domain}/", "印发领域方案", document_number=f"浙示例〔2019〕{number}号")
    office.picture("b", "1-round-planned")
    office.go("", "/plans/2019/manufacturing/")
    office.picture("", "2-plan-as-the-public-reads-it")


def collection(office: Office, tmp_path: Path) -> None:
    """Forms come, one by hand of the tax office; a firm confirms, another's doubt is answered; all is locked."""
    office.clock(at(2019, 5, 6, 9, 0))
    for domain in ("manufacturing", "services"):
        office.act(clerk(domain), f"{ROUND}{domain}/", "开放填报")
    office.site.command("demo", "--stretch", "collecting")
    tax_office(office, tmp_path)
    firm(office)
    statistics_office(office)
    office.site.command("demo", "--stretch", "collected")
    office.go("t-3301", f"{ROUND}manufacturing/collection/")
    office.picture("t-3301", "5-city")
    office.clock(at(2019, 6, 13, 9, 0))
    for domain in DOMAINS:
        office.act(clerk(domain), f"{ROUND}{domain}/", "锁定数据")
    office.picture("c-services", "6-locked")


def tax_office(office: Office, tmp_path: Path) -> None:
    """The late form: the template comes down, the filled-in file goes up, is looked at, taken in, handed in."""
    file = tmp_path / "税务.csv"
    file.write_bytes(form_of("services", "税务"))
    page = office.go("p-税务", f"{ROUND}services/forms/")
    page.locator("main table a").first.click()
    with page.expect_download() as template:
        page.get_by_role("link", name="下载模板").click()
    assert template.value.suggested_filename.endswith(".xlsx")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="先核对").click()
    office.picture("p-税务", "3-dry-run")
    for box in page.locator("main form textarea").all():
        box.fill("示例：已逐家核对原始资料，情况属实")
    page.get_by_role("button", name="入库").click()
    page.get_by_role("button", name="报送").click()
    assert "已报送" in page.locator("main").inner_text()


def firm(office: Office) -> None:
    """A firm looks at what is used about it, each number with its cell, and confirms."""
    page = office.go(third_firm(), "/desk/")
    page.locator(".acts a.button").first.click()
    office.picture(third_firm(), "4-statement")
    page.get_by_role("link", name="确认一企一单").first.click()
    office.send(page)


def statistics_office(office: Office) -> None:
    page = office.go("p-统计", f"{ROUND}manufacturing/disputes/")
    assert "答复" in page.locator("main").inner_text()


def evaluation(office: Office) -> None:
    """Each department runs its evaluation in the background; its head freezes it."""
    office.clock(at(2019, 6, 14, 15, 0))
    for domain in DOMAINS:
        page = office.go(clerk(domain), f"{ROUND}{domain}/runs/")
        page.get_by_role("button", name="运行评价").click()
    for domain in DOMAINS:
        page = office.go(head(domain), f"{ROUND}{domain}/runs/")
        for _ in range(120):
            if page.get_by_role("link", name="评价定版").count():
                break
            page.wait_for_timeout(500)
            page.reload()
        page.get_by_role("link", name="评价定版").first.click()
        office.send(page)
    office.go(clerk("manufacturing"), f"{ROUND}manufacturing/runs/1/")
    office.picture(clerk("manufacturing"), "7-ranks")


def nomination(office: Office, scan: str) -> None:
    """Lists inside the quota; whoever ties at the last place is left out with a reason; the list of ① is adopted."""
    office.clock(at(2019, 7, 8, 9, 30))
    for domain in COMPUTED:
        page = office.go(clerk(domain), f"{ROUND}{domain}/list/")
        for row in page.locator("main tr", has_text="并列待定").all():
            row.locator("input[name=out]").check()
            row.locator("input[type=text]").fill(TIED)
        page.locator("main form .go .button.act").click()
        office.act(head(domain), f"{ROUND}{domain}/", "签发推荐名单")
        office.act(head(domain), f"{ROUND}{domain}/", "报送省亩均办")
    office.picture(head("services"), "8-handed-in")
    adopted(office, scan)
    for domain in COMPUTED:
        office.act("a", f"{ROUND}{domain}/", "提请接收推荐名单")
        office.act("b2", f"{ROUND}{domain}/", "确认接收推荐名单")


def adopted(office: Office, scan: str) -> None:
    page = office.go("a", f"{ROUND}county/adoption/")
    page.get_by_label("文件名称").fill("示例名单（虚构）")
    page.get_by_label("文号").fill("示例〔2019〕1号")
    page.get_by_label("日期").fill("2019-05-08")
    page.get_by_label("扫描件").set_input_files(scan)
    names = page.locator("main form.pick textarea").first
    names.fill("滨江区、柯桥区、乐清市、义乌市、海宁市")
    page.locator("main form.pick .go .button").click()
    for box in page.locator("main section table input[type=text], main section table textarea").all():
        box.fill("督查激励看全年改革工作，名单以公布的文件为准（示例）")
    page.locator("main form[action$='/explain/'] .go .button, main form[action$='/explain/'] button").last.click()
    page.get_by_role("button", name="提请采用名单").click()
    office.act("b", f"{ROUND}county/", "确认采用名单")
    office.act("b", f"{ROUND}county/", "签发采用的名单")
    office.act("b", f"{ROUND}county/", "报送省亩均办")
    office.act("a", f"{ROUND}county/", "提请接收推荐名单")
    office.act("b2", f"{ROUND}county/", "确认接收推荐名单")


def decision(office: Office, scan: str) -> None:
    """Compiled, the pack fixed, laid before the leading group, decided by its minutes."""
    office.clock(at(2019, 8, 30, 14, 0))
    office.act("a", ROUND, "开始汇总")
    page = office.go("a", f"{ROUND}compile/")
    while page.get_by_role("link", name="处理", exact=True).count():
        page.get_by_role("link", name="处理", exact=True).first.click()
        page.locator("#id_resolution").fill("经商有关部门，两个领域都保留（示例）")
        page.locator("main form .go .button.act").click()
    page.get_by_role("button", name="会议材料定稿").click()
    office.picture("a", "9-pack")
    office.act("a", ROUND, "提请审定")
    office.act("b", ROUND, "确认提请审定")
    office.go("l1", f"{ROUND}pack/")
    office.picture("l1", "10-member-reads-the-pack")
    office.clock(at(2019, 9, 25, 10, 0))
    page = office.go("a", f"{ROUND}minutes/")
    for box in page.locator("input[name=present]").all():
        box.check()
    page.locator("input[name=held_on]").fill("2019-09-24")
    page.locator("input[name=scan]").set_input_files(scan)
    page.locator("main form .go .button.act").click()
    office.act("a", ROUND, "提请审定")
    office.reauthenticate("b")
    office.act("b", ROUND, "确认审定")
    office.picture("b", "11-decided")


def notice_and_issue(office: Office) -> None:
    """Five working days till the clock time; an objection by the public, dealt with by two; then the list, once."""
    office.clock(at(2019, 9, 27, 9, 0))
    office.act("a", ROUND, "提请公示", contact="省亩均办（示例）0571-0000 0000", **reasons(office))
    office.act("b", ROUND, "确认公示")
    page = office.go("", "/notice/")
    office.picture("", "12-notice")
    page.get_by_role("link", name="提出异议").first.click()
    page.locator("select[name=item]").select_option(index=1)
    page.locator("[name=ground1]").fill("用地面积与实际不符（示例）")
    page.locator("[name=name]").fill("王实名（示例）")
    page.locator("[name=phone]").fill("示例电话")
    page.locator("main form .go .button.act").click()
    assert "异2019-0001" in page.locator("main").inner_text()
    office.act("o1", "/objections/异2019-0001/", "受理")
    page = office.go("o2", "/objections/异2019-0001/")
    page.get_by_role("link", name="认定不成立").click()
    page.locator("main form textarea").first.fill("经核，与不动产登记一致（示例）")
    page.locator("select[name=changes_list]").select_option("no")
    office.send(page)
    page.get_by_role("button", name="记为答复已送达").click()
    office.act("o1", "/objections/异2019-0001/", "办结")
    office.clock(at(2019, 10, 14, 10, 0))
    office.reauthenticate("b2")
    office.act(
        "b2", ROUND, "印发名单", document_number="浙亩均办〔2019〕12号", dated="2019-10-14", printed_on="2019-10-15"
    )
    page = office.go("", "/")
    office.picture("", "13-issued")
    assert "现在是“印发”" in office.go("a", ROUND).locator("main").inner_text()
    page = office.go("au", "/audit/?verify=1")
    office.picture("au", "14-audit")
    assert "核验完好" in page.locator("main").inner_text()


def reasons(office: Office) -> dict[str, str]:
    """Clause 3.4 does not name towns and parks: why their lists are issued is typed."""
    return {f"why:{one}": "经领导小组会议明确一并印发（示例）" for one in ("characteristic_town", "micro_park")}


def form_of(domain: str, agency: str) -> bytes:
    """What the office of the fictitious province fills in."""
    from mujun.intake.submit import FormBook
    from mujun.law import load_law
    from mujun.web.living.office_files import office_file

    due = FormBook(load_law()).due(f"2019/{domain}")
    return office_file(next(one for one in due.forms if one.source == agency))


def third_firm() -> str:
    """The third of the firms that have a log-in: the first has confirmed, the second doubts a value."""
    from mujun.web.living.office_files import demo_province
    from mujun.web.living.values import WITH_ACCOUNT

    keys = demo_province().tables["manufacturing"].head(WITH_ACCOUNT)["unit:key"].to_list()
    return f"e-{sorted(keys)[2]}"
