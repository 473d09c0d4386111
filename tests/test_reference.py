"""The reference itself, pinned by cases small enough to work out by hand."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.reference import Result, evaluate, half_up, shown

HUANGYAN = {  # huangyan-2023-09-25, annex 2: benchmarks and weights
    "tax_per_mu": ("24.097", 30, "higher"),
    "value_added_per_mu": ("136.16", 20, "higher"),
    "value_added_per_coal": ("2.694", 20, "higher"),
    "value_added_per_emission": ("4929.81", 10, "higher"),
    "value_added_per_head": ("18.14", 10, "higher"),
    "research_share": ("0.0302", 10, "higher"),
}


def scheme(children: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A sum over indicators; every column a formula names must be in `variables`."""
    variables: dict[str, Any] = {name: {} for name in ("x", "y", "a", "b")} | {"group": {"type": "text"}}
    root = {"id": "total", "aggregate": "sum", "children": children} | more.pop("root", {})
    return {"variables": variables, "score": root} | more


def rows(**columns: Sequence[Any]) -> list[dict[str, Any]]:
    """Units u0, u1, … from columns of numbers written as text, text in `group`, or None."""
    units = []
    for place, values in enumerate(zip(*columns.values(), strict=True)):
        row: dict[str, Any] = {"key": f"u{place}", "name": f"u{place}"}
        for name, value in zip(columns, values, strict=True):
            row[name] = value if name == "group" or value is None else Fraction(str(value))
        units.append(row)
    return units


def column(result: Result, name: str) -> list[str]:
    """One column as it prints."""
    return [shown(unit[name]) for unit in result.units]


PLAIN = {"id": "i", "formula": "x", "missing": "skip"}


def test_huangyan_on_its_benchmarks_is_100_and_the_example_is_105_7041() -> None:
    children = [
        {
            "id": id,
            "formula": id,
            "direction": direction,
            "weight": weight,
            "normalise": {"method": "benchmark_ratio", "benchmark": Decimal(benchmark)},
        }
        for id, (benchmark, weight, direction) in HUANGYAN.items()
    ]
    huangyan = scheme(children, root={"of": 100}, variables={id: {} for id in HUANGYAN})
    benchmarks = [benchmark for benchmark, _, _ in HUANGYAN.values()]
    example = ["30", "150", "2", "6000", "20", "0.025"]
    table = rows(**{id: list(pair) for id, *pair in zip(HUANGYAN, benchmarks, example, strict=True)})

    result = evaluate(huangyan, table)

    assert [shown(unit["score"], 4) for unit in result.units] == ["100.0000", "105.7041"]
    assert column(result, "rank") == ["2", "1"]


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        ("1.005", 2, "1.01"),
        ("-1.5", 0, "-2"),
        ("2.5", 0, "3"),
        ("-0.004", 2, "0.00"),
        ("12", 3, "12.000"),
        ("0.000001234567890125", None, "0.00000123456789013"),
        ("999999999999.5", None, "1000000000000"),
        ("1200", None, "1200"),
        ("0", None, "0"),
        ("1/3", None, "0.333333333333"),
        ("-2/3", None, "-0.666666666667"),
    ],
)
def test_numbers_round_half_up_and_print_without_exponent(number: str, decimals: int | None, printed: str) -> None:
    assert shown(Fraction(number), decimals) == printed


def test_half_up_is_away_from_zero() -> None:
    assert half_up(Fraction("1.005"), 2) == Fraction("1.01")
    assert half_up(Fraction("-1.5"), 0) == -2


def test_ratio_of_sums_counts_units_whose_ratio_is_present_and_converts() -> None:
    ratio = {
        "id": "i",
        "formula": "a / b",
        "unit": "亿元/公顷",
        "missing": "skip",
        "normalise": {"method": "benchmark_ratio", "benchmark": {"statistic": "ratio_of_sums"}, "cap": Decimal("1.5")},
    }
    variables = {"a": {"unit": "万元"}, "b": {"unit": "亩"}}

    result = evaluate(scheme([ratio], variables=variables), rows(a=[10, 50, 7, None], b=[1, 2, 0, 9]))

    assert column(result, "value:i") == ["0.015", "0.0375", "", ""]  # 15 亩 a hectare, 10,000 万元 an 亿元
    assert [(row["n"], row["value"]) for row in result.benchmarks] == [(2, Fraction("0.03"))]  # 60 万元 over 3 亩
    assert column(result, "score:i") == ["0.5", "1.25", "", ""]
    assert result.findings == {("division_by_zero", "i"), ("missing_score", "total")}


