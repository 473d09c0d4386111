import polars as pl
import pytest

from mujun.dataset import KEY, NAME
from mujun.demo import calibration
from mujun.demo.counties import SUMS
from mujun.demo.province import Province, draw_province


@pytest.fixture(scope="module")
def full() -> Province:
    return draw_province(seed=2019, manufacturers=12_000)


def ratio(table: pl.DataFrame, above: str, below: str) -> float:
    both = table.filter(pl.col(above).is_not_null(), pl.col(below).is_not_null())
    return float(both[above].sum()) / float(both[below].sum())


def test_province_has_as_many_units_as_it_should(full: Province) -> None:
    assert {name: table.height for name, table in full.tables.items()} == {
        "county": 90,  # 龙港市 does not take part
        "characteristic_town": 80,
        "economic_zone": 90,
        "hightech_zone": 45,
        "micro_park": 260,
        "manufacturing": 12_000,
        "manufacturing_below_scale": 3_000,
        "services": 2_500,
    }


def test_keys_are_unique_and_names_are_marked(full: Province) -> None:
    for table in full.tables.values():
        assert table[KEY].n_unique() == table.height
        assert table[NAME].str.contains(r"（示例(·[^（）]+)?）$").all()


def test_ratios_of_sums_are_near_the_targets(full: Province) -> None:
    firms = full.tables["manufacturing"]
    assert ratio(firms, "tax", "land") == pytest.approx(calibration.TAX_PER_LAND, rel=0.05)
    assert ratio(firms, "value_added", "land") == pytest.approx(calibration.VALUE_ADDED_PER_LAND, rel=0.05)
    assert ratio(firms, "value_added", "staff") == pytest.approx(calibration.VALUE_ADDED_PER_STAFF, rel=0.05)
    assert ratio(firms, "value_added", "energy") == pytest.approx(calibration.VALUE_ADDED_PER_ENERGY, rel=0.05)
    assert ratio(firms, "rd", "revenue") == pytest.approx(calibration.RD_PER_REVENUE, rel=0.05)


def test_gaps_come_at_the_rates_that_were_observed(full: Province) -> None:
    firms = full.tables["manufacturing"]
    assert firms["land"].is_null().mean() == pytest.approx(0.12, abs=0.005)
    assert firms["emissions"].is_null().mean() == pytest.approx(0.30, abs=0.005)
    assert (firms["tax"] == 0).mean() == pytest.approx(0.03, abs=0.006)
    assert (firms["value_added"] <= 0).mean() == pytest.approx(0.004, abs=0.001)


def test_a_county_is_the_sum_of_its_firms_above_scale_that_report_land(full: Province) -> None:
    for tables in (full.tables, full.previous):
        firms = tables["manufacturing"].filter(pl.col("revenue") >= 2000, pl.col("land") > 0)
        sums = firms.group_by("county").agg(pl.col(SUMS).sum().round(2)).sort("county")
        counties = tables["county"].filter(pl.col("county") != "龙港市").sort("county")
        assert sums.height == counties.height == 89
        for name in SUMS:
            pairs = pl.DataFrame({"firms": sums[name], "county": counties[name]}).drop_nulls()
            assert pairs["county"].to_list() == pytest.approx(pairs["firms"].to_list(), abs=0.02)
            assert pairs.height >= 60


def test_last_year_resembles_this_year_as_far_as_was_observed(full: Province) -> None:
    pairs = full.previous["manufacturing"].join(full.tables["manufacturing"], on=KEY, suffix="_now")
    for name, r in calibration.YEAR_TO_YEAR.items():
        positive = pairs.filter(pl.col(name) > 0, pl.col(f"{name}_now") > 0)
        found = positive.select(pl.corr(pl.col(name).log(), pl.col(f"{name}_now").log())).item()
        assert found == pytest.approx(r, abs=0.02)


def test_a_province_too_small_for_its_rules_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 400 manufacturers, not 399"):
        draw_province(seed=2019, manufacturers=399)
