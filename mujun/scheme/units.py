"""Units of measurement: one small registry, exact conversions. Knows no formulas."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import pint
from pint.util import UnitsContainer

_DEFINITIONS = {
    "元": "[money]",
    "万元": "10000 * 元",
    "亿元": "100000000 * 元",
    "平方米": "[area]",
    "亩": "10000 / 15 * 平方米",
    "公顷": "10000 * 平方米",
    "千克": "[mass]",
    "吨": "1000 * 千克",
    "当量吨": "[pollution_equivalent]",
    "吨标准煤": "[coal_equivalent]",
    "千瓦时": "[electricity]",
    "万千瓦时": "10000 * 千瓦时",
    "立方米": "[volume]",
    "人": "[person]",
    "千人": "1000 * 人",
    "万人": "10000 * 人",
    "年": "[year]",
    "家": "[firm]",
    "百家": "100 * 家",
    "项": "[item]",
    "个": "[piece]",
    "起": "[incident]",
    "分": "[mark]",
    "百分之一": "1 / 100",
}
_ALIASES = {"%": "百分之一", "％": "百分之一"}
KNOWN_UNITS = [*(name for name in _DEFINITIONS if name != "百分之一"), "%", "1"]

Unit = UnitsContainer
PURE: Unit = UnitsContainer()


@cache
def _registry() -> pint.UnitRegistry[Any]:
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction)
    for name, definition in _DEFINITIONS.items():
        registry.define(f"{name} = {definition}")
    return registry


@cache
def parse_unit(text: str) -> Unit | None:
    """`万元/亩`, `人·年`, `%`; empty and `1` are pure numbers. A name nobody knows gives None.

    What follows a `/` is divided by, up to the next `/`: 万元/人·年 is 万元 per (人·年).
    """
    powers: dict[str, int] = {}
    for position, part in enumerate(text.replace(" ", "").split("/")):
        for factor in part.replace("*", "·").split("·"):
            name = _ALIASES.get(factor, factor)
            if name in ("", "1"):
                if name == "" and text.strip():
                    return None
                continue
            if name not in _DEFINITIONS:
                return None
            powers[name] = powers.get(name, 0) + (1 if position == 0 else -1)
    return UnitsContainer({name: power for name, power in powers.items() if power})


@cache
def scale(unit: Unit) -> tuple[Fraction, Unit]:
    """The exact size of a unit in base units, and the base units: 万元/亩 is 15 元/平方米."""
    size, base = _registry().get_base_units(unit)
    return Fraction(str(size)), base._units


def conversion(source: Unit, target: Unit) -> Fraction | None:
    """What to multiply a number of `source` by to get `target`; None when they measure different things."""
    source_size, source_base = scale(source)
    target_size, target_base = scale(target)
    return source_size / target_size if source_base == target_base else None


def shown(unit: Unit) -> str:
    """A unit as people write it: 万元/亩, and 1 for pure numbers."""
    powers: list[tuple[str, int]] = sorted((name, int(str(power))) for name, power in unit.items())
    above = [_power(name, power) for name, power in powers if power > 0]
    below = [_power(name, -power) for name, power in powers if power < 0]
    text = "·".join(above) or "1"
    return f"{text}/{'·'.join(below)}" if below else text


def _power(name: str, power: int) -> str:
    plain = "%" if name == "百分之一" else name
    return plain if power == 1 else "·".join([plain] * power)