def test_quantile_is_nearest_rank_and_median_the_middle_two() -> None:
    def benchmark(**statistic: Any) -> Any:
        rule = {"method": "benchmark_ratio", "benchmark": statistic}
        result = evaluate(scheme([PLAIN | {"normalise": rule}]), rows(x=[40, 10, 30, 20]))
        return result.benchmarks[0]["value"]

    assert benchmark(statistic="quantile", q=Decimal("0.25")) == 10
    assert benchmark(statistic="quantile", q=Decimal("0.26")) == 20
    assert benchmark(statistic="quantile", q=1) == 40
    assert benchmark(statistic="median") == 25
    assert benchmark(statistic="mean", times=Decimal("0.1"), precision=0) == 3


def test_group_mean_fills_the_mean_score_and_where_nobody_has_one_is_skipped() -> None:
    item = {"id": "i", "formula": "x", "missing": "group_mean", "precision": 1}
    table = rows(x=["1.25", "1.5", None, None], y=[1, 1, 1, 1], group=["甲", "甲", "甲", "乙"])

    result = evaluate(scheme([item, {"id": "j", "formula": "y"}], group_by=["group"]), table)

    assert column(result, "score:i") == ["1.3", "1.5", "1.4", ""]  # (1.25 + 1.5) / 2 = 1.375
    assert column(result, "score") == ["2.3", "2.5", "2.4", "2"]  # the last is rescaled from 1 of 2
    assert column(result, "flags") == ["", "", "赋分:i", "跳过:i"]
    assert result.findings == {("no_score_in_scope", "i")}


def test_skip_rescales_a_sum_by_full_marks() -> None:
    children = [
        {"id": "i", "formula": "x", "weight": 30, "missing": "skip"},
        {"id": "j", "formula": "y", "weight": 10, "missing": "skip"},
        {"id": "k", "formula": "a", "weight": 2, "of": 30, "missing": "skip"},
    ]

    result = evaluate(scheme(children, root={"of": 100}), rows(x=[1, 1], y=[1, None], a=[15, 15]))

    assert column(result, "score") == ["70", shown(Fraction("66.6667"))]  # (30 + 30) × 100 / 90
    assert column(result, "points:i") == ["30", "33.3333333333"]
    assert column(result, "points:j") == ["10", ""]


def test_error_and_exclude_leave_every_ancestor_missing() -> None:
    inner = {"id": "d", "aggregate": "mean", "missing": "zero", "children": [{"id": "i", "formula": "x"}]}

    result = evaluate(scheme([inner]), rows(x=[1, None]))

    assert column(result, "score:d") == ["1", ""]
    assert column(result, "rank") == ["1", ""]
    assert column(result, "flags") == ["", "缺数:i"]
    assert result.findings == {("missing_score", "i")}


def test_percentile_rank_turns_around_when_lower_is_better() -> None:
    item = PLAIN | {"direction": "lower", "normalise": {"method": "percentile_rank"}}

    assert column(evaluate(scheme([item]), rows(x=[1, 2, 2, 3, 5])), "score:i") == ["1", "0.5", "0.5", "0.25", "0"]
    assert evaluate(scheme([item]), rows(x=[1])).findings == {("scope_of_one", "i"), ("missing_score", "total")}


def test_geometric_mean_of_4_and_9_is_6_a_zero_gives_0_and_a_negative_is_missing() -> None:
    root = {"aggregate": "geometric_mean"}
    children = [{"id": "i", "formula": "x"}, {"id": "j", "formula": "y"}]

    result = evaluate(scheme(children, root=root), rows(x=[4, 0, -1], y=[9, 9, 9]))

    assert column(result, "score") == ["6", "0", ""]
    assert result.findings == {("negative_in_geometric_mean", "total"), ("missing_score", "total")}


def test_conditions_are_three_valued_and_hold_only_if_true() -> None:
    def eligible(when: str) -> list[str]:
        rule = {"id": "e", "label": "有数", "when": when}
        return column(evaluate(scheme([PLAIN], eligibility=[rule]), rows(x=[1, None], y=[0, 0])), "eligible")

    assert eligible("x > 0") == ["true", "false"]
    assert eligible("not x > 0") == ["false", "false"]
    assert eligible("x > 0 or y == 0") == ["true", "true"]
    assert eligible("not (x > 0 and y > 0)") == ["true", "true"]
    assert eligible("missing(x) or x in [2, 3]") == ["false", "true"]
    assert eligible("coalesce(x, 0) == 0") == ["false", "true"]


TIERS: dict[str, Any] = {
    "order": ["A", "B", "C", "D"],
    "levels": [
        {"tier": "A", "share": Decimal("0.2")},
        {"tier": "B", "share": Decimal("0.4")},
        {"tier": "D", "share": Decimal("0.1"), "from": "bottom"},
        {"tier": "C"},
    ],
}


