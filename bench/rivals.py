"""One function per rival: it reads what it needs, and returns the work that is timed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.units import WEIGHTS, scheme_text, weighted_sum_text
from mujun.dataset import KEY
from mujun.scheme import Scheme

Work = Callable[[], Any]


def mujun_in_memory(data: Path) -> Work:
    """Everything: exact benchmarks, values, scores, points, totals, ranks, tiers, selection, flags, findings."""
    from mujun.dataset import make_dataset
    from mujun.engine import evaluate

    scheme, dataset = _scheme(), make_dataset(pl.read_parquet(data))
    return lambda: evaluate(scheme, dataset)


def mujun_from_frame(data: Path) -> Work:
    """The same, with the making of its dataset: each column's decimals are found out."""
    from mujun.dataset import make_dataset
    from mujun.engine import evaluate

    scheme, table = _scheme(), pl.read_parquet(data).rechunk()
    return lambda: evaluate(scheme, make_dataset(table))


def mujun_parquet(data: Path) -> Work:
    """The same, from Parquet to Parquet, holding only what the order of units depends on."""
    from mujun.engine.large import evaluate_parquet

    scheme = _scheme()
    return lambda: evaluate_parquet(scheme, data, data.with_suffix(".units.parquet"))


def pandas_everything(data: Path) -> Work:
    """By hand: benchmarks, values, scores, points, totals, ranks, tiers, selection, reserve, flags; float sums."""
    table = _pandas_table(data)

    def work() -> Any:
        grouped = table.groupby("industry", observed=True, sort=False)
        made = table[["key", "industry"]].copy()
        lacking = None
        for place, weight in enumerate(WEIGHTS):
            above, below = table[f"above_{place}"], table[f"below_{place}"]
            value = above / below.where(below != 0)
            score = (value / _pandas_benchmark(grouped, table, place)).clip(0, 1.5)
            made[f"value_{place}"], made[f"score_{place}"], made[f"points_{place}"] = value, score, score * weight
            lacking = value.isna() if lacking is None else lacking | value.isna()
        total = sum(made[f"points_{place}"] for place in range(len(WEIGHTS)))
        made["score"] = np.floor(total * 1e4 + 0.5) / 1e4
        made["flags"] = np.where(lacking, "缺数", "")
        by_group = made.groupby("industry", observed=True, sort=False)["score"]
        first = by_group.rank(method="min", ascending=False)
        last = by_group.rank(method="max", ascending=False)
        size = by_group.transform("count")
        made["rank"], made["group_size"] = first, size
        best, good, worst = np.floor(size * 0.2), np.floor(size * 0.4), np.ceil(size * 0.05)
        conditions = [last <= best, last <= best + good, first > size - worst]
        made["tier"] = np.select(conditions, ["A", "B", "D"], "C")
        made["selected"] = (made["tier"] == "A") & (last <= 10)
        waiting = (made["tier"] == "A") & ~made["selected"]
        codes = table["industry"].cat.codes.to_numpy()
        chosen = np.bincount(codes[made["selected"]], minlength=codes.max() + 1)
        torn = np.bincount(codes[waiting & (first <= 10)], minlength=codes.max() + 1)
        place = first - chosen[codes]
        made["reserve"] = place.where(waiting & (place <= np.maximum(torn, 3)[codes]))
        return made.sort_values("key")

    return work


def pandas_pass(data: Path) -> Work:
    """By hand, the bare pass: ratio to the industry's benchmark, capped, weighted, added up, ranked; no list."""
    table = _pandas_table(data)

    def work() -> Any:
        grouped = table.groupby("industry", observed=True, sort=False)
        total = 0
        for place, weight in enumerate(WEIGHTS):
            value = table[f"above_{place}"] / table[f"below_{place}"]
            total = total + (value / _pandas_benchmark(grouped, table, place)).clip(0, 1.5) * weight
        total = np.floor(total * 1e4 + 0.5) / 1e4
        return total.groupby(table["industry"], observed=True).rank(method="min", ascending=False)

    return work


def _pandas_table(data: Path) -> Any:
    import pandas as pd

    table = pl.read_parquet(data)
    columns = {name: table[name].to_numpy() for name in table.columns if table[name].dtype == pl.Float64}
    return pd.DataFrame(
        {"key": table[KEY].to_list(), "industry": pd.Categorical(table["industry"].to_list()), **columns}
    )


def _pandas_benchmark(grouped: Any, table: Any, place: int) -> Any:
    sums = grouped[[f"above_{place}", f"below_{place}"]].sum()
    benchmark = np.floor(sums[f"above_{place}"] / sums[f"below_{place}"] * 1e4 + 0.5) / 1e4
    return benchmark.reindex(table["industry"].cat.categories).to_numpy()[table["industry"].cat.codes]


def mujun_weighted_sum(data: Path) -> Work:
    """What scikit-criteria and pymcdm do, and no more: a weighted sum of six ready ratios, ranked over all units.

    Still with its own totals (added up, rounded half up), points, places and findings: less cannot be asked for.
    """
    from mujun.dataset import NAME, make_dataset
    from mujun.engine import evaluate

    table, matrix = pl.read_parquet(data), _ratios(data)
    ratios = {f"ratio_{place}": matrix[:, place] for place in range(len(WEIGHTS))}
    scheme, dataset = _scheme(weighted_sum_text()), make_dataset(table.select(KEY, NAME).with_columns(**ratios))
    return lambda: evaluate(scheme, dataset)


def scikit_criteria(data: Path) -> Work:
    """A weighted sum in its own way, over ready ratios in its own table; it has no groups, benchmarks or tiers."""
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    table = skcriteria.mkdm(_ratios(data), [max] * len(WEIGHTS), weights=list(WEIGHTS))
    return lambda: WeightedSumModel().evaluate(table)


def scikit_criteria_from_arrays(data: Path) -> Work:
    """The same, with the making of its table from an array."""
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    matrix = _ratios(data)

    def work() -> Any:
        return WeightedSumModel().evaluate(skcriteria.mkdm(matrix, [max] * len(WEIGHTS), weights=list(WEIGHTS)))

    return work


def pymcdm(data: Path) -> Work:
    """A weighted sum in its own way, over an array of ready ratios; it has no groups, benchmarks or tiers."""
    import pymcdm.methods
    from pymcdm.helpers import rrankdata

    matrix, weights, types = _ratios(data), np.array(WEIGHTS) / sum(WEIGHTS), np.ones(len(WEIGHTS))
    return lambda: rrankdata(pymcdm.methods.WSM()(matrix, weights, types))


def _ratios(data: Path) -> Any:
    table = pl.read_parquet(data)
    return np.column_stack(
        [(table[f"above_{place}"] / table[f"below_{place}"]).to_numpy() for place in range(len(WEIGHTS))]
    )


def _scheme(text: str = "") -> Scheme:
    from mujun.law import load_law
    from mujun.scheme import load_scheme

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bench.yaml").write_text(text or scheme_text(), encoding="utf-8")
        return load_scheme(Path(folder) / "bench.yaml", load_law())


RIVALS: dict[str, Callable[[Path], Work]] = {
    "mujun": mujun_in_memory,
    "mujun, from a frame": mujun_from_frame,
    "mujun, Parquet to Parquet": mujun_parquet,
    "pandas, all of it": pandas_everything,
    "pandas, score and rank only": pandas_pass,
    "mujun, weighted sum only": mujun_weighted_sum,
    "scikit-criteria": scikit_criteria,
    "scikit-criteria, from an array": scikit_criteria_from_arrays,
    "pymcdm": pymcdm,
}
