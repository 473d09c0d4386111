"""A statement with every kind of value: reported, corrected, derived, waived, missing, text, yes or no. 示例数据."""

from __future__ import annotations

from datetime import date

import pytest

from mujun.documents.statement import Earlier, Item, Part, Section, Source, Statement

TAX = Source("税务", "税务数据.xlsx", "填报!C17", "2019-05-20", "示例经办甲")
LAND = Source("自然资源", "宗地明细.xlsx", "填报!E8", "2019-05-22", "示例经办乙")


@pytest.fixture
def statement() -> Statement:
    tax = Item(
        "税收实际贡献",
        "1204.85",
        "万元",
        TAX,
        (Earlier("1402.85", Source("税务", "税务数据.xlsx", "填报!C17", "2019-05-10")),),
        notes=("比上年增长五成，缓缴税款入库（示例科长核准）",),
    )
    parts = (
        Part("浙（2016）示例不动产权第0001号", "30.5", "登记", "30.5", (LAND,)),
        Part("租0007", "10", "承租", "10", (LAND,)),
    )
    land = Item("实际用地面积", "40.5", "亩", rule="由明细“宗地”算出：登记用地＋承租－出租（假设：示例）", parts=parts)
    code = Item("行业代码", "0394", source=Source("统计", "统计数据.csv", "C17", "2019-05-21"))
    staff = Item("年平均职工人数", "（没有数据）", notes=("没有部门报过这个数，按评价方案的缺失规则处理",))
    return Statement(
        round_title="2019年浙江省“亩均效益”领跑者行动",
        scheme_label="制造业“亩均效益”领跑者",
        unit_label="企业",
        key="91330100MAEX000011",
        name="示例甲机械有限公司",
        sections=(Section("税务", (tax,)), Section("自然资源", (land,)), Section("统计", (code, staff))),
        made_on=date(2019, 6, 3),
        deadline=date(2019, 6, 14),
        contact="示例县亩均办 王某某，0571-00000000",
        return_to="示例县亩均办",
        silence="逾期不交回的，视为无异议。",
        mark="示例数据　试算",
        dataset="0123456789abcdef" * 4,
    )
