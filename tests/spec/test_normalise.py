"""Step 4, `normalise`: put every indicator on one scale, by one step or several, one after the other."""

from tests.spec.tables import Spec


def test_benchmark_ratio_is_the_value_over_the_benchmark(spec: Spec) -> None:
    """`benchmark_ratio` is x / B: 1 on the benchmark, 2 at twice as much."""
    spec(
        """
        item: {normalise: {method: benchmark_ratio, benchmark: 20}}
        """,
        """
        unit | x  || score:item
        甲   | 20 || 1
        乙   | 40 || 2
        丙   | 5  || 0.25
        """,
    )


def test_benchmark_ratio_is_turned_when_lower_is_better(spec: Spec) -> None:
    """Where lower is better it is B / x, so that half the benchmark scores 2; B / 0 is missing and a finding."""
    spec(
        """
        item: {direction: lower, missing: zero, normalise: {method: benchmark_ratio, benchmark: 20}}
        """,
        """
        unit | x  || score:item | rank
        甲   | 10 || 2          | 1
        乙   | 40 || 0.5        | 2
        丙   | 0  || 0          | 3
        """,
        findings="""
        code             | variable | unit
        division_by_zero | item     | 丙
        """,
    )


def test_benchmark_ratio_is_clipped_between_floor_and_cap(spec: Spec) -> None:
    """`floor` and `cap` bound the ratio: a loss scores 0, five times the benchmark no more than 1.5."""
    spec(
        """
        item: {normalise: {method: benchmark_ratio, benchmark: 20, floor: 0, cap: 1.5}}
        """,
        """
        unit | x   || score:item
        甲   | 100 || 1.5
        乙   | 24  || 1.2
        丙   | -7  || 0
        """,
    )


def test_ratio_of_sums_is_the_true_average(spec: Spec) -> None:
    """`ratio_of_sums` is Σ tax / Σ land, 60 / 3 = 20; the mean of the ratios 10 and 25 would be 17.5."""
    spec(
        """
        children:
          - id: per_mu
            formula: tax / land
            unit: 万元/亩
            normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums}}
        """,
        """
        unit | tax 万元 | land 亩 || value:per_mu | score:per_mu
        甲   | 10       | 1       || 10           | 0.5
        乙   | 50       | 2       || 25           | 1.25
        """,
        benchmarks="""
        node   | scope | n | statistic     | value
        per_mu | all   | 2 | ratio_of_sums | 20
        """,
    )


def test_ratio_of_sums_counts_only_units_whose_ratio_is_there(spec: Spec) -> None:
    """A unit without land brings no tax into Σ tax / Σ land either: neither sum counts it."""
    spec(
        """
        children:
          - id: per_mu
            formula: tax / land
            unit: 万元/亩
            missing: zero
            normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums}}
        """,
        """
        unit | tax 万元 | land 亩 || score:per_mu
        甲   | 10       | 1       || 0.5
        乙   | 50       | 2       || 1.25
        丙   | 99       |         || 0
        丁   |          | 99      || 0
        """,
        benchmarks="""
        node   | scope | n | statistic     | value
        per_mu | all   | 2 | ratio_of_sums | 20
        """,
    )


def test_benchmark_is_taken_inside_the_group(spec: Spec) -> None:
    """A benchmark is the unit's own group's, unless `over` says otherwise."""
    spec(
        """
        group_by: [kind]
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | kind | x || score:item
        甲   | 制造 | 1 || 0.5
        乙   | 制造 | 3 || 1.5
        丙   | 服务 | 8 || 1
        """,
        benchmarks="""
        scope     | n | statistic | value
        kind=制造 | 2 | mean      | 2
        kind=服务 | 1 | mean      | 8
        """,
    )


def test_over_all_takes_the_benchmark_from_everybody(spec: Spec) -> None:
    """`over: all` takes a statistic from every eligible unit, whatever its group."""
    spec(
        """
        group_by: [kind]
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: mean, over: all}}}
        """,
        """
        unit | kind | x || score:item
        甲   | 制造 | 1 || 0.25
        乙   | 制造 | 3 || 0.75
        丙   | 服务 | 8 || 2
        """,
        benchmarks="""
        scope | n | statistic | value
        all   | 3 | mean      | 4
        """,
    )


def test_over_columns_takes_the_benchmark_inside_their_values(spec: Spec) -> None:
    """`over: [columns]` takes a statistic inside the values of those columns."""
    spec(
        """
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: max, over: [kind, place]}}}
        """,
        """
        unit | kind | place | x || score:item
        甲   | 制造 | 东    | 1 || 0.25
        乙   | 制造 | 东    | 4 || 1
        丙   | 制造 | 西    | 5 || 1
        """,
        benchmarks="""
        scope             | n | value
        kind=制造;place=东 | 2 | 4
        kind=制造;place=西 | 1 | 5
        """,
    )


