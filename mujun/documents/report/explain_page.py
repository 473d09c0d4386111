"""One unit's walk as a page: where it stands, against which benchmarks, and every step with its basis.

Other units appear only as a crowd: bins of fewer than five do not say how many, the selection line is rounded.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from mujun.charts import Contribution, Crowd, Figure, Table, contributions, distribution, unchecked
from mujun.documents.report.benchmarks import benchmark_of, benchmark_rows, compared
from mujun.documents.report.content import marks, result_files
from mujun.documents.report.figures import Shown
from mujun.documents.report.page import put, render
from mujun.engine.explain import Walk, shown
from mujun.engine.result import Result
from mujun.rounding import fixed, half_up
from mujun.scheme.model import BenchmarkRatio, Node

_CROWD = 5
_PLACES = 4


def write_explanation(path: Path, walk: Walk, result: Result) -> None:
    """The same walk as `mujun explain` prints, with figures."""
    told = explained(walk, result)
    title = f"{walk.name}：{result.scheme.label}"
    put(path, render("explanation.html", title=title, scheme=result.scheme, walk=walk, **told))


def explained(walk: Walk, result: Result) -> dict[str, Any]:
    """What the page says of the unit, for whoever lays it out: verdict, figures, sum, steps with their bases."""
    unit = result.units.filter(pl.col("key") == walk.key).row(0, named=True)
    detail = result.details.filter(pl.col("key") == walk.key).row(0, named=True)
    numbers: dict[str, int] = {}
    steps = [(line, numbers.setdefault(line.basis, len(numbers) + 1) if line.basis else "") for line in walk.lines]
    with unchecked():
        crowd, against = _crowd(result, unit), _against(result, unit, detail)
    return {
        "unit": unit,
        "place": [shown(unit[name]) for name in result.scheme.group_by],
        "marks": marks(result.summary),
        "verdict": next(((line.value, line.how) for line in reversed(walk.lines) if line.what == "结论"), ("", "")),
        "crowd": crowd,
        "against": against,
        "parts": _parts(walk, result.scheme.precision),
        "total": None if walk.total is None else fixed(walk.total, result.scheme.precision),
        "steps": steps,
        "bases": list(numbers),
        "files": result_files(result.summary),
        "engine": result.summary["engine"],
    }


def _crowd(result: Result, unit: dict[str, Any]) -> Shown | None:
    """The unit among the ranked of its group."""
    ranked = result.units.filter(pl.col("rank").is_not_null())
    for name in result.scheme.group_by:
        ranked = ranked.filter(pl.col(name).eq_missing(pl.lit(unit[name])))
    if unit["score"] is None or ranked.height < _CROWD:
        return None
    chosen = ranked.filter("selected")["score"]
    selection = result.scheme.selection
    line = chosen.min() if len(chosen) and selection is not None and not selection.adopt_from else None
    group = "·".join(shown(unit[name]) for name in result.scheme.group_by) or "全部"
    crowd = Crowd(
        f"{group}（{ranked.height:,}个）",
        ranked["score"].to_list(),
        line=float(line) if isinstance(line, float) else None,
        unit=unit["score"],
        about=True,
    )
    figure = distribution("在本组里的位置", [crowd], least=_CROWD)
    table = Table(figure.table.head[:3], tuple(row[:3] for row in figure.table.rows), text_columns=2)
    note = "灰色柱是本组有名次单位的得分；不足5个的格不写个数，入选线取整。"
    return Shown(Figure(figure.svg, figure.title, table, figure.spec), note)


def _against(result: Result, unit: dict[str, Any], detail: dict[str, Any]) -> Shown | None:
    """Every indicator against its benchmark; drawn only where some has one."""
    if not unit["eligible"]:
        return None
    columns = {name.removeprefix("column:"): value for name, value in detail.items() if name.startswith("column:")}
    rows, multiples = benchmark_rows(result), compared(result.scheme)
    filled = {flag.partition(":")[2] for flag in (unit["flags"] or "").split(";") if flag.startswith("赋分:")}
    parts = []
    for node, parent in _indicators(result.scheme.root):
        score = unit[f"score:{node.id}"]
        has = node in multiples
        parts.append(
            Contribution(
                label=node.label,
                value=_value(unit[f"value:{node.id}"], node.unit_text),
                benchmark=benchmark_of(rows, node, columns) if has else "",
                multiple=score if has else None,
                points=_points(unit, node, result.scheme.root, parent),
                note="赋分" if node.id in filled else _capped(node, score) if has else "",
            )
        )
    if not any(part.multiple is not None for part in parts):
        return None
    return Shown(
        contributions("与基准值相比", parts), "绿色不低于基准，土黄色低于基准；倍数是保底、封顶以后计分用的数。"
    )


def _indicators(node: Node, parent: Node | None = None) -> list[tuple[Node, Node | None]]:
    if node.is_indicator:
        return [(node, parent)]
    return [found for child in node.children for found in _indicators(child, node)]


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "缺"
    number = fixed(half_up(Fraction(value), _PLACES), _PLACES).rstrip("0").rstrip(".")
    return f"{number} {unit}".rstrip()


def _points(unit: dict[str, Any], node: Node, root: Node, parent: Node | None) -> str:
    if parent is not root:
        return f"计入“{parent.label}”" if parent is not None else ""
    points = unit.get(f"points:{node.id}")
    return "" if points is None else fixed(half_up(Fraction(points), _PLACES), _PLACES)


def _capped(node: Node, score: float | None) -> str:
    step = node.normalise[0]
    assert isinstance(step, BenchmarkRatio)
    if score is None:
        return ""
    if step.cap is not None and Fraction(score) == step.cap:
        return "封顶"
    return "保底" if step.floor is not None and Fraction(score) == step.floor else ""


def _parts(walk: Walk, places: int) -> list[tuple[str, str]]:
    """What adds up to the total, exactly as printed."""
    parts = [(label, fixed(value, places)) for label, value in walk.parts]
    return [*parts, ("四舍五入的尾差", fixed(walk.remainder, places))] if walk.remainder else parts
