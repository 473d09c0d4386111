"""Step 5, `missing`: what a missing score becomes. Whatever was filled in is flagged."""

from tests.spec.tables import Spec


def test_error_blocks_and_leaves_the_unit_without_a_total(spec: Spec) -> None:
    """`error`, the default: no total, no rank, and a finding that blocks publication until the data are there."""
    spec(
        """
        item: {missing: error}
        """,
        """
        unit | x || score:item | score  | rank | flags
        甲   | 5 || 5          | 5.0000 | 1    |
        乙   |   ||            |        |      | 缺数:item
        """,
        findings="""
        severity | code          | variable | unit
        error    | missing_score | item     | 乙
        """,
    )


def test_error_leaves_every_ancestor_missing(spec: Spec) -> None:
    """After `error` every ancestor is missing too, whatever rule of its own it has."""
    spec(
        """
        children:
          - {id: half, missing: zero, children: [{id: a, formula: x}, {id: b, formula: y}]}
          - {id: other, formula: y}
        """,
        """
        unit | x | y || score:half | score:other | score  | flags
        甲   | 1 | 2 || 3          | 2           | 5.0000 |
        乙   |   | 2 ||            | 2           |        | 缺数:a
        """,
        findings="""
        code          | variable
        missing_score | a
        """,
    )


def test_zero_scores_nothing(spec: Spec) -> None:
    """`zero`: what is not reported scores 0."""
    spec(
        """
        children:
          - {id: a, formula: x, weight: 60, missing: zero}
          - {id: b, formula: y, weight: 40}
        """,
        """
        unit | x | y || score:a | score    | rank | flags
        甲   | 1 | 1 || 1       | 100.0000 | 1    |
        乙   |   | 1 || 0       | 40.0000  | 2    | 赋分:a
        """,
    )


def test_group_mean_takes_the_mean_score_of_the_group(spec: Spec) -> None:
    """`group_mean`: the item takes the mean of its scores in the unit's own group (Huangyan's rule for emissions)."""
    spec(
        """
        group_by: [kind]
        item: {missing: group_mean, normalise: {method: benchmark_ratio, benchmark: 10, cap: 1.5}}
        """,
        """
        unit | kind | x  || score:item | flags
        甲   | 制造 | 12 || 1.2        |
        乙   | 制造 | 90 || 1.5        |
        丙   | 制造 |    || 1.35       | 赋分:item
        丁   | 服务 | 2  || 0.2        |
        戊   | 服务 |    || 0.2        | 赋分:item
        """,
        benchmarks="""
        step | scope     | n | statistic  | value
        0    | all       |   | constant   | 10
        1    | kind=制造 | 2 | mean_score | 1.35
        1    | kind=服务 | 1 | mean_score | 0.2
        """,
    )


def test_group_mean_is_of_the_unrounded_scores_and_is_rounded_itself(spec: Spec) -> None:
    """The mean is of scores before `precision`, which then applies to it too: (1.25 + 1.5) / 2 = 1.375 becomes 1.4."""
    spec(
        """
        item: {missing: group_mean, precision: 1}
        """,
        """
        unit | x    || score:item
        甲   | 1.25 || 1.3
        乙   | 1.5  || 1.5
        丙   |      || 1.4
        """,
    )


def test_group_mean_counts_only_scores_of_values_that_were_the_unit_s_own(spec: Spec) -> None:
    """A score that stands on an imputed value is not counted in the mean: 丙 takes 甲's 3, not (3 + 6) / 2."""
    spec(
        """
        item:
          direction: lower
          impute: {method: value, value: 1}
          normalise: {method: benchmark_ratio, benchmark: 6}
          missing: group_mean
        """,
        """
        unit | x || score:item | flags
        甲   | 2 || 3          |
        乙   |   || 6          | 插补:item
        丙   | 0 || 3          | 赋分:item
        """,
        findings="""
        code             | variable | unit
        division_by_zero | item     | 丙
        """,
    )


def test_group_mean_where_nobody_has_a_score_is_skipped(spec: Spec) -> None:
    """Where nobody of the group has a score there is no mean: the item is skipped, and a finding says so."""
    spec(
        """
        group_by: [kind]
        children:
          - {id: a, formula: x, weight: 60}
          - {id: b, formula: y, weight: 40, missing: group_mean}
        """,
        """
        unit | kind | x | y || score:b | score    | flags
        甲   | 制造 | 1 | 1 || 1       | 100.0000 |
        乙   | 服务 | 1 |   ||         | 100.0000 | 跳过:b
        """,
        findings="""
        code              | variable | unit
        no_score_in_scope | b        | 乙
        """,
    )


def test_mean_by_takes_the_mean_inside_other_columns(spec: Spec) -> None:
    """`{mean_by: [columns]}` takes the mean score inside the values of those columns instead of the group."""
    spec(
        """
        group_by: [kind]
        item: {missing: {mean_by: [place]}}
        """,
        """
        unit | kind | place | x || score:item
        甲   | 制造 | 东    | 2 || 2
        乙   | 制造 | 西    |   || 6
        丙   | 服务 | 西    | 6 || 6
        """,
    )


def test_skip_leaves_the_place_to_the_others(spec: Spec) -> None:
    """`skip`: the item is left out, and the others are scaled up to the full marks (30 of 75 becomes 40 of 100)."""
    spec(
        """
        children:
          - {id: a, formula: x, weight: 75}
          - {id: b, formula: y, weight: 25, missing: skip}
        """,
        """
        unit | x   | y || points:a | points:b | score   | flags
        甲   | 0.4 | 1 || 30       | 25       | 55.0000 |
        乙   | 0.4 |   || 40       |          | 40.0000 | 跳过:b
        """,
    )


def test_exclude_leaves_the_unit_ungraded(spec: Spec) -> None:
    """`exclude`: the unit is 不定等级, without total, rank or tier; nothing blocks."""
    spec(
        """
        item: {missing: exclude}
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        """,
        """
        unit | x || score  | rank | group_size | tier | flags
        甲   | 5 || 5.0000 | 1    | 2          | A    |
        乙   | 4 || 4.0000 | 2    | 2          | B    |
        丙   |   ||        |      |            |      | 不定等级:item
        """,
    )


def test_unit_excluded_for_one_item_counts_in_the_statistics_of_others(spec: Spec) -> None:
    """An excluded unit still counts in every statistic for which its own value is there: the mean of 2, 4, 6 is 4."""
    spec(
        """
        children:
          - {id: a, formula: x, missing: exclude}
          - {id: b, formula: y, normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | x | y || score:b | score
        甲   | 1 | 2 || 0.5     | 1.5000
        乙   | 1 | 4 || 1       | 2.0000
        丙   |   | 6 || 1.5     |
        """,
        benchmarks="""
        node | n | statistic | value
        b    | 3 | mean      | 4
        """,
    )


def test_missing_rule_applies_to_a_score_that_division_by_zero_left_missing(spec: Spec) -> None:
    """A score may be missing though the value is there; the rule is the same."""
    spec(
        """
        item: {direction: lower, missing: group_mean, normalise: {method: benchmark_ratio, benchmark: 6}}
        """,
        """
        unit | x || score:item | flags
        甲   | 2 || 3          |
        乙   | 6 || 1          |
        丙   | 0 || 2          | 赋分:item
        """,
        findings="""
        code             | variable | unit
        division_by_zero | item     | 丙
        """,
    )
