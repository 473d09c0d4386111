"""The report of a lead agency: what departs from rank comes first; columns that nobody fills are left out."""

from __future__ import annotations

from mujun.documents.content.nomination import NominatedClass, Nominee
from mujun.documents.gongwen.parts import Heading, Table
from mujun.documents.meeting_pack import lay_out_meeting_pack
from mujun.documents.nomination import lay_out_nomination, nominees_table
from tests.documents.conftest import facts_of


def test_reserve_follows_the_nominees() -> None:
    one = NominatedClass(
        label="甲类",
        nominees=(Nominee(name="示例甲", place="示例县", rank=1, score="120.0000"),),
        reserve=(Nominee(name="示例乙", rank=2, score="119.5000"),),
    )
    table = nominees_table(one)
    assert (table.heads, table.widths) == (("序号", "名称", "所在地", "名次", "得分"), (14, 70, 34, 16, 22))
    assert table.rows == (("1", "示例甲", "示例县", "1", "120.0000"), ("备选", "示例乙", "—", "2", "119.5000"))


def test_adopted_list_has_neither_rank_nor_score() -> None:
    table = nominees_table(NominatedClass(label="市辖区", nominees=(Nominee(name="示例区"),)))
    assert (table.heads, table.widths, table.rows) == (("序号", "名称"), (14, 142), (("1", "示例区"),))


def test_report_and_pack_begin_with_what_departs_from_rank() -> None:
    for gongwen in (lay_out_nomination(facts_of("推荐名单报告")), lay_out_meeting_pack(facts_of("会议材料"))):
        first = next(part for part in gongwen.parts if isinstance(part, Heading))
        assert first.text == "一、与名次不一致之处"
    tables = [part for part in lay_out_nomination(facts_of("推荐名单报告")).parts if isinstance(part, Table)]
    assert tables[0].rows == (
        (
            "高端装备制造业",
            "第5名",
            "示例戊装备有限公司",
            "未推荐",
            "推荐前核查发现上年度有较大安全事故正在调查，按方案一票否决。",
        ),
    )


def test_w21_adopted_list_stands_beside_the_computed_order() -> None:
    county = facts_of("会议材料").nominations[0]
    tables = [part for part in lay_out_nomination(county).parts if isinstance(part, Table)]
    assert tables[0].heads == ("单位", "参照名单", "综合评议", "说明")
    assert [row[1:3] for row in tables[0].rows] == [("不在名单中", "第2名"), ("在名单中", "第11名")]
