"""Findings that name the units they speak of, from columns that mark them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import polars as pl

from mujun.dataset import KEY
from mujun.engine.missing import Status
from mujun.engine.sheet import Context, named
from mujun.engine.unusual import SAFE_HIGH, SAFE_LOW, Look, Unusual
from mujun.findings import Finding, Severity
from mujun.scheme.model import Classify, Scheme

_SAFE_SCORE = 2.0**50
_BEYOND = "beyond"
_WORDS = {
    "division_by_zero": ("除数为0", "该项按缺失处理规则计分；请核对除数那一栏。"),
    "undefined_value": ("公式在这里没有值（如对0取对数）", "该项按缺失处理规则计分；请核对数据。"),
    "no_spread": ("最大值不大于最小值，无从比较", "该项按缺失处理规则计分。"),
    "negative_in_geometric_mean": ("几何平均里有负数", "该项按缺失处理规则计分。"),
    "no_score_in_scope": ("缺数，而同一范围里谁也没有得分，无从取平均", "这些单位跳过此项，分值由其余各项分担。"),
    "points_missing": ("加减分的分值缺数据，按0计", "请补上数据。"),
}


def marks(context: Context, columns: Collection[str], unusual: Unusual) -> list[pl.Expr]:
    """Boolean columns over the scored table that say which units findings speak of; null is no."""
    scheme = context.scheme
    found = [pl.col(name) for name in context.record.notes if name in columns]
    for node in scheme.nodes():
        if node.id in unusual.statuses:
            found.append((pl.col(f"status:{node.id}") == int(Status.ERROR)).alias(f"missing:{node.id}"))
    for node in scheme.nodes():
        if node.is_indicator and node.id in unusual.values:
            found.append(_beyond(pl.col(f"value:{node.id}")).alias(f"{_BEYOND}:{node.id}"))
    found.append((pl.col("score").abs() * 10.0**scheme.precision >= _SAFE_SCORE).alias(_BEYOND))
    return found


def _beyond(value: pl.Expr) -> pl.Expr:
    size = value.abs()
    return (size > SAFE_HIGH) | ((size > 0) & (size < SAFE_LOW))


def occurring(marks: Sequence[pl.Expr], look: Look) -> list[pl.Expr]:
    """Those that mark anybody."""
    found = look([mark.any() for mark in marks], False).row(0, named=True)
    return [mark for mark in marks if found[mark.meta.output_name()]]


def unit_findings(context: Context, marked: pl.DataFrame) -> Iterator[Finding]:
    """`marked` has KEY, in order, and the columns of `marks`."""
    yield from _noted(context, marked)
    yield from _missing_scores(context, marked)
    yield from _out_of_range(context.scheme, marked)


def _keys(marked: pl.DataFrame, name: str) -> list[str]:
    return marked[KEY].filter(marked[name]).to_list() if name in marked.columns else []


def _noted(context: Context, marked: pl.DataFrame) -> Iterator[Finding]:
    by_subject: dict[tuple[str, str], list[str]] = {}
    for column, (code, subject) in context.record.notes.items():
        by_subject[code, subject] = sorted({*by_subject.get((code, subject), []), *_keys(marked, column)})
    labels = _labels(context.scheme)
    for (code, subject), keys in by_subject.items():
        if keys and code == "unknown_class":
            yield _unknown_class(context.scheme, subject, keys)
        elif keys:
            what, mend = _WORDS[code]
            message = f"“{labels.get(subject, subject)}”有{len(keys)}个单位{what}：{named(keys)}。"
            yield Finding(Severity.WARNING, code, message, mend, unit=named(keys), variable=subject)


def _unknown_class(scheme: Scheme, subject: str, keys: list[str]) -> Finding:
    """Units of none of the classes that weights go by: not data that lack, but a class that no weight knows."""
    node = next(node for node in scheme.nodes() if node.id == subject)
    weights = [child.weight for child in node.children if child.weight.by is not None and child.weight.default is None]
    columns = list(dict.fromkeys(weight.by.name for weight in weights if weight.by is not None))
    classes = dict.fromkeys(name for weight in weights for name in weight.values)
    codes = [column.of.name for column in scheme.derived if isinstance(column, Classify) and column.id in columns]
    labels = "、".join(
        f"“{scheme.variables[code].label}”（{code}）" if code in scheme.variables else code for code in codes
    )
    return Finding(
        Severity.ERROR if node.missing.rule == "error" else Severity.WARNING,
        "unknown_class",
        f"“{node.label}”有{len(keys)}个单位归不进权重所列的类，定不出权重：{named(keys)}。",
        f"权重只列了这些类：{'、'.join(classes)}。请核对这些单位的{labels}；若它们应属某一类，"
        f"请在 {'、'.join(columns)} 的 classify 里补上代码或 else；若另成一类，请给它写权重或 default。",
        unit=named(keys),
        variable=subject,
    )


def _labels(scheme: Scheme) -> dict[str, str]:
    labels = {node.id: node.label for node in scheme.nodes()}
    return {**labels, **{rule.id: rule.label for rule in scheme.adjustments}}


def _missing_scores(context: Context, marked: pl.DataFrame) -> Iterator[Finding]:
    """Units whose class is unknown have been told so."""
    for node in context.scheme.nodes():
        keys = _keys(marked, f"missing:{node.id}")
        for column, (code, subject) in context.record.notes.items():
            if (code, subject) == ("unknown_class", node.id):
                told = set(_keys(marked, column))
                keys = [key for key in keys if key not in told]
        if keys:
            message = f"“{node.label}”有{len(keys)}个单位缺数据，算不出总分：{named(keys)}。"
            mend = "请补报数据；若方案允许缺，请在该指标写 missing 规则。"
            yield Finding(Severity.ERROR, "missing_score", message, mend, unit=named(keys), variable=node.id)


def _out_of_range(scheme: Scheme, marked: pl.DataFrame) -> Iterator[Finding]:
    """Beyond 1e-6 … 1e12 doubles no longer hold every printed digit."""
    for node in scheme.nodes():
        keys = _keys(marked, f"{_BEYOND}:{node.id}")
        if keys:
            message = f"“{node.label}”有{len(keys)}个单位的值小于百万分之一或大于万亿，末位数字不可靠：{named(keys)}。"
            yield Finding(
                Severity.WARNING, "out_of_range", message, "请核对计量单位。", unit=named(keys), variable=node.id
            )
    keys = _keys(marked, _BEYOND)
    if keys:
        message = f"有{len(keys)}个单位的总分太大，保留{scheme.precision}位小数时末位不可靠：{named(keys)}。"
        yield Finding(Severity.WARNING, "out_of_range", message, "请减少 precision，或核对计量单位。", unit=named(keys))


def adoption_findings(scheme: Scheme, units: pl.DataFrame, adopted: Sequence[str] | None) -> Iterator[Finding]:
    """How an adopted list differs from the computed order."""
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
