"""flags: how a unit's numbers came about, in one cell, in the order of the scheme."""

from tests.spec.tables import Spec


def test_flags_of_nodes_come_in_the_order_of_the_tree(spec: Spec) -> None:
    """Nodes are flagged in tree order: 插补 imputed, 赋分 filled, 跳过 skipped, 不适用 does not apply."""
    spec(
        """
        children:
          - {id: a, formula: x, missing: zero}
          - {id: b, formula: y, impute: {method: value, value: 1}}
          - {id: c, formula: z, missing: skip}
          - {id: d, formula: x, applies: z > 0}
        """,
        """
        unit | x | y | z || flags
        甲   | 1 | 1 | 1 ||
        乙   |   |   |   || 赋分:a;插补:b;跳过:c;不适用:d
        """,
    )


def test_missing_under_error_and_exclude_are_flagged_at_the_indicator(spec: Spec) -> None:
    """缺数 and 不定等级 stand at the indicator that lacks; nodes above it are missing without a flag."""
    spec(
        """
        children:
          - id: half
            children: [{id: a, formula: x}, {id: b, formula: y, missing: exclude}]
        """,
        """
        unit | x | y || score | flags
        甲   |   |   ||       | 缺数:a;不定等级:b
        """,
        findings="""
        code          | variable | unit
        missing_score | a        | 甲
        """,
    )


def test_rules_are_flagged_after_the_nodes(spec: Spec) -> None:
    """After the nodes come 豁免, 否决 and 加减分 by the rules' ids, in the order of the scheme."""
    spec(
        """
        exemptions: [{id: young, label: 新, when: y > 0}]
        vetoes: [{id: two, label: 二, when: y > 1}, {id: one, label: 一, when: y > 0}]
        adjustments: [{id: plus, label: 加, when: y > 1, points: 1}]
        item: {missing: zero}
        """,
        """
        unit | x | y || flags
        甲   |   | 2 || 赋分:item;豁免:young;否决:two;否决:one;加减分:plus
        乙   | 1 | 1 || 豁免:young;否决:one
        丙   | 1 | 0 ||
        """,
    )


def test_ties_are_flagged_last(spec: Spec) -> None:
    """Last come 档次线并列 and 入选线并列, for units tied at the line of a tier or of the selection."""
    spec(
        """
        adjustments: [{id: plus, label: 加, when: x > 8, points: 0}]
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        selection: {quota: 1}
        """,
        """
        unit | x || tier | selected | flags
        01   | 9 || B    | false    | 加减分:plus;档次线并列;入选线并列
        02   | 9 || B    | false    | 加减分:plus;档次线并列;入选线并列
        """,
        findings="""
        code     | unit
        cut_tie  | 01、02
        tier_tie | 01、02
        """,
    )


def test_ineligible_unit_has_no_flags(spec: Spec) -> None:
    """Who is not eligible is not scored: no rule is said to have struck it."""
    spec(
        """
        eligibility: [{id: land, label: 有地, when: land > 0}]
        exemptions: [{id: young, label: 新, when: y > 0}]
        vetoes: [{id: one, label: 一, when: y > 0}]
        adjustments: [{id: plus, label: 加, when: y > 0, points: 1}]
        item: {missing: zero}
        """,
        """
        unit | x | y | land || flags
        甲   |   | 1 | 0    ||
        乙   |   | 1 | 1    || 赋分:item;豁免:young;否决:one;加减分:plus
        """,
    )
