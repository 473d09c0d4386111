"""The facts of each paper hold together, or it is refused: one slip at a time, made in a whole specimen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

from mujun.documents.content.nomination import Deviation, NominatedClass, Nominee
from mujun.documents.content.objection import Judged
from mujun.findings import CannotGoOn
from tests.documents.conftest import facts_of

Slip = Callable[[Any], Any]

SLIPS: list[tuple[str, Slip, str]] = [
    ("年度工作方案", lambda f: evolve(f, chapters=f.chapters[1:]), "序号应为“一”"),
    ("具体方案", lambda f: evolve(f, weights=f.weights[1:]), "各项分值合计75，应为100"),
    ("具体方案", lambda f: evolve(f, assumptions=f.assumptions[:-1]), "没有列出的假设43"),
    ("推荐名单报告", lambda f: evolve(f, stated=71), "推荐总数写的是71，逐行数出来是70"),
    ("推荐名单报告", lambda f: evolve(f, evaluated=69), "推荐70家，多于参评的69家"),
    ("会议材料", lambda f: evolve(f, nominations=(*f.nominations, f.nominations[0])), "推荐名单有2份"),
    ("会议材料", lambda f: evolve(f, draft_decision=("同意名单，共36家。",)), "会议材料里写“共36家”"),
    ("会议材料", lambda f: evolve(f, marks=evolve(f.marks, sample=False)), "会议材料没有标明"),
    ("会议纪要", lambda f: evolve(f, quorum=9), "回避后只有8人，不足法定的9人"),
    ("会议纪要", lambda f: evolve(f, members=11), "合起来不是全体11人"),
    ("会议纪要", lambda f: evolve(f, items=(evolve(f.items[0], recused=("外人",)),)), "回避的外人不在出席名单里"),
    ("公示", lambda f: evolve(f, closes=datetime(2019, 9, 27, 17, 30)), "没有留出时间"),
    ("公示", lambda f: evolve(f, workdays=14), "起止日期之间没有这么多天"),
    ("公示", lambda f: evolve(f, remarks=("共36家企业入选。",)), "名单合计没有这个数"),
    ("公示", lambda f: evolve(f, contact=" "), "没有写异议向哪里提出"),
    ("异议受理回执", lambda f: evolve(f, text_hash="abc"), "指纹不是64位十六进制"),
    ("异议受理回执", lambda f: evolve(f, received=datetime(2019, 10, 10, 17, 30, 1), next_doors=()), "还有什么途径"),
    ("异议答复意见书", lambda f: evolve(f, stated=Judged.UPHELD), "逐条认定得出的是“部分成立”"),
    ("异议答复意见书", lambda f: evolve(f, next_doors=()), "不服答复还有什么途径"),
    ("异议答复意见书", lambda f: evolve(f, dated=date(2019, 10, 8)), "早于收到日期"),
    ("印发通知", lambda f: evolve(f, demands=("某企业税收1204.85万元。",)), "含有原始数据，不得公开"),
    ("分发签收单", lambda f: evolve(f, receipts=f.receipts[1:]), "“省发展改革委”没有列入分发签收单"),
    ("分发签收单", lambda f: evolve(f, receipts=(*f.receipts, evolve(f.receipts[0], to="某报社"))), "既非主送也非抄送"),
    ("更正通知", lambda f: evolve(f, after=f.before.__class__(domains=f.before.domains[1:])), "更正表没有说"),
    ("更正通知", lambda f: evolve(f, slips=(evolve(f.slips[0], why=""),)), "没有写原因"),
    ("领跑者证书", lambda f: evolve(f, proof="javascript:alert(1)"), "不是网址"),
    ("领跑者证书", lambda f: evolve(f, group="得分108.34"), "证书含有得分"),
]


@pytest.mark.parametrize(("file", "slip", "said"), SLIPS, ids=[f"{file}-{said}" for file, _, said in SLIPS])
def test_paper_that_does_not_hold_together_is_refused(file: str, slip: Slip, said: str) -> None:
    whole = facts_of(file)
    with pytest.raises(CannotGoOn) as refused:
        slip(whole)
    assert [one.message for one in refused.value.findings if said in one.message] != [], str(refused.value)


def nominees(*ranks: int) -> tuple[Nominee, ...]:
    return tuple(Nominee(name=f"示例{rank}", rank=rank) for rank in ranks)


def test_w12_rank_that_is_passed_over_needs_a_reason() -> None:
    with pytest.raises(CannotGoOn, match="第3名不在其中，也没有说明"):
        NominatedClass(label="甲类", nominees=nominees(1, 2, 4))
    with pytest.raises(CannotGoOn, match="没有写理由"):
        Deviation(name="示例3", rank=3, reason=" ")
    told = NominatedClass(
        label="甲类", nominees=nominees(1, 2, 4), deviations=(Deviation(name="示例3", rank=3, reason="自愿放弃"),)
    )
    assert [one.rank for one in told.deviations] == [3]


def test_ranks_that_a_tie_leaves_out_need_none() -> None:
    assert len(NominatedClass(label="甲类", nominees=nominees(1, 2, 2, 4)).nominees) == 4


def test_more_nominees_than_places_are_refused() -> None:
    with pytest.raises(CannotGoOn, match="推荐2个，名额只有1个"):
        NominatedClass(label="甲类", nominees=nominees(1, 2), quota=1)


def test_late_objection_is_recorded_and_marked() -> None:
    receipt = facts_of("异议受理回执")
    assert (receipt.late, evolve(receipt, received=datetime(2019, 10, 10, 17, 30, 1)).late) == (False, True)


def test_outcome_is_that_of_all_grounds() -> None:
    reply = facts_of("异议答复意见书")
    upheld = tuple(evolve(one, finding=Judged.UPHELD) for one in reply.grounds)
    assert (reply.outcome, evolve(reply, grounds=upheld).outcome) == (Judged.PARTLY, Judged.UPHELD)
