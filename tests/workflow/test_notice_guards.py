"""Guards of public notice and publication; W15, W16, W17, W19, W20 and W23 of the workflow's checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from mujun.workflow import Act, Effect, Role, Target, Workflow
from mujun.workflow.states import RoundState
from tests.workflow.good import NAMES, NOTICE, OVER, against, ask, holder
from tests.workflow.people import NOW, at, codes

CASES = [
    (
        "list_is_decided",
        "R10",
        {"list_hash": "H2"},
        ["名单与领导小组审定的不一致。名单不得自行改动：请恢复审定的名单，或提请再次审定。"],
    ),
    ("notice_is_of_decided_list", "R7", {"next_notice": None}, ["还没有拟定公示。请先拟定公示。"]),
    (
        "notice_is_of_decided_list",
        "R7",
        {"next_notice": evolve(NOTICE, list_hash="H2")},
        ["公示的名单与审定的名单不一致，一个字也不能差。请用审定的名单重新拟定公示。"],
    ),
    (
        "notice_long_enough",
        "R7",
        {"next_notice": evolve(NOTICE, ends_at=at(6, 11, 17, 29))},
        ["公示须满5个工作日，写的2019年6月11日17:29结束太早。请改为不早于2019年6月11日17:30。"],
    ),
    (
        "notice_long_enough",
        "R7",
        {"next_notice": evolve(NOTICE, opened_at=at(6, 2, 23))},
        ["公示起始写的是2019年6月2日23:00，已经过去。请改为今天或以后。"],
    ),
    (
        "notice_complete",
        "R7",
        {"next_notice": evolve(NOTICE, contact=" ", ways="")},
        ["公示缺少“联系方式”“提出异议的途径”。请补上。"],
    ),
    (
        "notice_covers_added",
        "R7",
        {"next_notice": evolve(NOTICE, names=frozenset({"甲厂"}))},
        ["公示里没有“乙厂”。凡没有公示过的都须列入。"],
    ),
    (
        "notice_covers_added",
        "R7",
        {"next_notice": evolve(NOTICE, names=NAMES | {"丁厂"})},
        ["公示里的“丁厂”不在审定的名单上。请删去，只公示审定的名单。"],
    ),
    (
        "notice_covers_added",
        "R7",
        {"notices": (OVER,)},
        ["名单上没有未曾公示过的名字。名单只有删减的，请按“续公示”办理。"],
    ),
    (
        "names_only_removed",
        "R8",
        {"names": NAMES | {"丁厂"}},
        ["“丁厂”没有公示过。增补的须另行公示，请按“公示”办理。"],
    ),
    ("names_only_removed", "R8", {"notices": ()}, ["还没有公示过。请先公示。"]),
    (
        "names_only_removed",
        "R8",
        {"next_notice": OVER},
        ["公示里的“乙厂”不在审定的名单上。请删去，只公示审定的名单。"],
    ),
    (
        "notice_not_shortened",
        "R8",
        {"notices": (NOTICE,)},
        ["公示原定2019年6月11日17:30结束，只能延长，不能缩短。请改回原定时间或更晚。"],
    ),
    (
        "notice_extended",
        "R7e",
        {"next_notice": NOTICE},
        ["公示到2019年6月11日17:30为止，只能延长，不能缩短或原样不动。请填更晚的时间。"],
    ),
    ("notice_extended", "R7e", {"next_notice": None}, ["没有正在进行的公示，或没有写延长到何时。请写明延长到何时。"]),
    (
        "notice_extended",
        "R7e",
        {"next_notice": evolve(NOTICE, ends_at=at(6, 20), contact="别的电话")},
        ["除了结束时间，公示的其他内容也改动了。延长只能改结束时间，请恢复其他内容。"],
    ),
    (
        "notice_extended",
        "R7e",
        {"notices": (OVER,)},
        ["公示已于2019年5月13日17:30结束，不能再延长。确有必要的，请重新公示。"],
    ),
    (
        "upheld_change_exists",
        "R9",
        {"upheld_changes": ()},
        ["没有成立而须变更名单的异议。名单不得自行变更；须先有异议的复核决定。"],
    ),
    (
        "notice_over",
        "R10",
        {"notices": (OVER, evolve(OVER, ends_at=at(6, 3, 9)))},
        ["公示到2019年6月3日09:00为止，还没有结束。请待公示结束后再办。"],
    ),
    (
        "notice_bound_to_decision",
        "R10",
        {"notices": (evolve(OVER, list_hash="H0"),)},
        ["最后公示的名单不是审定的名单。请用审定的名单公示（只有删减的续公示）。"],
    ),
    ("every_name_noticed", "R10", {"names": NAMES | {"丁厂"}}, ["“丁厂”没有公示过。增补的须另行公示。"]),
    ("every_name_noticed", "R10", {"names": frozenset()}, ["名单是空的。请核对名单。"]),
    ("no_open_objection", "R10", {"open_objections": None}, ["还没有核对异议办理情况。请先核对。"]),
    (
        "no_open_objection",
        "R10",
        {"open_objections": ("第2号",)},
        ["异议“第2号”还没有办结。请受理复核员办结后再印发。"],
    ),
    (
        "no_upheld_change",
        "R10",
        {"upheld_changes": ("第1号",)},
        ["异议“第1号”成立，名单须变更而没有再次审定。请先提请领导小组再次审定。"],
    ),
    (
        "public_statement",
        "RC",
        {"notices": (OVER,), "public_statement": ""},
        ["已经公示过，取消须向社会说明。请写好说明。"],
    ),
    (
        "corrects_publication",
        "RX1",
        {"corrects": " "},
        ["没有写明更正、变更的是哪一次印发。请选定原来的印发，旧的保留并加删除线。"],
    ),
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


def test_w15_notice_that_differs_by_one_character_is_refused(workflow: Workflow) -> None:
    edge = workflow.edge("R7")
    assert ask(edge).allowed
    assert codes(ask(edge, next_notice=evolve(NOTICE, list_hash="h"))) == ["notice_of_other_list"]
    assert codes(ask(edge, list_hash="h")) == ["list_changed"]


def test_w16_five_workdays_from_27_september_2019_end_on_10_october(workflow: Workflow) -> None:
    """Sunday the 29th is worked; the 1st to the 7th are not."""
    opened = at(9, 27, 15)
    for ends, said in (
        (at(10, 10, 17, 30), []),
        (at(10, 10, 17, 29), ["公示须满5个工作日，写的2019年10月10日17:29结束太早。请改为不早于2019年10月10日17:30。"]),
    ):
        notice = evolve(NOTICE, opened_at=opened, ends_at=ends)
        assert against(ask(workflow.edge("R7"), opened, next_notice=notice)) == said


def test_w17_year_without_a_table_is_refused_and_never_guessed(workflow: Workflow) -> None:
    opened = at(1, 4, year=2027)
    notice = evolve(NOTICE, opened_at=opened, ends_at=at(3, 1, year=2027))
    assert against(ask(workflow.edge("R7"), opened, next_notice=notice)) == [
        "节假日表未更新：没有2027年。请在国务院办公厅公布2027年节假日安排后，补入 round.yaml 的 workdays。"
    ]


def test_notice_that_runs_past_the_table_is_refused_too(workflow: Workflow) -> None:
    opened = at(12, 30, year=2020)
    notice = evolve(NOTICE, opened_at=opened, ends_at=at(3, 1, year=2021))
    assert codes(ask(workflow.edge("R7"), opened, next_notice=notice)) == ["workdays_not_updated"]


def test_notice_is_over_after_its_last_moment_and_nobody_runs_a_clock(workflow: Workflow) -> None:
    ends = NOW + timedelta(hours=1)
    notices = (evolve(OVER, ends_at=ends),)
    actor = holder(Role.B, Target(), reauthenticated_at=ends)
    assert codes(ask(workflow.edge("R10"), ends, actor, notices=notices)) == ["notice_running"]
    assert ask(workflow.edge("R10"), ends + timedelta(seconds=1), actor, notices=notices).allowed


def test_w19_undecided_objection_holds_up_publication_and_is_named(workflow: Workflow) -> None:
    assert against(ask(workflow.edge("R10"), open_objections=("2019-007",))) == [
        "异议“2019-007”还没有办结。请受理复核员办结后再印发。"
    ]


def test_w20_upheld_objection_goes_back_to_the_leading_group_and_the_new_name_gets_its_own_notice(
    workflow: Workflow,
) -> None:
    """乙厂 is removed, 丁厂 put in its place: decided anew, and on notice by itself."""
    publish, again = workflow.edge("R10"), workflow.edge("R9")
    assert codes(ask(publish, upheld_changes=("第1号",))) == ["not_decided_anew"]
    assert (ask(again).allowed, again.target(RoundState.NOTICE)) == (True, RoundState.REVIEW)

    changed: dict[str, Any] = {"names": frozenset({"甲厂", "丁厂"}), "list_hash": "H2", "notices": (OVER,)}
    assert codes(ask(publish, **changed)) == ["list_changed", "names_not_in_notice"]
    decided = {**changed, "decided_hash": "H2"}
    assert Effect.NEW_NOTICE_NEEDED in ask(workflow.edge("R6"), **decided).effects
    assert codes(ask(publish, **decided)) == ["notice_of_other_list", "names_not_in_notice"]

    own = evolve(NOTICE, list_hash="H2", names=frozenset({"丁厂"}))
    assert codes(ask(workflow.edge("R8"), **decided, next_notice=own)) == ["names_added"]
    assert ask(workflow.edge("R7"), **decided, next_notice=own).allowed
    over = evolve(own, opened_at=at(5, 20), ends_at=at(5, 27, 17, 30))
    assert ask(publish, **{**decided, "notices": (OVER, over)}).allowed


def test_w20_names_only_removed_need_no_new_period(workflow: Workflow) -> None:
    left = frozenset({"甲厂"})
    fewer: dict[str, Any] = {"names": left, "list_hash": "H2", "decided_hash": "H2", "notices": (OVER,)}
    anew = evolve(NOTICE, list_hash="H2", names=left)
    assert codes(ask(workflow.edge("R7"), **fewer, next_notice=anew)) == ["nothing_to_notice"]
    carried_on = evolve(OVER, list_hash="H2", names=left)
    assert ask(workflow.edge("R8"), **fewer, next_notice=carried_on).allowed
    assert ask(workflow.edge("R10"), **{**fewer, "notices": (OVER, carried_on)}).allowed


def test_w23_after_publication_there_is_correction_and_revocation_and_nothing_else(workflow: Workflow) -> None:
    published = RoundState.PUBLISHED
    left = [edge for edge in workflow.machines["round"].edges if published in edge.sources]
    assert [edge.label for edge in left] == ["更正笔误", "事后撤销或授予称号"]
    for edge in left:
        assert edge.target(published) is published
        assert {Effect.NEW_PUBLICATION, Effect.STRIKE_OLD, Effect.TAKE_NUMBER} <= set(ask(edge).effects)


def test_whoever_opened_the_notice_does_not_publish(workflow: Workflow) -> None:
    edge = workflow.edge("R10")
    opened = {Act.NOTICE_DRAFTED: frozenset({"甲"}), Act.NOTICE_OPENED: frozenset({"乙"})}
    allowed = {name: ask(edge, NOW, holder(Role.B, Target(), name), done=opened).allowed for name in ("甲", "乙", "丙")}
    assert allowed == {"甲": False, "乙": False, "丙": True}
