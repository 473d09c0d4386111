"""Tiers: levels tried in their order, over a scope, by share, by condition, or whoever is left."""

import pytest

from tests.spec.tables import Spec

SHARES = """
    tiers:
      order: [A, B, C, D]
      levels:
        - {tier: A, share: 0.2}
        - {tier: B, share: 0.4}
        - {tier: D, share: 0.1, from: bottom}
        - {tier: C}
"""


def test_shares_are_of_the_whole_scope(spec: Spec) -> None:
    """Each share is of the whole scope, never of the remainder: of ten A takes 2, B 4, D the last, C the rest."""
    spec(
        SHARES,
        """
        unit | x  || tier
        01   | 10 || A
        02   | 9  || A
        03   | 8  || B
        04   | 7  || B
        05   | 6  || B
        06   | 5  || B
        07   | 4  || C
        08   | 3  || C
        09   | 2  || C
        10   | 1  || D
        """,
    )


def test_share_is_rounded_as_the_level_says(spec: Spec) -> None:
    """A share of 1.5 units is 1 rounded down (the default) and 2 rounded half up; one of 1.05 is 2 rounded up."""
    spec(
        """
        tiers:
          order: [A, B, C, D]
          levels:
            - {tier: A, share: 0.3}
            - {tier: B, share: 0.3, rounding: half_up}
            - {tier: C, share: 0.21, rounding: ceil}
            - {tier: D}
        """,
        """
        unit | x || tier
        甲   | 6 || A
        乙   | 5 || B
        丙   | 4 || B
        丁   | 3 || C
        戊   | 2 || C
        """,
    )


def test_up_to_counts_from_the_top(spec: Spec) -> None:
    """`up_to` is cumulative: A up to 0.3 and B up to 0.5 of ten are the first three and the next two."""
    spec(
        """
        tiers: {order: [A, B, C], levels: [{tier: A, up_to: 0.3}, {tier: B, up_to: 0.5}, {tier: C}]}
        """,
        """
        unit | x  || tier
        01   | 10 || A
        02   | 9  || A
        03   | 8  || A
        04   | 7  || B
        05   | 6  || B
        06   | 5  || C
        07   | 4  || C
        08   | 3  || C
        09   | 2  || C
        10   | 1  || C
        """,
    )


MIXED = """
        unit | x  | place || tier | flags
        01   | 10 | 东    || A    |
        02   | 9  | {0}   || {2}  | {3}
        03   | 9  | 西    || B    |
        04   | 9  | {1}   || {4}  | {5}
        05   | 6  | 东    || C    |
        06   | 5  | 东    || C    |
        07   | 4  | 东    || C    |
        08   | 3  | 东    || C    |
        09   | 2  | 东    || C    |
        10   | 1  | 东    || C    |
"""
"""The third place of ten goes through a tie at 2 to 4, of which one unit meets A's condition."""
TIED = "档次线并列"


@pytest.mark.parametrize(
    ("table", "asked"),
    [(MIXED.format("西", "东", "B", "", "B", TIED), "04"), (MIXED.format("东", "西", "B", TIED, "B", ""), "02")],
)
def test_up_to_through_a_tie_of_which_some_meet_when_goes_down(spec: Spec, table: str, asked: str) -> None:
    """The tied go down, whichever key the one has that was asked; B gets A's one place: 2 + 1. A lost no second one."""
    spec(
        """
        tiers:
          order: [A, B, C]
          levels: [{tier: A, up_to: 0.3, when: place == '东'}, {tier: B, share: 0.2}, {tier: C}]
        """,
        table,
        findings=f"code | unit\ntier_tie | {asked}",
    )


@pytest.mark.parametrize(
    ("table", "asked"),
    [(MIXED.format("西", "东", "B", "", "A", TIED), "04"), (MIXED.format("东", "西", "A", TIED, "B", ""), "02")],
)
def test_up_to_through_a_tie_of_which_some_meet_when_goes_up(spec: Spec, table: str, asked: str) -> None:
    """With `ties: up` A takes the one it would have had room for anyhow, so nothing is taken from B's two."""
    spec(
        """
        tiers:
          order: [A, B, C]
          levels: [{tier: A, up_to: 0.3, when: place == '东', ties: up}, {tier: B, share: 0.2}, {tier: C}]
        """,
        table,
        findings=f"code | unit\ntier_tie | {asked}",
    )


