"""Step 2, `impute`: fill a missing raw value before anything is done with it."""

from tests.spec.tables import Spec


def test_mean_fills_the_mean_of_those_who_have_a_value(spec: Spec) -> None:
    """`impute: {method: mean}` fills a missing value with the mean of the others; the unit is flagged 插补."""
    spec(
        """
        item: {impute: {method: mean}}
        """,
        """
        unit | x || value:item | score:item | flags
        甲   | 2 || 2          | 2          |
        乙   | 7 || 7          | 7          |
        丙   |   ||            | 4.5        | 插补:item
        """,
        benchmarks="""
        node | step | scope | n | statistic   | value
        item | -2   | all   | 2 | impute_mean | 4.5
        """,
    )


def test_median_fills_the_middle(spec: Spec) -> None:
    """`impute: {method: median}` fills the middle value, or the mean of the middle two."""
    spec(
        """
        item: {impute: {method: median}}
        """,
        """
        unit | x   || score:item
        甲   | 1   || 1
        乙   | 2   || 2
        丙   | 4   || 4
        丁   | 100 || 100
        戊   |     || 3
        """,
    )


def test_value_fills_a_fixed_number(spec: Spec) -> None:
    """`impute: {method: value}` fills a number that the scheme names."""
    spec(
        """
        item: {impute: {method: value, value: 0.5}}
        """,
        """
        unit | x || score:item | flags
        甲   |   || 0.5        | 插补:item
        乙   | 3 || 3          |
        """,
    )


def test_imputation_stays_inside_the_group(spec: Spec) -> None:
    """Left to itself, imputation looks only inside the unit's own group."""
    spec(
        """
        group_by: [kind]
        item: {impute: {method: mean}}
        """,
        """
        unit | kind | x || score:item
        甲   | 制造 | 2 || 2
        乙   | 制造 |   || 2
        丙   | 服务 | 8 || 8
        丁   | 服务 |   || 8
        """,
    )


def test_by_names_other_columns_to_look_inside(spec: Spec) -> None:
    """`by` names the columns inside whose values the mean is taken, whatever the groups."""
    spec(
        """
        group_by: [kind]
        item: {impute: {method: mean, by: [place]}}
        """,
        """
        unit | kind | place | x || score:item
        甲   | 制造 | 东    | 2 || 2
        乙   | 制造 | 西    |   || 8
        丙   | 服务 | 西    | 8 || 8
        丁   | 服务 | 东    |   || 2
        """,
    )


def test_where_nobody_has_a_value_it_stays_missing(spec: Spec) -> None:
    """Where nobody of the scope has a value there is nothing to fill in, and the rule for missing scores applies."""
    spec(
        """
        group_by: [kind]
        item: {impute: {method: mean}, missing: zero}
        """,
        """
        unit | kind | x || score:item | flags
        甲   | 制造 | 2 || 2          |
        乙   | 服务 |   || 0          | 赋分:item
        """,
    )


def test_imputed_value_moves_no_benchmark(spec: Spec) -> None:
    """An imputed unit gets a score, but statistics count only values that were the unit's own."""
    spec(
        """
        item:
          impute: {method: value, value: 10}
          normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}
        """,
        """
        unit | x || score:item | flags
        甲   | 1 || 0.5        |
        乙   | 3 || 1.5        |
        丙   |   || 5          | 插补:item
        """,
        benchmarks="""
        node | scope | n | statistic | value
        item | all   | 2 | mean      | 2
        """,
    )
