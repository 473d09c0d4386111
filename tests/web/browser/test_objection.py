"""An objection is upheld and the list goes back to the leading group; after it is issued a slip is corrected."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import Office
from tests.web.browser.test_round import ROUND, at, scan

__all__ = ["scan"]


@pytest.mark.stage("notice")
def test_an_upheld_objection_and_a_correction(office: Office, scan: str) -> None:
    page = office.go("", "/notice/object/")
    taken_out = page.locator("select[name=item] option").nth(-1).inner_text()
    page.locator("select[name=item]").select_option(label=taken_out)
    page.locator("[name=ground1]").fill("该企业已停产（示例）")
    page.locator("[name=name]").fill("王实名（示例）")
    page.locator("[name=phone]").fill("示例电话")
    page.locator("main form .go .button.act").click()
    office.picture("", "1-receipt")
    upheld(office)
    decided_anew(office, scan)
    issued_without(office, taken_out)
    corrected(office)


def upheld(office: Office) -> None:
    office.act("o1", "/objections/异2019-0001/", "受理")
    page = office.go("o2", "/objections/异2019-0001/")
    page.get_by_role("link", name="认定成立", exact=True).click()
    page.locator("main form textarea").first.fill("经核属实（示例）")
    page.locator("select[name=changes_list]").select_option("remove")
    office.send(page)
    office.picture("o2", "2-upheld")


def decided_anew(office: Office, scan: str) -> None:
    """The office cannot mend the list: the leading group decides, the notice goes on without the name."""
    office.act("a", ROUND, "提请再次审定", reason="异议成立，名单须变更（示例）")
    page = office.go("a", f"{ROUND}minutes/")
    for box in page.locator("input[name=present]").all():
        box.check()
    page.locator("input[name=scan]").set_input_files(scan)
    page.locator("main form .go .button.act").click()
    office.act("a", ROUND, "提请审定")
    office.reauthenticate("b")
    office.act("b", ROUND, "确认审定")
    office.act("a", ROUND, "提请续公示")
    office.act("b", ROUND, "确认续公示")
    office.act("o1", "/objections/异2019-0001/", "已纠正", remedy="领导小组再次审定，移出名单（示例）")
    office.go("o2", "/objections/异2019-0001/").get_by_role("button", name="记为答复已送达").click()
    office.act("o1", "/objections/异2019-0001/", "办结")


def issued_without(office: Office, taken_out: str) -> None:
    office.clock(at(2019, 10, 14, 10, 0))
    office.reauthenticate("b2")
    days = {"dated": "2019-10-14", "printed_on": "2019-10-15"}
    office.act("b2", ROUND, "印发名单", document_number="浙亩均办〔2019〕12号", **days)
    name = taken_out.partition("（")[0]
    assert name not in office.go("", "/notice/").locator("main").inner_text()


def corrected(office: Office) -> None:
    """A slip of a name: another document, the old row struck through."""
    page = office.go("a", ROUND)
    page.get_by_text("退回、撤销、延长、更正等").click()
    page.get_by_role("link", name="提请更正笔误").click()
    page.locator("select[name=item]").select_option(index=1)
    page.locator("input[name=name]").fill("更正后的名称（示例）")
    days = {"dated": "2019-10-20", "printed_on": "2019-10-20"}
    office.send(page, document_number="浙亩均办〔2019〕13号", reason="名称有误（示例）", **days)
    office.reauthenticate("b")
    office.act("b", ROUND, "确认更正笔误")
    office.picture("b", "3-corrected")
