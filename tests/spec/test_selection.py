"""Selection: the best of each group inside its quota, and a reserve."""

from tests.spec.tables import Spec


def test_quota_takes_the_best_of_each_group(spec: Spec) -> None:
    """A quota is so many places per group, best first."""
    spec(
        """
        group_by: [kind]
        selection: {quota: 1}
        """,
        """
        unit | kind | x || rank | selected
        甲   | 制造 | 9 || 1    | true
        乙   | 制造 | 8 || 2    | false
        丙   | 服务 | 2 || 1    | true
        """,
    )


def test_quota_by_group_gives_each_its_own(spec: Spec) -> None:
    """`by_group` gives each group its own number of places, `default` to those it does not name."""
    spec(
        """
        group_by: [kind]
        selection: {quota: {by_group: {制造: 2, default: 1}}}
        """,
        """
        unit | kind | x || selected
        甲   | 制造 | 9 || true
        乙   | 制造 | 8 || true
        丙   | 制造 | 7 || false
        丁   | 服务 | 2 || true
        戊   | 服务 | 1 || false
        """,
    )


def test_quota_by_group_of_several_columns_joins_them(spec: Spec) -> None:
    """Groups by several columns are named with a slash: 物流/占地. A group nobody names gets no place."""
    spec(
        """
        group_by: [kind, land]
        selection: {quota: {by_group: {物流/占地: 1}}}
        """,
        """
        unit | kind | land   | x || selected
        甲   | 物流 | 占地   | 9 || true
        乙   | 物流 | 不占地 | 8 || false
        """,
    )


def test_quota_by_share_counts_the_ranked_units_of_the_group(spec: Spec) -> None:
    """A share is of the group's ranked units: half of the three that have a total is 1.5, rounded down to 1."""
    spec(
        """
        item: {missing: exclude}
        selection: {quota: {share: 0.5}}
        """,
        """
        unit | x || selected
        甲   | 9 || true
        乙   | 8 || false
        丙   | 7 || false
        丁   |   || false
        """,
    )


def test_quota_by_share_is_rounded_as_it_says(spec: Spec) -> None:
    """`rounding: ceil` makes 1.5 places two."""
    spec(
        """
        selection: {quota: {share: 0.5, rounding: ceil}}
        """,
        """
        unit | x || selected
        甲   | 9 || true
        乙   | 8 || true
        丙   | 7 || false
        """,
    )


def test_from_tiers_selects_only_from_those(spec: Spec) -> None:
    """`from_tiers` leaves places empty rather than fill them from a lower tier."""
    spec(
        """
        tiers: {order: [A, B], levels: [{tier: A, share: 0.34}, {tier: B}]}
        selection: {quota: 2, from_tiers: [A]}
        """,
        """
        unit | x || tier | selected
        甲   | 9 || A    | true
        乙   | 8 || B    | false
        丙   | 7 || B    | false
        """,
    )


def test_minimum_score_is_met_by_the_rounded_total(spec: Spec) -> None:
    """`minimum_score` is asked of the printed total: 99.99996 is 100 and passes."""
    spec(
        """
        selection: {quota: 5, minimum_score: 100}
        """,
        """
        unit | x        || score    | selected
        甲   | 120      || 120.0000 | true
        乙   | 99.99996 || 100.0000 | true
        丙   | 99.9999  || 99.9999  | false
        """,
    )


def test_stop_selects_none_of_those_tied_at_the_cut(spec: Spec) -> None:
    """`stop`, the default: those tied at the last place are not selected; a warning says that someone must decide."""
    spec(
        """
        selection: {quota: 2}
        """,
        """
        unit | x || selected | flags
        甲   | 9 || true     |
        乙   | 8 || false    | 入选线并列
        丙   | 8 || false    | 入选线并列
        丁   | 7 || false    |
        """,
        findings="""
        severity | code    | variable | unit
        warning  | cut_tie | all      | 丙、乙
        """,
    )


def test_include_ties_selects_all_of_them(spec: Spec) -> None:
    """`include_ties` takes all that are tied at the last place, beyond the quota."""
    spec(
        """
        selection: {quota: 2, at_the_cut: include_ties}
        """,
        """
        unit | x || selected | flags
        甲   | 9 || true     |
        乙   | 8 || true     | 入选线并列
        丙   | 8 || true     | 入选线并列
        丁   | 7 || false    |
        """,
        findings="""
        code    | unit
        cut_tie | 丙、乙
        """,
    )


def test_tie_that_ends_inside_the_quota_is_no_tie_at_the_cut(spec: Spec) -> None:
    """Only a tie across the last place is one at the cut: two equals for two places are both selected."""
    spec(
        """
        selection: {quota: 2}
        """,
        """
        unit | x || selected | flags
        甲   | 9 || true     |
        乙   | 9 || true     |
        丙   | 8 || false    |
        """,
    )


def test_reserve_lists_the_next(spec: Spec) -> None:
    """`reserve` prints the places of the next in line, 1 first; ties share the least place and come in together."""
    spec(
        """
        selection: {quota: 1, reserve: 2}
        """,
        """
        unit | x || selected | reserve
        甲   | 9 || true     |
        乙   | 8 || false    | 1
        丙   | 7 || false    | 2
        丁   | 7 || false    | 2
        戊   | 6 || false    |
        """,
    )


def test_those_tied_at_the_cut_come_first_in_the_reserve_all_of_them(spec: Spec) -> None:
    """Those whom `stop` left out come first in the reserve, all of them, then the next until the number is full."""
    spec(
        """
        selection: {quota: 2, reserve: 4}
        """,
        """
        unit | x || selected | reserve
        01   | 9 || true     |
        02   | 8 || false    | 1
        03   | 8 || false    | 1
        04   | 8 || false    | 1
        05   | 7 || false    | 4
        06   | 7 || false    | 4
        07   | 1 || false    |
        """,
        findings="""
        code    | unit
        cut_tie | 02、03、04
        """,
    )


def test_place_of_a_vetoed_unit_passes_to_the_next(spec: Spec) -> None:
    """No veto, of either effect, may be selected; the place passes on, also into the reserve."""
    spec(
        """
        vetoes:
          - {id: safety, label: 安全, when: accidents > 0, effect: not_selected}
          - {id: arrears, label: 欠薪, when: arrears > 0, effect: lowest_tier}
        tiers: {order: [A, B], levels: [{tier: A, share: 1}, {tier: B}]}
        selection: {quota: 1, reserve: 1}
        """,
        """
        unit | x | accidents | arrears || rank | tier | selected | reserve
        甲   | 9 | 1         | 0       || 1    | A    | false    |
        乙   | 8 | 0         | 1       || 2    | B    | false    |
        丙   | 7 | 0         | 0       || 3    | A    | true     |
        丁   | 6 | 0         | 0       || 4    | A    | false    | 1
        """,
    )


def test_exempt_unit_is_not_selected(spec: Spec) -> None:
    """An exempt unit takes no place."""
    spec(
        """
        exemptions: [{id: young, label: 新, when: young}]
        selection: {quota: 1}
        """,
        """
        unit | x | young || score  | selected
        甲   | 9 | true  || 9.0000 | false
        乙   | 8 | false || 8.0000 | true
        """,
    )


def test_quota_of_nothing_selects_nobody(spec: Spec) -> None:
    """With a quota of 0 nobody is selected, and who is first is first in the reserve."""
    spec(
        """
        selection: {quota: 0, reserve: 1}
        """,
        """
        unit | x || selected | reserve
        甲   | 9 || false    | 1
        乙   | 8 || false    |
        """,
    )
