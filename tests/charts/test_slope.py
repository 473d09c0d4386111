from mujun.charts import Change, slope
from tests.charts.drawn import said, written

MOVES = [Change("一厂", 3, 1, "90.0", "99.0"), Change("二厂", 1, 2), Change("三厂", None, 3)]


def test_lines_say_who_went_from_where_to_where() -> None:
    assert sorted(set(said(slope("变化", MOVES)))) == [
        "一厂：上一轮第3名，本轮第1名",
        "三厂：上一轮没有名次，本轮第3名",
        "二厂：上一轮第1名，本轮第2名",
    ]


def test_ranks_are_printed_best_first() -> None:
    assert written(slope("变化", MOVES)) == ["上一轮", "本轮", "1", "2", "3", "一厂", "二厂", "三厂", "3", "1"]


def test_table_has_both_ranks_and_scores() -> None:
    assert slope("变化", MOVES).table.rows[0] == ("一厂", "3", "1", "90.0", "99.0")
    assert slope("变化", MOVES).table.rows[2] == ("三厂", "", "3", "", "")
