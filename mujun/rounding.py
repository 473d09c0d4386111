"""Half up, once, for everybody (四舍五入: away from zero, on the decimal value), and how numbers print."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

SIGNIFICANT_DIGITS = 12
"""Unrounded numbers print half up to so many digits: what doubles hold safely between 1e-6 and 1e12."""

_TWELVE = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP)


def half_up(value: Fraction | Decimal | int, decimals: int) -> Fraction:
    """The exact value rounded half away from zero: 1.005 at two decimals is 1.01, −1.5 at none is −2."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if exact >= 0 else -whole, 10**decimals)


def fixed(value: Fraction | Decimal | int, decimals: int) -> str:
    """All decimals printed: 100 at four is "100.0000"; never "-0.0000"."""
    scaled = int(half_up(value, decimals) * 10**decimals)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    text = digits if decimals == 0 else f"{digits[:-decimals]}.{digits[-decimals:]}"
    return f"-{text}" if scaled < 0 else text


def shortest(value: float) -> str:
    """The shortest decimal that reads back, half up to 12 significant digits, without exponent, never "-0"."""
    text = format(value, f".{SIGNIFICANT_DIGITS}g")
    if "e" in text or text == "-0" or _ends_in_a_tie(repr(value)):
        return _plain(_TWELVE.create_decimal(repr(value)))
    return text


def _ends_in_a_tie(text: str) -> bool:
    """Whether the thirteenth digit is a last 5: there `format` rounds half to even, officials round up."""
    return text.endswith("5") and len(text.lstrip("-0.").replace(".", "")) == SIGNIFICANT_DIGITS + 1


def shortest_exact(value: Fraction) -> str:
    """As `shortest`, from an exact value."""
    quotient = Context(prec=60).divide(Decimal(value.numerator), Decimal(value.denominator))
    return _plain(_TWELVE.plus(quotient))


def _plain(value: Decimal) -> str:
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
