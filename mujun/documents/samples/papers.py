"""The facts of the specimens, document by document. All invented; what is said of rules is what the notice says."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve

from mujun.digest import digest_bytes
from mujun.documents.content.action_plan import ActionPlan, Chapter, Section
from mujun.documents.content.certificate import Certificate
from mujun.documents.content.correction import Correction, Slip
from mujun.documents.content.issued_list import DispatchRecord, IssuedList, Receipt
from mujun.documents.content.listed import Entry, FullList
from mujun.documents.content.meeting import Decided, MeetingPack, Minutes, Verdict
from mujun.documents.content.nomination import Nomination
from mujun.documents.content.public_notice import PublicNotice
from mujun.documents.content.wording import numeral
from mujun.documents.samples.invented import YEAR
from mujun.documents.samples.senders import CREATED, OFFICE, PRINTER, SEALED_BY, marks, office_dispatch
from mujun.scheme import Round

LIST = f"{YEAR}年浙江省“亩均效益”领跑者名单"
CONTACT = "0571-00000000（示例）"
CLOSES = datetime(2019, 10, 10, 17, 30)
_ISSUED = ("浙亩均办〔2019〕99号", date(2019, 12, 16), date(2019, 12, 18))


def fingerprint(text: str) -> str:
    return digest_bytes(text.encode()).sha256


def _checkpoint(listed: FullList) -> str:
    return f"{YEAR} 名单 {fingerprint(str(listed))} 根 {fingerprint('示例根')}"


def sample_action_plan(round_: Round) -> ActionPlan:
    """Next year's plan, in draft: its number is not given, its words are for comment."""
    year = YEAR + 1
    domains = tuple(
        Section(
            heading=f"（{numeral(place)}）{domain.label}领跑者。",
            text=f"按照具体方案开展评价，分类遴选产生一批领跑者。（{domain.lead_agency}负责）",
        )
        for place, domain in enumerate(round_.domains, 1)
    )
    steps = ("制定具体方案（一季度）。", "开展评价（二季度）。", "形成推荐名单（三季度）。", "公示和印发名单。")
    texts = (
        "各牵头部门制定印发本领域具体方案，写明指标、权重、基准值和名额。",
        "各牵头部门按照具体方案开展评价，封存数据，保存计算过程。",
        "各牵头部门提出推荐名单，与名次不一致的逐一说明理由，由省亩均办汇总后提请审定。",
        "经审定后公示，公示无异议或异议已处理的，以省亩均办名义印发。",
    )
    title = f"{year}年浙江省“亩均效益”领跑者行动工作方案"
    return ActionPlan(
        dispatch=office_dispatch("", CREATED, CREATED, issued=False),
        title=f"关于印发《{title}》的通知",
        notice=(f"现将《{title}》印发给你们，请结合实际抓好落实。",),
        plan_title=(f"{year}年浙江省“亩均效益”", "领跑者行动工作方案"),
        opening=("为深化“亩均论英雄”改革，实施“亩均效益”领跑者行动，制定本方案。",),
        chapters=(
            Chapter(heading="一、总体思路", paragraphs=("坚持分类推进、对标提升，规则公开，过程可查，结果可核。",)),
            Chapter(heading="二、主要内容", sections=domains),
            Chapter(
                heading="三、工作安排",
                sections=tuple(
                    Section(heading=f"（{numeral(place)}）{step}", text=text)
                    for place, (step, text) in enumerate(zip(steps, texts, strict=True), 1)
                ),
            ),
            Chapter(heading="四、激励措施", paragraphs=("省亩均办会同有关部门研究制定激励措施，叠加运用各项政策。",)),
        ),
        made_on=CREATED,
    )


def sample_meeting_pack(nominated: tuple[Nomination, ...]) -> MeetingPack:
    return MeetingPack(
        year=YEAR,
        meeting="省深化“亩均论英雄”改革工作领导小组审定会议",
        office="省亩均办",
        at=datetime(2019, 9, 20, 9, 30),
        where="示例会议室",
        agenda=("听取各领域推荐名单汇报", "审议与名次不一致的事项", "逐项审定推荐名单", "确定公示期和公示范围"),
        nominations=nominated,
        open_questions=(
            "通知三（四）没有写特色小镇、小微工业园名单是否随文印发。",
            "通知三（四）没有写公示几天，拟定5个工作日。",
        ),
        draft_decision=(
            "同意各领域推荐名单，按程序公示5个工作日。",
            "未按名次推荐的，同意牵头部门所述理由。",
            "公示期内异议成立须变更名单的，另行提请审定。",
        ),
        marks=marks(),
        made_on=CREATED,
    )