def test_units_tied_across_a_tier_boundary_go_down_and_the_next_boundary_stays() -> None:
    table = rows(x=[10, 9, 9, 9, 6, 5, 4, 3, 2, 1])

    result = evaluate(scheme([PLAIN], tiers=TIERS), table)

    assert column(result, "tier") == ["A", "B", "B", "B", "B", "B", "C", "C", "C", "D"]
    assert [unit["key"] for unit in result.units if unit["flags"]] == ["u1", "u2", "u3"]
    assert result.findings == {("tier_tie", "all")}


def test_units_tied_across_a_tier_boundary_go_up_when_asked_and_a_tie_at_the_bottom_goes_down() -> None:
    up = TIERS | {"levels": [level | {"ties": "up"} for level in TIERS["levels"]]}

    assert column(evaluate(scheme([PLAIN], tiers=up), rows(x=[10, 9, 9, 9, 6, 5, 4, 1, 1, 1])), "tier") == [
        *["A", "A", "A", "A", "B", "B", "C", "C", "C", "C"]
    ]
    assert column(evaluate(scheme([PLAIN], tiers=TIERS), rows(x=[10, 9, 8, 7, 6, 5, 4, 3, 1, 1])), "tier") == [
        *["A", "A", "B", "B", "B", "B", "C", "C", "D", "D"]
    ]


def test_up_to_counts_from_the_top_of_the_scope() -> None:
    levels = [{"tier": "A", "up_to": Decimal("0.3")}, {"tier": "B", "up_to": Decimal("0.5")}, {"tier": "C"}]

    result = evaluate(scheme([PLAIN], tiers={"order": ["A", "B", "C"], "levels": levels}), rows(x=range(10, 0, -1)))

    assert column(result, "tier") == ["A", "A", "A", "B", "B", "C", "C", "C", "C", "C"]


def test_stop_selects_none_of_those_tied_at_the_cut_who_come_first_in_the_reserve() -> None:
    table = rows(x=[9, 8, 8, 8, 7, 7, 1])
    selection = {"quota": 2, "reserve": 4}

    stopped = evaluate(scheme([PLAIN], selection=selection), table)
    included = evaluate(scheme([PLAIN], selection=selection | {"at_the_cut": "include_ties"}), table)

    assert column(stopped, "selected") == ["true", "false", "false", "false", "false", "false", "false"]
    assert column(stopped, "reserve") == ["", "1", "1", "1", "4", "4", ""]
    assert column(stopped, "flags") == ["", "入选线并列", "入选线并列", "入选线并列", "", "", ""]
    assert stopped.findings == {("cut_tie", "all")}
    assert column(included, "selected") == ["true", "true", "true", "true", "false", "false", "false"]
    assert column(included, "reserve") == ["", "", "", "", "1", "1", "3"]


def test_a_veto_keeps_its_rank_and_passes_its_place_on_and_a_tie_break_parts_equals() -> None:
    vetoes = [{"id": "safety", "when": "y > 0", "effect": "not_selected"}]
    ruled = scheme([PLAIN], vetoes=vetoes, selection={"quota": 1}, ranking={"tie_break": ["a", "b"]})

    result = evaluate(ruled, rows(x=[5, 5, 5, 4], y=[1, 0, 0, 0], a=[3, 2, 2, 9], b=[1, None, 1, 9]))

    assert column(result, "rank") == ["1", "3", "2", "4"]
    assert column(result, "selected") == ["false", "false", "true", "false"]
    assert column(result, "flags") == ["否决:safety", "", "", ""]


def test_adjustments_are_added_before_the_root_is_rounded_and_missing_points_count_0() -> None:
    adjustments = [{"id": "penalty", "when": "a > 0", "points": "-3 * y"}]
    ruled = scheme([PLAIN], root={"precision": 1}, adjustments=adjustments, adjustments_between=[-5, 5])

    result = evaluate(ruled, rows(x=["9.96", "9.94", "9.96"], a=[1, 1, 1], y=[2, "0.01", None]))

    assert column(result, "score:total") == ["10", "9.9", "10"]
    assert column(result, "adjustment") == ["-5", "-0.03", "0"]
    assert column(result, "score") == ["5", "9.9", "10"]
    assert result.findings == {("points_missing", "penalty")}


def test_from_previous_takes_last_rounds_statistic_by_the_same_scopes() -> None:
    rule = {"method": "benchmark_ratio", "benchmark": {"statistic": "mean", "from": "previous"}}
    ruled = scheme([PLAIN | {"normalise": rule}], group_by=["group"])
    now = rows(x=[6, 6], group=["甲", "乙"])

    result = evaluate(ruled, now, previous=rows(x=[2, 4], group=["甲", "甲"]))

    assert column(result, "score:i") == ["2", ""]
    assert result.findings == {("no_previous", "i"), ("missing_score", "total")}
    assert result.benchmarks[1]["statistic"] == "previous:mean"