def test_precision_rounds_the_benchmark_before_it_is_used(spec: Spec) -> None:
    """`precision` rounds a benchmark half up before use, as a published one is: 10 / 3 becomes 3.33."""
    spec(
        """
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: mean, precision: 2}}}
        """,
        """
        unit | x    || score:item
        甲   | 3.33 || 1
        乙   | 6.66 || 2
        丙   | 0.01 || 0.003003003003
        """,
        benchmarks="""
        n | statistic | value
        3 | mean      | 3.33
        """,
    )


def test_times_multiplies_the_benchmark(spec: Spec) -> None:
    """`times: 2` sets the benchmark at twice the statistic."""
    spec(
        """
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: median, times: 2}}}
        """,
        """
        unit | x  || score:item
        甲   | 1  || 0.125
        乙   | 4  || 0.5
        丙   | 16 || 2
        """,
        benchmarks="""
        statistic | value
        median    | 8
        """,
    )


def test_quantile_is_the_nearest_rank(spec: Spec) -> None:
    """`quantile` is the ⌈q·n⌉-th smallest: of four, a quarter is the first, a little more the second."""
    spec(
        """
        children:
          - {id: a, formula: x, normalise: {method: benchmark_ratio, benchmark: {statistic: quantile, q: 0.25}}}
          - {id: b, formula: x, normalise: {method: benchmark_ratio, benchmark: {statistic: quantile, q: 0.26}}}
          - {id: c, formula: x, normalise: {method: benchmark_ratio, benchmark: {statistic: quantile, q: 1}}}
        """,
        """
        unit | x  || score:a
        甲   | 40 || 4
        乙   | 10 || 1
        丙   | 30 || 3
        丁   | 20 || 2
        """,
        benchmarks="""
        node | value
        a    | 10
        b    | 20
        c    | 40
        """,
    )


def test_benchmark_may_be_a_formula_of_constants(spec: Spec) -> None:
    """A benchmark or goalpost in quotes is a formula of constants, worked out exactly."""
    spec(
        """
        constants: {last_year: 8}
        item: {normalise: {method: benchmark_ratio, benchmark: "last_year * 1.25"}}
        """,
        """
        unit | x || score:item
        甲   | 5 || 0.5
        """,
        benchmarks="""
        scope | n | statistic | value
        all   |   | constant  | 10
        """,
    )


def test_benchmark_that_is_not_positive_leaves_the_score_missing(spec: Spec) -> None:
    """Nothing can be compared with a benchmark of 0 or less: a finding says so, and the score is missing."""
    spec(
        """
        item: {missing: zero, normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | x  || score:item | flags
        甲   | 5  || 0          | 赋分:item
        乙   | -7 || 0          | 赋分:item
        """,
        findings="""
        code                   | variable
        benchmark_not_positive | item
        """,
    )


def test_min_max_is_the_place_between_the_least_and_the_most(spec: Spec) -> None:
    """`min_max` is (x − low) / (high − low); without goalposts low and high are the scope's least and most."""
    spec(
        """
        item: {normalise: {method: min_max}}
        """,
        """
        unit | x  || score:item
        甲   | 10 || 0
        乙   | 15 || 0.25
        丙   | 30 || 1
        """,
        benchmarks="""
        n | statistic | value
        3 | max       | 30
        3 | min       | 10
        """,
    )


def test_min_max_is_turned_when_lower_is_better(spec: Spec) -> None:
    """Where lower is better it is (high − x) / (high − low)."""
    spec(
        """
        item: {direction: lower, normalise: {method: min_max}}
        """,
        """
        unit | x  || score:item
        甲   | 10 || 1
        乙   | 15 || 0.75
        丙   | 30 || 0
        """,
    )


def test_min_max_with_goalposts_runs_beyond_them_unless_clipped(spec: Spec) -> None:
    """Constants make goalposts; a value beyond them scores below 0 or above 1 unless `clip: true`."""
    spec(
        """
        children:
          - {id: open, formula: x, normalise: {method: min_max, low: 20, high: 80}}
          - {id: kept, formula: x, normalise: {method: min_max, low: 20, high: 80, clip: true}}
        """,
        """
        unit | x   || score:open | score:kept
        甲   | 50  || 0.5        | 0.5
        乙   | 5   || -0.25      | 0
        丙   | 110 || 1.5        | 1
        """,
    )


def test_min_max_to_another_scale(spec: Spec) -> None:
    """`to: [60, 100]` puts the least on 60 and the most on 100."""
    spec(
        """
        item: {normalise: {method: min_max, to: [60, 100]}}
        """,
        """
        unit | x  || score:item
        甲   | 10 || 60
        乙   | 15 || 70
        丙   | 30 || 100
        """,
    )


