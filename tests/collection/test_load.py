"""A plan is read whole, and every mistake in it is told with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.collection import CollectionPlan, load_collection, read_collection
from mujun.findings import CannotGoOn
from mujun.law import Law

Mistakes = Callable[..., list[str]]


def test_shipped_plan_has_no_mistakes(law: Law) -> None:
    reading = read_collection("2019", law)
    assert reading.findings == ()
    assert reading.plan is not None
    assert reading.plan.provisional


def test_small_plan_has_no_mistakes(mistakes: Mistakes) -> None:
    assert mistakes() == []


def test_everything_wrong_is_told_at_once(mistakes: Mistakes) -> None:
    said = mistakes(
        {
            "variable: land": "variable: lands",
            "detail: taxes": "detail: tax",
            "table: energy": "table: energies",
            "right: revenue": "right: income",
            "data_year: 2018\n": "",
        }
    )
    assert said == [
        "2018/collection.yaml:1 数据归集方案缺少“data_year”（数据年度）。请补上，例如 2018。",
        "2018/collection.yaml:40 “lands”的取数规则提到的数据项（评价方案 small）“lands”不存在。是不是“land”？",
        "2018/collection.yaml:58 “tax”的取数规则提到的明细“tax”不存在。是不是“taxes”？",
        "2018/collection.yaml:72 “energy”的取数规则提到的系数表“energies”不存在。是不是“energy”？",
        "2018/collection.yaml:89 校验“tax_over”提到的数据项“income”不存在。是不是“since”？",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    precision: 4\n    basis: {assumption: 测试}\n",
            "    precision: 4\n",
            "2018/collection.yaml:41 “land”的取数规则没有依据。请写 basis: {clause: 条款} 或 {assumption: 为何}。",
        ),
        (
            "basis: {clause: zhe-mujunban-2019-4#3.2}",
            "basis: {clause: zhe-mujunban-2019-4#3.9}",
            "2018/collection.yaml:3 数据归集方案引用的条款“zhe-mujunban-2019-4#3.9”不存在。"
            "是不是zhe-mujunban-2019-4#3.4、zhe-mujunban-2019-4#3.3、zhe-mujunban-2019-4#3.2？",
        ),
        (
            "area: {label: 面积, unit: 亩}",
            "area: {label: 面积, unit: 吨}",
            "2018/collection.yaml:41 “land”的取数规则得出的单位是吨，评价方案“small”里是亩。"
            "请核对明细的单位、系数表或评价方案。",
        ),
        (
            "data_year: 2018\n",
            "data_year: 2019\n",
            "2018/collection.yaml:73 “energy”的取数规则用的系数表“energy”是2018年的，数据是2019年的。"
            "请换成数据年度的系数表。",
        ),
        (
            "    severity: warning\n",
            "    severity: error\n",
            "2018/collection.yaml:92 校验“tax_over”是错误，说明理由也不能放行。"
            "要说明理由才放行的，请写 severity: warning；不能放行的，请去掉 needs_reason。",
        ),
        (
            "begins: issued}",
            "begins: parcel}",
            "2018/collection.yaml:51 用地类别“登记”的“begins”须是日期列，“parcel”是文本。",
        ),
        (
            "    rule: at_most\n",
            "    rule: at_mots\n",
            "",
        ),
    ],
)
def test_mistake_is_told_with_its_line(mistakes: Mistakes, old: str, new: str, said: str) -> None:
    told = mistakes({old: new})
    if said:
        assert told == [said]
    else:
        assert told[0].startswith(
            "2018/collection.yaml:88 校验“tax_over”没有叫“at_mots”的办法。可用：in_range、at_most、"
        )


def test_plan_that_is_not_there(law: Law, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match=r"“1999”没有数据归集方案（collection.yaml）。"):
        load_collection("1999", law, tmp_path)


def test_mistaken_plan_is_not_loaded(plan_with: Callable[..., CollectionPlan]) -> None:
    with pytest.raises(CannotGoOn, match="不能是“net_lands”"):
        plan_with({"method: net_land": "method: net_lands"})
