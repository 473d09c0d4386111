"""A small plan without mistakes, and what is said once there are some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.collection import CollectionPlan, load_collection, read_collection
from mujun.law import Law, load_law
from tests.collection.plans import PLAN, changed, write_round

Plans = Callable[..., CollectionPlan]
Mistakes = Callable[..., list[str]]


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def small_plan(tmp_path_factory: pytest.TempPathFactory, law: Law) -> CollectionPlan:
    return load_collection("2018", law, write_round(tmp_path_factory.mktemp("round"), PLAN))


@pytest.fixture
def plan_with(tmp_path: Path, law: Law) -> Plans:
    """`plan_with({"shared: apart": "shared: merged"})`: the small plan, so changed."""

    def load(changes: dict[str, str] | None = None) -> CollectionPlan:
        return load_collection("2018", law, write_round(tmp_path, changed(PLAN, changes or {})))

    return load


@pytest.fixture
def mistakes(tmp_path: Path, law: Law) -> Mistakes:
    """What is said of the small plan so changed."""

    def read(changes: dict[str, str] | None = None) -> list[str]:
        root = write_round(tmp_path, changed(PLAN, changes or {}))
        return [str(finding) for finding in read_collection("2018", law, root).findings]

    return read
