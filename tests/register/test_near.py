"""Names close to one another."""

from __future__ import annotations

from mujun.register.near import NearNames

NAMES = ["示例甲机械有限公司", "示例乙机械有限公司", "示例丙纺织有限公司", "另一家股份有限公司"]


def test_closest_first_and_nothing_far_away() -> None:
    assert NearNames(NAMES).near("示例甲机戒有限公司")[0] == "示例甲机械有限公司"
    assert NearNames(NAMES).near("完全不同") == []
    assert NearNames(NAMES).near("") == []


def test_order_of_the_list_does_not_matter() -> None:
    assert NearNames(NAMES[::-1]).near("示例丁机械有限公司") == NearNames(NAMES).near("示例丁机械有限公司")