def test_min_max_without_spread_is_missing(spec: Spec) -> None:
    """Where everybody is alike there is nothing to compare: missing, and a finding."""
    spec(
        """
        item: {missing: zero, normalise: {method: min_max}}
        """,
        """
        unit | x || score:item
        甲   | 5 || 0
        乙   | 5 || 0
        """,
        findings="""
        code      | variable | unit
        no_spread | item     | 乙、甲
        """,
    )


def test_z_score_counts_deviations_from_the_mean(spec: Spec) -> None:
    """`z_score` is (x − mean) / standard deviation of the population: 2 4 4 4 5 5 7 9 have 5 and 2."""
    spec(
        """
        item: {normalise: {method: z_score}}
        """,
        """
        unit | x || score:item
        1    | 2 || -1.5
        2    | 4 || -0.5
        3    | 4 || -0.5
        4    | 4 || -0.5
        5    | 5 || 0
        6    | 5 || 0
        7    | 7 || 1
        8    | 9 || 2
        """,
        benchmarks="""
        n | statistic          | value
        8 | mean               | 5
        8 | standard_deviation | 2
        """,
    )


def test_z_score_is_turned_when_lower_is_better(spec: Spec) -> None:
    """Where lower is better the z-score is negated."""
    spec(
        """
        item: {direction: lower, normalise: {method: z_score}}
        """,
        """
        unit | x || score:item
        甲   | 1 || 1
        乙   | 3 || -1
        """,
    )


def test_z_score_in_a_scope_of_one_or_of_equals_is_missing(spec: Spec) -> None:
    """A scope of one, or of equals, has no spread: missing, and a finding each."""
    spec(
        """
        group_by: [kind]
        item: {missing: zero, normalise: {method: z_score}}
        """,
        """
        unit | kind | x || score:item
        甲   | 独   | 5 || 0
        乙   | 同   | 3 || 0
        丙   | 同   | 3 || 0
        """,
        findings="""
        code         | variable
        no_spread    | item
        scope_of_one | item
        """,
    )


def test_percentile_rank_is_the_share_of_the_others_that_are_worse(spec: Spec) -> None:
    """`percentile_rank` is the number strictly worse over n − 1; those tied share it (CDC's SVI)."""
    spec(
        """
        item: {normalise: {method: percentile_rank}}
        """,
        """
        unit | x || score:item
        甲   | 1 || 0
        乙   | 2 || 0.25
        丙   | 2 || 0.25
        丁   | 3 || 0.75
        戊   | 5 || 1
        """,
        benchmarks="""
        n | statistic | value
        5 | count     | 5
        """,
    )


def test_percentile_rank_is_turned_when_lower_is_better(spec: Spec) -> None:
    """Where lower is better, worse means higher."""
    spec(
        """
        item: {direction: lower, normalise: {method: percentile_rank}}
        """,
        """
        unit | x || score:item
        甲   | 1 || 1
        乙   | 2 || 0.5
        丙   | 2 || 0.5
        丁   | 3 || 0.25
        戊   | 5 || 0
        """,
    )


def test_percentile_rank_of_one_is_missing(spec: Spec) -> None:
    """A unit alone in its scope has no percentile."""
    spec(
        """
        item: {missing: zero, normalise: {method: percentile_rank}}
        """,
        """
        unit | x || score:item | flags
        甲   | 7 || 0          | 赋分:item
        """,
        findings="""
        code         | variable
        scope_of_one | item
        """,
    )


def test_rank_is_1_for_the_best_and_ties_share_the_least(spec: Spec) -> None:
    """`rank` is 1 for the best; ties share the least place and the places after them are left out."""
    spec(
        """
        children:
          - {id: high, formula: x, normalise: {method: rank}}
          - {id: low, formula: x, direction: lower, normalise: {method: rank}}
        """,
        """
        unit | x || score:high | score:low
        甲   | 9 || 1          | 4
        乙   | 7 || 2          | 2
        丙   | 7 || 2          | 2
        丁   | 4 || 4          | 1
        """,
    )


def test_bands_earn_points_by_step(spec: Spec) -> None:
    """`bands` earn the points of the highest step reached, `below` under the first; a step reached exactly counts."""
    spec(
        """
        item: {normalise: {method: bands, steps: [[1.5, 2], [2, 4]], below: 0}}
        """,
        """
        unit | x    || score:item
        甲   | 2    || 4
        乙   | 1.99 || 2
        丙   | 1.5  || 2
        丁   | 1.49 || 0
        """,
    )


def test_bands_take_the_value_as_it_is_even_when_lower_is_better(spec: Spec) -> None:
    """Bands are written by people who know which end is better: `direction` does not turn them."""
    spec(
        """
        item: {direction: lower, normalise: {method: bands, steps: [[0, 10], [5, 3]], below: 0}}
        """,
        """
        unit | x || score:item
        甲   | 1 || 10
        乙   | 5 || 3
        """,
    )


