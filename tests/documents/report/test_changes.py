"""Who came, stayed and left since last round, and how ranks moved."""

from __future__ import annotations

from typing import Any

from mujun.charts import Change
from mujun.documents.report.changes import Changes, changes_since
from mujun.engine import evaluate
from tests.agreement import dataset_of, scheme_of
from tests.documents.report.conftest import SCHEME

TWO = SCHEME.replace("quota: 1, from_tiers: [A]", "quota: 2")


def firm(key: str, tax: float) -> dict[str, Any]:
    return {"key": key, "name": f"{key}厂", "tax": tax, "land": 1, "rd": tax / 10}


def changes(now: list[dict[str, Any]], last: list[dict[str, Any]]) -> Changes | None:
    scheme = scheme_of(TWO)
    before = evaluate(scheme, dataset_of(scheme, last))
    return changes_since(evaluate(scheme, dataset_of(scheme, now)), before.units, "说明")


def test_stayers_newcomers_and_leavers_are_told_apart() -> None:
    """Last round 1 and 2 were selected; now 2 and 4, which is new; 1 fell behind, and 5 is gone."""
    found = changes(
        [firm("1", 3), firm("2", 20), firm("3", 2), firm("4", 12)], [firm("1", 20), firm("2", 15), firm("5", 1)]
    )
    assert found is not None
    assert (found.stayed, found.came, found.left) == (("2厂",), ("4厂",), ("1厂",))
    assert (found.both, found.new, found.gone) == (2, 2, 1)
    assert found.had_list
    ((group, moves),) = found.moves
    assert group == "全部"
    assert [(move.name, move.before, move.now) for move in moves] == [("2厂", 2, 1), ("4厂", None, 2)]


def test_leaver_that_is_gone_is_named_as_it_was() -> None:
    found = changes([firm("1", 20), firm("2", 10)], [firm("1", 20), firm("9", 15)])
    assert found is not None
    assert found.left == ("9厂",)


def test_scores_are_printed_as_they_are_ranked() -> None:
    found = changes([firm("1", 20), firm("2", 10)], [firm("1", 20), firm("2", 10)])
    assert found is not None
    assert found.moves[0][1][0] == Change("1厂", 1, 1, "93.3", "93.3")


def test_nothing_is_compared_with_a_round_without_ranks() -> None:
    assert changes([firm("1", 20)], [{**firm("1", 20), "land": 0}]) is None
