"""A round from its beginning to its publication, step by step, with as few people as the two-person rules allow.

Nobody is ever forgotten for what he did; so it has to be shown that an office of three can still bring it to its end.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import evolve

from mujun.workflow import Act, Actor, Target, Workflow, decide, propose, remember
from mujun.workflow.facts import Proposal
from mujun.workflow.states import IncentiveState, ObjectionState, RoundState, TrackState, ValuesState
from tests.workflow.good import FIRM, good
from tests.workflow.people import NOW, grant, person

PEOPLE = {
    "办事员": person("办事员", grant("A")),
    "主任": person("主任", grant("B")),
    "副主任": person("副主任", grant("B")),
    "经信经办": person("经信经办", grant("C", domain="manufacturing")),
    "经信处长": person("经信处长", grant("D", domain="manufacturing")),
    "税务": person("税务", grant("P", agency="税务", region="黄岩区")),
    "甲厂": person("甲厂", grant("E", unit="甲厂")),
    "黄岩": person("黄岩", grant("K", region="黄岩区")),
    "台州": person("台州", grant("T", region="台州市")),
    "受理员": person("受理员", grant("O")),
    "复核员": person("复核员", grant("O")),
    "兑现处": person("兑现处", grant("X", agency="税务")),
}
OFFICE = """
    R1 办事员 | R2 主任 | R3 - | R4 办事员 | R5 办事员 主任 | R6 办事员 主任
    R7 办事员 主任 | R7e 办事员 主任 | R10 副主任
"""
"""A step, who proposes it where two are wanted, and who takes it."""
COUNTIES = """
    T1 办事员 | T2 主任 | T3 办事员 | T4 办事员 | T5 办事员 | T6 主任
    T7a 办事员 主任 | T8a 主任 | T9 主任 | T10 办事员 副主任
"""
FIRMS = """
    T1 经信经办 | T2 经信处长 | T3 经信经办 | T4 经信经办 | T5 经信经办 | T6 经信处长 | T7 经信经办 | T8 经信处长
    T9 经信处长 | T11 办事员 主任 | T12 经信经办 | T8 经信处长 | T9 经信处长 | T10 办事员 主任
"""
"""Its list comes back once."""


def go(workflow: Workflow, machine: str, script: str, target: Target, **changed: object) -> StrEnum | None:
    """Where the thing is after the script. Every step is judged, with what is remembered of those before it."""
    state: StrEnum | None = None
    done: dict[Act, frozenset[str]] = {}
    for line in script.strip().splitlines():
        for step in line.split(" | "):
            name, *names = step.split()
            edge = workflow.edge(name)
            assert edge.machine == machine
            facts = evolve(good(edge, state=state, **changed), target=target, done=done, proposal=None)
            if edge.proposed_by:
                first = PEOPLE[names[0]]
                assert propose(edge, facts, first, NOW).reasons == (), step
                facts = evolve(facts, proposal=Proposal(edge=edge.id, person=first.person, content=facts.content))
            actor: Actor | None = None if edge.automatic else PEOPLE[names[-1]]
            assert decide(edge, facts, actor, NOW).reasons == (), step
            state, done = edge.target(state), dict(remember(edge, facts, actor.person if actor else ""))
    return state


def test_office_of_three_brings_a_round_to_its_publication(workflow: Workflow) -> None:
    assert go(workflow, "round", OFFICE, Target()) is RoundState.PUBLISHED


def test_same_three_bring_their_own_domain_to_its_acceptance(workflow: Workflow) -> None:
    """The deputy, who has signed nothing, accepts."""
    assert go(workflow, "track", COUNTIES, Target(domain="county")) is TrackState.ACCEPTED


def test_two_of_a_department_bring_a_list_through_a_return(workflow: Workflow) -> None:
    assert go(workflow, "track", FIRMS, Target(domain="manufacturing")) is TrackState.ACCEPTED


def test_data_of_a_firm_pass_their_levels(workflow: Workflow) -> None:
    script = "V1 税务 | V2 税务 | V5 甲厂 | V6 税务 | V3 甲厂 | V7 黄岩 | V8 台州 | V9 经信经办"
    assert go(workflow, "values", script, FIRM, path="firm") is ValuesState.ACCEPTED
    returned = """
        V1 税务 | V2 税务 | V3k 黄岩 | V7 黄岩 | V8 台州 | V11 台州
        V1 税务 | V2 税务 | V4 - | V7 黄岩 | V8 台州 | V9 经信经办
    """
    assert go(workflow, "values", returned, FIRM, path="firm") is ValuesState.ACCEPTED


def test_objection_takes_two(workflow: Workflow) -> None:
    listed = Target(domain="manufacturing", unit="甲厂", public=True, under_objection=True, on_paper=True)
    script = "O1 甲厂 | O2 受理员 | O4u 复核员 | O5 受理员 | O6 受理员"
    assert go(workflow, "objection", script, listed) is ObjectionState.CLOSED


def test_incentive_is_paid_and_the_winner_says_so(workflow: Workflow) -> None:
    script = (
        "I1 经信经办 经信处长 | I2 甲厂 | I3r 兑现处 | I2 甲厂 | I3 兑现处 | I4 兑现处 | I6 甲厂 | I4 兑现处 | I5 甲厂"
    )
    assert go(workflow, "incentive", script, FIRM) is IncentiveState.ATTESTED
