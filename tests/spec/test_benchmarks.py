"""benchmarks.csv: every number that units were measured by, with how many units it was taken from."""

from tests.spec.tables import Spec


def test_one_row_per_node_step_and_scope_in_the_order_of_the_tree(spec: Spec) -> None:
    """Rows come in the order of the tree, of the steps and of the scopes; fixed numbers are rows without a count."""
    spec(
        """
        group_by: [kind]
        children:
          - id: b
            formula: y
            impute: {method: median}
            normalise:
              - {method: benchmark_ratio, benchmark: {statistic: median}}
              - {method: min_max, low: 0, high: 2}
          - {id: a, formula: x, missing: group_mean, normalise: {method: percentile_rank, over: all}}
        """,
        """
        unit | kind | x | y || score:b | score:a
        甲   | 乙类 | 1 | 4 || 0.5     | 0
        乙   | 甲类 | 2 | 6 || 0.5     | 1
        丙   | 甲类 |   |   || 0.5     | 1
        """,
        benchmarks="""
        node | step | scope     | n | statistic     | value
        b    | -2   | kind=乙类 | 1 | impute_median | 4
        b    | -2   | kind=甲类 | 1 | impute_median | 6
        b    | 0    | kind=乙类 | 1 | median        | 4
        b    | 0    | kind=甲类 | 1 | median        | 6
        b    | 1    | all       |   | constant      | 0
        b    | 1    | all       |   | constant      | 2
        a    | 0    | all       | 2 | count         | 2
        a    | 1    | kind=乙类 | 1 | mean_score    | 0
        a    | 1    | kind=甲类 | 1 | mean_score    | 1
        """,
    )


def test_benchmark_with_a_precision_prints_all_its_decimals(spec: Spec) -> None:
    """A benchmark with a precision prints all its decimals; one without prints half up to 12 digits."""
    spec(
        """
        children:
          - {id: a, formula: x, normalise: {method: benchmark_ratio, benchmark: {statistic: mean, precision: 4}}}
          - {id: b, formula: x, normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | x || value:a
        甲   | 1 || 1
        乙   | 2 || 2
        丙   | 2 || 2
        """,
        benchmarks="""
        node | n | statistic | value
        a    | 3 | mean      | 1.6667
        b    | 3 | mean      | 1.66666666667
        """,
    )


def test_statistic_of_nobody_is_not_a_row(spec: Spec) -> None:
    """A scope where nobody has a value has no row."""
    spec(
        """
        group_by: [kind]
        item: {missing: zero, normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | kind | x || score:item
        甲   | 制造 | 5 || 1
        乙   | 服务 |   || 0
        """,
        benchmarks="""
        scope     | n | value
        kind=制造 | 1 | 5
        """,
    )


def test_vetoed_exempt_and_excluded_units_count(spec: Spec) -> None:
    """Statistics count every eligible unit whose own value is there; vetoed, exempt and excluded ones too."""
    spec(
        """
        eligibility: [{id: land, label: 有地, when: land > 0}]
        exemptions: [{id: young, label: 新, when: young}]
        vetoes: [{id: safety, label: 安全, when: accidents > 0}]
        children:
          - {id: a, formula: x, normalise: {method: benchmark_ratio, benchmark: {statistic: max}}}
          - {id: b, formula: y, missing: exclude}
        """,
        """
        unit | x  | y | land | young | accidents || rank
        甲   | 1  | 1 | 1    | false | 0         || 1
        乙   | 2  | 1 | 1    | true  | 0         ||
        丙   | 3  |   | 1    | false | 0         ||
        丁   | 0  | 1 | 1    | false | 1         || 2
        戊   | 99 | 1 | 0    | false | 0         ||
        己   |    | 1 | 1    | true  | 0         ||
        """,
        benchmarks="""
        node | n | statistic | value
        a    | 4 | max       | 3
        """,
        findings="""
        code          | variable | unit
        missing_score | a        | 己
        """,
    )


def test_further_scores_have_rows_of_their_own(spec: Spec) -> None:
    """The statistics of an `also` are listed after its node's, under its own name."""
    spec(
        """
        item:
          normalise: {method: benchmark_ratio, benchmark: 2}
          also: [{id: best, normalise: {method: benchmark_ratio, benchmark: {statistic: max}}}]
        """,
        """
        unit | x || score:item | score:best
        甲   | 2 || 1          | 0.5
        乙   | 4 || 2          | 1
        """,
        benchmarks="""
        node | step | n | statistic | value
        item | 0    |   | constant  | 2
        best | 0    | 2 | max       | 4
        """,
    )
