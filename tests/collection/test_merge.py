"""Units taken together: one row, numbers added up exactly, the rest the first one's."""

from __future__ import annotations

import polars as pl

from mujun.collection import CollectionPlan, merge_units
from mujun.dataset import KEY, NAME


def test_numbers_add_up_exactly_and_the_rest_is_the_first_units(small_plan: CollectionPlan) -> None:
    """0.1 + 0.2 is 0.3 as people add. 乙 lacks its staff, so that of both is unknown. Land is derived already."""
    frame = pl.DataFrame(
        {
            KEY: ["C", "B", "A"],
            NAME: ["丙厂", "乙厂", "甲厂"],
            "code": ["26", "17", "18"],
            "tax": [9.0, 0.1, 0.2],
            "staff": [5.0, None, 7.0],
            "land": [1.0, None, 14.0],
        }
    )
    merged = merge_units(frame, small_plan.schemes["small"], {"A": "A", "B": "A"}, derived=["land"])
    assert merged.rows() == [("A", "甲厂等2家", "18", 0.3, None, 14.0), ("C", "丙厂", "26", 9.0, 5.0, 1.0)]
