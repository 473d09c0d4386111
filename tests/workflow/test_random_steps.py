"""Random steps: no edge but the legal ones, and the invariants hold, whatever is tried by whomever."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copy

import pytest

from mujun.law import PROGRAMME, Law
from mujun.workflow import Workflow, load_workflow
from mujun.workflow.states import MACHINES
from tests.workflow.legal import LEGAL
from tests.workflow.walk import Walker


def test_edges_are_the_legal_ones(workflow: Workflow) -> None:
    declared = {
        name: {(str(source or "-"), str(edge.target(source))) for edge in machine.edges for source in edge.sources}
        for name, machine in workflow.machines.items()
    }
    assert declared == LEGAL


def test_steps_till_every_edge_was_taken_break_nothing(workflow: Workflow) -> None:
    """A walk that missed an edge would prove nothing about it. Some are rare: at most a quarter of a million steps."""
    walker = Walker(workflow, seed=9)
    for _ in range(12):
        walker.walk(20_000)
        if all(walker.taken[edge.id] for edge in workflow.edges):
            break
    assert [edge.id for edge in workflow.edges if not walker.taken[edge.id]] == []
    assert walker.denied > 20_000


@pytest.mark.parametrize(
    "guard",
    ["list_is_decided", "notice_over", "no_open_objection", "every_track_accepted", "frozen_run_stands", "place_left"],
)
def test_walk_notices_a_guard_taken_away(guard: str, law: Law, tmp_path: Path) -> None:
    """The invariants are the walker's own: without the guard it finds the harm."""
    walker = Walker(without(guard, law, tmp_path), seed=1)
    with pytest.raises(AssertionError):
        walker.walk(60_000)


@pytest.mark.acceptance
def test_a_million_steps_break_nothing_and_reach_every_state(workflow: Workflow) -> None:
    walker = Walker(workflow, seed=1)
    walker.walk(1_000_000)
    assert {edge.id for edge in workflow.edges} - set(walker.taken) == set()
    states = {(name, state.value) for name, kind in MACHINES.items() for state in kind}
    assert states - walker.reached == set()


def without(guard: str, law: Law, root: Path) -> Workflow:
    (root / "2019").mkdir()
    for name in ("round.yaml", "permissions.yaml"):
        copy(PROGRAMME / "2019" / name, root / "2019" / name)
    text = (PROGRAMME / "2019" / "workflow.yaml").read_text(encoding="utf-8")
    text, count = re.subn(rf"(?<=[\[ ]){guard}(, |\]|,\n)", lambda found: "]" if found[1] == "]" else "", text)
    assert count
    (root / "2019" / "workflow.yaml").write_text(text.replace(", ]", "]"), encoding="utf-8")
    return load_workflow("2019", law, root)
