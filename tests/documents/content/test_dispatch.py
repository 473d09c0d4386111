"""Who sends, who seals, who prints, when signed and when printed: four things that are not mixed up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mujun.documents.content.dispatch import Dispatch, Marks, Standing
from mujun.findings import CannotGoOn

WHOLE: dict[str, Any] = {
    "issuer": "示例领导小组办公室",
    "sealed_by": "示例厅",
    "number": "浙亩均办〔2019〕4号",
    "to": ("示例局",),
    "dated": date(2019, 4, 9),
    "printed_by": "示例厅办公室",
    "printed_on": date(2019, 4, 12),
    "marks": Marks(standing=Standing.ISSUED),
}


def codes(**changes: Any) -> list[str]:
    try:
        Dispatch(**{**WHOLE, **changes})
    except CannotGoOn as error:
        return [one.code for one in error.findings]
    return []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"number": "浙亩均办[2019]4号"}, ["number"]),
        ({"number": "浙亩均办〔2019〕第4号"}, ["number"]),
        ({"number": "浙亩均办〔2019〕04号"}, ["number"]),
        ({"printed_on": date(2019, 4, 8)}, ["dates"]),
        ({"printed_by": "示例领导小组办公室"}, ["printed_by"]),
        ({"sealed_by": ""}, ["sealed_by"]),
        ({"number": "", "dated": None}, ["lacking"]),
        ({"number": "", "dated": None, "marks": Marks()}, []),
        ({"to": ()}, ["lacking"]),
    ],
)
def test_each_slip_of_a_dispatch_is_refused(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(**changes) == expected


def test_what_rests_on_an_assumption_is_not_issued() -> None:
    with pytest.raises(CannotGoOn, match="还有假设的内容（试算）不能印发"):
        Marks(standing=Standing.ISSUED, provisional=True)


@pytest.mark.parametrize(
    ("marks", "printed"),
    [
        (Marks(), ("拟稿",)),
        (Marks(standing=Standing.FOR_COMMENT, provisional=True), ("试算", "征求意见稿")),
        (Marks(standing=Standing.ISSUED), ()),
        (Marks(standing=Standing.ISSUED, provisional=True, sample=True), ("示例数据", "试算")),
    ],
)
def test_every_page_says_how_far_a_document_has_come(marks: Marks, printed: tuple[str, ...]) -> None:
    assert marks.printed == printed
