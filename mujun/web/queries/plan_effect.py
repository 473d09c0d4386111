"""What a draft would have done to last round's list: who comes in, who falls out, by group. Decides nothing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polars as pl
from attrs import field, frozen

from mujun.engine import evaluate
from mujun.findings import CannotGoOn, Finding, blocking
from mujun.intake import read_dataset
from mujun.law import PROGRAMME
from mujun.scheme import Reading, Scheme
from mujun.web.evidence import keep, kept
from mujun.web.models import Plan, Track
from mujun.web.queries.last_round import last_round_data
from mujun.web.queries.rules import law_with, read_rules, standing_plan


@frozen
class GroupEffect:
    """One group: how many were and would be on the list, who comes in and who falls out (name, rank before, after)."""

    name: str
    before: int
    after: int
    came: tuple[tuple[str, int | None, int | None], ...]
    left: tuple[tuple[str, int | None, int | None], ...]


@frozen
class PlanEffect:
    """`against`: beside which rules. `trouble`: why there is nothing to show. `lacking`: numbers nobody sent then."""

    against: str = ""
    units: int = 0
    moved: int = 0
    listed: bool = True
    groups: tuple[GroupEffect, ...] = ()
    trouble: tuple[str, ...] = ()
    totals: tuple[int, int, int, int] = field(default=(0, 0, 0, 0))
    lacking: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        return not self.moved and not self.totals[2] and not self.totals[3]


def effect_of(track: Track, plan: Plan, scheme: str) -> PlanEffect:
    """The draft beside the plan in force, or where there is none beside the programme's own rules."""
    data = last_round_data(track, scheme)
    if data is None:
        return PlanEffect(
            trouble=("没有上一轮的数据，无从比较。本站上一年度锁定的数据，或放在站点目录里的上年数据，都可以用。",)
        )
    standing = standing_plan(track)
    if standing is not None and standing.pk != plan.pk:
        against, before = f"现行方案（{standing.document_number}）", standing.schemes[scheme]
    else:
        folder = PROGRAMME / track.round.programme / "schemes"
        against, before = "省亩均办的试拟方案", keep((folder / f"{scheme}.yaml").read_bytes())
    readings = [read_rules(kept(sha256), scheme, law_with(standing, plan)) for sha256 in (before, plan.schemes[scheme])]
    if any(_unfit(one) for one in readings):
        return PlanEffect(against, trouble=("规则还有错误，改好以后才能试算。",))
    return _compared(against, data, data.stat().st_mtime_ns, scheme, before, plan.schemes[scheme], _Schemes(readings))


class _Schemes:
    """Two schemes that hash alike whenever their rules do: the hashes beside them in the call tell them apart."""

    def __init__(self, readings: list[Reading]) -> None:
        self.both = [one.scheme for one in readings if one.scheme is not None]

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Schemes)


def _unfit(reading: Reading) -> bool:
    return reading.scheme is None or bool(blocking(reading.findings))


@lru_cache(maxsize=32)
def _compared(
    against: str, data: Path, changed_at: int, name: str, before: str, after: str, schemes: _Schemes
) -> PlanEffect:
    """Cached by the hashes of the rules and the time of the data: a page that is read again costs nothing."""
    try:
        (old, _), (new, lacking) = (_evaluated(data, scheme) for scheme in schemes.both)
    except CannotGoOn as problem:
        return PlanEffect(against, trouble=tuple(_told(problem.findings)))
    group_by = list(schemes.both[1].group_by)
    both = old.join(new, on="key", how="full", coalesce=True, suffix="_new").with_columns(
        was=pl.col("selected").fill_null(False), will=pl.col("selected_new").fill_null(False)
    )
    groups = tuple(_group(name, some) for name, some in _by_group(both, group_by))
    came, left = sum(len(one.came) for one in groups), sum(len(one.left) for one in groups)
    moved = both.filter(pl.col("rank").is_not_null() & (pl.col("rank") != pl.col("rank_new"))).height
    totals = (sum(one.before for one in groups), sum(one.after for one in groups), came, left)
    listed = schemes.both[1].selection is not None and not schemes.both[1].selection.adopt_from
    return PlanEffect(against, both.height, moved, listed, groups, (), totals, lacking)


def _evaluated(data: Path, scheme: Scheme) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The ranking, and the labels of columns that the data lack altogether."""
    reading = read_dataset(data, scheme)
    units = evaluate(scheme, reading.dataset).units
    columns = ["key", "name", "rank", *(one for one in scheme.group_by if one in units.columns)]
    selected = pl.col("selected") if "selected" in units.columns else pl.lit(None, pl.Boolean)
    lacking = [one.variable for one in reading.findings if one.code == "missing_column"]
    labels = tuple(scheme.variables[name].label for name in lacking if name in scheme.variables)
    return units.select(*columns, selected.cast(pl.Boolean).alias("selected")), labels


def _by_group(both: pl.DataFrame, group_by: list[str]) -> list[tuple[str, pl.DataFrame]]:
    parts = [
        pl.coalesce(f"{name}_new", name).fill_null("（未分组）").cast(pl.String)
        for name in group_by
        if f"{name}_new" in both.columns
    ]
    said = pl.concat_str(parts, separator="/") if parts else pl.lit("全部")
    listed = both.with_columns(group=said).filter(pl.col("was") | pl.col("will"))
    return [(str(name[0]), some) for name, some in sorted(listed.partition_by("group", as_dict=True).items())]


def _group(name: str, some: pl.DataFrame) -> GroupEffect:
    def told(rows: pl.DataFrame, by: str) -> tuple[tuple[str, int | None, int | None], ...]:
        ordered = rows.sort(by, "key", nulls_last=True)
        return tuple(ordered.select(pl.coalesce("name_new", "name"), "rank", "rank_new").rows())

    return GroupEffect(
        name=name,
        before=some.filter("was").height,
        after=some.filter("will").height,
        came=told(some.filter(~pl.col("was") & pl.col("will")), "rank_new"),
        left=told(some.filter(pl.col("was") & ~pl.col("will")), "rank"),
    )


def _told(findings: list[Finding]) -> list[str]:
    return [one.message for one in findings[:5]]
