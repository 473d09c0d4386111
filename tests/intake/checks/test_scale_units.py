"""Units a column may have been written in, and what its numbers then are times what they should be."""

from __future__ import annotations

from fractions import Fraction

from mujun.collection import CollectionPlan
from mujun.intake.checks.scale_units import RIGHT, candidates_for


def test_money_in_other_units(shipped: CollectionPlan) -> None:
    """The registry knows 元 and 亿元, the plan adds 千元 and 百万元; bare powers that a unit explains are left out."""
    tax = shipped.schemes["manufacturing"].variables["tax"]
    found = candidates_for(tax, {"千元": (Fraction(1000), "元"), "万吨": (Fraction(10_000), "吨")})
    named = {one.unit: one.factor for one in found if one.unit}
    assert found[0] is RIGHT
    assert named == {"元": 10_000, "亿元": Fraction(1, 10_000), "千元": 10}
    assert Fraction(10_000) not in [one.factor for one in found if not one.unit]


def test_land_in_other_units(shipped: CollectionPlan) -> None:
    land = shipped.schemes["manufacturing"].variables["land"]
    named = {one.unit: one.factor for one in candidates_for(land, {}) if one.unit}
    assert named == {"平方米": Fraction(2000, 3), "公顷": Fraction(1, 15)}
