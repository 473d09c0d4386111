"""Thousands of damaged files: each is read, or refused in Chinese. Nothing crashes, hangs or is half-read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn, Finding
from mujun.intake import Reading, read_dataset
from mujun.intake import open as opening
from mujun.scheme import Scheme
from tests.intake.mutations import mutations
from tests.intake.samples import make_samples, to_old, write_workbook

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # made on purpose
_CHINESE = re.compile(r"[\u4e00-\u9fff].*。", re.DOTALL)
_SECONDS = 2.0
"""Of processor time, for one small file."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    return make_samples(folder, to_old([write_workbook(folder / "old.xlsx")], folder))


def test_samples_are_good_before_they_are_damaged(samples: dict[str, bytes], tmp_path: Path, scheme: Scheme) -> None:
    for name, content in samples.items():
        assert read_outcome(tmp_path / name, content, scheme) == "read"
        assert read_dataset(tmp_path / name, scheme).dataset.size == 2


def test_same_seed_gives_the_same_files(samples: dict[str, bytes]) -> None:
    assert list(mutations(1, 50, samples)) == list(mutations(1, 50, samples)) != list(mutations(2, 50, samples))


def test_a_thousand_damaged_files(samples: dict[str, bytes], tmp_path: Path, scheme: Scheme) -> None:
    outcomes = read_all(2019, 1_000, samples, tmp_path, scheme)
    assert sum(outcomes.values()) == 1_000
    for kind in ("csv", "parquet", "xls", "xlsx"):  # the damage is neither none nor always deadly at first sight
        assert min(outcomes[kind, "read"], outcomes[kind, "refused"]) > 20


@pytest.mark.acceptance
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_thousand_damaged_files(seed: int, samples: dict[str, bytes], tmp_path: Path, scheme: Scheme) -> None:
    assert sum(read_all(seed, 10_000, samples, tmp_path, scheme).values()) == 10_000


def read_all(
    seed: int, number: int, samples: dict[str, bytes], folder: Path, scheme: Scheme
) -> Counter[tuple[str, str]]:
    """How many of each kind were read or refused. The file that fails stays behind."""
    outcomes: Counter[tuple[str, str]] = Counter()
    for name, content in mutations(seed, number, samples):
        path = folder / name
        outcomes[path.suffix[1:], read_outcome(path, content, scheme)] += 1
        assert opening._reader.processor_seconds < _SECONDS, name
        path.unlink()
    return outcomes


def read_outcome(path: Path, content: bytes, scheme: Scheme) -> str:
    path.write_bytes(content)
    try:
        reading = read_dataset(path, scheme)
    except CannotGoOn as stopped:
        check_findings(stopped.findings, path)
        return "refused"
    check_reading(reading, path)
    return "read"


def check_findings(findings: list[Finding], path: Path) -> None:
    assert findings
    for finding in findings:
        assert _CHINESE.search(finding.message), finding
        assert finding.file == path.name
        assert finding.code != "too_slow"


def check_reading(reading: Reading, path: Path) -> None:
    """Whole: every unit has a key of its own and its place; all that was not read is told in Chinese."""
    frame = reading.dataset.frame
    assert frame["unit:key"].null_count() == 0
    assert frame["unit:key"].n_unique() == frame.height == len(reading.key_places)
    for finding in reading.findings:
        assert _CHINESE.search(finding.message), finding
