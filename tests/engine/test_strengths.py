"""突出之处, by hand: what an indicator brings above its benchmark, times its weight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mujun.engine import evaluate
from mujun.engine.strengths import name_strengths
from mujun.law import load_law
from mujun.scheme import load_scheme
from tests.agreement import dataset_of

SCHEME = """\
scheme: firms
domain: manufacturing
label: 小方案
basis: {assumption: 为测试而设}
unit: {label: 企业, key: uscc, name: name}
variables:
  tax: {label: 税收}
  output: {label: 产出}
  rating: {label: 评议, required: false}
score:
  id: total
  label: 总分
  children:
    - {id: tax_score, label: 税收高, formula: tax, weight: 30, normalise: {method: benchmark_ratio, benchmark: 10}}
    - id: rest
      label: 其余
      weight: 2
      children:
        - {id: output_score, label: 产出高, formula: output, weight: 20,
           normalise: {method: benchmark_ratio, benchmark: 10}}
        - {id: rated, label: 评议好, formula: rating, weight: 1, missing: group_mean,
           normalise: {method: min_max, low: 0, high: 100, to: [0, 100]}}
"""


def strengths(tmp_path: Path, most: int, *rows: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    (tmp_path / "firms.yaml").write_text(SCHEME, encoding="utf-8")
    scheme = load_scheme(tmp_path / "firms.yaml", load_law())
    units = [{"key": str(number), "name": f"{number}厂", **row} for number, row in enumerate(rows)]
    evaluation = evaluate(scheme, dataset_of(scheme, units))
    return name_strengths(scheme, evaluation.units, evaluation.details, [unit["key"] for unit in units], most)


def test_what_brings_most_above_the_benchmark_comes_first(tmp_path: Path) -> None:
    """Tax 1.2 brings 0.2×30 = 6, output 1.2 brings 0.2×20×2 = 8, rating 60, 10 above the mean of 50, 10×1×2 = 20."""
    found = strengths(tmp_path, 3, {"tax": 12, "output": 12, "rating": 60}, {"tax": 10, "output": 9, "rating": 40})

    assert found == {"0": ("评议好", "产出高", "税收高"), "1": ()}


def test_at_most_so_many_and_ties_in_the_schemes_order(tmp_path: Path) -> None:
    """Tax 1.4 brings 12, output 1.3 brings 12."""
    assert strengths(tmp_path, 1, {"tax": 14, "output": 13, "rating": 50}) == {"0": ("税收高",)}
    assert strengths(tmp_path, 2, {"tax": 14, "output": 13, "rating": 50}) == {"0": ("税收高", "产出高")}


def test_score_that_was_filled_in_is_nobodys_strength(tmp_path: Path) -> None:
    """Without its own, unit 2 gets the mean of 0 and 60, which is above no mean of its own making."""
    found = strengths(
        tmp_path,
        3,
        {"tax": 1, "output": 1, "rating": 0},
        {"tax": 1, "output": 1, "rating": 60},
        {"tax": 1, "output": 20, "rating": None},
    )

    assert found == {"0": (), "1": ("评议好",), "2": ("产出高",)}
