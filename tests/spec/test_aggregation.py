"""Dimensions and the total: how scores of children are put together."""

from tests.spec.tables import Spec


def test_sum_adds_weight_times_score(spec: Spec) -> None:
    """`sum` is Σ w·s; `points` are each child's part of the total."""
    spec(
        """
        children:
          - {id: a, formula: x, weight: 60}
          - {id: b, formula: y, weight: 40}
        """,
        """
        unit | x   | y   || points:a | points:b | score
        甲   | 1   | 1   || 60       | 40       | 100.0000
        乙   | 1.2 | 0.5 || 72       | 20       | 92.0000
        """,
    )


def test_mean_divides_by_the_weights(spec: Spec) -> None:
    """`mean` is Σ w·s / Σ w: (3 × 10 + 1 × 2) / 4 = 8."""
    spec(
        """
        score: {aggregate: mean}
        children:
          - {id: a, formula: x, weight: 3}
          - {id: b, formula: y}
        """,
        """
        unit | x  | y || points:a | points:b | score
        甲   | 10 | 2 || 7.5      | 0.5      | 8.0000
        """,
    )


def test_geometric_mean_multiplies(spec: Spec) -> None:
    """`geometric_mean` is exp(Σ w·ln s / Σ w): of 4 and 9 it is 6. Its parts do not add up, so there are no points."""
    spec(
        """
        score: {aggregate: geometric_mean}
        children:
          - {id: a, formula: x}
          - {id: b, formula: y}
        """,
        """
        unit | x | y || points:a | score
        甲   | 4 | 9 ||          | 6.0000
        乙   | 0 | 9 ||          | 0.0000
        """,
    )


def test_geometric_mean_takes_weights(spec: Spec) -> None:
    """With weights 2 and 1 it is the cube root of x²·y: of 2 and 16 it is 4."""
    spec(
        """
        score: {aggregate: geometric_mean}
        children:
          - {id: a, formula: x, weight: 2}
          - {id: b, formula: y, weight: 1}
        """,
        """
        unit | x | y  || score
        甲   | 2 | 16 || 4.0000
        """,
    )


def test_geometric_mean_of_a_negative_is_missing(spec: Spec) -> None:
    """A negative score has no geometric mean: missing, and a finding; a child of weight 0 is never the reason."""
    spec(
        """
        score: {aggregate: geometric_mean, missing: exclude}
        children:
          - {id: a, formula: x}
          - {id: b, formula: y}
          - {id: c, formula: z, weight: 0}
        """,
        """
        unit | x  | y | z  || score  | flags
        甲   | -4 | 9 | 1  ||        | 不定等级:total
        乙   | 4  | 9 | -1 || 6.0000 |
        """,
        findings="""
        code                       | variable | unit
        negative_in_geometric_mean | total    | 甲
        """,
    )


def test_dimensions_are_aggregated_from_below(spec: Spec) -> None:
    """Dimensions may hold dimensions: each is the aggregate of its children's scores."""
    spec(
        """
        children:
          - id: upper
            aggregate: mean
            weight: 10
            children:
              - {id: lower, aggregate: sum, children: [{id: a, formula: x}, {id: b, formula: y}]}
              - {id: c, formula: z}
        """,
        """
        unit | x | y | z || score:lower | score:upper | score
        甲   | 1 | 2 | 5 || 3           | 4           | 40.0000
        """,
    )


def test_weight_by_a_column(spec: Spec) -> None:
    """`weight: {by: column}` gives each class its own weight, `default` to all others."""
    spec(
        """
        score: {of: 100}
        children:
          - {id: a, formula: x, weight: {by: kind, 时尚: 70, default: 60}}
          - {id: b, formula: y, weight: {by: kind, 时尚: 30, default: 40}}
        """,
        """
        unit | kind | x | y || points:a | points:b | score
        甲   | 时尚 | 1 | 0 || 70       | 0        | 70.0000
        乙   | 石化 | 1 | 0 || 60       | 0        | 60.0000
        丙   |      | 1 | 1 || 60       | 40       | 100.0000
        """,
    )


def test_skipping_in_a_sum_rescales_by_full_marks(spec: Spec) -> None:
    """A sum without a child is scaled by all full marks over those left: 70 of 90 becomes 77.7778 of 100."""
    spec(
        """
        score: {of: 100}
        children:
          - {id: a, formula: x, weight: 30, missing: skip}
          - {id: b, formula: y, weight: 10, missing: skip}
          - {id: c, formula: z, weight: 2, of: 30, missing: skip}
        """,
        """
        unit | x | y | z  || points:a      | points:c      | score
        甲   | 1 | 1 | 20 || 30            | 40            | 80.0000
        乙   | 1 |   | 20 || 33.3333333333 | 44.4444444444 | 77.7778
        丙   | 1 |   |    || 100           |               | 100.0000
        """,
    )


