"""The small plan with checks of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.collection import CollectionPlan, load_collection
from mujun.law import Law, load_law
from tests.collection.plans import PLAN, write_round

PlanWith = Callable[[str], CollectionPlan]


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def shipped(law: Law) -> CollectionPlan:
    return load_collection("2019", law)


@pytest.fixture
def plan_with(tmp_path: Path, law: Law) -> PlanWith:
    """`plan_with("rule: in_range, variables: [land], at_least: 0")`: one warning called `it`; or several, as YAML."""

    def load(checks: str) -> CollectionPlan:
        head = PLAN[: PLAN.index("checks:\n")]
        whole = (
            checks if checks.startswith("  - ") else f"  - {{id: it, label: 测试, tables: [small], {checks}, {REST}}}\n"
        )
        return load_collection("2018", law, write_round(tmp_path, f"{head}checks:\n{whole}"))

    return load


REST = "severity: warning, basis: {assumption: 测试}"