def test_formula_step_is_any_formula_of_x(spec: Spec) -> None:
    """A formula step takes `x`, the scale so far; it does not look at `direction`."""
    spec(
        """
        item: {direction: lower, normalise: {formula: "2 * x + 1"}}
        """,
        """
        unit | x || score:item
        甲   | 3 || 7
        乙   | 0 || 1
        """,
    )


def test_formula_step_may_use_the_number_of_units(spec: Spec) -> None:
    """`n` is the number of units of the scope with a value: ranks become (n + 1 − rank) / n."""
    spec(
        """
        item: {missing: zero, normalise: [{method: rank}, {formula: "(n + 1 - x) / n"}]}
        """,
        """
        unit | x || score:item
        甲   | 9 || 1
        乙   | 7 || 0.75
        丙   | 4 || 0.5
        丁   | 1 || 0.25
        戊   |   || 0
        """,
        benchmarks="""
        step | n | statistic | value
        0    | 4 | count     | 4
        1    | 4 | count     | 4
        """,
    )


def test_exponential_scale_of_the_english_imd(spec: Spec) -> None:
    """The IMD turns ranks into −23·ln(1 − R·(1 − e^(−100/23))): 0 for the least, 100 for the most deprived."""
    spec(
        """
        item: {precision: 3, normalise: {formula: "-23 * ln(1 - x * (1 - exp(-100 / 23)))"}}
        """,
        """
        unit | x   || score:item
        甲   | 0   || 0.000
        乙   | 0.5 || 15.647
        丙   | 1   || 100.000
        """,
    )


def test_steps_of_a_list_are_taken_one_after_the_other(spec: Spec) -> None:
    """A list of steps is a pipeline: multiples of the benchmark first, points by band then."""
    spec(
        """
        item:
          normalise:
            - {method: benchmark_ratio, benchmark: 20}
            - {method: bands, steps: [[1, 0.4], [1.5, 0.6], [2, 1]]}
        """,
        """
        unit | x  || score:item
        甲   | 60 || 1
        乙   | 30 || 0.6
        丙   | 20 || 0.4
        丁   | 19 || 0
        """,
    )


def test_direction_is_used_up_by_the_first_step_that_has_one(spec: Spec) -> None:
    """Once a step has turned the scale, later steps see a score for which higher is better."""
    spec(
        """
        item:
          direction: lower
          normalise: [{method: benchmark_ratio, benchmark: 12}, {method: min_max}]
        """,
        """
        unit | x  || score:item
        甲   | 2  || 1
        乙   | 3  || 0.6
        丙   | 12 || 0
        """,
    )


def test_dimension_may_be_normalised_too(spec: Spec) -> None:
    """A dimension's aggregate may be put on a scale like any value."""
    spec(
        """
        children:
          - id: half
            normalise: {method: min_max}
            weight: 100
            children:
              - {id: a, formula: x}
              - {id: b, formula: y}
        """,
        """
        unit | x | y || score:half | score
        甲   | 1 | 2 || 0          | 0.0000
        乙   | 4 | 1 || 0.5        | 50.0000
        丙   | 3 | 4 || 1          | 100.0000
        """,
    )


def test_also_shows_a_further_score_that_is_not_carried_on(spec: Spec) -> None:
    """`also` starts from the node's value again and is printed beside its score; the total does not know it."""
    spec(
        """
        item:
          normalise: {method: benchmark_ratio, benchmark: 3}
          also: [{id: percentile, normalise: {method: percentile_rank}, precision: 2}]
        """,
        """
        unit | x || score:item | score:percentile | score
        甲   | 3 || 1          | 0.00             | 1.0000
        乙   | 6 || 2          | 0.50             | 2.0000
        丙   | 9 || 3          | 1.00             | 3.0000
        """,
    )


def test_also_is_missing_where_the_value_is(spec: Spec) -> None:
    """A further score of a missing value is missing, even where the score itself was filled in."""
    spec(
        """
        item: {missing: zero, also: [{id: place, normalise: {method: rank}}]}
        """,
        """
        unit | x || score:item | score:place
        甲   | 3 || 3          | 1
        乙   |   || 0          |
        """,
    )


def test_precision_rounds_the_score_and_that_value_goes_on(spec: Spec) -> None:
    """A score with a `precision` is rounded half up, and the rounded value is what is added: 3 × 0.33 is 0.99."""
    spec(
        """
        item: {weight: 3, precision: 2, normalise: {method: benchmark_ratio, benchmark: 3}}
        """,
        """
        unit | x     || score:item | score
        甲   | 1     || 0.33       | 0.9900
        乙   | 2     || 0.67       | 2.0100
        丙   | 3.015 || 1.01       | 3.0300
        """,
    )
