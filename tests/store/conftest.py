"""A store, and small batches to commit: cells written as `A.tax=300`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mujun.law import Law
from mujun.scheme import Scheme, load_scheme
from mujun.store import Batch, Receipt, Store
from tests.store.batches import make_batch

NOW = datetime(2019, 4, 12, 9, 30, tzinfo=UTC)
SCHEME = """
scheme: firms
domain: manufacturing
label: 企业
basis: {assumption: 测试}
unit: {label: 企业, key: uscc, name: name}
variables:
  tax: {label: 税收, unit: 万元, source: 税务}
  land: {label: 用地面积, unit: 亩, source: 自然资源}
  gb_code: {label: 行业代码, type: text, required: false, source: 统计}
  since: {label: 投产日期, type: date, required: false, source: 经信}
  listed: {label: 是否上市, type: boolean, required: false, source: 经信}
score:
  id: total
  label: 总分
  of: 100
  children:
    - {id: tax_per_mu, label: 亩均税收, formula: tax / land, unit: 万元/亩, weight: 100, missing: zero,
       normalise: {method: benchmark_ratio, benchmark: 20}}
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture(scope="session")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    path = tmp_path_factory.mktemp("scheme") / "firms.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return load_scheme(path, Law({}))


@pytest.fixture
def commit(store: Store) -> Callable[..., Receipt]:
    """`commit("A.tax=300 B.tax=200", file="税务.xlsx")` puts the bytes and commits the batch."""

    def commit_one(cells: str, *, now: datetime = NOW, by: str = "张三", **about: str) -> Receipt:
        batch: Batch = make_batch(cells, **about)
        store.put(f"{batch.file}: {cells}".encode())
        return store.commit([batch], by=by, now=now)[0]

    return commit_one
