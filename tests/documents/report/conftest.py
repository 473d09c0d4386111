"""The report of a small fictitious province, written once by the real command, and pages of one small domain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from mujun.cli.run import run_round
from mujun.demo import LEAST_MANUFACTURERS, make_province
from mujun.digest import digest_bytes
from mujun.documents.report import Reported, write_report
from mujun.engine import Evaluation, evaluate
from mujun.engine.result import Result, read_result
from mujun.engine.write import write_evaluation
from mujun.law import Law, load_law
from mujun.scheme import load_scheme
from tests.agreement import dataset_of

SCHEME = """\
scheme: firms
domain: manufacturing
label: 小方案
lead_agency: 某厅
basis: {assumption: 为测试而设}
unit: {label: 企业, key: uscc, name: name}
variables:
  county: {label: 所在县, type: text, required: false}
  tax: {label: 税收, unit: 万元}
  land: {label: 用地面积, unit: 亩}
  rd: {label: 研发经费, unit: 万元}
eligibility: [{id: land, label: 有用地, when: land > 0}]
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
      normalise_basis: {assumption: 封顶以免畸高}
    - {id: research, label: 研发, formula: rd / tax, weight: 30, missing: group_mean,
       normalise: {method: percentile_rank}}
tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
selection: {quota: 1, from_tiers: [A], reserve: 1}
"""
FIRMS: list[dict[str, Any]] = [
    {"key": "1", "name": "一厂", "county": "苍南县", "tax": 30, "land": 1, "rd": 3},
    {"key": "2", "name": "二厂", "county": "长兴县", "tax": 20, "land": 1, "rd": 1},
    {"key": "3", "name": "三厂", "county": "长兴县", "tax": 40, "land": 4},
    {"key": "4", "name": "四厂", "county": "长兴县", "tax": 5, "land": 1, "rd": 1},
    {"key": "5", "name": "五厂<b>&", "county": "长兴县", "tax": 99, "land": 0, "rd": 1},
]


@frozen
class Written:
    """A report that lies in a folder, and what it was made of."""

    page: Path
    summary: dict[str, Any]
    evaluation: Evaluation
    result: Result


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of results of all domains of 2019."""
    folder = tmp_path_factory.mktemp("province")
    make_province(folder / "data", seed=2019, manufacturers=LEAST_MANUFACTURERS)
    assert run_round("2019", folder / "data", folder / "result", "示例数据") == 0
    return folder / "result"


@pytest.fixture(scope="session")
def counted(province: Path) -> dict[str, dict[str, Any]]:
    """What evaluation.json counts, by domain."""
    files = province.glob("*/evaluation.json")
    return {file.parent.name: json.loads(file.read_text(encoding="utf-8"))["counts"] for file in files}


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture
def report(tmp_path: Path, law: Law) -> Callable[..., Written]:
    """`report(firms, last=…, scheme=…)` evaluates and writes report.html."""

    def write(
        firms: list[dict[str, Any]] = FIRMS,
        *,
        scheme: str = SCHEME,
        last: list[dict[str, Any]] | None = None,
        label: str = "",
    ) -> Written:
        file = tmp_path / "firms.yaml"
        file.write_text(scheme, encoding="utf-8")
        rules = load_scheme(file, law)
        dataset = evolve(dataset_of(rules, firms), file="firms.csv", digest=digest_bytes(b"firms"))
        evaluation = evaluate(rules, dataset)
        before = None if last is None else evaluate(rules, dataset_of(rules, last))
        summary = write_evaluation(evaluation, tmp_path / "out", dataset, file, label=label)
        one = Reported(evaluation, summary, evaluation.findings, before, ("units.csv",))
        write_report(tmp_path / "out" / "report.html", rules.label, [one], law=law, label=label)
        return Written(tmp_path / "out" / "report.html", summary, evaluation, read_result(tmp_path / "out", law))

    return write
