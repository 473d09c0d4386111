"""A finding says where, what and how to mend it, in one line."""

import pytest

from mujun.findings import CannotGoOn, Finding, Severity, blocking

WEIGHTS = Finding(
    Severity.ERROR,
    "weights",
    "权重合计为95，应为100。",
    "请核对方案附件2第1条。",
    file="manufacturing.yaml",
    line=14,
)
CELL = Finding(Severity.WARNING, "negative", "是负数。", file="税务.xlsx", sheet="填报", cell="F17")


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (WEIGHTS, "manufacturing.yaml:14 权重合计为95，应为100。请核对方案附件2第1条。"),
        (CELL, "税务.xlsx!填报!F17 是负数。"),
        (Finding(Severity.INFO, "a", "没有表。", file="税务.csv"), "税务.csv 没有表。"),
        (Finding(Severity.INFO, "a", "没有地方。"), "没有地方。"),
    ],
)
def test_finding_reads_where_what_and_what_to_do(finding: Finding, text: str) -> None:
    assert str(finding) == text


def test_severities_have_chinese_names() -> None:
    assert [severity.label for severity in Severity] == ["错误", "提醒", "说明"]


def test_only_errors_block() -> None:
    assert blocking([WEIGHTS, CELL, Finding(Severity.INFO, "a", "b")]) == [WEIGHTS]


def test_cannot_go_on_carries_every_finding() -> None:
    error = CannotGoOn(iter([WEIGHTS, CELL]))

    assert error.findings == [WEIGHTS, CELL]
    assert str(error) == f"{WEIGHTS}\n{CELL}"
