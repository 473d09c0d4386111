"""Guards of an objection; W18 of the workflow's checks."""

from __future__ import annotations

from typing import Any

import pytest

from mujun.workflow import Act, Effect, Role, Workflow, decide
from mujun.workflow.objection_facts import Refusal
from tests.workflow.good import NOTICE, against, ask, good, holder
from tests.workflow.people import NOW, at, codes

CASES = [
    (
        "objection_recordable",
        "O1",
        {"text": "", "scan_hash": ""},
        ["没有写异议的内容。请写明对谁、对什么有异议和理由。", "代录书面异议没有附扫描件。请上传书面异议的扫描件。"],
    ),
    (
        "objection_admissible",
        "O2",
        {"received_at": at(6, 11, 17, 30, 1)},
        ["本件在公示结束后收到。请以“超期”不予受理，并告知信访、复议途径。"],
    ),
    ("objection_admissible", "O2", {"real_name": False}, ["本件没有署实名。请以“匿名”不予受理，线索另行核查。"]),
    (
        "objection_admissible",
        "O2",
        {"duplicate_of": "第1号"},
        ["本件与第1号重复。请以“重复”不予受理，并告知原来的受理号。"],
    ),
    (
        "objection_admissible",
        "O2",
        {"concerns_notice": None},
        ["本件说的不是公示的事项，或还没有核对。请以“非本事项”不予受理，并告知该找谁。"],
    ),
    ("objection_admissible", "O2", {"grounds": {}}, ["本件没有具体理由。请以“无具体理由”不予受理，或请异议人补充。"]),
    (
        "refusal_grounded",
        "O3",
        {"refusal": None},
        ["没有选不予受理的理由。请选：超期、匿名、重复、非本事项、无具体理由。"],
    ),
    (
        "refusal_grounded",
        "O3",
        {"refusal": Refusal.ANONYMOUS},
        ["本件并不是“匿名”，不能以此不予受理。请核对；没有其他理由的，应予受理。"],
    ),
    ("refusal_grounded", "O3", {"next_door": ""}, ["没有告知异议人还可以找谁。请写明信访、行政复议等途径。"]),
    ("grounds_answered", "O4r", {"grounds": {}}, ["没有列出异议的各条理由。请逐条列出并答复。"]),
    (
        "grounds_answered",
        "O4u",
        {"grounds": {"税收数有误": " "}},
        ["理由“税收数有误”没有答复。请逐条写明认定和依据。"],
    ),
    (
        "questions_answered",
        "O4u",
        {"open_questions": ("请税务核实",)},
        ["询问“请税务核实”还没有答复。请催办，或注明逾期未答。"],
    ),
    ("change_stated", "O4p", {"changes_list": None}, ["没有写明名单要不要变更。请写明。"]),
    (
        "by_the_objector",
        "O7",
        {"done": {Act.OBJECTION_FILED: frozenset({"某人"})}},
        ["只有提出异议的本人可以撤回。请由本人撤回；书面撤回的，由代录人附扫描件办理。"],
    ),
    ("remedy_recorded", "O5", {"remedy": ""}, ["没有写明怎么纠正的。请写明，并链接再次审定的纪要或新的数据。"]),
    (
        "nothing_left_to_remedy",
        "O6n",
        {"changes_list": True},
        ["异议成立而名单须变更，还没有纠正。请先提请再次审定，纠正后再办结。"],
    ),
    ("answer_sent", "O6", {"answer_sent": False}, ["还没有答复异议人。请先送达答复。"]),
]
"""A guard, an edge that has it, what is not well, and all that is then said against it."""


@pytest.mark.parametrize(("guard", "edge", "changed", "said"), CASES)
def test_guard_refuses_with_its_reason(
    workflow: Workflow, guard: str, edge: str, changed: dict[str, Any], said: list[str]
) -> None:
    found = workflow.edge(edge)
    assert guard in [one.name for one in found.guards]
    assert ask(found).allowed
    assert against(ask(found, **changed)) == said


def test_w18_objection_one_second_late_is_recorded_marked_and_guided_on(workflow: Workflow) -> None:
    """The notice ends at 17:30."""
    for second, late in ((0, False), (1, True)):
        received = {"received_at": at(6, 11, 17, 30, second)}
        filed = ask(workflow.edge("O1"), **received)
        assert filed.allowed
        assert (Effect.MARK_LATE in filed.effects, ask(workflow.edge("O2"), **received).allowed) == (late, not late)
        refused = ask(workflow.edge("O3"), **received, notice=NOTICE, refusal=Refusal.LATE)
        assert (refused.allowed, refused.effects) == (late, (Effect.TELL_NEXT_DOOR,) if late else ())
    assert [str(one) for one in filed.notes] == [
        "公示已于2019年6月11日17:30结束，本件2019年6月11日17:30:01收到，记为超期。仍可通过信访、行政复议反映。"
    ]


def test_paper_is_entered_with_its_scan(workflow: Workflow) -> None:
    assert codes(ask(workflow.edge("O1"), scan_hash="")) == ["no_scan"]


def test_who_admitted_does_not_decide(workflow: Workflow) -> None:
    edge = workflow.edge("O4u")
    facts = good(edge, done={Act.ADMITTED: frozenset({"甲"})})
    assert codes(decide(edge, facts, holder(Role.O, facts.target, "甲"), NOW)) == ["second_person"]
    assert decide(edge, facts, holder(Role.O, facts.target, "乙"), NOW).allowed


def test_objection_to_an_adopted_list_is_forwarded_to_its_issuer(workflow: Workflow) -> None:
    assert ask(workflow.edge("O2"), adopted_list=True).effects == (Effect.FORWARD_TO_ISSUER,)
    assert ask(workflow.edge("O2")).effects == ()
