"""Every rule of every scheme happens to somebody in the demonstration, and nothing in it blocks publication."""

from functools import cache
from pathlib import Path

import pytest

from mujun.engine.evaluate import evaluate
from mujun.engine.evaluation import Evaluation
from mujun.engine.explain import explain
from mujun.engine.result import Result
from mujun.findings import blocking
from mujun.intake.adopted import read_adopted
from mujun.intake.read import read_dataset
from mujun.law import load_law
from mujun.scheme import find_scheme, load_scheme
from tests.demo.rules import rules_of, rules_seen

FILES = (
    "county.xlsx",
    "characteristic_town.xlsx",
    "economic_zone.xlsx",
    "hightech_zone.csv",
    "micro_park.xlsx",
    "manufacturing.csv",
    "manufacturing_below_scale.csv",
    "services.csv",
)
SELECTING = (*FILES[1:6], "services.csv")
"""County adopts its list, and the small manufacturers are only tiered."""

NEVER = {
    "county": {"同分分先后"},  # two counties' sums would have to agree to a ten-thousandth of a point
}
"""What no data, or no believable data, can bring about."""

LAW = load_law()


@cache
def evaluated(path: Path) -> Evaluation:
    scheme = load_scheme(find_scheme(f"2019/{path.stem}"), LAW)
    adopted = read_adopted(path.with_name("county.adopted.xlsx"), scheme).adopted if scheme.id == "county" else None
    return evaluate(scheme, read_dataset(path, scheme).dataset, adopted=adopted)


@pytest.mark.parametrize("file", FILES)
def test_every_rule_happens_to_somebody(province: Path, file: str) -> None:
    evaluation = evaluated(province / file)
    scheme = evaluation.scheme
    assert rules_of(scheme) - rules_seen(evaluation) == NEVER.get(scheme.id, set())
    assert blocking(evaluation.findings) == []


@pytest.mark.parametrize("folder", ["", "previous"])
@pytest.mark.parametrize("file", FILES)
def test_every_file_is_read_without_an_error_and_without_an_unknown_column(
    province: Path, file: str, folder: str
) -> None:
    scheme = load_scheme(find_scheme(f"2019/{Path(file).stem}"), LAW)
    findings = read_dataset(province / folder / file, scheme).findings
    assert {finding.code for finding in findings} - {"rows_above_header"} == {"empty_cells"}


def test_adopted_list_names_six_of_each_class_and_says_that_it_is_invented(province: Path) -> None:
    scheme = load_scheme(find_scheme("2019/county"), LAW)
    reading = read_adopted(province / "county.adopted.xlsx", scheme)
    assert blocking(reading.findings) == []
    assert len(set(reading.adopted.keys)) == 12
    assert reading.adopted.document_number == "示例〔2019〕0号（虚构）"
    assert reading.adopted.issued_on == "2019-04-12"


def test_w10_a_town_listed_two_years_and_364_days_ago_does_not_take_part_and_one_listed_three_years_ago_does(
    province: Path,
) -> None:
    units = evaluated(province / "characteristic_town.xlsx").units
    eligible = {name.partition("·")[2]: eligible for name, eligible in units.select("name", "eligible").iter_rows()}
    assert eligible["两年零364天）"] is False
    assert eligible["恰满三年）"] is True
    assert eligible["命名的历史经典）"] is False


@pytest.mark.parametrize(
    ("town", "held", "said"),
    [
        ("两年零364天）", "不符合", "2016-04-10至2019-04-09为2年零364天，满2年"),
        ("恰满三年）", "符合", "2016-04-09至2019-04-09满3年"),
    ],
)
def test_w10_the_walk_shows_the_arithmetic_of_the_dates(province: Path, town: str, held: str, said: str) -> None:
    evaluation = evaluated(province / "characteristic_town.xlsx")
    name = next(one for one in evaluation.units["name"] if one.endswith(town))
    walk = explain(Result(evaluation.scheme, {}, evaluation.units, evaluation.details, ()), name, LAW)
    line = next(one for one in walk.lines if one.what == "参评条件：省级命名，或列入省级特色小镇满三年")
    assert (line.value, line.how.rpartition("；")[2]) == (held, said)


def test_the_cut_falls_between_two_equals_in_every_domain_that_selects(province: Path) -> None:
    for file in SELECTING:
        units = evaluated(province / file).units
        tied = units.filter(units["flags"].str.contains("入选线并列"))
        assert [name.partition("·")[2] for name in tied["name"]] == ["入选线并列甲）", "入选线并列乙）"]
        assert tied["rank"].n_unique() == 1
