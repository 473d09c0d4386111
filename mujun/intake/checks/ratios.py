"""What came in over last year's values of the same units, or over those of peers, in powers of ten. Judges nothing."""

from __future__ import annotations

import polars as pl
from attrs import frozen

from mujun.collection.model import UnitScale
from mujun.dataset import KEY
from mujun.intake.checks.context import Context


@frozen(eq=False)
class Ratios:
    """`rows` has KEY, log and, where the parts are known, part. `what` says what is compared with."""

    rows: pl.DataFrame
    what: str
    to_last_year: bool


def ratios_of(context: Context, rule: UnitScale, name: str) -> Ratios | None:
    """To last year if enough units were there then, else to peers; None where there is nothing to compare with."""
    now = context.with_others(*dict.fromkeys((name, *_text(context, rule.part_by), *_text(context, rule.peers_by))))
    now = now.filter(pl.col(name) > 0)
    if rule.part_by in now.columns:
        now = now.with_columns(pl.col(rule.part_by).alias("part"))
    previous = context.previous
    if previous is not None and name in previous.frame.columns:
        last = previous.frame.select(KEY, pl.col(name).alias("last")).filter(pl.col("last") > 0)
        both = now.join(last, on=KEY, how="inner", maintain_order="left")
        if both.height >= rule.part_at_least:
            return Ratios(_logs(both, name), "上年", True)
    peers = _peers(context, rule, name)
    if peers is None or now.is_empty():
        return None
    by_class = rule.peers_by in now.columns and rule.peers_by in peers.columns
    return Ratios(_logs(_beside(now, peers, rule, name, by_class), name), "同行" if by_class else "其他单位", False)


def _logs(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    frame = frame.drop_nulls("last").with_columns((pl.col(name) / pl.col("last")).log10().alias("log"))
    return frame.select(KEY, "log", *(column for column in ("part",) if column in frame.columns))


def _text(context: Context, name: str) -> tuple[str, ...]:
    """A column that only some schemes have."""
    variable = context.scheme.variables.get(name)
    return (name,) if variable is not None and variable.type == "text" else ()


def _peers(context: Context, rule: UnitScale, name: str) -> pl.DataFrame | None:
    """Other units with a value: last year's, else those that others brought this year."""
    mine = context.values[KEY]
    for source in (context.previous, context.others):
        if source is not None and name in source.frame.columns:
            there = source.frame.filter(pl.col(name) > 0, ~pl.col(KEY).is_in(mine.implode()))
            if there.height >= rule.peers_at_least:
                return there
    return None


def _beside(now: pl.DataFrame, peers: pl.DataFrame, rule: UnitScale, name: str, by_class: bool) -> pl.DataFrame:
    """The median of the unit's class where it has peers enough, else that of all."""
    every = peers[name].median()
    if not by_class:
        return now.with_columns(pl.lit(every).alias("last"))
    code = pl.col(rule.peers_by)
    code = (code.str.slice(0, rule.peers_digits) if rule.peers_digits else code).alias("class")
    middles = (
        peers.with_columns(code)
        .drop_nulls("class")
        .group_by("class")
        .agg(pl.col(name).median().alias("last"), pl.len())
    )
    middles = middles.filter(pl.col("len") >= rule.peers_at_least).drop("len")
    joined = now.with_columns(code).join(middles, on="class", how="left", maintain_order="left")
    return joined.with_columns(pl.col("last").fill_null(every))
