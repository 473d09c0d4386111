"""What somebody may do now, and what stands in the way."""

from __future__ import annotations

from datetime import timedelta

from mujun.workflow import Access, Actor, Option, Role, Target, Workflow, due, options, ways
from mujun.workflow.facts import Facts
from mujun.workflow.states import RoundState, TrackState, ValuesState
from tests.workflow.good import FIRM, OVER, good, holder
from tests.workflow.people import NOW


def names(found: tuple[Option, ...]) -> list[str]:
    """Those at hand; a proposal is marked 提请."""
    return [("提请" if one.access is Access.PROPOSE else "") + one.edge.label for one in found if one.at_hand]


def offered(workflow: Workflow, machine: str, facts: Facts, actor: Actor) -> list[str]:
    return names(options(workflow.machines[machine], facts, actor, NOW))


def test_each_desk_has_its_own_steps(workflow: Workflow) -> None:
    """A round on notice whose time is over: the office may publish, extend nothing, cancel."""
    facts = good(workflow.edge("R10"), content="")
    desks = {role: offered(workflow, "round", facts, holder(role, Target())) for role in Role}
    assert {role: steps for role, steps in desks.items() if steps} == {
        Role.A: ["提请延长公示", "提请取消年度行动"],
        Role.B: ["印发名单"],
    }


def test_what_the_form_asks_for_does_not_stand_in_the_way(workflow: Workflow) -> None:
    edge = workflow.edge("R10")
    facts = good(edge, document_number="", open_objections=("第2号",))
    actor = holder(Role.B, Target(), reauthenticated_at=None)
    publish = next(one for one in options(workflow.machines["round"], facts, actor, NOW) if one.edge is edge)
    assert [one.code for one in publish.to_fill_in] == ["not_reauthenticated", "no_document_number"]
    assert [one.code for one in publish.in_the_way] == ["objection_open"]
    assert (publish.leaves, publish.his, publish.at_hand) == (True, True, False)


def test_second_person_sees_what_was_proposed_and_the_first_does_not_confirm_it(workflow: Workflow) -> None:
    facts = good(workflow.edge("R5"))
    second = holder(Role.B, Target())
    both = holder(Role.B, Target(), name="第一人")
    assert offered(workflow, "round", facts, second) == ["提请审定"]
    assert offered(workflow, "round", facts, both) == []
    assert offered(workflow, "round", good(workflow.edge("R5"), proposal=None), second) == []


def test_one_edge_has_one_way_or_two_or_none(workflow: Workflow) -> None:
    actor = holder(Role.A, Target())
    counted = {
        name: [one.access for one in ways(workflow.edge(name), good(workflow.edge(name)), actor, NOW)]
        for name in ("R3", "R4", "R5")
    }
    assert counted == {"R3": [], "R4": [Access.DO], "R5": [Access.PROPOSE, Access.DO]}


def test_county_has_its_own_path(workflow: Workflow) -> None:
    """A firm's set is confirmed by the firm; the county confirms for one without account, or sends it back."""
    facts = good(workflow.edge("V3"), signed_scan="")
    assert offered(workflow, "values", facts, holder(Role.K, FIRM)) == ["代为确认", "县级退回"]
    assert offered(workflow, "values", facts, holder(Role.E, FIRM)) == ["确认一企一单", "对数据提出疑问"]
    every = options(workflow.machines["values"], facts, holder(Role.K, FIRM), NOW)
    assert {one.edge.id for one in every if one.edge.paths and "firm" not in one.edge.paths} == set()


def test_stranger_has_nothing(workflow: Workflow) -> None:
    other = holder(Role.C, Target(domain="services"))
    found = options(workflow.machines["track"], good(workflow.edge("T4")), other, NOW)
    assert [one for one in found if one.his] == []


def test_what_follows_by_itself_is_due_when_its_time_has_come(workflow: Workflow) -> None:
    machine, edge = workflow.machines["values"], workflow.edge("V4")
    facts = good(edge, state=ValuesState.SUBMITTED, confirm_by=NOW)
    assert [one.id for one in due(machine, facts, NOW)] == []
    assert [one.id for one in due(machine, facts, NOW + timedelta(seconds=1))] == ["V4"]


def test_round_starts_evaluating_when_the_first_track_collects(workflow: Workflow) -> None:
    assert [one.id for one in due(workflow.machines["round"], good(workflow.edge("R3")), NOW)] == ["R3"]
    published = good(workflow.edge("R10"), state=RoundState.PUBLISHED, notices=(OVER,))
    assert due(workflow.machines["round"], published, NOW) == ()
    assert due(workflow.machines["track"], good(workflow.edge("T4"), state=TrackState.COLLECTING), NOW) == ()