def test_when_asks_for_the_rounded_total(spec: Spec) -> None:
    """A level may ask for a score; the root's name means the printed total, so 79.99996 is 80 (HDI's tiers)."""
    spec(
        """
        tiers:
          order: [高, 中, 低]
          levels:
            - {tier: 高, when: total >= 80}
            - {tier: 中, when: total >= 60}
            - {tier: 低}
        """,
        """
        unit | x        || score   | tier
        甲   | 79.99996 || 80.0000 | 高
        乙   | 79.9999  || 79.9999 | 中
        丙   | 60       || 60.0000 | 中
        丁   | 59       || 59.0000 | 低
        """,
    )


def test_when_may_ask_for_a_dimension_or_a_column(spec: Spec) -> None:
    """A level's condition may speak of any node and any column; with a share it takes the best who meet it."""
    spec(
        """
        children: [{id: a, formula: x}, {id: b, formula: y}]
        tiers:
          order: [A, B]
          levels:
            - {tier: A, share: 0.5, when: b >= 2 and place == '东'}
            - {tier: B}
        """,
        """
        unit | x | y | place || score   | tier
        甲   | 9 | 1 | 东    || 10.0000 | B
        乙   | 6 | 2 | 西    || 8.0000  | B
        丙   | 4 | 3 | 东    || 7.0000  | A
        丁   | 1 | 2 | 东    || 3.0000  | A
        """,
    )


def test_tiers_go_by_group_unless_over_says_otherwise(spec: Spec) -> None:
    """Shares are taken inside each group."""
    spec(
        """
        group_by: [kind]
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        """,
        """
        unit | kind | x || tier
        甲   | 制造 | 9 || A
        乙   | 制造 | 8 || B
        丙   | 服务 | 2 || A
        丁   | 服务 | 1 || B
        """,
    )


def test_tiers_over_all(spec: Spec) -> None:
    """`over: all` takes shares of everybody, while ranks stay inside the groups."""
    spec(
        """
        group_by: [kind]
        tiers: {over: all, order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        """,
        """
        unit | kind | x || tier | rank
        甲   | 制造 | 9 || A    | 1
        乙   | 制造 | 8 || A    | 2
        丙   | 服务 | 2 || B    | 1
        丁   | 服务 | 1 || B    | 2
        """,
    )


def test_tie_across_a_boundary_goes_down_and_the_next_boundary_stays(spec: Spec) -> None:
    """Units tied across a boundary go together into the worse level; the next boundary stays where it was."""
    spec(
        SHARES,
        """
        unit | x  || tier | flags
        01   | 10 || A    |
        02   | 9  || B    | 档次线并列
        03   | 9  || B    | 档次线并列
        04   | 9  || B    | 档次线并列
        05   | 6  || B    |
        06   | 5  || B    |
        07   | 4  || C    |
        08   | 3  || C    |
        09   | 2  || C    |
        10   | 1  || D    |
        """,
        findings="""
        severity | code     | variable | unit
        warning  | tier_tie | all      | 02、03、04
        """,
    )


def test_tie_across_a_boundary_goes_up_when_asked(spec: Spec) -> None:
    """With `ties: up` they go together into the better level; what that takes is taken from the next."""
    spec(
        """
        tiers:
          order: [A, B, C]
          ties: up
          levels: [{tier: A, share: 0.2}, {tier: B, share: 0.4}, {tier: C}]
        """,
        """
        unit | x  || tier | flags
        01   | 10 || A    |
        02   | 9  || A    | 档次线并列
        03   | 9  || A    | 档次线并列
        04   | 9  || A    | 档次线并列
        05   | 6  || B    |
        06   | 5  || B    |
        07   | 4  || C    |
        08   | 3  || C    |
        09   | 2  || C    |
        10   | 1  || C    |
        """,
        findings="""
        code     | unit
        tier_tie | 02、03、04
        """,
    )


