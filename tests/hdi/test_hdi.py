"""The Human Development Index as a scheme: what UNDP published, to the last printed digit."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from mujun.engine import evaluate
from mujun.engine.printed import printed_units
from mujun.law import Law
from mujun.rounding import fixed
from mujun.scheme import Scheme, load_scheme
from tests.agreement import dataset_of

HERE = Path(__file__).parent
WHOLE_FILE = "HDR23-24_Composite_indices_complete_time_series.csv"
VARIABLES = {"life_expectancy": "le", "expected_schooling": "eys", "mean_schooling": "mys", "income": "gnipc"}
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(HERE / "hdi.yaml", Law({}))


def printed(scheme: Scheme, rows: Iterable[Row], columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """units.csv by country; `columns` says where each variable stands in the rows."""
    units = [
        {"key": row["iso3"], "name": row["country"]}
        | {name: Fraction(row[column]) for name, column in columns.items() if row[column]}
        for row in rows
    ]
    return {row["key"]: row for row in printed_units(evaluate(scheme, dataset_of(scheme, units))).to_dicts()}


def test_published_index_and_tier_of_2022_come_out_to_three_decimals(scheme: Scheme) -> None:
    with (HERE / "hdi_2022_sample.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

    found = printed(scheme, rows, {name: name for name in VARIABLES})

    assert len(found) == 47
    assert {key: unit["score"] for key, unit in found.items()} == {row["iso3"]: row["hdi"] for row in rows}
    tiers = {row["iso3"]: row["tier"] for row in rows}
    assert {key: unit["tier"] for key, unit in found.items()} == tiers


def test_switzerland_s_index_can_be_followed_by_hand(scheme: Scheme) -> None:
    """(84.255 − 20) / 65 = 0.9885; (16.5837 / 18 + 13.9041 / 15) / 2 = 0.9241; the cube root of all three is 0.967."""
    row = {"iso3": "CHE", "country": "瑞士", "le": "84.255", "eys": "16.5837", "mys": "13.9041", "gni": "69432.8"}

    unit = printed(scheme, [row], dict(zip(VARIABLES, ("le", "eys", "mys", "gni"), strict=True)))["CHE"]

    indices = [round(float(unit[f"score:{index}"]), 4) for index in ("health", "education", "living_standard")]
    assert indices == [0.9885, 0.9241, 0.9883]
    assert (unit["score"], unit["tier"]) == ("0.967", "Very High")


def test_values_beyond_the_goalposts_count_as_on_them(scheme: Scheme) -> None:
    row = {"iso3": "AAA", "country": "乌托邦", "le": "90", "eys": "21", "mys": "15", "gni": "120000"}

    unit = printed(scheme, [row], dict(zip(VARIABLES, ("le", "eys", "mys", "gni"), strict=True)))["AAA"]

    assert (unit["score:health"], unit["score:education"], unit["score:living_standard"]) == ("1", "1", "1")
    assert unit["score"] == "1.000"


def test_country_without_all_four_figures_has_no_index(scheme: Scheme) -> None:
    """North Korea in 2022: only the life expectancy is known."""
    row = {"iso3": "PRK", "country": "朝鲜", "le": "73.578", "eys": "", "mys": "", "gni": ""}

    unit = printed(scheme, [row], dict(zip(VARIABLES, ("le", "eys", "mys", "gni"), strict=True)))["PRK"]

    assert (unit["score"], unit["rank"], unit["tier"]) == ("", "", "")
    assert unit["flags"] == "不定等级:expected;不定等级:attained;不定等级:living_standard"


# --- the whole published file -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole_file() -> list[Row]:
    """Every country and region of the published file. It is not ours to hand on, so it lies outside the repository."""
    beside = HERE.parents[2] / "shared" / "data" / "hdi" / WHOLE_FILE
    path = Path(os.environ.get("MUJUN_HDI") or beside)
    if not path.is_file():
        pytest.fail(f"没有UNDP的文件“{path}”。请下载 {WHOLE_FILE}，并用环境变量 MUJUN_HDI 指明它在哪里。")
    with path.open(encoding="latin-1", newline="") as file:
        return list(csv.DictReader(file))


def years(rows: Iterable[Row]) -> Iterator[tuple[int, list[Row]]]:
    for year in range(1990, 2023):
        yield year, [row for row in rows if row[f"hdi_{year}"]]


@pytest.mark.acceptance
def test_all_6171_published_values_of_1990_to_2022_come_out(scheme: Scheme, whole_file: list[Row]) -> None:
    compared, different = 0, []
    for year, rows in years(whole_file):
        found = printed(scheme, rows, {name: f"{column}_{year}" for name, column in VARIABLES.items()})
        for row in rows:
            published = fixed(Fraction(row[f"hdi_{year}"]), 3)
            compared += 1
            if found[row["iso3"]]["score"] != published:
                different.append((year, row["iso3"], found[row["iso3"]]["score"], published))

    assert different == []
    assert compared == 6171


@pytest.mark.acceptance
def test_ranks_and_tiers_of_2022_are_those_published(scheme: Scheme, whole_file: list[Row]) -> None:
    """Ranks are published for countries only, regions being no units. The file gives one country, KOR, no tier."""
    rows = [row for row in whole_file if row["hdi_rank_2022"]]

    found = printed(scheme, rows, {name: f"{column}_2022" for name, column in VARIABLES.items()})

    assert len(rows) == 193
    assert {key: unit["rank"] for key, unit in found.items()} == {row["iso3"]: row["hdi_rank_2022"] for row in rows}
    tiers = {row["iso3"]: row["hdicode"] for row in rows if row["hdicode"]}
    assert len(tiers) == 192
    assert {key: found[key]["tier"] for key in tiers} == tiers
