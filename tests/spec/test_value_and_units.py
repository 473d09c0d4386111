"""Step 1, the value of an indicator: a formula over the variables, in the unit that is written beside it."""

from tests.spec.tables import Spec


def test_formula_takes_the_unit_s_own_columns(spec: Spec) -> None:
    """An indicator's value is its formula over the unit's own columns."""
    spec(
        """
        children:
          - {id: per_mu, formula: tax / land, unit: 万元/亩}
        """,
        """
        unit | tax 万元 | land 亩 || value:per_mu | score
        甲   | 300      | 10      || 30           | 30.0000
        乙   | 150      | 4       || 37.5         | 37.5000
        """,
    )


def test_value_is_converted_to_the_unit_written_beside_it(spec: Spec) -> None:
    """A value comes out in the unit that is written beside it: 1 万元/亩 is 0.0015 亿元/公顷 and 15 元/平方米."""
    spec(
        """
        children:
          - {id: per_mu, formula: tax / land, unit: 万元/亩}
          - {id: per_hectare, formula: tax / land, unit: 亿元/公顷}
          - {id: per_square_metre, formula: tax / land, unit: 元/平方米}
        """,
        """
        unit | tax 万元 | land 亩 || value:per_mu | value:per_hectare | value:per_square_metre
        甲   | 100      | 1       || 100          | 0.15              | 1500
        乙   | 2        | 2       || 1            | 0.0015            | 15
        """,
    )


def test_percent_of_a_pure_ratio_is_a_hundred_times_the_ratio(spec: Spec) -> None:
    """A ratio of like to like is a pure number, and 100 times as much in %."""
    spec(
        """
        children:
          - {id: ratio, formula: rd / revenue}
          - {id: percent, formula: rd / revenue, unit: "%"}
        """,
        """
        unit | rd 万元 | revenue 亿元 || value:ratio | value:percent
        甲   | 3000    | 10           || 0.03        | 3
        """,
    )


def test_summands_of_different_units_are_converted(spec: Spec) -> None:
    """In a sum the second takes the unit of the first: 5 万元 + 1 亿元 is 10005 万元."""
    spec(
        """
        children:
          - {id: sum, formula: tax + levy, unit: 万元}
          - {id: difference, formula: levy - tax, unit: 亿元}
        """,
        """
        unit | tax 万元 | levy 亿元 || value:sum | value:difference
        甲   | 5        | 1         || 10005     | 0.9995
        """,
    )


def test_missing_in_is_missing_out(spec: Spec) -> None:
    """A formula over a missing value is missing."""
    spec(
        """
        item: {formula: x + y, missing: zero}
        """,
        """
        unit | x | y || value:item | score:item | flags
        甲   | 1 | 2 || 3          | 3          |
        乙   | 1 |   ||            | 0          | 赋分:item
        """,
    )


def test_division_by_zero_is_missing_and_a_finding(spec: Spec) -> None:
    """Nothing is divided by zero: the value is missing, a finding names the unit, and the rule for missing applies."""
    spec(
        """
        children:
          - {id: per_mu, formula: tax / land, unit: 万元/亩, missing: zero}
        """,
        """
        unit | tax 万元 | land 亩 || value:per_mu | score  | flags
        甲   | 3        | 0       ||              | 0.0000 | 赋分:per_mu
        乙   | 3        | 2       || 1.5          | 1.5000 |
        """,
        findings="""
        severity | code             | variable | unit
        warning  | division_by_zero | per_mu   | 甲
        """,
    )


def test_negative_values_stay_negative(spec: Spec) -> None:
    """A loss is a number like any other."""
    spec(
        """
        item: {formula: x / y}
        """,
        """
        unit | x  | y || value:item | score
        甲   | -3 | 2 || -1.5       | -1.5000
        乙   | 3  | 2 || 1.5        | 1.5000
        """,
    )


def test_decimal_columns_are_divided_exactly(spec: Spec) -> None:
    """Ratios of decimals come out as on paper: 0.3 / 0.1 is 3, and equal ratios are equal."""
    spec(
        """
        item: {formula: x / y}
        """,
        """
        unit | x   | y   || value:item | rank
        甲   | 0.3 | 0.1 || 3          | 1
        乙   | 2.1 | 0.7 || 3          | 1
        丙   | 9   | 3   || 3          | 1
        """,
    )


