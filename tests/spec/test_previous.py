"""`from: previous`: benchmarks from last round's data, so that this round's units know what they are measured by."""

from tests.spec.tables import Spec


def test_benchmark_from_previous_is_last_round_s(spec: Spec) -> None:
    """The benchmark is the statistic of last round's units; this round's move nothing."""
    spec(
        """
        item: {normalise: {method: benchmark_ratio, benchmark: {statistic: mean, from: previous}}}
        """,
        """
        unit | x  || score:item
        甲   | 6  || 2
        乙   | 30 || 10
        """,
        previous="""
        unit | x
        甲   | 2
        丙   | 4
        """,
        benchmarks="""
        scope | n | statistic     | value
        all   | 2 | previous:mean | 3
        """,
    )


def test_groups_are_matched_by_name_and_a_new_one_has_no_benchmark(spec: Spec) -> None:
    """Last round's groups are matched by name; a group that did not exist has no benchmark, and a finding says so."""
    spec(
        """
        group_by: [kind]
        item: {missing: zero, normalise: {method: benchmark_ratio, benchmark: {statistic: max, from: previous}}}
        """,
        """
        unit | kind | x || score:item
        甲   | 制造 | 5 || 0.5
        乙   | 服务 | 5 || 0
        """,
        previous="""
        unit | kind | x
        甲   | 制造 | 10
        """,
        benchmarks="""
        scope     | n | statistic    | value
        kind=制造 | 1 | previous:max | 10
        """,
        findings="""
        code        | variable
        no_previous | item
        """,
    )


def test_last_round_s_ineligible_units_do_not_count(spec: Spec) -> None:
    """Last round's data are read by the same rules: who would not be eligible, and what is missing, is not counted."""
    spec(
        """
        eligibility: [{id: small, label: 不满十亩, when: land < 10}]
        children:
          - id: per_mu
            formula: tax / land
            normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums, from: previous}}
        """,
        """
        unit | tax | land || score:per_mu
        甲   | 40  | 1    || 2
        """,
        previous="""
        unit | tax | land
        甲   | 10  | 1
        乙   | 50  | 2
        丙   | 99  | 11
        丁   |     | 7
        """,
        benchmarks="""
        n | statistic              | value
        2 | previous:ratio_of_sums | 20
        """,
    )


def test_goalposts_may_come_from_previous_too(spec: Spec) -> None:
    """Each goalpost of `min_max` may come from last round by itself."""
    spec(
        """
        item:
          normalise: {method: min_max, low: 0, high: {statistic: max, from: previous, times: 2, precision: 0}}
        """,
        """
        unit | x || score:item
        甲   | 5 || 0.5
        """,
        previous="""
        unit | x
        甲   | 4.8
        """,
        benchmarks="""
        scope | n | statistic    | value
        all   |   | constant     | 0
        all   | 1 | previous:max | 10
        """,
    )


def test_without_last_round_s_data_there_is_no_benchmark(spec: Spec) -> None:
    """Without last round's data the benchmark is missing and a finding says how to give them; nothing is guessed."""
    spec(
        """
        item: {missing: exclude, normalise: {method: benchmark_ratio, benchmark: {statistic: mean, from: previous}}}
        """,
        """
        unit | x || score:item | score | flags
        甲   | 6 ||            |       | 不定等级:item
        """,
        findings="""
        code        | variable | mend
        no_previous | item     | 请用 --previous 给出上一轮数据；缺的组按缺失处理规则计分。
        """,
    )
