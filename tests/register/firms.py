"""Invented firms (示例数据): one for every way in which a unit can change."""

from __future__ import annotations

import polars as pl

from mujun.dataset import KEY, NAME
from mujun.register.credit_code import check_sign


def code(number: int) -> str:
    """A credit code whose check sign is right: firms 1, 2, 3 …"""
    first = f"91330100MAEX{number:05d}"
    return first + check_sign(first)


ROWS = [
    # code, name, county, valid_from, valid_to, event, successor
    (code(1), "示例甲机械有限公司", "上城区", None, None, None, None),
    (code(2), "示例乙纺织（浙江）有限公司", "柯桥区", None, "2018-05-31", "更名", None),
    (code(2), "示例乙新材料（浙江）有限公司", "柯桥区", "2018-06-01", None, None, None),
    (code(3), "示例丙电子有限公司", "滨江区", None, "2018-12-31", "合并", code(1)),
    (code(4), "示例丁食品有限公司", "苍南县", None, "2018-06-30", "注销", None),
    (code(5), "示例戊化工有限公司", "镇海区", None, "2018-03-31", "换码", code(6)),
    (code(6), "示例戊化工有限公司", "镇海区", "2018-04-01", None, None, None),
    (code(7), "示例己汽车零部件有限公司", "瑞安市", "2019-07-01", None, None, None),
    (code(8), "*ST示例庚股份有限公司", "温岭市", None, None, None, None),
]


def table(*rows: tuple[str | None, ...]) -> pl.DataFrame:
    """Keys and names as a dataset brings them; counties where a third is given."""
    names = (KEY, NAME, "county")[: len(rows[0])]
    return pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows], schema=dict.fromkeys(names, pl.String))
