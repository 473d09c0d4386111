"""Findings: each says what, which units, and what to do. (Findings of data and schemes are tested where they arise.)"""

from tests.spec.tables import Spec


def test_missing_score_names_the_indicator_and_its_units(spec: Spec) -> None:
    """A missing score under `error` blocks, names its units, and tells the two ways out."""
    spec(
        """
        item: {label: 亩均税收}
        """,
        """
        unit | x || score
        甲   | 1 || 1.0000
        乙   |   ||
        丙   |   ||
        """,
        findings="""
        message                                          | mend
        “亩均税收”有2个单位缺数据，算不出总分：丙、乙。 | 请补报数据；若方案允许缺，请在该指标写 missing 规则。
        """,
    )


def test_division_by_zero_tells_what_happens_next(spec: Spec) -> None:
    """Division by zero is a warning that says by which rule the item is scored."""
    spec(
        """
        item: {label: 亩均税收, formula: x / y, missing: zero}
        """,
        """
        unit | x | y || score:item
        甲   | 1 | 0 || 0
        """,
        findings="""
        severity | message                            | mend
        warning  | “亩均税收”有1个单位除数为0：甲。 | 该项按缺失处理规则计分；请核对除数那一栏。
        """,
    )


def test_benchmark_that_is_not_positive_names_the_group(spec: Spec) -> None:
    """A benchmark of 0 or less names the group it is the benchmark of."""
    spec(
        """
        group_by: [kind]
        item: {missing: zero, normalise: {method: benchmark_ratio, benchmark: {statistic: mean}}}
        """,
        """
        unit | kind | x  || score:item
        甲   | 制造 | 2  || 1
        乙   | 服务 | -1 || 0
        """,
        findings="""
        severity | message                                              | mend
        warning  | “item”在kind=服务的基准值是-1，不大于0，无从相比。 | 该组此项按缺失处理规则计分。
        """,
    )


def test_tier_tie_says_where_the_tied_went(spec: Spec) -> None:
    """A tie at a tier's line names the scope, the tier, the units and which way they went."""
    spec(
        """
        tiers: {order: [A, B], levels: [{tier: A, share: 0.5}, {tier: B}]}
        """,
        """
        unit | x || tier
        01   | 9 || B
        02   | 9 || B
        """,
        findings="""
        message                                                  | mend
        全部：档次“A”的界线上有2个单位并列，一并归入较差一档。 | 请核对这些单位的得分；如需区分，请在方案里写 tie_break。
        """,  # noqa: E501
    )


def test_cut_tie_says_that_somebody_must_decide(spec: Spec) -> None:
    """A tie at the cut says that none was selected and who has to settle it."""
    spec(
        """
        selection: {quota: 1}
        """,
        """
        unit | x || selected
        01   | 9 || false
        02   | 9 || false
        """,
        findings="""
        message
        全部：第1个名额上有2个单位并列，按规则一个也未选，列在备选最前，须由推荐环节裁定。
        """,
    )


MEND_CLASS = (
    "权重只列了这些类：石化、时尚。请核对这些单位的“行业代码”（code）；若它们应属某一类，"
    "请在 industry 的 classify 里补上代码或 else；"
    "若另成一类，请给它写权重或 default。"
)


def test_unit_of_a_class_that_no_weight_knows_is_told_so(spec: Spec) -> None:
    """Its data are there; what lacks is its class, so that is said, with the classes there are and how to mend it."""
    spec(
        """
        derive: {industry: {classify: {of: code, classes: {石化: ["25", "26"], 时尚: ["19"]}}}}
        variables: {code: {label: 行业代码, type: text}}
        score: {label: 总分}
        children: [{id: a, formula: x, weight: {by: industry, 石化: 2, 时尚: 3}}]
        """,
        """
        unit | code | x || score   | rank | flags
        甲   | 25 号 | 1 || 2.0000  | 1    |
        乙   | 30 号 | 1 ||         |      | 缺数:total
        """,
        findings=f"""
        severity | code          | unit | message | mend
        error    | unknown_class | 乙   | “总分”有1个单位归不进权重所列的类，定不出权重：乙。 | {MEND_CLASS}
        """,
    )


def test_numbers_beyond_what_doubles_hold_are_reported(spec: Spec) -> None:
    """Values under 1e-6 or over 1e12 are a warning: their last printed digits are not to be relied on."""
    spec(
        """
        item: {label: 产值, weight: 0}
        """,
        """
        unit | x              || score
        甲   | 1000000000000  || 0.0000
        乙   | 1000000000001  || 0.0000
        丙   | 0.000001       || 0.0000
        丁   | 0.000000999    || 0.0000
        戊   | 0              || 0.0000
        """,
        findings="""
        code         | message
        out_of_range | “产值”有2个单位的值小于百万分之一或大于万亿，末位数字不可靠：丁、乙。
        """,
    )


def test_errors_come_before_warnings_before_notes(spec: Spec) -> None:
    """Findings are sorted by severity: what blocks comes first, what merely informs last."""
    spec(
        """
        group_by: [kind]
        children:
          - {id: a, formula: x / y, missing: zero}
          - {id: b, formula: y}
        selection: {adopt: {from: 名单}}
        """,
        """
        unit | kind | x | y || selected
        A    | 县   | 1 | 0 || false
        B    | 县   | 1 | 2 || true
        C    | 县   | 1 |   || false
        D    | 县   | 9 | 9 || false
        """,
        adopted="B",
        findings="""
        severity | code               | unit
        error    | missing_score      | C
        warning  | division_by_zero   | A
        info     | adopted_difference | B
        info     | adopted_difference | D
        """,
    )
