"""An evaluation written to a folder: six firms, one of each fate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from mujun.digest import digest_bytes
from mujun.engine import Evaluation, evaluate
from mujun.engine.result import Result, read_result
from mujun.engine.write import write_evaluation
from mujun.law import Law
from mujun.scheme import load_scheme
from tests.agreement import dataset_of

SCHEME = """\
scheme: firms
domain: manufacturing
label: 小方案
basis: {assumption: 为测试而设}
unit: {label: 企业, key: uscc, name: name}
variables:
  tax: {label: 税收, unit: 万元}
  land: {label: 用地面积, unit: 亩}
  rd: {label: 研发经费, unit: 万元}
  accidents: {label: 安全事故, unit: 起, default: 0}
  penalties: {label: 行政处罚, unit: 起, default: 0}
  young: {label: 未满两年, type: boolean, default: false}
eligibility: [{id: land, label: 有用地, when: land > 0}]
exemptions: [{id: young, label: 过渡期, when: young}]
vetoes: [{id: safety, label: 安全事故, when: accidents > 0, effect: not_selected}]
score:
  id: total
  label: 总分
  of: 100
  precision: 1
  children:
    - id: per_mu
      label: 亩均税收
      formula: tax / land
      unit: 万元/亩
      weight: 70
      normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums, precision: 2}, cap: 1.5}
    - {id: research, label: 研发, formula: rd / tax, weight: 30, missing: group_mean, normalise: {method: rank}}
adjustments: [{id: penalty, label: 行政处罚, when: penalties > 0, points: "-3 * penalties"}]
tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
selection: {quota: 1, from_tiers: [A], minimum_score: 10, reserve: 1}
"""
FIRMS: list[dict[str, Any]] = [
    {"key": "1", "name": "一厂", "tax": 30, "land": 1, "rd": 3, "accidents": 1},
    {"key": "2", "name": "二厂", "tax": 20, "land": 1, "rd": 1},
    {"key": "3", "name": "三厂", "tax": 40, "land": 3, "rd": 2, "penalties": 2},
    {"key": "4", "name": "四厂", "tax": 10, "land": 1},
    {"key": "5", "name": "五厂", "tax": 35, "land": 1, "rd": 1, "young": True},
    {"key": "6", "name": "六厂", "tax": 99, "rd": 1},
]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., tuple[Evaluation, dict[str, Any], Path]]:
    """`written()` evaluates the firms and writes the files: the evaluation, evaluation.json, the folder."""

    def write(
        scheme_text: str = SCHEME, firms: list[dict[str, Any]] = FIRMS, **more: Any
    ) -> tuple[Evaluation, dict[str, Any], Path]:
        file = tmp_path / "firms.yaml"
        file.write_text(scheme_text, encoding="utf-8")
        scheme = load_scheme(file, Law({}))
        dataset = evolve(dataset_of(scheme, firms), file="firms.csv", digest=digest_bytes(b"firms"))
        evaluation = evaluate(scheme, dataset)
        summary = write_evaluation(evaluation, tmp_path / "out", dataset, file, **more)
        return evaluation, summary, tmp_path / "out"

    return write


@pytest.fixture
def result(written: Callable[..., tuple[Evaluation, dict[str, Any], Path]]) -> Result:
    return read_result(written()[2], Law({}))
