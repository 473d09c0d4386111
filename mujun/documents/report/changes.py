"""What differs from last round: who is new on the list, who left it, and how ranks moved."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
from attrs import frozen

from mujun.charts import Change
from mujun.engine.evaluation import Evaluation
from mujun.rounding import fixed


@frozen
class Changes:
    """`stayed`, `came` and `left` are names; `both`, `new` and `gone` count units, selected or not.

    `moves` are this round's selected with their ranks, by group.
    """

    note: str
    had_list: bool
    """Whether anybody was selected last round; without, only ranks can be compared."""
    stayed: tuple[str, ...]
    came: tuple[str, ...]
    left: tuple[str, ...]
    both: int
    new: int
    gone: int
    moves: tuple[tuple[str, tuple[Change, ...]], ...]


def changes_since(evaluation: Evaluation, previous: pl.DataFrame, note: str) -> Changes | None:
    """None when last round has no rank at all to compare with."""
    if previous["rank"].null_count() == previous.height:
        return None
    places = evaluation.scheme.precision
    before = previous.select(
        "key", old_name="name", old_score="score", old_rank="rank", old_selected=pl.col("selected").fill_null(False)
    )
    both = evaluation.units.join(before, on="key", how="full", coalesce=True).sort("key")
    selected, was = pl.col("selected").fill_null(False), pl.col("old_selected").fill_null(False)
    now = both.filter(selected)
    moves = [
        (
            group,
            tuple(
                Change(
                    unit["name"],
                    unit["old_rank"],
                    unit["rank"],
                    _score(unit["old_score"], places),
                    _score(unit["score"], places),
                )
                for unit in some.filter(pl.col("rank").is_not_null()).iter_rows(named=True)
            ),
        )
        for group, some in _by_group(now, evaluation.scheme.group_by)
    ]
    counted = both.filter(pl.col("key").is_in(evaluation.units["key"].implode()))
    new_units = counted.filter(pl.col("old_name").is_null()).height
    return Changes(
        note=note,
        had_list=bool(before["old_selected"].any()),
        stayed=tuple(now.filter(was)["name"]),
        came=tuple(now.filter(~was)["name"]),
        left=tuple(both.filter(was & ~selected).select(pl.coalesce("name", "old_name")).to_series()),
        both=counted.height - new_units,
        new=new_units,
        gone=both.height - evaluation.units.height,
        moves=tuple((group, some) for group, some in moves if some),
    )


def _by_group(units: pl.DataFrame, group_by: tuple[str, ...]) -> list[tuple[str, pl.DataFrame]]:
    if not group_by:
        return [("全部", units)]
    parts = units.partition_by(list(group_by), as_dict=True)
    return sorted((("/".join(map(str, name)), some) for name, some in parts.items()), key=lambda part: part[0])


def _score(value: float | None, places: int) -> str:
    return "" if value is None else fixed(Fraction(value), places)