def test_tie_at_the_bottom_boundary_goes_into_the_worse_level(spec: Spec) -> None:
    """At the bottom, too, those tied go together into the worse level: D takes both though its share is one."""
    spec(
        SHARES,
        """
        unit | x  || tier | flags
        01   | 10 || A    |
        02   | 9  || A    |
        03   | 8  || B    |
        04   | 7  || B    |
        05   | 6  || B    |
        06   | 5  || B    |
        07   | 4  || C    |
        08   | 3  || C    |
        09   | 1  || D    | 档次线并列
        10   | 1  || D    | 档次线并列
        """,
        findings="""
        code     | unit
        tier_tie | 09、10
        """,
    )


def test_tie_break_parts_units_at_a_boundary(spec: Spec) -> None:
    """Tied means equal in the total and in every tie-break: those parted by a tie-break are not tied."""
    spec(
        """
        ranking: {tie_break: [tax]}
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        """,
        """
        unit | x | tax || tier | flags
        甲   | 9 | 1   || B    |
        乙   | 9 | 2   || A    |
        """,
    )


def test_level_outside_the_quota_leaves_the_shares_to_the_others(spec: Spec) -> None:
    """`outside_quota` places its units first; shares are then of the others: of five, 40 % are two."""
    spec(
        """
        tiers:
          order: [A, B]
          levels:
            - {tier: A, when: stars >= 4, outside_quota: true}
            - {tier: A, share: 0.4}
            - {tier: B}
        """,
        """
        unit | x | stars || tier | rank
        甲   | 9 | 0     || A    | 1
        乙   | 8 | 0     || A    | 2
        丙   | 7 | 0     || B    | 3
        丁   | 6 | 0     || B    | 4
        戊   | 5 | 0     || B    | 5
        己   | 1 | 5     || A    | 6
        """,
    )


def test_lowest_tier_veto_takes_its_unit_out_of_the_shares(spec: Spec) -> None:
    """A `lowest_tier` veto puts its unit into the last level of `order` before any share is counted."""
    spec(
        """
        vetoes: [{id: arrears, label: 欠薪, when: arrears > 0, effect: lowest_tier}]
        tiers: {order: [A, B, C], levels: [{tier: A, share: 0.5}, {tier: B}, {tier: C, when: total < 0}]}
        """,
        """
        unit | x | arrears || tier | rank | flags
        甲   | 9 | 1       || C    | 1    | 否决:arrears
        乙   | 8 | 0       || A    | 2    |
        丙   | 7 | 0       || B    | 3    |
        """,
    )


def test_units_without_total_or_exempt_have_no_tier(spec: Spec) -> None:
    """Who is not ranked has no tier and is part of no share: A takes one of the two that are."""
    spec(
        """
        exemptions: [{id: young, label: 新, when: young}]
        eligibility: [{id: land, label: 有地, when: land > 0}]
        item: {missing: exclude}
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        """,
        """
        unit | x | young | land || tier | flags
        甲   | 9 | true  | 1    ||      | 豁免:young
        乙   | 8 | false | 0    ||      |
        丙   |   | false | 1    ||      | 不定等级:item
        丁   | 6 | false | 1    || A    |
        戊   | 5 | false | 1    || B    |
        """,
    )


def test_what_a_tie_added_beyond_the_next_level_is_taken_from_the_one_after(spec: Spec) -> None:
    """A is to end at 1, B at 2, C at 4 of 8: three tied go up into A, so B has no place left and C only one."""
    spec(
        """
        children:
          - {id: a, formula: x}
        tiers:
          order: [A, B, C, D]
          levels:
            - {tier: A, share: 0.125, ties: up}
            - {tier: B, share: 0.125}
            - {tier: C, share: 0.25}
            - {tier: D}
        """,
        """
        unit | x || tier
        A    | 9 || A
        B    | 9 || A
        C    | 9 || A
        D    | 8 || C
        E    | 7 || D
        F    | 6 || D
        G    | 5 || D
        H    | 4 || D
        """,
        findings="code\ntier_tie",
    )
