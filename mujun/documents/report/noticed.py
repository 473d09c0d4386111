"""Findings by kind: how many, and the ones somebody must look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from mujun.charts import Table
from mujun.findings import Finding, Severity

_KINDS = {
    "adopted_difference": "与参照名单不同",
    "adopted_unknown_unit": "参照名单上有不认识的单位",
    "benchmark_not_positive": "基准值不是正数",
    "cut_tie": "最后一个名额上并列",
    "column_without_header": "有数没有表头",
    "division_by_zero": "除数为0",
    "duplicate_key": "代码重复",
    "empty_cells": "空格",
    "missing_column": "缺少一列",
    "missing_score": "缺数，算不出总分",
    "negative_in_geometric_mean": "几何平均里有负数",
    "no_adopted_list": "没有参照名单",
    "no_name": "没有名称",
    "no_previous": "没有上一轮的数",
    "no_score_in_scope": "无从取平均",
    "no_spread": "最大值不大于最小值",
    "out_of_range": "数值过大或过小",
    "points_missing": "加减分缺数",
    "rows_above_header": "表头不在第一行",
    "scope_of_one": "一组只有一个单位",
    "tier_tie": "档次线上并列",
    "total_rows": "合计行没有读入",
    "undefined_value": "公式没有值",
    "unknown_class": "归不进权重所列的类",
    "unknown_column": "不认识的列",
    "unused_column": "没有用到的列",
}
_QUIET = ("empty_cells", "rows_above_header", "unused_column", "unknown_column", "adopted_difference")
_MOST_NAMED = 12
_COLUMN = re.compile(r"^\w+=")


@frozen
class Noticed:
    """`kinds` counts all findings; `important` are to be looked at, `rest` is for the record."""

    kinds: Table
    total: int
    important: tuple[Finding, ...]
    rest: tuple[Finding, ...]


def noticed(findings: Sequence[Finding]) -> Noticed:
    """Errors first. `important` and `rest` together are all findings."""
    ordered = sorted(findings, key=lambda one: list(Severity).index(one.severity))
    kinds: Counter[tuple[Severity, str]] = Counter((one.severity, one.code) for one in ordered)
    table = Table(
        ("种类", "轻重", "条数"),
        (
            *((kind(code), severity.label, str(count)) for (severity, code), count in kinds.items()),
            ("合计", "", str(len(ordered))),
        ),
        text_columns=2,
    )
    important = [one for one in ordered if one.severity is Severity.ERROR or one.code not in _QUIET]
    rest = [one for one in ordered if not (one.severity is Severity.ERROR or one.code not in _QUIET)]
    return Noticed(table, len(ordered), tuple(important), tuple(rest))


def kind(code: str) -> str:
    """A finding's kind in words; its code where it has none yet."""
    return _KINDS.get(code, code)


def in_short(message: str) -> str:
    """Without the names of columns. Long lists of cells or keys are for findings.csv; the page names the first few."""
    message = _COLUMN.sub("", message)
    head, colon, names = message.partition("：")
    parts = names.split("、")
    return message if len(parts) <= _MOST_NAMED else f"{head}{colon}{'、'.join(parts[:_MOST_NAMED])}……。"
