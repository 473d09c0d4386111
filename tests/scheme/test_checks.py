"""What shows only when the parts are put together: full marks, names, groups."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mujun.scheme.checks import full_marks, weight_combinations
from mujun.scheme.model import Node, Weight
from tests.scheme.conftest import Mistakes


def test_weights_that_sum_to_99_99_are_refused_with_the_sum(mistakes: Mistakes) -> None:
    """W02: 100 passes, 99.99 does not."""
    assert mistakes({"weight: 60": "weight: 59.99"}) == [
        "small.yaml:17 “总分”权重合计为99.99，应为100。请核对方案里各项的权重。"
    ]


def test_weights_that_sum_to_100_in_decimals_pass(mistakes: Mistakes) -> None:
    """33.3 + 33.4 + 33.3 is 100 exactly, which doubles would not say of 0.1 + 0.2."""
    assert mistakes({"of: 100": "of: 0.3", "weight: 60": "weight: 0.1", "weight: 40": "weight: 0.2"}) == []


def test_weights_are_summed_for_each_industry(mistakes: Mistakes) -> None:
    found = mistakes({"weight: 60": "weight: {by: industry, 石化: 70, 时尚: 50, default: 60}"})

    assert found == [
        "small.yaml:17 “总分”（石化）权重合计为110，应为100。请核对方案里各项的权重。",
        "small.yaml:17 “总分”（时尚）权重合计为90，应为100。请核对方案里各项的权重。",
    ]


def test_weights_that_make_up_for_each_other_in_each_industry_pass(mistakes: Mistakes) -> None:
    changes = {
        "weight: 60": "weight: {by: industry, 时尚: 70, default: 60}",
        "weight: 40": "weight: {by: industry, 时尚: 30, default: 40}",
    }

    assert mistakes(changes) == []


def test_weights_without_default_must_name_every_class(mistakes: Mistakes) -> None:
    named = {"weight: 60": "weight: {by: industry, 石化: 60, 时尚: 60}"}

    assert mistakes(named)[-1] == ("small.yaml:23 “亩均税收”的权重没有包括所有的类（其他）。请补上，或写 default。")


def test_weights_that_name_every_class_need_no_default(mistakes: Mistakes) -> None:
    assert mistakes({"weight: 60": "weight: {by: industry, 石化: 60, 时尚: 60, 其他: 60}"}) == []


def test_name_of_a_variable_is_taken(mistakes: Mistakes) -> None:
    assert mistakes({"id: per_mu": "id: tax"}) == ["small.yaml:23 “tax”已用作数据项的名字。请换一个 id。"]


def test_two_nodes_of_one_name_are_refused(mistakes: Mistakes) -> None:
    assert mistakes({"id: per_head": "id: per_mu"}) == ["small.yaml:29 “per_mu”已用作指标的名字。请换一个 id。"]


@pytest.mark.parametrize("name", ["per mu", "2019", "a-b", "亩均/税收"])
def test_name_that_a_formula_could_not_write_is_refused(mistakes: Mistakes, name: str) -> None:
    assert mistakes({"id: per_mu": f"id: {name}"}) == [
        f"small.yaml:23 “{name}”不能作 id。请用字母、汉字、数字和下划线，不以数字开头。"
    ]


@pytest.mark.parametrize("name", ["yield", "class", "in", "None"])
def test_name_that_means_something_else_in_formulas_is_refused(mistakes: Mistakes, name: str) -> None:
    assert len(mistakes({"id: per_mu": f'id: "{name}"'})) == 1


def test_two_rules_of_one_name_are_refused(mistakes: Mistakes) -> None:
    rule = "  - {id: land, label: 有地, when: land > 0}\n"

    assert mistakes(more=f"eligibility:\n{rule}{rule}") == ["small.yaml:1 参评条件里有两条叫“land”。请换一个 id。"]


def test_quota_of_a_group_that_does_not_exist_is_a_warning(mistakes: Mistakes) -> None:
    assert mistakes(more="selection: {quota: {by_group: {石化: 3, 航空: 2, default: 1}}}\n") == [
        "small.yaml:1 名额里的“航空”不是分组。分组有石化、时尚。"
    ]


def test_lowest_tier_veto_wants_tiers(mistakes: Mistakes) -> None:
    assert mistakes(more="vetoes: [{id: a, label: 否, when: tax < 0, effect: lowest_tier}]\n") == [
        "small.yaml:1 一票否决要降到最低档，而方案没有 tiers。请写 tiers，或改为 effect: not_selected。"
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("tiers: {order: [A], levels: [{tier: B}]}", "档次“B”不在 order 里。order 须从好到差列出全部档次。"),
        ("tiers: {levels: []}", "tiers 缺少 levels。"),
        ("tiers: {levels: [{tier: A, share: 20}]}", "档次“A”的“share”须在0和1之间，例如20%写0.20。"),
        ("tiers: {levels: [{tier: A, share: 0.2, up_to: 0.3}]}", "档次“A”的 share 与 up_to 只能写一个。"),
        ("tiers: {levels: [{tier: A, outside_quota: true}]}", "档次“A”在名额之外，须写 when。"),
        ("selection: {}", "selection 须写 quota（名额）或 adopt（参照名单）之一。"),
        ("selection: {quota: 1, from_tiers: [A]}", "from_tiers 里的“A”不是 tiers 里的档次。"),
        ("selection: {quota: -1}", "名额不能是负数。"),
        ("adjustments_between: [10, -10]", "adjustments_between 须是从小到大的两个数，例如 [-10, 10]。"),
        ("trial: maybe", "评价方案的“trial”须是 true 或 false，现在是“maybe”。"),
    ],
)
def test_rule_that_cannot_be_meant_is_a_mistake(mistakes: Mistakes, more: str, message: str) -> None:
    assert [line.partition(" ")[2] for line in mistakes(more=more + "\n")] == [message]


# --- full marks -------------------------------------------------------------------------------------------------------


def node(name: str, weight: object = 1, **more: object) -> Node:
    held = weight if isinstance(weight, Weight) else Weight(Fraction(str(weight)))
    return Node(id=name, label=name, weight=held, **more)  # type: ignore[arg-type]


def test_full_marks_of_a_sum_are_the_weighted_full_marks_of_its_children() -> None:
    tree = node("total", aggregate="sum", children=(node("a", 60), node("b", 2, of=Fraction(20))))

    assert full_marks(tree, {}) == 100


def test_full_marks_of_a_mean_are_divided_by_the_weights() -> None:
    tree = node("total", aggregate="mean", children=(node("a", 3, of=Fraction(10)), node("b", 1, of=Fraction(2))))

    assert full_marks(tree, {}) == 8


def test_full_marks_of_a_geometric_mean_and_of_a_normalised_dimension_are_1_or_what_they_say() -> None:
    children = (node("a", 60), node("b", 40))

    assert full_marks(node("total", aggregate="geometric_mean", children=children), {}) == 1
    assert full_marks(node("total", aggregate="geometric_mean", children=children, of=Fraction(10)), {}) == 10


def test_every_combination_of_classes_is_looked_at_and_anything_else_besides() -> None:
    from mujun.scheme.expression import Column, Kind

    by = Weight(Fraction(1), Column("kind", Kind.TEXT), {"甲": Fraction(2)})
    tree = node("total", aggregate="sum", children=(node("a", by), node("b")))

    assert weight_combinations(tree) == [{"kind": None}, {"kind": "甲"}]
    assert [full_marks(tree, classes) for classes in weight_combinations(tree)] == [2, 3]
