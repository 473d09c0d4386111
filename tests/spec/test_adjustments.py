"""加分、扣分: points added to the root before it is rounded."""

from tests.spec.tables import Spec


def test_adjustment_adds_points_where_its_condition_holds(spec: Spec) -> None:
    """An adjustment adds its points where its condition holds; the total without it stays in `score:total`."""
    spec(
        """
        adjustments:
          - {id: centre, label: 技术中心, when: level == '国家级', points: 2}
        """,
        """
        unit | x  | level  || score:total | adjustment | score   | flags
        甲   | 90 | 国家级 || 90.0000     | 2          | 92.0000 | 加减分:centre
        乙   | 90 | 省级   || 90.0000     | 0          | 90.0000 |
        丙   | 90 |        || 90.0000     | 0          | 90.0000 |
        """,
    )


def test_points_may_be_a_formula(spec: Spec) -> None:
    """Points may count something: three off for each penalty."""
    spec(
        """
        adjustments:
          - {id: penalty, label: 行政处罚, when: penalties > 0, points: "-3 * penalties"}
        """,
        """
        unit | x  | penalties 起 || adjustment | score   | rank
        甲   | 90 | 2            || -6         | 84.0000 | 2
        乙   | 85 | 0            || 0          | 85.0000 | 1
        """,
    )


def test_adjustments_are_added_up_and_kept_between_bounds(spec: Spec) -> None:
    """All adjustments are added up first, and their sum is kept between the bounds."""
    spec(
        """
        adjustments:
          - {id: prize, points: 4 * prizes, when: prizes > 0}
          - {id: penalty, points: -3 * penalties, when: penalties > 0}
        adjustments_between: [-10, 10]
        """,
        """
        unit | x  | prizes | penalties || adjustment | score   | flags
        甲   | 50 | 3      | 0         || 10         | 60.0000 | 加减分:prize
        乙   | 50 | 3      | 1         || 9          | 59.0000 | 加减分:prize;加减分:penalty
        丙   | 50 | 0      | 5         || -10        | 40.0000 | 加减分:penalty
        """,
    )


def test_adjustment_is_added_before_the_total_is_rounded(spec: Spec) -> None:
    """What is added is added to the unrounded total: 9.96 − 0.02 is 9.9 at one decimal, not 10.0 − 0.02."""
    spec(
        """
        score: {precision: 1}
        adjustments: [{id: small, when: y > 0, points: "-y"}]
        """,
        """
        unit | x    | y    || score:total | adjustment | score
        甲   | 9.96 | 0.02 || 10.0        | -0.02      | 9.9
        """,
    )


def test_points_that_are_missing_count_nothing_and_are_a_finding(spec: Spec) -> None:
    """Missing points count 0, and a finding says whose."""
    spec(
        """
        adjustments: [{id: bonus, label: 加分, when: x > 0, points: y}]
        """,
        """
        unit | x | y || adjustment | score
        甲   | 5 |   || 0          | 5.0000
        乙   | 5 | 2 || 2          | 7.0000
        """,
        findings="""
        code           | variable | unit
        points_missing | bonus    | 甲
        """,
    )
