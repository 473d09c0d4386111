"""What a scheme assumes is listed, all of it, with its place; a scheme that assumes anything is provisional."""

from collections.abc import Callable

from mujun.scheme import Scheme
from mujun.scheme.assumptions import assumptions_of


def test_assumptions_are_listed_in_the_order_of_the_file_with_their_places() -> None:
    scheme = {
        "label": "小方案",
        "basis": {"clause": "a#1"},
        "constants": {"cutoff": "2019-04-09"},
        "constants_basis": {"cutoff": {"assumption": "没有写截止日"}},
        "score": {
            "id": "total",
            "children": [
                {
                    "id": "a",
                    "label": "亩均税收",
                    "weight_basis": {"assumption": "没有定权重"},
                    "missing_basis": {"assumption": "没有定缺失"},
                },
                {"id": "b", "basis": {"assumption": "没有列"}},
            ],
        },
        "tiers": {"levels": [{"tier": "A", "basis": {"assumption": "没有定比例"}}]},
    }

    assert assumptions_of(scheme) == (
        "小方案 常数：没有写截止日",
        "亩均税收 权重：没有定权重",
        "亩均税收 缺失处理：没有定缺失",
        "b：没有列",
        "A：没有定比例",
    )


def test_clauses_are_no_assumptions() -> None:
    assert assumptions_of({"basis": {"clause": "a#1"}, "score": {"id": "a", "basis": {"clause": "a#2"}}}) == ()


def test_scheme_that_assumes_nothing_is_not_provisional(scheme_with: Callable[[str], Scheme]) -> None:
    assert not scheme_with("").provisional


def test_scheme_that_assumes_one_quota_is_provisional(scheme_with: Callable[[str], Scheme]) -> None:
    scheme = scheme_with("selection: {quota: 3, basis: {assumption: 没有定名额}}\n")

    assert scheme.provisional
    assert len(scheme.assumptions) == 1
    assert scheme.assumptions[0].endswith("：没有定名额")
