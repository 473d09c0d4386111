"""Put units into a table on purpose: chosen cells, leaders that tie at the cut, empty cells. Knows no scheme.

What each scheme needs is listed beside its table (`SPECIALS` in towns.py, zones.py, …): a label that the unit's name
shows, and the cells in which it differs from an ordinary unit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mujun.dataset import NAME
from mujun.demo.names import invented_names

Cells = Mapping[str, object]
Specials = Mapping[str, Cells]


def place_specials(
    frame: pl.DataFrame, ordinary: Cells, specials: Specials, numbers: Sequence[str] = ()
) -> pl.DataFrame:
    """The last rows become the special units: middling `numbers`, no two alike, `ordinary` cells, then their own.

    The column of names holds the marks alone until `name_units`, for a special unit's kind may differ from the row's.
    """
    first = frame.height - len(specials)
    middle = {name: float(frame[name].filter(frame[name] > 0).median() or 1.0) for name in numbers}  # type: ignore[arg-type]
    rows = []
    for place, (row, (label, cells)) in enumerate(
        zip(frame[first:].iter_rows(named=True), specials.items(), strict=True)
    ):
        own = {
            name: value * (1 + (7 * place + 5 * column) % 13 / 50)
            for column, (name, value) in enumerate(middle.items())
        }
        rows.append({**row, **own, **ordinary, **cells, NAME: f"（示例·{label}）"})
    return pl.concat([frame[:first], pl.DataFrame(rows, schema=frame.schema)])


def ordinary_rows(frame: pl.DataFrame, specials: Specials, places: int, beside: int = 0) -> pl.DataFrame:
    """The rows that no special unit and no leader will take."""
    return frame.head(frame.height - len(specials) - beside - places - 1)


def name_units(frame: pl.DataFrame, nouns: pl.Series) -> pl.DataFrame:
    """Put invented names before the marks."""
    return frame.with_columns(invented_names(nouns, frame[NAME]).alias(NAME))


def tie_at_the_cut(
    group: pl.DataFrame, places: int, shape: Mapping[str, float], ahead: tuple[str, str], fixed: Cells
) -> dict[str, Cells]:
    """places - 1 leaders and two alike behind them, all better than anybody in `group`.

    A leader is of ordinary size, or smaller where the group is small: an equal share of the group's sum of every column
    of `shape`, times the factor there. So its ratios are the group's times a quotient of factors, and the group's own
    hardly move. The ratio `ahead`, which breaks ties, beats the best unit's: its denominator is as small as that takes.
    """
    share = min(1 / group.height, 0.05 / (places + 1))
    sums = {name: float(group[name].sum()) for name in shape}
    above, below = ahead
    best = float((group[above] / group[below]).filter(group[below] > 0).max() or 0.0)  # type: ignore[arg-type]
    usual = sums[above] / sums[below] * shape[above] / shape[below]
    small = {below: min(1.0, usual / best / 1.1)}
    leaders: dict[str, Cells] = {}
    for place in range(1, places + 2):
        step = 1 + 0.05 * max(places - place, 0)
        cells = dict(fixed)
        for name, factor in shape.items():
            value = sums[name] * share * factor * small.get(name, 1.0) * (step if factor > 1 else 1.0)
            cells[name] = float(math.ceil(value)) if name in COUNTS else round(value, 2)
        label = f"领先第{place}" if place < places else f"入选线并列{'甲乙'[place - places]}"
        leaders[label] = cells
    return leaders


COUNTS = frozenset(
    {
        *("staff", "firms", "talents", "hightech_firms", "patents", "institutions", "rd_staff"),
        *("above_scale_firms", "tech_firms", "upgraded_firms", "platforms", "stars"),
    }
)
"""Columns that offices write as whole numbers."""


def empty_cells(frame: pl.DataFrame, rng: np.random.Generator, rates: Mapping[str, float], spared: int) -> pl.DataFrame:
    """Empty so great a share of each column, at random; the last `spared` rows keep theirs."""
    ordinary = frame.height - spared
    emptied = []
    for name, rate in rates.items():
        mask = np.zeros(frame.height, dtype=np.bool_)
        mask[draw_rows(rng, ordinary, rate)] = True
        emptied.append(pl.when(pl.Series(mask)).then(None).otherwise(pl.col(name)).alias(name))
    return frame.with_columns(emptied)


def draw_rows(rng: np.random.Generator, n: int, rate: float, beside: int = 0) -> NDArray[np.int64]:
    """Exactly ⌈rate·n⌉ of n rows, and some beside: in a small table too nothing is left to chance."""
    return rng.choice(n, min(n, math.ceil(rate * n) + beside), replace=False)


def rounded(frame: pl.DataFrame, decimals: Sequence[str]) -> pl.DataFrame:
    """What offices write: two decimals in these columns, whole numbers in COUNTS."""
    made = [
        pl.Series(name, np.round(frame[name].cast(pl.Float64).to_numpy(), 2)).fill_nan(None)
        for name in decimals
        if name in frame.columns and name not in COUNTS
    ]
    return frame.with_columns(*made, *(pl.col(name).ceil() for name in frame.columns if name in COUNTS))