def sample_minutes(listed: FullList) -> Minutes:
    people = tuple(f"示例成员{stem}" for stem in "甲乙丙丁戊己庚辛壬")
    items = tuple(
        Decided(
            subject=f"{one.label}名单",
            verdict=Verdict.AGREED,
            text="由省亩均办按程序公示。",
            listed=one.total,
            recused=(people[3],) if place == 0 else (),
            recused_why="来自名单所在县" if place == 0 else "",
        )
        for place, one in enumerate(listed.domains)
    )
    return Minutes(
        mark="浙江省深化“亩均论英雄”改革工作领导小组会议纪要",
        number="〔2019〕9号",
        at=datetime(2019, 9, 20, 9, 30),
        where="示例会议室",
        chair=people[0],
        present=people,
        absent=("示例成员癸",),
        attending=("省亩均办", "各牵头部门"),
        members=10,
        quorum=7,
        opening="会议听取了各牵头部门的汇报，逐项审议推荐名单。纪要如下。",
        items=items,
        sent_to=("领导小组成员", "各牵头部门"),
        printed_by=PRINTER,
        printed_on=date(2019, 9, 23),
        list_hash=fingerprint(str(listed)),
        marks=marks(),
        made_on=CREATED,
    )


def sample_public_notice(listed: FullList) -> PublicNotice:
    return PublicNotice(
        year=YEAR,
        office=OFFICE,
        sealed_by=SEALED_BY,
        subject=LIST,
        listed=listed,
        basis=("《关于印发〈2019年浙江省“亩均效益”领跑者行动工作方案〉的通知》（浙亩均办〔2019〕4号）",),
        decided_at="省深化“亩均论英雄”改革工作领导小组会议审定",
        begins=date(2019, 9, 27),
        closes=CLOSES,
        workdays=5,
        contact=CONTACT,
        address="示例市示例路1号省亩均办，邮编000000",
        email="objection@example.invalid",
        checkpoint=_checkpoint(listed),
        marks=marks(),
        made_on=CREATED,
    )


def sample_issued_list(listed: FullList) -> IssuedList:
    return IssuedList(
        dispatch=office_dispatch(*_ISSUED, issued=True),
        year=YEAR,
        subject=LIST,
        listed=listed,
        decided_at="省深化“亩均论英雄”改革工作领导小组会议审定",
        noticed="向社会公示",
        demands=(
            "希望名单中的领跑者珍惜荣誉，发挥示范引领作用。",
            "各地各有关部门要落实激励措施，总结推广经验做法。",
        ),
        checkpoint=_checkpoint(listed),
        made_on=CREATED,
    )


def sample_dispatch_record() -> DispatchRecord:
    dispatch = office_dispatch(*_ISSUED, issued=True)
    signed = tuple(
        Receipt(
            to=name, copies=2, way="专人送达", signed_by=f"示例签收人{stem}", signed_at=datetime(2019, 12, 18, 15, 10)
        )
        for name, stem in zip(dispatch.to, "甲乙丙丁", strict=True)
    )
    rest = tuple(Receipt(to=name, copies=11 if name.startswith("各") else 1, way="机要") for name in dispatch.copies)
    return DispatchRecord(dispatch=dispatch, title=f"关于公布{LIST}的通知", receipts=(*signed, *rest), made_on=CREATED)


def sample_correction(listed: FullList) -> Correction:
    """One name misspelt, put right: the totals are as before."""
    domain = listed.domains[5]
    first = domain.classes[0]
    wrong, right = (
        first.entries[1],
        Entry(name=first.entries[1].name.replace("电子", "电子科技"), place=first.entries[1].place),
    )
    entries = (first.entries[0], right, *first.entries[2:])
    mended = evolve(domain, classes=(evolve(first, entries=entries), *domain.classes[1:]))
    after = FullList(domains=(*listed.domains[:5], mended, *listed.domains[6:]))
    return Correction(
        dispatch=office_dispatch("浙亩均办〔2019〕100号", date(2019, 12, 24), date(2019, 12, 25), issued=True),
        subject=LIST,
        corrects="《关于公布2019年浙江省“亩均效益”领跑者名单的通知》（浙亩均办〔2019〕99号）",
        slips=(
            Slip(where=f"附件六（一）{first.label}第2行", printed=wrong.name, should_be=right.name, why="企业名称漏字"),
        ),
        before=listed,
        after=after,
        checkpoint=_checkpoint(after),
        made_on=CREATED,
    )


def sample_certificate(listed: FullList) -> Certificate:
    domain = listed.domains[5]
    first = domain.classes[1]
    return Certificate(
        number="示例2019-06-021",
        name=first.entries[0].name,
        place=first.entries[0].place,
        year=YEAR,
        domain="制造业“亩均效益”领跑企业",
        group=first.label,
        issuer=OFFICE,
        sealed_by=SEALED_BY,
        list_number=_ISSUED[0],
        dated=date(2019, 12, 18),
        proof="https://example.invalid/proof/2019/06-021",
        marks=marks(),
        made_on=CREATED,
    )
