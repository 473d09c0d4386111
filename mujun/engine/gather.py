"""Bring the scored table home: one row per unit, flags in words, findings that name the units they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import narwhals as nw
import polars as pl

from mujun.dataset import KEY, NAME, ROW, column_name
from mujun.engine.decided import Decided
from mujun.engine.evaluation import Evaluation
from mujun.engine.flags import excluded_because, flags
from mujun.engine.missing import Status
from mujun.engine.prepare import Prepared
from mujun.engine.sheet import Context, named
from mujun.engine.waves import Table
from mujun.findings import Finding, Severity
from mujun.scheme.model import Scheme

_SAFE_LOW, _SAFE_HIGH = 1e-6, 1e12
_WORDS = {
    "division_by_zero": ("除数为0", "该项按缺失处理规则计分；请核对除数那一栏。"),
    "undefined_value": ("公式在这里没有值（如对0取对数）", "该项按缺失处理规则计分；请核对数据。"),
    "no_spread": ("最大值不大于最小值，无从比较", "该项按缺失处理规则计分。"),
    "negative_in_geometric_mean": ("几何平均里有负数", "该项按缺失处理规则计分。"),
    "no_score_in_scope": ("缺数，而同一范围里谁也没有得分，无从取平均", "这些单位跳过此项，分值由其余各项分担。"),
    "points_missing": ("加减分的分值缺数据，按0计", "请补上数据。"),
}


_RULES = ("eligibility:", "exemption:", "veto:", "adjustment:")


def gather(table: Table, prepared: Prepared, decided: Decided, adopted: Sequence[str] | None) -> Evaluation:
    """The evaluation as frozen tables, ordered by key."""
    context = decided.standing.context
    scheme = context.scheme
    frame = _all_units(table, prepared)
    columns = [name for name in frame.columns if name.startswith("column:")]
    rules = [name for name in frame.columns if name.startswith(_RULES)]
    frame = frame.with_columns(decided.columns(frame.height))
    if scheme.selection is not None and scheme.selection.quota is None:
        listed = pl.Series("listed", adopted or [], dtype=pl.String)
        frame = frame.with_columns(selected=pl.col("eligible") & pl.col(KEY).is_in(listed.implode()))
    statuses = [name for name in frame.columns if name.startswith("status:")]
    units = frame.select(*_unit_columns(scheme, frame))
    details = frame.select(
        pl.col(KEY).alias("key"),
        *columns,
        *statuses,
        *rules,
        *(name for name in frame.columns if name.startswith(("points:adjustment:", "imputed:", "unrounded:"))),
    )
    findings = [
        *context.record.findings,
        *_noted(context, frame),
        *_missing_scores(scheme, frame),
        *_out_of_range(scheme, units),
        *_adoption(scheme, units, adopted),
    ]
    group = context.scopes[scheme.group_by]
    order = {name: place for place, name in enumerate(_subjects(scheme))}
    benchmarks = sorted(
        context.record.benchmarks, key=lambda one: (order.get(one.node, len(order)), one.step, one.scope, one.statistic)
    )
    return Evaluation(
        scheme=scheme,
        units=units,
        details=details,
        decimals=_decimals(scheme),
        benchmarks=tuple(benchmarks) if frame["eligible"].any() else (),
        findings=tuple(
            sorted(
                findings,
                key=lambda one: (
                    list(Severity).index(one.severity),
                    one.code,
                    order.get(one.variable, len(order)),
                    one.message,
                ),
            )
        ),
        groups=tuple(group.shown(number) for number in range(len(group.labels))),
    )


def _all_units(table: Table, prepared: Prepared) -> pl.DataFrame:
    """Every unit by row, scored or left out."""
    scored = table.backend.fetch(table.frame)
    if scored.height < len(prepared.keys):
        left_out = table.backend.fetch(prepared.frame.filter(~nw.col("eligible")))
        scored = pl.concat([scored, left_out], how="diagonal")
    return scored if scored[ROW].is_sorted() else scored.sort(ROW)


def _subjects(scheme: Scheme) -> Iterator[str]:
    """Nodes in tree order, each followed by its further scores."""
    for node in scheme.nodes():
        yield node.id
        for also in node.also:
            yield also.id


def _unit_columns(scheme: Scheme, frame: pl.DataFrame) -> Iterator[pl.Expr]:
    yield pl.col(KEY).alias("key")
    yield pl.col(NAME).alias("name")
    for column in scheme.group_by:
        yield pl.col(column_name(column)).cast(pl.String).alias(column)
    yield pl.col("eligible")
    yield excluded_because(scheme).alias("excluded_because")
    for node in scheme.nodes():
        if node.is_indicator:
            yield pl.col(f"value:{node.id}")
    for subject in _subjects(scheme):
        yield pl.col(f"score:{subject}")
    for child in scheme.root.children:
        yield pl.col(f"points:{child.id}")
    yield pl.col("adjustment")
    yield pl.col("score")
    yield from map(pl.col, ("rank", "group_size", "tier", "selected", "reserve"))
    yield flags(scheme, frame).alias("flags")


def _decimals(scheme: Scheme) -> dict[str, int]:
    decimals = {"score": scheme.precision, f"score:{scheme.root.id}": scheme.precision}
    for node in scheme.nodes():
        if node.precision is not None:
            decimals[f"score:{node.id}"] = node.precision
        for also in node.also:
            if also.precision is not None:
                decimals[f"score:{also.id}"] = also.precision
    return decimals


def _noted(context: Context, frame: pl.DataFrame) -> Iterator[Finding]:
    by_subject: dict[tuple[str, str], list[str]] = {}
    for column, (code, subject) in context.record.notes.items():
        keys = _keys(frame, frame[column]) if column in frame.columns else []
        by_subject[code, subject] = sorted({*by_subject.get((code, subject), []), *keys})
    labels = _labels(context.scheme)
    for (code, subject), keys in by_subject.items():
        if keys:
            what, mend = _WORDS[code]
            message = f"“{labels.get(subject, subject)}”有{len(keys)}个单位{what}：{named(keys)}。"
            yield Finding(Severity.WARNING, code, message, mend, unit=named(keys), variable=subject)


def _labels(scheme: Scheme) -> dict[str, str]:
    labels = {node.id: node.label for node in scheme.nodes()}
    return {**labels, **{rule.id: rule.label for rule in scheme.adjustments}}


def _missing_scores(scheme: Scheme, frame: pl.DataFrame) -> Iterator[Finding]:
    for node in scheme.nodes():
        keys = _keys(frame, frame[f"status:{node.id}"] == int(Status.ERROR))
        if keys:
            message = f"“{node.label}”有{len(keys)}个单位缺数据，算不出总分：{named(keys)}。"
            mend = "请补报数据；若方案允许缺，请在该指标写 missing 规则。"
            yield Finding(Severity.ERROR, "missing_score", message, mend, unit=named(keys), variable=node.id)


def _out_of_range(scheme: Scheme, units: pl.DataFrame) -> Iterator[Finding]:
    """Beyond 1e-6 … 1e12 doubles no longer hold every printed digit."""
    for node in scheme.nodes():
        if not node.is_indicator:
            continue
        size = units[f"value:{node.id}"].abs()
        keys = _keys(units, (size > _SAFE_HIGH) | ((size > 0) & (size < _SAFE_LOW)), "key")
        if keys:
            message = f"“{node.label}”有{len(keys)}个单位的值小于百万分之一或大于万亿，末位数字不可靠：{named(keys)}。"
            yield Finding(
                Severity.WARNING, "out_of_range", message, "请核对计量单位。", unit=named(keys), variable=node.id
            )
    beyond = _keys(units, units["score"].abs() * 10.0**scheme.precision >= 2.0**50, "key")
    if beyond:
        message = f"有{len(beyond)}个单位的总分太大，保留{scheme.precision}位小数时末位不可靠：{named(beyond)}。"
        yield Finding(
            Severity.WARNING, "out_of_range", message, "请减少 precision，或核对计量单位。", unit=named(beyond)
        )


def _keys(frame: pl.DataFrame, marked: pl.Series, key: str = KEY) -> list[str]:
    """The keys of the marked units, by key."""
    return frame[key].filter(marked).to_list()


def _adoption(scheme: Scheme, units: pl.DataFrame, adopted: Sequence[str] | None) -> Iterator[Finding]:
    selection = scheme.selection
    if selection is None or not selection.adopt_from:
        return
    if adopted is None:
        message = f"名单参照“{selection.adopt_from}”，还没有给出，暂无入选单位。"
        yield Finding(Severity.WARNING, "no_adopted_list", message, "请用 --adopt 给出名单文件。")
        return
    known = set(units.get_column("key").to_list())
    for key in adopted:
        if key not in known:
            message = f"参照名单里的“{key}”不在评价数据里。"
            yield Finding(Severity.ERROR, "adopted_unknown_unit", message, "请核对单位代码。", unit=key)
    listed = units.filter(pl.col("selected"))
    places = Counter(tuple(row[name] for name in scheme.group_by) for row in listed.iter_rows(named=True))
    for row in units.iter_rows(named=True):
        inside = row["rank"] is not None and row["rank"] <= places[tuple(row[name] for name in scheme.group_by)]
        if inside != row["selected"]:
            place = "没有名次" if row["rank"] is None else f"在本组列第{row['rank']}名"
            what = f"在参照名单上，按本方案计算{place}" if row["selected"] else f"按本方案计算{place}，不在参照名单上"
            yield Finding(Severity.INFO, "adopted_difference", f"{row['name']}{what}。", "", unit=row["key"])
