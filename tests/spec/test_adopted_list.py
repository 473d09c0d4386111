"""Adopted lists: a domain whose list is decided elsewhere, with the computed ranking beside it."""

from tests.spec.tables import Spec

ADOPT = "selection: {adopt: {from: 督查激励名单}}"


def test_adopted_list_decides_who_is_selected(spec: Spec) -> None:
    """Who is on the list is selected, whatever the rank; each difference from the computed ranking is a note."""
    spec(
        ADOPT,
        """
        unit | x || rank | selected | reserve
        A    | 9 || 1    | true     |
        B    | 8 || 2    | false    |
        C    | 7 || 3    | true     |
        """,
        adopted="A C",
        findings="""
        severity | code               | unit | message
        info     | adopted_difference | B    | B按本方案计算在本组列第2名，不在参照名单上。
        info     | adopted_difference | C    | C在参照名单上，按本方案计算在本组列第3名。
        """,
    )


def test_list_is_compared_group_by_group(spec: Spec) -> None:
    """The list is compared with as many best-ranked units of each group as it names there: here nothing differs."""
    spec(
        "group_by: [kind]\n" + ADOPT,
        """
        unit | kind | x || rank | selected
        A    | 县   | 2 || 1    | true
        B    | 区   | 9 || 1    | true
        C    | 区   | 8 || 2    | false
        """,
        adopted="B A",
    )


def test_unit_without_rank_may_be_on_the_list(spec: Spec) -> None:
    """A unit that could not be ranked is selected if it is on the list, and the note says that it has no rank."""
    spec(
        "item: {missing: exclude}\n" + ADOPT,
        """
        unit | x || rank | selected
        A    |   ||      | true
        """,
        adopted="A",
        findings="""
        code               | message
        adopted_difference | A在参照名单上，按本方案计算没有名次。
        """,
    )


def test_unit_that_is_not_in_the_data_blocks(spec: Spec) -> None:
    """A name on the list that the data do not hold is an error: someone mistyped a key."""
    spec(
        "group_by: [kind]\n" + ADOPT,
        """
        unit | kind | x || selected
        A    | 县   | 9 || true
        """,
        adopted="A Z",
        findings="""
        severity | code                 | unit | message
        error    | adopted_unknown_unit | Z    | 参照名单里的“Z”不在评价数据里。
        """,
    )


def test_without_the_list_nobody_is_selected(spec: Spec) -> None:
    """Until the list is given nobody is selected, and a warning says how to give it."""
    spec(
        ADOPT,
        """
        unit | x || rank | selected
        A    | 9 || 1    | false
        """,
        findings="""
        severity | code            | mend
        warning  | no_adopted_list | 请用 --adopt 给出名单文件。
        """,
    )