def test_skipping_in_a_mean_divides_by_the_weights_left(spec: Spec) -> None:
    """A mean without a child is the mean of the others."""
    spec(
        """
        score: {aggregate: mean}
        children:
          - {id: a, formula: x, weight: 3, missing: skip}
          - {id: b, formula: y, missing: skip}
        """,
        """
        unit | x  | y || points:a | score
        甲   | 10 | 2 || 7.5      | 8.0000
        乙   | 10 |   || 10       | 10.0000
        丙   |    | 2 ||          | 2.0000
        """,
    )


def test_skipping_rescales_by_the_weights_of_the_unit_s_own_class(spec: Spec) -> None:
    """Full marks follow the class: without b, 70 marks are left in one industry and 60 in another."""
    spec(
        """
        score: {of: 100}
        children:
          - {id: a, formula: x, weight: {by: kind, 时尚: 70, default: 60}}
          - {id: b, formula: y, weight: {by: kind, 时尚: 30, default: 40}, missing: skip}
        """,
        """
        unit | kind | x   | y || score
        甲   | 时尚 | 0.7 |   || 70.0000
        乙   | 石化 | 0.6 |   || 60.0000
        丙   | 石化 | 0.6 | 1 || 76.0000
        """,
    )


def test_at_least_asks_for_so_many_scored_children(spec: Spec) -> None:
    """With fewer scored children than `at_least` a dimension is missing, and its own rule for missing applies."""
    spec(
        """
        children:
          - id: half
            aggregate: mean
            at_least: 2
            missing: zero
            children:
              - {id: a, formula: x, missing: skip}
              - {id: b, formula: y, missing: skip}
              - {id: c, formula: z, missing: skip}
        """,
        """
        unit | x | y | z || score:half | flags
        甲   | 3 | 6 | 9 || 6          |
        乙   | 3 | 6 |   || 4.5        | 跳过:c
        丙   | 3 |   |   || 0          | 赋分:half;跳过:b;跳过:c
        """,
    )


def test_dimension_without_any_scored_child_is_missing(spec: Spec) -> None:
    """With no scored child left a dimension is missing and its own rule applies."""
    spec(
        """
        children:
          - {id: half, missing: skip, weight: 40, children: [{id: a, formula: x, missing: skip}]}
          - {id: other, formula: y, weight: 60}
        """,
        """
        unit | x | y || score:half | score    | flags
        甲   | 1 | 1 || 1          | 100.0000 |
        乙   |   | 1 ||            | 100.0000 | 跳过:half;跳过:a
        """,
    )


def test_child_that_does_not_apply_is_left_out_like_a_skipped_one(spec: Spec) -> None:
    """A dimension that does not apply is left out with all below it, and only the dimension is flagged."""
    spec(
        """
        children:
          - id: land_use
            applies: land > 0
            aggregate: mean
            weight: 40
            children: [{id: a, formula: x}, {id: b, formula: y}]
          - {id: staff_use, formula: z, weight: 60}
        """,
        """
        unit | land | x | y | z   || score:land_use | points:staff_use | score   | flags
        甲   | 1    | 1 | 1 | 0.8 || 1              | 48               | 88.0000 |
        乙   | 0    |   |   | 0.8 ||                | 80               | 80.0000 | 不适用:land_use
        """,
    )


def test_node_below_one_that_does_not_apply_is_in_no_statistic(spec: Spec) -> None:
    """What does not exist for a unit moves nobody's benchmark either, though the child by itself would apply."""
    spec(
        """
        children:
          - id: land_use
            applies: land > 0
            weight: 40
            children:
              - id: a
                formula: x
                applies: y > 0
                normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}
          - {id: staff_use, formula: z, weight: 60}
        """,
        """
        unit | land | x  | y | z || value:a | score:a | score    | flags
        甲   | 1    | 2  | 1 | 1 || 2       | 1       | 100.0000 |
        乙   | 0    | 98 | 1 | 1 ||         |         | 100.0000 | 不适用:land_use
        """,
        benchmarks="""
        node | n | value
        a    | 1 | 2
        """,
    )


def test_total_is_rounded_half_up_to_four_decimals_unless_told_otherwise(spec: Spec) -> None:
    """The total has four decimals, half up: 1.00005 becomes 1.0001, where rounding half to even would leave 1.0000."""
    spec(
        """
        item: {formula: x}
        """,
        """
        unit | x       || score
        甲   | 1.00005 || 1.0001
        乙   | 2.00015 || 2.0002
        丙   | -0.5    || -0.5000
        """,
    )


def test_total_takes_its_precision_from_the_root(spec: Spec) -> None:
    """`precision` on the root rounds the total, and the rounded value is what is ranked: 0.7995 and 0.8004 tie."""
    spec(
        """
        score: {precision: 3}
        """,
        """
        unit | x      || score | rank
        甲   | 0.8004 || 0.800 | 1
        乙   | 0.7995 || 0.800 | 1
        丙   | 0.7994 || 0.799 | 3
        """,
    )
