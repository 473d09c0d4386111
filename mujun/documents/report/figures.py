"""The figures of one domain's part of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from attrs import frozen

from mujun.charts import (
    Crowd,
    Figure,
    Shares,
    distribution,
    dot_plot,
    slope,
    tier_shares,
    tile_map,
    tiles,
    unchecked,
)
from mujun.documents.report.benchmarks import spreads
from mujun.documents.report.content import DomainPage, Reported
from mujun.documents.report.lists import county_of
from mujun.engine.evaluation import Evaluation

_MOST_MOVES = 20


@frozen
class Shown:
    """A figure with what is to be said below it."""

    figure: Figure
    note: str = ""


@frozen
class DomainFigures:
    """None where a domain has nothing of the kind."""

    scores: Shown | None
    tiers: Shown | None
    tiers_by_place: Shown | None
    map: Shown | None
    classes: tuple[Shown, ...]
    moves: tuple[Shown, ...]


def domain_figures(one: Reported, page: DomainPage) -> DomainFigures:
    """Draw everything that the evaluation holds numbers for."""
    evaluation = one.evaluation
    counties = county_of(evaluation)
    with unchecked():
        return DomainFigures(
            scores=_scores(evaluation, page),
            tiers=_tiers(evaluation, page),
            tiers_by_place=_tiers_by_place(evaluation, counties),
            map=_map(evaluation, page, counties),
            classes=tuple(_classes(evaluation)),
            moves=tuple(_moves(page)),
        )


def _scores(evaluation: Evaluation, page: DomainPage) -> Shown | None:
    crowds = []
    for group, _, units in groups_of(evaluation):
        ranked = units.filter(pl.col("rank").is_not_null())
        chosen = ranked.filter("selected")["score"].to_list()
        selection = evaluation.scheme.selection
        line = min(chosen) if chosen and selection is not None and not selection.adopt_from else None
        if ranked.height:
            crowds.append(Crowd(f"{group}（{ranked.height:,}个）", ranked["score"].to_list(), chosen, line))
    if not crowds:
        return None
    ticks = f"下方的绿色短线是{page.chosen}的单位。" if page.counts["selected"] else ""
    note = f"灰色柱是有名次单位的得分，各组高度各自按本组最多的一格画。{ticks}"
    return Shown(distribution(f"{page.label}得分分布", crowds), note)


def _tiers(evaluation: Evaluation, page: DomainPage) -> Shown | None:
    tiers = evaluation.scheme.tiers
    if tiers is None:
        return None
    counted = page.counts["groups"] if evaluation.scheme.group_by else {"全部": page.counts}
    bars = [Shares(name, some["tiers"]) for name, some in counted.items()]
    return Shown(tier_shares("各组档次比例", tiers.order, bars), "豁免、无总分的单位不定档。")


def _tiers_by_place(evaluation: Evaluation, counties: Mapping[str, str]) -> Shown | None:
    tiers = evaluation.scheme.tiers
    if tiers is None or not counties:
        return None
    prefectures = {tile.name: tile.prefecture for tile in tiles()}
    counted: dict[str, Counter[str]] = {name: Counter() for name in dict.fromkeys(prefectures.values())}
    outside = Counter[str]()
    for key, tier in evaluation.units.filter(pl.col("tier").is_not_null()).select("key", "tier").iter_rows():
        counted.get(prefectures.get(counties.get(key, ""), ""), outside)[tier] += 1
    bars = [Shares(name, some) for name, some in counted.items()]
    if outside:
        bars.append(Shares("所在地不详", outside))
    return Shown(tier_shares("各市档次比例", tiers.order, bars, "设区市"), "按单位所在县（市、区）归入设区市。")


def _map(evaluation: Evaluation, page: DomainPage, counties: Mapping[str, str]) -> Shown | None:
    keys = evaluation.units.filter("selected")["key"].to_list()
    if not counties or not keys:
        return None
    known = {tile.name for tile in tiles()}
    counted = Counter(county for key in keys if (county := counties.get(key, "")) in known)
    note = "方格为示意，不表示行政区域界线。颜色越深，数目越大。"
    elsewhere = len(keys) - sum(counted.values())
    if elsewhere:
        note += f"另有{elsewhere}个所在县（市、区）没有填写或不在89个之列，不在图上。"
    return Shown(tile_map(f"{page.chosen}的{len(keys):,}个在哪里", counted, page.chosen), note)


def _classes(evaluation: Evaluation) -> Iterator[Shown]:
    """Each class against its own benchmarks."""
    for group, columns, units in groups_of(evaluation):
        ranked = units.filter(pl.col("rank").is_not_null())
        drawn = [spread for spread in spreads(evaluation, ranked, columns) if spread.multiples]
        if drawn:
            yield Shown(dot_plot(f"{group}：各项指标与基准值", drawn), "")


def _moves(page: DomainPage) -> Iterator[Shown]:
    if page.changes is None:
        return
    for group, moves in page.changes.moves:
        some = sorted(moves, key=lambda move: (move.now, move.name))[:_MOST_MOVES]
        if any(move.before is not None for move in some):
            yield Shown(slope(f"{group}：{page.chosen}单位的名次", some))


def groups_of(evaluation: Evaluation) -> Iterator[tuple[str, Mapping[str, Any], pl.DataFrame]]:
    """Every group's name, its columns, and its eligible units."""
    eligible, names = evaluation.units.filter("eligible"), list(evaluation.scheme.group_by)
    if not names:
        yield "全部", {}, eligible
        return
    parts = eligible.partition_by(names, as_dict=True)
    for values, units in sorted(parts.items(), key=lambda part: str(part[0])):
        shown = "/".join("（空）" if value is None else str(value) for value in values)
        yield shown, dict(zip(names, values, strict=True)), units
