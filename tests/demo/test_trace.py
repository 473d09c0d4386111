"""Every number of the demonstration traces to a cell: from units.csv through the sealed datasets to the mailed files.

Read here without mujun's own reading: openpyxl, csv, and the reference evaluation, which shares no code with the
engine.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from mujun.cli.demo import DATA, MAIL, RESULT, STORE, demo
from mujun.dataset import KEY, NAME
from mujun.intake.read import read_dataset
from mujun.law import load_law
from mujun.scheme import Scheme, find_scheme, load_scheme
from mujun.store import Store
from mujun.yaml_source import read_yaml
from tests.agreement import same
from tests.demo.cells import RATE, Evidence, of_sealed, says
from tests.reference import evaluate as refer

SCHEMES = ("county", "characteristic_town", "economic_zone", "hightech_zone", "micro_park")
SCHEMES += ("manufacturing", "manufacturing_below_scale", "services")
STEP = Decimal("0.0001")


def check_everything(out: Path) -> dict[str, int]:
    """Numbers looked at, by kind. Fails with the first places that do not hold."""
    counts = dict.fromkeys(("cells", "nothing", "derived", "records", "printed"), 0)
    files: dict[str, Evidence] = {}
    for name in SCHEMES:
        scheme = load_scheme(find_scheme(f"2019/{name}"), load_law())
        folder = Store(out / STORE).latest_seal(f"2019/{name}")
        assert folder is not None
        data, sources = of_sealed(folder)
        manifest = json.loads((folder / "manifest.json").read_bytes())
        batches = {one["seq"]: one for one in manifest["batches"]}
        wrong = [
            *check_cells(out, scheme, data, sources, batches, files, counts),
            *check_derived(scheme, data, sources, manifest["derived"], counts),
            *check_printed(out, scheme, data, counts),
        ]
        assert wrong[:10] == [], "\n".join(wrong[:10])
    return counts


def check_cells(
    out: Path,
    scheme: Scheme,
    data: pl.DataFrame,
    sources: pl.DataFrame,
    batches: dict[int, Any],
    files: dict[str, Evidence],
    counts: dict[str, int],
) -> Iterator[str]:
    """Each value that holds, of units and of records, stands in its cell; each value of the dataset is one of them."""
    kinds = {one.id: one.type for one in scheme.variables.values()}
    held: dict[tuple[str, str], str | None] = {}
    derived = set(sources.filter(pl.col("factor").is_not_null())["variable"])
    for row in sources.filter(pl.col("batch").is_not_null()).iter_rows(named=True):
        batch = batches[row["batch"]]
        file = files.setdefault(batch["digest"]["sha256"], Evidence(out / STORE, batch))
        if file.bytes is not None and "rows" not in file.__dict__:
            assert file.bytes == (out / MAIL / file.name).read_bytes()
        cell = file.cell(row["row"], row["column"])
        kind = kinds.get(row["variable"], "text") if not row["table"] else KINDS_OF_DETAILS.get(row["variable"], "text")
        counts["cells" if row["value"] is not None else "nothing"] += 1
        if not says(cell, row["value"], kind):
            yield f"{file.name}!{row['row']},{row['column']} {cell!r} is not {row['value']!r}"
        if not row["table"]:
            held[row["unit"], row["variable"]] = row["value"]
    for row in data.iter_rows(named=True):
        for variable in scheme.variables:
            value = row[variable]
            if variable not in derived and not _same_value(value, held.get((row[scheme.key], variable))):
                yield f"{row[scheme.key]}.{variable} {value!r} is not {held.get((row[scheme.key], variable))!r}"


KINDS_OF_DETAILS = {
    **dict.fromkeys(("area", "share", "amount"), "number"),
    **dict.fromkeys(("certificate_date", "lease_start", "lease_end"), "date"),
}


def _same_value(value: Any, text: str | None) -> bool:
    if value is None or text is None:
        return value is None and text is None
    if isinstance(value, bool):
        return text == ("是" if value else "否")
    if isinstance(value, float):
        return Decimal(repr(value)) == Decimal(text)
    return str(value) == text


def check_derived(
    scheme: Scheme, data: pl.DataFrame, sources: pl.DataFrame, rules: dict[str, Any], counts: dict[str, int]
) -> Iterator[str]:
    """A derived value is the sum of what its records gave, and each record gave what the rule says of its cells."""
    given = sources.filter(pl.col("factor").is_not_null())
    cells: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for table, unit, record, variable, value in (
        sources.filter(pl.col("table") != "", pl.col("batch").is_not_null())
        .select("table", "unit", "record", "variable", "value")
        .iter_rows()
    ):
        cells[table, unit, record][variable] = value
    for variable in rules:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        plots: dict[str, Decimal] = defaultdict(Decimal)
        areas: dict[str, Decimal] = {}
        for row in given.filter(pl.col("variable") == variable).iter_rows(named=True):
            counts["records"] += 1
            amount, record = Decimal(row["value"]), cells[row["table"], row["unit"], row["record"]]
            sums[row["unit"]] += amount
            if record.get("kind") == "共用":
                plots[record["parcel"]] += amount
                areas[record["parcel"]] = _rounded(Decimal(record["area"]) * RATE)
            elif amount != _by_rule(variable, record):
                yield f"{row['unit']} {row['record']}: {amount} is not {_by_rule(variable, record)}"
        yield from (f"plot {one}: {plots[one]} of {areas[one]}" for one in plots if plots[one] != areas[one])
        for key, value in data.select(scheme.key, variable).iter_rows():
            counts["derived"] += value is not None
            if (value is None) != (key not in sums) or (value is not None and Decimal(repr(value)) != sums[key]):
                yield f"{key}.{variable} {value!r} is not {sums.get(key)}"


def _by_rule(variable: str, record: dict[str, str]) -> Decimal:
    """The plan of 2019 in the words of this test: 登记、承租、其他 add, 出租 takes off, at the end of 2018."""
    if variable == "tax":
        signs = {"即征即退": -1, "出口退税": 0, "教育费附加": 0, "代扣代缴个人所得税": 0}
        return signs.get(record["component"], 1) * Decimal(record["amount"])
    ended = (record.get("lease_end") or "9999") < "2018-12-31"
    sign = -1 if record["kind"] == "出租" else 1
    return Decimal(0) if ended else sign * _rounded(Decimal(record["area"]) * RATE)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(STEP, ROUND_HALF_UP)


def check_printed(out: Path, scheme: Scheme, data: pl.DataFrame, counts: dict[str, int]) -> Iterator[str]:
    """Every number of units.csv is what the reference makes of the dataset's values, which are those of the cells."""
    name = scheme.id
    law_file, _ = read_yaml(find_scheme(f"2019/{name}"))
    last = next((out / DATA / "previous").glob(f"{name}.*"))
    previous = read_dataset(last, scheme).dataset.frame.rename({KEY: scheme.key, NAME: scheme.name})
    adopted = _adopted(out) if "adopt" in (law_file.get("selection") or {}) else None
    result = refer(law_file, _rows(data, scheme), _rows(previous, scheme), adopted)
    with (out / RESULT / name / "units.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    if [row["key"] for row in printed] != [row["key"] for row in result.units]:
        yield f"{name}: other units"
    for row, expected in zip(printed, result.units, strict=True):
        for column, text in row.items():
            counts["printed"] += bool(text)
            if not _prints(text, expected[column]):
                yield f"{name} {row['key']} {column}: {text!r} is not {expected[column]!r}"


def _rows(frame: pl.DataFrame, scheme: Scheme) -> list[dict[str, Any]]:
    rows = []
    for row in frame.iter_rows(named=True):
        values = {
            one: Fraction(Decimal(repr(row[one]))) if isinstance(row[one], float) else row[one]
            for one in scheme.variables
            if one in row
        }
        rows.append({**values, "key": row[scheme.key], "name": row[scheme.name]})
    return rows


def _adopted(out: Path) -> list[str]:
    rows = openpyxl.load_workbook(out / DATA / "county.adopted.xlsx").worksheets[0].iter_rows(values_only=True)
    return [str(row[0]) for row in rows if str(row[0]).isdigit()]


def _prints(text: str, value: Any) -> bool:
    if value is None or value == "":
        return text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, int | Fraction):
        return text != "" and same(float(text), Fraction(value), None)
    return text == str(value)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("mailed")
    assert demo(out, seed=2019, units=400) == 0
    return out


def test_every_number_of_the_small_demonstration_traces_to_a_cell(province: Path) -> None:
    counts = check_everything(province)
    assert counts == {"cells": 30_365, "nothing": 3_430, "derived": 1_036, "records": 4_006, "printed": 28_182}


@pytest.mark.acceptance
def test_every_number_of_the_whole_demonstration_traces_to_a_cell(tmp_path: Path) -> None:
    assert demo(tmp_path, seed=2019, units=12_000) == 0
    counts = check_everything(tmp_path)
    assert counts == {"cells": 637_727, "nothing": 84_920, "derived": 28_217, "records": 109_740, "printed": 347_007}
