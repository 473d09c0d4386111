from mujun.charts import Contribution, contributions
from tests.charts.drawn import bars, said

PARTS = [
    Contribution("亩均税收", "30 万元/亩", "20", 1.5, "45", "封顶"),
    Contribution("单位能耗", "2", "1", 0.5, "10"),
    Contribution("评委打分", "90", "", None, "9"),
]


def test_table_holds_all_and_the_figure_those_with_a_benchmark() -> None:
    figure = contributions("与基准值相比", PARTS)
    assert figure.table.rows == (
        ("亩均税收", "封顶", "30 万元/亩", "20", "1.5000", "45"),
        ("单位能耗", "", "2", "1", "0.5000", "10"),
        ("评委打分", "", "90", "", "", "9"),
    )
    assert said(figure) == ["亩均税收：基准的1.50倍，不低于基准", "单位能耗：基准的0.50倍，低于基准", "基准值"]


def test_bars_are_as_long_as_the_multiples() -> None:
    (_, first), (_, second) = bars(contributions("与基准值相比", PARTS)).values()
    assert (first, round(first / second, 2)) == (148, 3.0)


def test_what_lies_far_beyond_is_drawn_at_three_and_says_so() -> None:
    figure = contributions("与基准值相比", [Contribution("亩均税收", "", "", 40.0, "")])
    assert list(bars(figure)) == ["亩均税收：基准的40.00倍，不低于基准"]
    assert "超过3的画到3" in figure.svg
