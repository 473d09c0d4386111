"""Guards of public notice and publication; W15, W16, W17, W19, W20 and W23 of the workflow's checks."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from mujun.workflow import Workflow
from tests.workflow.good import NAMES, NOTICE, OVER, against, ask
from tests.workflow.people import at

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
