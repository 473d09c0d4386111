"""All units of the run a list was drawn from, as they are sealed under the round's root; and one of them alone."""

from __future__ import annotations

from typing import Any

import polars as pl

from mujun.engine.unit_records import unit_records
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.sealed_cells import cells_of
from mujun.proof.units import SealedUnits, seal_units
from mujun.web.models import Run
from mujun.web.queries.datasets import opened
from mujun.web.queries.results import result_of, run_folder, sealed_for

Records = dict[str, dict[str, Any]]


def records_of(run: Run, scheme: str, only: str = "") -> Records:
    """What is sealed of each unit, by key; of one unit, if it is named."""
    result = result_of(run, scheme)
    file = run_folder(run) / scheme / "units.csv"
    if not file.exists():
        message = f"“{result.scheme.label}”的单位太多，没有units.csv，还不能逐个加封。"
        raise CannotGoOn([Finding(Severity.ERROR, "too_many_units", message, "请分领域评价，或联系维护人员。")])
    printed, details = pl.read_csv(file, infer_schema=False).fill_null(""), result.details
    if only:
        printed, details = printed.filter(pl.col("key") == only), details.filter(pl.col("key") == only)
    return unit_records(result.scheme, printed, details, result.summary["data_file"], _cells(run, scheme, only))


def sealed_units(run: Run, scheme: str, year: int, secret: bytes) -> SealedUnits:
    return seal_units(year, scheme, records_of(run, scheme), secret)


def unit_keys(run: Run, scheme: str) -> list[str]:
    """In the order of the tree."""
    return sorted(result_of(run, scheme).units["key"].to_list())


def _cells(run: Run, scheme: str, only: str) -> Any:
    """Where the values stood, if the data were collected here and not brought whole."""
    sealed = opened(str(sealed_for(run)[scheme]["seal"]))
    return cells_of(sealed, only) if sealed is not None else None
