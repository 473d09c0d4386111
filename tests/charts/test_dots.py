from mujun.charts import Spread, dot_plot
from tests.charts.drawn import said


def test_few_units_are_a_dot_each() -> None:
    figure = dot_plot("与基准值", [Spread("亩均税收", [2.0, 0.5, 1.0])])
    assert said(figure) == ["基准值", "亩均税收 0.50倍", "亩均税收 1.00倍", "亩均税收 2.00倍"]
    assert figure.table.rows == (("亩均税收", "3", "0.50", "0.50", "1.00", "2.00", "2.00", "2"),)


def test_many_units_are_their_quarter_points() -> None:
    figure = dot_plot("与基准值", [Spread("亩均税收", [n / 100 for n in range(1, 101)])])
    assert said(figure) == [
        "基准值",
        "亩均税收 最低 0.01倍",
        "亩均税收 四分之一处 0.25倍",
        "亩均税收 中位 0.50倍",
        "亩均税收 四分之三处 0.75倍",
        "亩均税收 最高 1.00倍",
    ]


def test_indicator_nobody_has_stays_in_the_table() -> None:
    figure = dot_plot("与基准值", [Spread("亩均税收", [1.0]), Spread("研发", [])])
    assert figure.table.rows[1] == ("研发", "0", "", "", "", "", "", "0")
