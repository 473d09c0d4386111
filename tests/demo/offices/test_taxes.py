from collections import defaultdict
from decimal import Decimal

import numpy as np
import polars as pl

from mujun.dataset import KEY
from mujun.demo.offices.taxes import draw_taxes

SIGNS = {"即征即退": -1, "出口退税": 0, "教育费附加": 0, "代扣代缴个人所得税": 0}


def test_signed_the_components_are_the_tax() -> None:
    taxes = [0.0, -12.5, None, *(0.01 + 7.31 * number for number in range(300))]
    firms = pl.DataFrame(
        {
            KEY: [f"F{number:04d}" for number in range(len(taxes))],
            "tax": [None if one is None else round(one, 2) for one in taxes],
            "county": "上城区",
        }
    )
    drawn = draw_taxes(np.random.default_rng(1), firms)
    sums: dict[object, Decimal] = defaultdict(Decimal)
    for one in drawn:
        sums[one["unit"]] += SIGNS.get(str(one["component"]), 1) * Decimal(str(one["amount"]))
    assert sums == {key: Decimal(str(value)) for key, value in firms.drop_nulls("tax").select(KEY, "tax").iter_rows()}
    assert [(one["component"], one["amount"]) for one in drawn if one["unit"] == "F0001"] == [
        ("增值税", 0.0),
        ("即征即退", 12.5),
    ]
    assert set(SIGNS) < {one["component"] for one in drawn}
