"""Step 3, `treat`: tame extreme values before they are compared."""

from tests.spec.tables import Spec


def test_clip_keeps_values_between_bounds(spec: Spec) -> None:
    """`treat: {method: clip}` raises values to `low` and lowers them to `high`; `value:` prints the raw one."""
    spec(
        """
        item: {treat: {method: clip, low: 0, high: 10}}
        """,
        """
        unit | x  || value:item | score:item
        甲   | -5 || -5         | 0
        乙   | 4  || 4          | 4
        丙   | 99 || 99         | 10
        """,
    )


def test_clip_with_one_bound_leaves_the_other_side_open(spec: Spec) -> None:
    """A bound that is not written does not bind."""
    spec(
        """
        item: {treat: {method: clip, high: 10}, missing: skip}
        """,
        """
        unit | x  || score:item
        甲   | -5 || -5
        乙   | 99 || 10
        丙   |    ||
        """,
        findings="""
        code          | variable
        missing_score | total
        """,
    )


def test_winsorise_pulls_extremes_to_the_quantiles(spec: Spec) -> None:
    """`winsorise` pulls values beyond two nearest-rank quantiles to them: of ten, 11 % is the 2nd, 80 % the 8th."""
    spec(
        """
        item: {treat: {method: winsorise, lower: 0.11, upper: 0.8}}
        """,
        """
        unit | x    || score:item
        01   | -100 || 2
        02   | 2    || 2
        03   | 3    || 3
        04   | 4    || 4
        05   | 5    || 5
        06   | 6    || 6
        07   | 7    || 7
        08   | 8    || 8
        09   | 9    || 8
        10   | 999  || 8
        """,
        benchmarks="""
        node | step | scope | n  | statistic       | value
        item | -1   | all   | 10 | winsorise_lower | 2
        item | -1   | all   | 10 | winsorise_upper | 8
        """,
    )


def test_treated_values_enter_statistics_as_treated(spec: Spec) -> None:
    """A benchmark is taken from the treated values: the mean of 2, 4 and 99 clipped at 6 is 4."""
    spec(
        """
        item:
          treat: {method: clip, high: 6}
          normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}
        """,
        """
        unit | x  || score:item
        甲   | 2  || 0.5
        乙   | 4  || 1
        丙   | 99 || 1.5
        """,
    )


def test_imputed_value_is_treated_too(spec: Spec) -> None:
    """Values are filled first and treated then."""
    spec(
        """
        item: {impute: {method: value, value: 50}, treat: {method: clip, high: 10}}
        """,
        """
        unit | x || score:item
        甲   |   || 10
        乙   | 3 || 3
        """,
    )
