"""四舍五入, on the decimal value and away from zero; and how numbers print."""

from decimal import Decimal
from fractions import Fraction

import pytest

from mujun.rounding import fixed, half_up, shortest, shortest_exact


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("1.005", 2, "1.01"),
        ("-1.5", 0, "-2"),
        ("-0.5", 0, "-1"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("1.00499999999999999999", 2, "1"),
        ("2.675", 2, "2.68"),
        ("105.70411", 4, "105.7041"),
        ("12345", 0, "12345"),
    ],
)
def test_half_up_goes_away_from_zero_on_the_decimal_value(value: str, decimals: int, rounded: str) -> None:
    assert half_up(Decimal(value), decimals) == Fraction(rounded)


def test_half_up_is_exact_where_a_double_would_not_be() -> None:
    assert half_up(Fraction(1, 3), 9) == Fraction(333333333, 10**9)
    assert half_up(Fraction(10**30 + 5, 10), 0) == 10**29 + 1


def test_half_up_of_the_double_next_to_1_005_knows_that_it_is_less() -> None:
    """The double that 1.005 reads as is 1.00499999999999989…; columns of doubles are engine/numbers' business."""
    assert half_up(Fraction(1.005), 2) == 1
    assert half_up(Fraction("1.005"), 2) == Fraction("1.01")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("100", 4, "100.0000"),
        ("105.70411", 4, "105.7041"),
        ("0.00005", 4, "0.0001"),
        ("-0.00004", 4, "0.0000"),
        ("-0.00005", 4, "-0.0001"),
        ("-1.5", 0, "-2"),
        ("0", 2, "0.00"),
        ("0.05", 1, "0.1"),
        ("-12.345", 2, "-12.35"),
    ],
)
def test_fixed_prints_all_decimals_and_never_minus_zero(value: str, decimals: int, text: str) -> None:
    assert fixed(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (2 / 3, "0.666666666667"),
        (-2 / 3, "-0.666666666667"),
        (1e12, "1000000000000"),
        (123456789012345.0, "123456789012000"),
        (1e-6, "0.000001"),
        (1.5e-7, "0.00000015"),
        (0.0, "0"),
        (-0.0, "0"),
        (-1e-300 * 1e-300, "0"),
        (100.0, "100"),
        (1200.0, "1200"),
        (573564 / 30341, "18.9039253815"),
    ],
)
def test_shortest_prints_what_reads_back_to_twelve_digits_without_exponent(value: float, text: str) -> None:
    assert shortest(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1234567890125, "0.123456789013"),
        (1.000000000005, "1.00000000001"),
        (-1.000000000005, "-1.00000000001"),
        (999999999999.5, "1000000000000"),
        (0.000001234567890125, "0.00000123456789013"),
        (1234567890125000.0, "1234567890130000"),
    ],
)
def test_shortest_rounds_a_tie_at_the_thirteenth_digit_up(value: float, text: str) -> None:
    """As the number is written, not as the double happens to lie: `format` alone would round some of these down."""
    assert shortest(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2, 3), "0.666666666667"),
        (Fraction("0.1234567890125"), "0.123456789013"),
        (Fraction(100), "100"),
        (Fraction(-1, 4), "-0.25"),
        (Fraction(0), "0"),
        (Fraction("99.99"), "99.99"),
        (Fraction(10**15), "1000000000000000"),
    ],
)
def test_shortest_exact_prints_exact_values_alike(value: Fraction, text: str) -> None:
    assert shortest_exact(value) == text