def test_functions_work_on_the_columns(spec: Spec) -> None:
    """`min max abs coalesce` keep the unit; `ln exp sqrt` take and give pure numbers."""
    spec(
        """
        children:
          - {id: least, formula: "min(a, b)"}
          - {id: most, formula: "max(a, b, 0)"}
          - {id: size, formula: abs(b)}
          - {id: first, formula: "coalesce(b, a)"}
          - {id: root, formula: sqrt(a)}
          - {id: log, formula: ln(exp(a))}
        """,
        """
        unit | a  | b  || value:least | value:most | value:size | value:first | value:root | value:log
        甲   | 4  | -9 || -9          | 4          | 9          | -9          | 2          | 4
        """,
    )


def test_min_and_max_of_something_missing_are_missing_and_coalesce_takes_what_is_there(spec: Spec) -> None:
    """`min` and `max` of a missing value are missing; `coalesce` takes the first value that is there."""
    spec(
        """
        children:
          - {id: least, formula: "min(a, b)", missing: skip}
          - {id: most, formula: "max(a, b)", missing: skip}
          - {id: first, formula: "coalesce(b, a)"}
        """,
        """
        unit | a | b || value:least | value:most | value:first
        甲   | 4 |   ||             |            | 4
        乙   | 4 | 5 || 4           | 5          | 5
        """,
    )


def test_logarithm_of_zero_is_missing_and_a_finding(spec: Spec) -> None:
    """Where a function has no value there is none: ln of 0 and the root of a negative are missing and reported."""
    spec(
        """
        children:
          - {id: log, formula: ln(x), missing: zero}
          - {id: root, formula: sqrt(x), missing: zero}
        """,
        """
        unit | x  || value:log | value:root
        甲   | 0  ||           | 0
        乙   | -4 ||           |
        丙   | 1  || 0         | 1
        """,
        findings="""
        code            | variable | unit
        undefined_value | log      | 乙、甲
        undefined_value | root     | 乙
        """,
    )


def test_overflow_is_missing_and_a_finding(spec: Spec) -> None:
    """What is too large for a number is missing, and a finding names the unit."""
    spec(
        """
        item: {formula: x * y, missing: zero, normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | x     | y     || value:item | score:item
        甲   | 1e200 | 1e200 ||            | 0
        乙   | 5     | 1     || 5          | 1
        """,
        findings="""
        code            | variable | unit
        undefined_value | item     | 甲
        """,
    )


def test_default_fills_an_empty_cell_before_anything_is_computed(spec: Spec) -> None:
    """A variable's `default` stands in for an empty cell, as if it had been written there."""
    spec(
        """
        variables:
          x: {default: 2}
        """,
        """
        unit | x || value:item | score  | flags
        甲   | 5 || 5          | 5.0000 |
        乙   |   || 2          | 2.0000 |
        """,
    )


def test_value_prints_as_the_shortest_decimal_half_up_to_twelve_digits(spec: Spec) -> None:
    """An unrounded number prints as the shortest decimal, half up to 12 significant digits, never as −0."""
    spec(
        """
        item: {formula: x / y}
        """,
        """
        unit | x  | y    || value:item
        甲   | 2  | 3    || 0.666666666667
        乙   | 1  | 4    || 0.25
        丙   | 0  | -5   || 0
        丁   | 20 | 0.01 || 2000
        """,
    )


def test_full_years_counts_completed_years(spec: Spec) -> None:
    """`full_years` counts completed years; who was born on 29 February completes one on 1 March of a common year."""
    spec(
        """
        children:
          - {id: years, formula: "full_years(opened, seen)"}
        """,
        """
        unit | opened     | seen       || value:years
        甲   | 2016-04-09 | 2019-04-09 || 3
        乙   | 2016-04-10 | 2019-04-09 || 2
        丙   | 2016-02-29 | 2019-02-28 || 2
        丁   | 2016-02-29 | 2019-03-01 || 3
        戊   | 2016-02-29 | 2020-02-29 || 4
        """,
    )


def test_indicator_that_does_not_apply_does_not_exist_for_the_unit(spec: Spec) -> None:
    """Where `applies` is not true the node does not exist: no value, no finding, and its place goes to the others."""
    spec(
        """
        children:
          - {id: output, formula: x, weight: 60}
          - {id: per_mu, formula: y / land, weight: 40, applies: land > 0}
        """,
        """
        unit | x | y | land || value:per_mu | points:output | score    | flags
        甲   | 1 | 2 | 2    || 1            | 60            | 100.0000 |
        乙   | 1 | 2 | 0    ||              | 100           | 100.0000 | 不适用:per_mu
        丙   | 1 | 2 |      ||              | 100           | 100.0000 | 不适用:per_mu
        """,
    )
