"""Before scoring: derived columns, groups, who is eligible, who is exempt."""

from tests.spec.tables import Spec


def test_classify_takes_the_longest_prefix(spec: Spec) -> None:
    """`classify` goes by the longest prefix of a code; `else` takes the rest, and a missing code stays missing."""
    spec(
        """
        variables: {code: {type: text}}
        derive:
          industry: {classify: {of: code, classes: {石化: ["25", "26"], 时尚: ["19", "268"]}, else: 其他}}
        group_by: [industry]
        """,
        """
        unit | code | x || industry
        甲   | 2614 | 1 || 石化
        乙   | 2681 | 1 || 时尚
        丙   | 1951 | 1 || 时尚
        丁   | 3099 | 1 || 其他
        戊   |      | 1 ||
        """,
    )


def test_classify_without_else_leaves_the_rest_missing(spec: Spec) -> None:
    """Without `else` a code of no class gives no class, which conditions can ask for."""
    spec(
        """
        variables: {code: {type: text}}
        derive:
          industry: {classify: {of: code, classes: {石化: ["25"]}}}
        eligibility:
          - {id: known, label: 属于所列行业, when: not missing(industry)}
        """,
        """
        unit | code | x || eligible | excluded_because
        甲   | 2511 | 1 || true     |
        乙   | 3099 | 1 || false    | 属于所列行业
        """,
    )


def test_choose_takes_the_first_true_condition(spec: Spec) -> None:
    """`choose` takes the first condition that is true; `else` takes the rest."""
    spec(
        """
        derive:
          size: {choose: [{when: staff >= 300, then: 大}, {when: staff >= 20, then: 中}], else: 小}
        group_by: [size]
        """,
        """
        unit | staff | x || size
        甲   | 300   | 1 || 大
        乙   | 299   | 1 || 中
        丙   | 19    | 1 || 小
        丁   |       | 1 || 小
        """,
    )


def test_computed_column_may_be_used_like_a_variable(spec: Spec) -> None:
    """A derived column may be a formula with a unit, and formulas after it may use it."""
    spec(
        """
        derive:
          per_mu: {formula: tax / land, unit: 元/平方米}
        children:
          - {id: a, formula: per_mu, unit: 万元/亩}
        """,
        """
        unit | tax 万元 | land 亩 || value:a
        甲   | 30       | 2       || 15
        """,
    )


def test_eligibility_names_every_rule_that_fails(spec: Spec) -> None:
    """All rules must hold; who fails is 不参评, with the labels of all rules that do not hold and nothing else."""
    spec(
        """
        eligibility:
          - {id: land, label: 有工业用地, when: land > 0}
          - {id: open, label: 已投产, when: opened}
        """,
        """
        unit | land | opened | x || eligible | excluded_because  | value:item | score  | rank | group_size
        甲   | 1    | true   | 5 || true     |                   | 5          | 5.0000 | 1    | 1
        乙   | 0    | true   | 9 || false    | 有工业用地        |            |        |      |
        丙   | 0    | false  | 9 || false    | 有工业用地；已投产 |            |        |      |
        """,
    )


def test_condition_over_something_missing_does_not_hold(spec: Spec) -> None:
    """Conditions are three-valued and hold only if true: neither `x > 0` nor its `not` holds for a missing x."""
    spec(
        """
        eligibility:
          - {id: plus, label: 正, when: x > 0}
          - {id: minus, label: 非正, when: not x > 0}
          - {id: either, label: 正或有, when: x > 0 or y > 0}
          - {id: gone, label: 缺, when: missing(x)}
        """,
        """
        unit | x  | y || excluded_because
        甲   | 1  | 1 || 非正；缺
        乙   | -1 | 0 || 正；正或有；缺
        丙   |    | 1 || 正；非正
        丁   |    |   || 正；非正；正或有
        """,
    )


def test_ineligible_units_are_in_no_statistic(spec: Spec) -> None:
    """A unit that is not eligible counts nowhere: the benchmark is the mean of 2 and 4."""
    spec(
        """
        eligibility: [{id: land, label: 有地, when: land > 0}]
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | land | x   || score:item
        甲   | 1    | 2   || 0.666666666667
        乙   | 1    | 4   || 1.33333333333
        丙   | 0    | 999 ||
        """,
        benchmarks="""
        n | value
        2 | 3
        """,
    )


def test_exempt_units_are_scored_and_counted_but_neither_ranked_nor_graded(spec: Spec) -> None:
    """An exempt unit is 不定等级: a score, and a place in the benchmark, but no rank, tier or part in any share."""
    spec(
        """
        constants: {cutoff: 2019-04-09}
        exemptions: [{id: young, label: 未满两年, when: "full_years(opened, cutoff) < 2"}]
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        selection: {quota: 5}
        """,
        """
        unit | opened     | x  || score  | rank | group_size | tier | selected | flags
        甲   | 2010-01-01 | 2  || 0.5000 | 1    | 2          | A    | true     |
        乙   | 2017-04-09 | 1  || 0.2500 | 2    | 2          | B    | true     |
        丙   | 2017-04-10 | 9  || 2.2500 |      |            |      | false    | 豁免:young
        """,
        benchmarks="""
        n | statistic | value
        3 | mean      | 4
        """,
    )


def test_groups_are_ranked_each_for_itself(spec: Spec) -> None:
    """Ranks stay inside a group; a missing group value is a group of its own."""
    spec(
        """
        group_by: [kind]
        """,
        """
        unit | kind | x || rank | group_size
        甲   | 制造 | 3 || 1    | 2
        乙   | 制造 | 2 || 2    | 2
        丙   | 服务 | 1 || 1    | 1
        丁   |      | 5 || 1    | 1
        """,
    )


def test_missing_group_is_shown_as_empty(spec: Spec) -> None:
    """The scope of units without a group value is called （空）."""
    spec(
        """
        group_by: [kind, place]
        item: {normalise: {method: rank}}
        """,
        """
        unit | kind | place | x || score:item
        甲   | 制造 | 东    | 3 || 1
        乙   |      | 东    | 2 || 1
        丙   |      | 东    | 1 || 2
        """,
        benchmarks="""
        scope             | n
        kind=制造;place=东 | 1
        kind=（空）;place=东 | 2
        """,
    )
