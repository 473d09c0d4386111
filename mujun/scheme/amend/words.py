"""What forms call the parts of a scheme, and the choices they offer. Reads nothing."""

from __future__ import annotations

Choices = tuple[tuple[str, str], ...]

SECTIONS: Choices = (
    ("weights", "权重"),
    ("scoring", "基准值和缺数"),
    ("selection", "名额和遴选"),
    ("tiers", "定档"),
    ("conditions", "条件和加减分"),
    ("indicators", "指标和文字"),
)
DIRECTIONS: Choices = (("higher", "越高越好"), ("lower", "越低越好"))
STATISTICS: Choices = (
    ("ratio_of_sums", "合计之比"), ("mean", "平均值"), ("median", "中位数"), ("min", "最小值"), ("max", "最大值"),
)  # fmt: skip
MISSING: Choices = (
    ("error", "不得缺"),
    ("exclude", "不定等级，先补数"),
    ("group_mean", "按本组该项平均得分计"),
    ("zero", "记零分"),
    ("skip", "跳过，分值由其余各项分担"),
)
NEW = "+"
"""In the place of a variable: one that is not there yet."""
SCORINGS: Choices = (
    ("ratio", "除以基准值，看是几倍"),
    ("goalposts", "零分线到满分线之间按比例"),
    ("bands", "按数值分档"),
    ("ratio_bands", "先除以基准值，再按倍数分档"),
)
ROUNDINGS: Choices = (("floor", "只舍不入"), ("ceil", "只入不舍"), ("half_up", "四舍五入"))
AT_THE_CUT: Choices = (("stop", "停下来，由牵头部门写明理由后决定"), ("include_ties", "并列的全部取"))
EFFECTS: Choices = (("not_selected", "不得入选"), ("lowest_tier", "列最低档，不得入选"))

_BY_KEY = {"weight_basis": "weights", "normalise_basis": "scoring", "missing_basis": "scoring"}
_BY_ROOT = {"tiers": "tiers", "selection": "selection", "score": "indicators"}
_WHAT = {"权重": "权重", "无量纲化": "基准值和折算", "缺失处理": "缺数", "加减分上下限": "加减分上下限"}
"""What a reason is of, and what forms call that."""


def section_of(path: tuple[str | int, ...]) -> str:
    """In which section the reason of a number is written."""
    return _BY_KEY.get(str(path[-1]), _BY_ROOT.get(str(path[0]), "conditions"))


def about(where: str) -> tuple[str, str]:
    """Subject and what of an assumption: `亩均税收 权重` is the reason of a weight of 亩均税收."""
    for what, called in _WHAT.items():
        if where.endswith(f" {what}"):
            return where.removesuffix(f" {what}"), f"{called}的理由"
    return where, "理由"
