"""One measure: what the standard wants, what was found. Knows no document."""

from __future__ import annotations

from attrs import frozen


@frozen
class Measure:
    """`passed` is False where `found` is not what is `wanted`."""

    name: str
    wanted: str
    found: str
    passed: bool


def near(name: str, wanted: float, found: float | None, tolerance: float, unit: str = "毫米") -> Measure:
    """A length, within a tolerance."""
    passed = found is not None and abs(found - wanted) <= tolerance
    return Measure(
        name, f"{wanted:g}{unit}（±{tolerance:g}）", "没有" if found is None else f"{found:.2f}{unit}", passed
    )


def every(name: str, wanted: str, wrong: list[str], right: int, none: str = "没有这一项") -> Measure:
    """Something that holds of each of several lines: the first that it does not hold of are named."""
    if wrong:
        return Measure(name, wanted, f"{len(wrong)}处不符：{'；'.join(wrong[:3])}", False)
    return Measure(name, wanted, f"{right}处，都相符" if right else none, True)
