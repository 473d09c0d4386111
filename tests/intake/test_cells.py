from __future__ import annotations

from mujun.intake.cells import address, text_columns


def test_address_counts_rows_from_one_and_columns_from_a() -> None:
    assert [address(1, 0), address(17, 5), address(2, 25), address(2, 26), address(3, 701), address(3, 702)] == [
        "A1",
        "F17",
        "Z2",
        "AA2",
        "ZZ3",
        "AAA3",
    ]


def test_text_columns_fill_short_rows_and_short_chunks() -> None:
    columns = text_columns([[["a"], [], ["b", "c"]], [[], []], [["d", "e", "f"]]])
    assert [column.to_list() for column in columns] == [
        ["a", None, "b", None, None, "d"],
        [None, None, "c", None, None, "e"],
        [None, None, None, None, None, "f"],
    ]
