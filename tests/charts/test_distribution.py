from mujun.charts import Crowd, distribution
from tests.charts.drawn import said, written

FIRMS = Crowd("甲组", [1, 2, 2.2, 9], [9], 9)


def test_every_unit_is_counted_in_one_bin() -> None:
    figure = distribution("分布", [FIRMS])
    assert figure.table.rows == (
        ("甲组", "1—1.25", "1", "0"),
        ("甲组", "2—2.25", "2", "0"),
        ("甲组", "9—9.25", "1", "1"),
    )


def test_marks_say_what_the_table_says() -> None:
    assert said(distribution("分布", [FIRMS])) == [
        "甲组：1—1.25分，1个",
        "甲组：2—2.25分，2个",
        "甲组：9—9.25分，1个",
        "入选：9分",
        "最低入选得分9",
    ]


def test_value_on_the_edge_of_a_bin_is_counted_above() -> None:
    figure = distribution("分布", [Crowd("甲组", [0, 1, 36])])
    assert [row[1:3] for row in figure.table.rows] == [("0—1", "1"), ("1—2", "1"), ("36—37", "1")]


def test_groups_share_one_scale() -> None:
    figure = distribution("分布", [Crowd("甲组", [0]), Crowd("乙组", [36])])
    assert figure.table.rows == (("甲组", "0—1", "1", "0"), ("乙组", "36—37", "1", "0"))


def test_small_bins_do_not_say_how_many() -> None:
    figure = distribution("分布", [Crowd("甲组", [1, 1, 1, 1, 1, 9], unit=9, line=8.6, about=True)], least=5)
    assert [row[2] for row in figure.table.rows] == ["5", "不足5"]
    assert [text for text in written(figure) if "入选线" in text or "本单位" in text] == ["入选线约9", "本单位9"]


def test_all_equal_scores_make_one_bin() -> None:
    assert distribution("分布", [Crowd("甲组", [100, 100])]).table.rows == (("甲组", "100—101", "2", "0"),)
