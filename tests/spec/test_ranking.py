"""Ranks: 1 for the best of the group, on the rounded total; ties broken or shared."""

from tests.spec.tables import Spec


def test_equal_totals_share_the_least_rank(spec: Spec) -> None:
    """Units with equal totals share the least rank, and the ranks after them are left out: 1, 2, 2, 4."""
    spec(
        "",
        """
        unit | x || rank
        甲   | 9 || 1
        乙   | 7 || 2
        丙   | 7 || 2
        丁   | 5 || 4
        """,
    )


def test_rank_goes_by_the_rounded_total(spec: Spec) -> None:
    """What is printed is what is ranked: totals that print alike are alike."""
    spec(
        """
        score: {precision: 1}
        """,
        """
        unit | x    || score | rank
        甲   | 7.14 || 7.1   | 1
        乙   | 7.06 || 7.1   | 1
        丙   | 7.04 || 7.0   | 3
        """,
    )


def test_tie_break_takes_the_raw_value_of_a_node_in_its_direction(spec: Spec) -> None:
    """A node breaks ties by its raw value, before clipping: less is better where its direction is lower."""
    spec(
        """
        children:
          - {id: gain, formula: x, normalise: {method: benchmark_ratio, benchmark: 1, cap: 1}}
          - {id: cost, formula: y, direction: lower, weight: 0}
        ranking: {tie_break: [gain, cost]}
        """,
        """
        unit | x | y || score  | rank
        甲   | 3 | 9 || 1.0000 | 1
        乙   | 2 | 5 || 1.0000 | 3
        丙   | 2 | 4 || 1.0000 | 2
        丁   | 2 | 5 || 1.0000 | 3
        """,
    )


def test_tie_break_takes_a_variable_from_high_to_low_and_missing_last(spec: Spec) -> None:
    """A variable breaks ties from high to low; who has none comes last."""
    spec(
        """
        ranking: {tie_break: [tax]}
        """,
        """
        unit | x | tax || rank
        甲   | 5 | -1  || 3
        乙   | 5 | 20  || 1
        丙   | 5 | 3   || 2
        丁   | 5 |     || 4
        """,
    )


def test_tie_break_by_date_text_and_truth(spec: Spec) -> None:
    """Dates, texts (by code point) and truth break ties from high to low: later, B before A, true before false."""
    spec(
        """
        ranking: {tie_break: [listed, grade, opened]}
        """,
        """
        unit | x | listed | grade | opened     || rank
        甲   | 5 | false  | B     | 2019-01-01 || 5
        乙   | 5 | true   | A     | 2018-01-01 || 4
        丙   | 5 | true   | A     | 2019-01-01 || 3
        丁   | 5 | true   | B     | 2010-01-01 || 1
        戊   | 5 | true   | AB    | 2010-01-01 || 2
        """,
    )


def test_tie_break_takes_a_dimension_s_value(spec: Spec) -> None:
    """A dimension breaks ties by its aggregate before `normalise`."""
    spec(
        """
        children:
          - id: half
            normalise: {method: bands, steps: [[1, 10]]}
            children: [{id: a, formula: x}, {id: b, formula: y}]
        ranking: {tie_break: [half]}
        """,
        """
        unit | x | y || score   | rank
        甲   | 1 | 1 || 10.0000 | 2
        乙   | 2 | 1 || 10.0000 | 1
        丙   | 0 | 2 || 10.0000 | 2
        """,
    )


def test_vetoed_unit_keeps_its_score_and_rank(spec: Spec) -> None:
    """A veto takes away a place on the list, not the score or the rank."""
    spec(
        """
        vetoes: [{id: safety, label: 安全事故, when: accidents > 0, effect: not_selected}]
        selection: {quota: 1}
        """,
        """
        unit | x | accidents || score  | rank | selected | flags
        甲   | 9 | 1         || 9.0000 | 1    | false    | 否决:safety
        乙   | 8 | 0         || 8.0000 | 2    | true     |
        丙   | 7 | 0         || 7.0000 | 3    | false    |
        """,
    )


def test_unit_without_a_total_has_no_rank_and_takes_no_place(spec: Spec) -> None:
    """A unit without a total is not ranked and not counted in the size of its group."""
    spec(
        """
        item: {missing: exclude}
        """,
        """
        unit | x || rank | group_size
        甲   | 9 || 1    | 2
        乙   |   ||      |
        丙   | 7 || 2    | 2
        """,
    )


def test_negative_totals_rank_below_zero(spec: Spec) -> None:
    """Negative totals are ranked like any others."""
    spec(
        "",
        """
        unit | x    || score   | rank
        甲   | -0.5 || -0.5000 | 3
        乙   | 0    || 0.0000  | 1
        丙   | -0   || 0.0000  | 1
        """,
    )
