"""Units of measure: what they measure and how large they are. A plain table and two operations."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

_TABLE: dict[str, tuple[str, Fraction]] = {
    "元": ("money", Fraction(1)),
    "万元": ("money", Fraction(10**4)),
    "亿元": ("money", Fraction(10**8)),
    "平方米": ("area", Fraction(1)),
    "亩": ("area", Fraction(10000, 15)),  # 15 亩 = 10,000 平方米
    "公顷": ("area", Fraction(10000)),
    "千克": ("mass", Fraction(1)),
    "吨": ("mass", Fraction(1000)),
    "当量吨": ("equivalent", Fraction(1)),
    "吨标准煤": ("coal", Fraction(1)),
    "千瓦时": ("electricity", Fraction(1)),
    "万千瓦时": ("electricity", Fraction(10**4)),
    "立方米": ("volume", Fraction(1)),
    "人": ("people", Fraction(1)),
    "千人": ("people", Fraction(1000)),
    "万人": ("people", Fraction(10**4)),
    "年": ("years", Fraction(1)),
    "家": ("firms", Fraction(1)),
    "百家": ("firms", Fraction(100)),
    "项": ("items", Fraction(1)),
    "个": ("pieces", Fraction(1)),
    "起": ("cases", Fraction(1)),
    "分": ("marks", Fraction(1)),
    "%": ("", Fraction(1, 100)),
    "1": ("", Fraction(1)),
}


@dataclass(frozen=True)
class Measure:
    """Powers of what is measured, and the size of one of it."""

    powers: tuple[tuple[str, int], ...] = ()
    size: Fraction = Fraction(1)

    def times(self, other: "Measure", sign: int = 1) -> "Measure":
        """The measure of a product (sign 1) or of a quotient (sign −1)."""
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        kept = tuple(sorted((name, power) for name, power in powers.items() if power))
        return Measure(kept, self.size * other.size**sign)

    def in_terms_of(self, other: "Measure") -> Fraction:
        """How many of the other make one of this; refused between kinds (万元 + 亩)."""
        if self.powers != other.powers:
            raise ValueError(f"{self.powers} is not {other.powers}")
        return self.size / other.size


PURE = Measure()


@cache
def measure(text: str | None) -> Measure:
    """`/` and `·` combine; a unit after `/` divides all that follows up to the next `/`."""
    if not text:
        return PURE
    result = PURE
    for place, part in enumerate(text.split("/")):
        for name in part.split("·"):
            kind, size = _TABLE[name.strip()]
            one = Measure(((kind, 1),) if kind else (), size)
            result = result.times(one, -1 if place else 1)
    return result
