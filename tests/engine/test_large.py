"""Evaluation from Parquet to Parquet: the same rows as in memory, whatever the order of the file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from mujun.dataset import Dataset
from mujun.engine import evaluate
from mujun.engine.backend import StreamingBackend
from mujun.engine.large import Written, evaluate_parquet
from mujun.engine.printed import printed_benchmark, printed_units
from mujun.law import Law
from mujun.scheme import Scheme, load_scheme
from tests.agreement import dataset_of, evaluate_case
from tests.engine.conftest import FIRMS, SCHEME
from tests.generated import Case, cases

FEW = settings(
    max_examples=12, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    (tmp_path / "firms.yaml").write_text(SCHEME, encoding="utf-8")
    return load_scheme(tmp_path / "firms.yaml", Law({}))


@pytest.fixture
def dataset(scheme: Scheme) -> Dataset:
    return dataset_of(scheme, FIRMS)


def in_parquet(scheme: Scheme, dataset: Dataset, folder: Path) -> tuple[Written, pl.DataFrame]:
    """The units as they come back; the file has them from last to first."""
    dataset.frame.reverse().write_parquet(folder / "data.parquet")
    written = evaluate_parquet(scheme, folder / "data.parquet", folder / "units.parquet")
    return written, pl.read_parquet(folder / "units.parquet")


def test_units_of_a_file_are_those_of_memory(scheme: Scheme, dataset: Dataset, tmp_path: Path) -> None:
    """One firm of each fate: ranked, exempt, vetoed, left out, without a score; flags and reasons too."""
    evaluation = evaluate(scheme, dataset)

    written, units = in_parquet(scheme, dataset, tmp_path)

    assert units.rows() == evaluation.units.rows()
    assert units.schema == evaluation.units.schema
    assert written == Written(dataset.size, evaluation.benchmarks, evaluation.findings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.parquet", "firms.yaml", "units.parquet"]


def test_keys_that_repeat_are_refused(scheme: Scheme, dataset: Dataset, tmp_path: Path) -> None:
    pl.concat([dataset.frame, dataset.frame.head(1)]).write_parquet(tmp_path / "data.parquet")

    with pytest.raises(ValueError, match="keys must be there and differ"):
        evaluate_parquet(scheme, tmp_path / "data.parquet", tmp_path / "units.parquet")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.parquet", "firms.yaml"]


def assert_same(case: Case) -> None:
    streamed, kept = evaluate_case(case, StreamingBackend()), evaluate_case(case)
    assert printed_units(streamed).rows() == printed_units(kept).rows()
    assert list(map(printed_benchmark, streamed.benchmarks)) == list(map(printed_benchmark, kept.benchmarks))


def test_streaming_gives_the_same_bytes() -> None:
    """Generated schemes: nothing is kept between questions, and every printed cell is the same."""

    @seed(6)
    @FEW
    @given(cases())
    def agree(case: Case) -> None:
        assert_same(case)

    agree()


@pytest.mark.acceptance
def test_streaming_gives_the_same_bytes_on_many() -> None:
    """As above, 200 cases."""

    @seed(7)
    @settings(FEW, max_examples=200)
    @given(cases())
    def agree(case: Case) -> None:
        assert_same(case)

    agree()
