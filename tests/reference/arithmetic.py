"""Exact numbers: rounding, printing, statistics, and ln, exp, sqrt to 50 digits. Knows nothing of schemes."""

import datetime
import decimal
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

SIGNIFICANT = 12
_DIGITS = decimal.Context(prec=70, rounding=decimal.ROUND_HALF_EVEN, Emax=10**9, Emin=-(10**9))
_LARGEST = Fraction(2) ** 1024  # "an overflow": nothing from here on is a double
_SAME = Fraction(1, 10**50)


def half_up(x: Fraction, decimals: int) -> Fraction:
    """四舍五入: away from zero, on the decimal value (1.005 at two decimals is 1.01, −1.5 at none is −2)."""
    scale = 10**decimals
    whole = math.floor(abs(x) * scale + Fraction(1, 2))
    return Fraction(whole if x >= 0 else -whole, scale)


def shown(value: object, precision: int | None = None) -> str:
    """A number with a precision prints all its decimals; others the shortest at 12 significant digits, never −0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, int | Fraction | Decimal):
        return str(value)
    number = Fraction(value)
    if precision is not None:
        return _fixed(half_up(number, precision), precision)
    return _shortest(number)


def _fixed(number: Fraction, decimals: int) -> str:
    """Exactly so many decimals."""
    digits = str(abs(int(number * 10**decimals))).rjust(decimals + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def _shortest(number: Fraction) -> str:
    """Half up to 12 significant digits, then without the zeros that say nothing."""
    if number == 0:
        return "0"
    decimals = SIGNIFICANT - 1 - _order(abs(number))
    scaled = abs(number) * Fraction(10) ** decimals
    rounded = Fraction(math.floor(scaled + Fraction(1, 2))) / Fraction(10) ** decimals
    text = _fixed(rounded if number > 0 else -rounded, max(decimals, 0))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _order(x: Fraction) -> int:
    """The exponent of the first digit: 0 for 1 ≤ x < 10."""
    order = len(str(x.numerator)) - len(str(x.denominator))
    return order if Fraction(10) ** order <= x else order - 1


def total(values: Iterable[Fraction]) -> Fraction:
    """Σ, over one common denominator because many small fractions are slow to add."""
    values = list(values)
    common = math.lcm(*(v.denominator for v in values))
    return Fraction(sum(v.numerator * (common // v.denominator) for v in values), common)


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; of nothing, missing."""
    return total(values) / len(values) if values else None


def quantile(values: Iterable[Fraction], q: Fraction) -> Fraction | None:
    """The ⌈q·n⌉-th smallest (at q = 0 the first)."""
    ordered = sorted(values)
    return ordered[max(math.ceil(q * len(ordered)), 1) - 1] if ordered else None


def median(values: Iterable[Fraction]) -> Fraction | None:
    """The mean of the middle two; of an odd number, the middle one."""
    ordered = sorted(values)
    n = len(ordered)
    return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2 if ordered else None


def standard_deviation(values: Sequence[Fraction]) -> Fraction | None:
    """Of the population."""
    centre = mean(values)
    if centre is None:
        return None
    return sqrt(total((v - centre) ** 2 for v in values) / len(values))


def rounded_count(x: Fraction, rounding: str) -> int:
    """`floor`, `ceil` or `half_up` of a share times a number of units."""
    if rounding == "ceil":
        return math.ceil(x)
    return int(half_up(x, 0)) if rounding == "half_up" else math.floor(x)


def sqrt(x: Fraction) -> Fraction | None:
    """Exact for squares, else to 50 digits; of a negative, missing."""
    if x < 0:
        return None
    top, bottom = math.isqrt(x.numerator), math.isqrt(x.denominator)
    if top * top == x.numerator and bottom * bottom == x.denominator:
        return Fraction(top, bottom)
    return Fraction(_DIGITS.sqrt(_decimal(x)))


def ln(x: Fraction) -> Fraction | None:
    """Missing where x is not above 0."""
    return _rational(_DIGITS.ln(_decimal(x))) if x > 0 else None


def exp(x: Fraction) -> Fraction | None:
    """Missing where a double would overflow; 0 where it would vanish."""
    if x < -745:
        return Fraction(0)
    result = _rational(_DIGITS.exp(_decimal(x))) if x < 710 else _LARGEST
    return result if result < _LARGEST else None


def geometric_mean(weighted: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """exp(Σ w·ln s / Σ w) of pairs (w, s), every w and s above 0."""
    scores = {s for _, s in weighted}
    if len(scores) == 1:
        return scores.pop()
    weights = total(w for w, _ in weighted)
    with decimal.localcontext(_DIGITS):
        logarithm = sum((_decimal(w) * _decimal(s).ln() for w, s in weighted), Decimal(0)) / _decimal(weights)
        return _rational(logarithm.exp())


def _decimal(x: Fraction) -> Decimal:
    return _DIGITS.divide(Decimal(x.numerator), Decimal(x.denominator))


def _rational(approximation: Decimal) -> Fraction:
    """The simple fraction meant where there is one: the geometric mean of 4 and 9 is 6, not 5.99…9."""
    exact = Fraction(approximation)
    simple = exact.limit_denominator(10**18)
    return simple if abs(simple - exact) <= abs(exact) * _SAME else exact
