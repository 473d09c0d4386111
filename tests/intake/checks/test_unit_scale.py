"""元 for 万元, 平方米 for 亩: in a whole column, in one county's rows, in rows here and there."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from mujun.collection import CollectionPlan, Form
from mujun.collection.model import UnitScale
from mujun.dataset import KEY, NAME
from mujun.demo.province import Province, draw_province
from mujun.findings import Finding, Severity
from mujun.intake.checks import Context, check_values
from mujun.intake.checks.scale_units import RIGHT, candidates_for
from mujun.intake.checks.unit_scale import judge, unit_scale
from tests.collection.plans import table as records
from tests.intake.checks.contexts import brought, table

NUMBERS = ["tax", "land", "value_added", "energy", "emissions", "staff", "rd", "revenue"]


@pytest.fixture(scope="module")
def province() -> Province:
    return draw_province(2019, 1200)


@pytest.fixture(scope="module")
def firms(province: Province) -> pl.DataFrame:
    return province.tables["manufacturing"].select(KEY, NAME, "county", "gb_code", *NUMBERS)


@pytest.fixture(scope="module")
def last_year(province: Province) -> pl.DataFrame:
    return province.previous["manufacturing"].select(KEY, NAME, "county", "gb_code", *NUMBERS)


def manufacturers(plan: CollectionPlan, frame: pl.DataFrame, **rest: pl.DataFrame) -> Context:
    """Everything in one form, so that every column is looked at."""
    return brought(plan, frame, scheme="manufacturing", **rest)  # type: ignore[arg-type]


def wrong(frame: pl.DataFrame, name: str, factor: float, where: pl.Expr | None = None) -> pl.DataFrame:
    where = pl.lit(True) if where is None else where
    return frame.with_columns(pl.when(where).then(pl.col(name) * factor).otherwise(pl.col(name)).alias(name))


def test_e07_money_times_ten_thousand_blocks(
    shipped: CollectionPlan, firms: pl.DataFrame, last_year: pl.DataFrame
) -> None:
    """E07: all money of one source file × 10⁴ → the detector blocks it, and says which unit it thinks it was."""
    came = firms.head(50).select(KEY, NAME, "gb_code", "value_added", "energy", "staff", "rd", "revenue")
    right = brought(shipped, came, scheme="manufacturing", previous=last_year)
    assert unit_scale(right) == []
    for name in ("value_added", "rd", "revenue"):
        came = wrong(came, name, 1e4)
    findings = check_values(brought(shipped, came, scheme="manufacturing", previous=last_year))
    blocked = [one for one in findings if one.severity is Severity.ERROR and one.code == "unit_scale"]
    assert [one.variable for one in blocked] == ["rd", "revenue", "value_added"]
    assert all("像是按“元”填的，应按“万元”填" in one.message for one in blocked)


def test_square_metres_for_mu_are_named(shipped: CollectionPlan, firms: pl.DataFrame, last_year: pl.DataFrame) -> None:
    came = wrong(firms.head(40), "land", 2000 / 3)
    (found,) = unit_scale(manufacturers(shipped, came, previous=last_year))
    assert (found.cell, found.variable) == ("F2", "land")
    count = came.join(last_year, on=KEY).filter((pl.col("land") > 0) & (pl.col("land_right") > 0)).height
    assert found.message.startswith(f"“实际用地面积”这一列{count}家像是按“平方米”填的，应按“亩”填：大多是上年的6")
    assert found.mend == (
        "请核对原始资料；确是按平方米填的，请把这一列的数除以666.67再报。"
        "单位没有填错的，请告知收表部门核对上年的数：这一条不能靠说明理由放行。"
    )


def test_rows_of_one_county_in_another_unit(
    shipped: CollectionPlan, firms: pl.DataFrame, last_year: pl.DataFrame
) -> None:
    county = firms["county"].value_counts(sort=True)["county"][0]
    came = wrong(firms, "tax", 1e4, pl.col("county") == county)
    (found,) = unit_scale(manufacturers(shipped, came, previous=last_year))
    assert found.message.startswith(f"“税收实际贡献”{county}的")
    assert "像是按“元”填的，应按“万元”填" in found.message
    assert "请把这些单位的数除以10,000再报。单位没有填错的" in found.mend


def test_rows_here_and_there_in_another_unit(
    shipped: CollectionPlan, firms: pl.DataFrame, last_year: pl.DataFrame
) -> None:
    """Every tenth of sixty; one of the six was not there last year."""
    came = wrong(firms.head(60).drop("county"), "staff", 1e-3, pl.int_range(pl.len()) % 10 == 0)
    (found,) = unit_scale(manufacturers(shipped, came, previous=last_year.drop("county")))
    assert found.message.startswith("“年平均职工人数”有5家像是按“千人”填的，应按“人”填：")
    assert found.mend.startswith("请核对原始资料；确是按千人填的，请把这些单位的数乘以1,000再报。单位没有填错的")


def test_without_last_year_peers_of_the_industry_tell(shipped: CollectionPlan, firms: pl.DataFrame) -> None:
    mine, others = firms.head(30), firms.tail(-30)
    assert unit_scale(manufacturers(shipped, mine, others=others)) == []
    (found,) = unit_scale(manufacturers(shipped, wrong(mine, "tax", 1e4), others=others))
    assert "像是按“元”填的，应按“万元”填：大多是同行的" in found.message


def test_no_alarm_on_a_year_of_real_noise(
    shipped: CollectionPlan, firms: pl.DataFrame, last_year: pl.DataFrame
) -> None:
    """Every county of a small province, most with a dozen firms: no alarm in any of its columns."""
    alarms: list[Finding] = []
    for county in firms.partition_by("county", maintain_order=True):
        alarms += unit_scale(manufacturers(shipped, county, previous=last_year))
    assert alarms == []


def test_detail_in_another_unit_is_seen_by_what_it_comes_to(shipped: CollectionPlan) -> None:
    """Parcels are in 平方米; 亩 written there make land 666.67 times too small."""
    form = shipped.form("2019/manufacturing/自然资源/land_parcels")
    assert isinstance(form, Form)
    columns = " ".join(variable.id for variable in form.variables[:4])
    last = table("land", *([f"U{n}", f"甲{n}", 10.0 + n] for n in range(6)))
    metres = records(columns, *([f"r{n}", f"U{n}", f"P{n}", "登记", (10.0 + n) * 2000 / 3] for n in range(6)))
    came = brought(shipped, metres, scheme="manufacturing", form=form, previous=last)
    assert unit_scale(came) == []
    mu = wrong(metres, "area", 3 / 2000)
    (found,) = unit_scale(brought(shipped, mu, scheme="manufacturing", form=form, previous=last))
    message = "“实际用地面积”（由“面积”算出）这一列6家像是按“亩”填的，应按“平方米”填：大多是上年的667分之一左右。"
    assert (found.cell, found.message) == ("F2", message)


def test_what_a_wrong_unit_causes_elsewhere_is_not_told_again(
    shipped: CollectionPlan, firms: pl.DataFrame, last_year: pl.DataFrame
) -> None:
    """Land 667 times too large is far from last year's in every row, and told once; the tax of one firm is told."""
    came = wrong(firms.head(40), "land", 2000 / 3).with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(1e6).otherwise(pl.col("tax")).alias("tax")
    )
    told = [(one.code, one.cell) for one in check_values(manufacturers(shipped, came, previous=last_year))]
    assert [code for code, _ in told if code.startswith("land")] == []
    assert ("unit_scale", "F2") in told
    assert ("year_on_year", "E2") in told


def rule_of(plan: CollectionPlan) -> UnitScale:
    return next(check.rule for check in plan.every_check if isinstance(check.rule, UnitScale))


def test_median_decides_whatever_single_firms_do(shipped: CollectionPlan) -> None:
    """Five of nine near four decades are 元, four of nine are not."""
    rule, tax = rule_of(shipped), shipped.schemes["manufacturing"].variables["tax"]
    candidates = candidates_for(tax, rule.others)
    assert judge([4.0, 4.1, 3.9, 4.0, 4.05, 4.1, 0.1, 0.0, -0.1], rule, candidates).unit == "元"
    assert judge([4.0, 4.1, 3.9, 0.0, 0.05, -0.1, 0.1, 0.0, -0.1], rule, candidates) is RIGHT
    assert judge([4.0, 4.0], rule, candidates) is RIGHT


def test_factor_that_no_unit_explains_is_a_misplaced_point(shipped: CollectionPlan) -> None:
    rule, staff = rule_of(shipped), shipped.schemes["manufacturing"].variables["staff"]
    found = judge([2.0] * 8, rule, candidates_for(staff, rule.others))
    assert (found.unit, found.factor) == ("", Fraction(100))
