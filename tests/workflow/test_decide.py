"""A step is allowed, or every reason against it is given at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from mujun.law import load_law
from mujun.workflow import Act, Answer, Effect, Role, Target, Workflow, decide, load_workflow, propose
from mujun.workflow.facts import Proposal
from mujun.workflow.states import RoundState, TrackState
from tests.workflow.good import FIRST, able, against, ask, good, holder
from tests.workflow.people import NOW, codes, grant, person

EDGES = [edge.id for edge in load_workflow("2019", load_law()).edges]


@pytest.mark.parametrize("name", EDGES)
def test_every_edge_is_taken_by_those_it_names_and_by_nobody_else(workflow: Workflow, name: str) -> None:
    """All being well, the role alone decides. Who may not is told so, or does not find it at all."""
    edge = workflow.edge(name)
    facts = good(edge)
    if edge.automatic:
        assert decide(edge, facts, None, NOW).answer is Answer.ALLOWED
        return
    may = {role for role in Role if decide(edge, facts, holder(role, facts.target), NOW).allowed}
    action = edge.action
    assert action
    here = {role for role in edge.who if not action.cells[role].first_domain or facts.target.domain == "county"}
    everybody = {Role.Z, *Role} - {Role.SA, Role.SE, Role.AU} if here & {Role.Z} else set()  # anyone with a real name
    assert may == here | everybody


@pytest.mark.parametrize("name", EDGES)
def test_edge_is_not_taken_from_any_other_state(workflow: Workflow, name: str) -> None:
    """X03: a later form posted first is refused, whoever posts it."""
    edge = workflow.edge(name)
    for state in (None, *workflow.machines[edge.machine].states):
        decision = ask(edge, state=state)
        assert ("wrong_state" in codes(decision)) == (state not in edge.sources)
        assert decision.allowed or state not in edge.sources or edge.id == "T12"


def test_x03_publishing_before_the_notice_says_where_one_is(workflow: Workflow) -> None:
    decision = ask(workflow.edge("R10"), state=RoundState.REVIEW, notices=())
    assert against(decision) == [
        "现在是“提请审定”，不能“印发名单”。须在“公示”时办理。",
        "“乙厂”“甲厂”没有公示过。增补的须另行公示。",
        "名单没有公示过。请先公示。",
    ]


def test_w22_publishing_twice_says_that_it_is_published(workflow: Workflow) -> None:
    decision = ask(workflow.edge("R10"), state=RoundState.PUBLISHED)
    assert against(decision) == [
        "现在是“印发”，不能“印发名单”。名单已经印发，只能更正或按纪要变更称号，原来的保留并链接。"
    ]


def test_all_reasons_are_given_at_once(workflow: Workflow) -> None:
    decision = ask(workflow.edge("T14"), state=TrackState.COLLECTING, reason=" ", unlock_until=None, proposal=None)
    assert codes(decision) == ["not_proposed", "wrong_state", "no_time_box", "no_reason"]
    assert decision.effects == ()


# --- two persons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [one for one in EDGES if one in ("R2", "T2", "T6", "T8", "T8a", "T9", "T10", "T15", "R10")]
)
def test_x06_whoever_did_the_step_before_is_refused_under_any_role_or_account(workflow: Workflow, name: str) -> None:
    edge = workflow.edge(name)
    facts = good(edge)
    both = [grant(role.value, domain=facts.target.domain) for role in (Role.A, Role.B, Role.C, Role.D)]
    for account in ("一号", "二号"):
        same = person(FIRST, *both, account=account)
        assert "second_person" in codes(decide(edge, facts, same, NOW))
    assert decide(edge, facts, person("另一人", *both), NOW).allowed


@pytest.mark.parametrize(
    "name", ["R5", "R6", "R6r", "R7", "R7e", "RC", "RX1", "RX2", "T7a", "T10", "T11", "T13", "T14", "I1"]
)
def test_x06_who_proposed_cannot_confirm(workflow: Workflow, name: str) -> None:
    edge = workflow.edge(name)
    facts = good(edge)
    domain = facts.target.domain
    everything = [grant(role, domain=domain, agency=facts.target.agency) for role in ("A", "B", "C", "D")]
    assert "second_person" in codes(decide(edge, facts, person(FIRST, *everything, account="另一个号"), NOW))
    assert "not_proposed" in codes(ask(edge, proposal=None))
    assert "not_proposed" in codes(ask(edge, proposal=Proposal(edge="R0", person=FIRST, content="c1")))


def test_w13_one_person_with_both_roles_does_not_sign_the_list_he_drafted(workflow: Workflow) -> None:
    """He holds C, and D by a grant with dates."""
    edge = workflow.edge("T8")
    both = person(
        "甲",
        grant("C", domain="manufacturing"),
        grant("D", domain="manufacturing", until=NOW + timedelta(days=30)),
    )
    drafted = good(edge, done={Act.LIST_DRAFTED: frozenset({"乙", "甲"})})
    assert against(decide(edge, drafted, both, NOW)) == [
        "“签发推荐名单”和“拟定名单”须由两人办理，前一步也是您本人办的（换角色、换账号仍是同一人）。请换一位有权的人办。"
    ]
    assert decide(edge, good(edge, done={Act.LIST_DRAFTED: frozenset({"乙"})}), both, NOW).allowed


def test_nobody_signs_before_somebody_drafted(workflow: Workflow) -> None:
    assert against(ask(workflow.edge("T8"), done={})) == [
        "没有“拟定名单”的记录，无法核对“签发推荐名单”是否为两人。请先办“拟定名单”。"
    ]


def test_what_was_proposed_is_what_is_confirmed(workflow: Workflow) -> None:
    edge = workflow.edge("R7")
    assert against(ask(edge, content="c2")) == ["提请以后内容改过，与提请时不一致。请经办人核对后重新提请。"]
    assert against(ask(edge, content="")) == ["“公示”的内容还没有定稿。请先定稿，定稿后的哈希值由系统计算。"]


def test_proposal_is_judged_like_the_step_itself_and_moves_nothing(workflow: Workflow) -> None:
    edge = workflow.edge("R7")
    office = holder(Role.A, Target(), FIRST)
    assert propose(edge, good(edge), office, NOW).effects == (Effect.RECORD_PROPOSAL,)
    assert codes(propose(edge, good(edge, next_notice=None), office, NOW)) == ["no_notice"]
    assert codes(propose(edge, good(edge, content=""), office, NOW)) == ["no_content"]
    assert codes(propose(edge, good(edge), holder(Role.B, Target()), NOW)) == ["not_granted"]
    assert codes(propose(workflow.edge("R4"), good(workflow.edge("R4")), office, NOW)) == ["not_proposed"]


# --- who --------------------------------------------------------------------------------------------------------------


def test_grant_counts_from_its_first_moment_to_before_its_last(workflow: Workflow) -> None:
    edge = workflow.edge("R4")
    hour = timedelta(hours=1)
    dated = person("甲", grant("A", since=NOW, until=NOW + hour))
    answers = [decide(edge, good(edge), dated, moment).answer for moment in (NOW - hour, NOW, NOW + hour)]
    assert answers == [Answer.NOT_FOUND, Answer.ALLOWED, Answer.NOT_FOUND]


def test_x22_administrator_who_also_signs_is_refused_and_reported(workflow: Workflow) -> None:
    edge = workflow.edge("T8")
    facts = good(edge)
    decision = decide(edge, facts, person("甲", grant("SA"), grant("D", domain="manufacturing")), NOW)
    assert (decision.answer, decision.effects) == (Answer.DENIED, (Effect.ALERT,))
    assert against(decision) == [
        "系统管理员一律不办业务，“签发并报送推荐名单”已拒绝并告警。请由业务人员办理，三员不得兼任业务角色。"
    ]


def test_w04_staff_of_another_domain_do_not_find_the_list(workflow: Workflow) -> None:
    """发改委 holds ② and ⑦, and does not so much as learn that ③ has a list."""
    edge = workflow.edge("T12")
    facts = good(edge, target=Target(domain="economic_zone"))
    staff = person("甲", grant("C", domain="characteristic_town"), grant("C", domain="services"))
    decision = decide(edge, facts, staff, NOW)
    assert (decision.answer, against(decision)) == (Answer.NOT_FOUND, ["没有找到。请核对网址，或从您的待办事项进入。"])
    assert decide(edge, evolve(facts, target=Target(domain="services")), staff, NOW).allowed


def test_nobody_but_the_system_takes_what_follows_by_itself_and_the_system_nothing_else(workflow: Workflow) -> None:
    edge = workflow.edge("R4")
    assert against(decide(edge, good(edge), None, NOW)) == ["“开始汇总”须由人办理。请有权的人登录办理。"]
    assert decide(workflow.edge("V4"), good(workflow.edge("V4")), None, NOW).allowed


def test_facts_of_another_machine_are_a_programmers_mistake(workflow: Workflow) -> None:
    with pytest.raises(TypeError, match="R4 is judged by RoundFacts, not by TrackFacts"):
        decide(workflow.edge("R4"), good(workflow.edge("T4")), holder(Role.A, Target()), NOW)


def test_first_able_role_is_one_whose_right_is_for_the_domain(workflow: Workflow) -> None:
    """The helper of these tests: T2 is B's in domain ① only."""
    edge = workflow.edge("T2")
    assert [able(edge, Target(domain=domain)) for domain in ("county", "services")] == [Role.B, Role.D]
