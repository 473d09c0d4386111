"""What was filled in: how many units got a score for an indicator that they did not bring themselves."""

from __future__ import annotations

from collections import Counter

import polars as pl

from mujun.charts import Table
from mujun.engine.evaluation import Evaluation

_WORDS = ("插补", "赋分", "跳过", "不定等级", "缺数")
_RULES = {
    "error": "缺了就算不出总分",
    "zero": "记0分",
    "group_mean": "取本组平均得分",
    "mean_by": "取同类平均得分",
    "skip": "跳过，分值由其余各项分担",
    "exclude": "不定等级",
}


def filled_table(evaluation: Evaluation) -> Table:
    """Nodes with something filled or lacking, in tree order. A unit may stand in several lines."""
    flags = evaluation.units.filter("eligible")["flags"].str.split(";").explode(empty_as_null=True)
    counted: Counter[str] = Counter(flag for flag in flags.to_list() if flag)
    used = [word for word in _WORDS if any(flag.startswith(f"{word}:") for flag in counted)]
    found = []
    for node in evaluation.scheme.nodes():
        numbers = [counted[f"{word}:{node.id}"] for word in used]
        if any(numbers):
            found.append((node.label, _RULES.get(node.missing.rule, ""), *(f"{count:,}" for count in numbers)))
    return Table(("指标", "缺了怎么办", *used), tuple(found), text_columns=2)


def units_filled(evaluation: Evaluation) -> int:
    """How many units have at least one score filled in."""
    return evaluation.units.filter(pl.col("eligible") & pl.col("flags").str.contains("赋分:", literal=True)).height
