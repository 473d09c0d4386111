"""workflow.yaml as a whole: what comes with the package, and what is said of mistakes, each with its line."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME, Law
from mujun.workflow import Workflow, load_workflow, read_workflow

FILES = ("round.yaml", "permissions.yaml", "workflow.yaml")


def test_workflow_of_2019_has_no_mistakes(law: Law) -> None:
    assert read_workflow("2019", law).findings == ()


def test_every_edge_has_a_basis_and_only_those_without_a_clause_are_assumptions(workflow: Workflow) -> None:
    """What the notice does not say is marked as ours."""
    clauses = [edge for edge in workflow.edges if edge.basis.clause]
    assumed = [edge for edge in workflow.edges if edge.basis.assumption]
    assert len(clauses) + len(assumed) == len(list(workflow.edges))
    assert {edge.id for edge in clauses} >= {"R2", "R6", "R7", "R10", "T2", "T8", "T10"}
    assert {edge.id for edge in assumed} >= {"R8", "R9", "RC", "RX1", "T14", "V4", "O4u"}


def test_every_domain_takes_one_path(workflow: Workflow) -> None:
    domains = [
        "county",
        "characteristic_town",
        "economic_zone",
        "hightech_zone",
        "micro_park",
        "manufacturing",
        "services",
    ]
    paths = [found.id if (found := workflow.path_of(domain)) else "" for domain in domains]
    assert paths == ["provincial", *["unit"] * 4, "firm", "firm"]


STEPS = [
    ("guards: [year_free]", "guards: [year_fre]", "步骤“R1”：没有叫“year_fre”的条件。可用：calendar_complete、"),
    (
        "guards: [measure_named,",
        "guards: [domain_free,",
        "步骤“I1”：条件“domain_free”不是给这个状态机的。可用：evidence_present、",
    ),
    ("to: COMPILING, who: A", "to: COMPILING, who: Q", "步骤“R4”：没有叫“Q”的角色。可用：A、B、"),
    (
        "to: REVIEW, who: A,",
        "to: REVIEW, who: T,",
        "步骤“R9”由市亩均办办，权限表“异议成立后变更名单”没有给。请核对两处。",
    ),
    (
        "from: SIGNED, to: SUBMITTED",
        "from: SIGNED, to: SUBMITED",
        "步骤“T9”：没有叫“SUBMITED”的状态。可用：PLAN_DRAFT、",
    ),
    ("from: FILED, to: ADMITTED", "from: FILED", "步骤“O2”缺少“to”。请写到哪个状态；状态不变的写“same”。"),
    (
        "to: ATTESTED, who: [E, K], action: claim_incentive",
        "to: ATTESTED, who: [E, K], action: claim_incentives",
        "权限表里没有叫“claim_incentives”的一行。可用：create_round、",
    ),
    ("{id: O6n,", "{id: O6,", "有两步都叫“O6”（第"),
    (
        "who: B, action: create_round, differs_from: round_drafted",
        "who: B, action: create_round",
        "步骤“R2”由省亩均办负责人作第二人办，没有写第一人是谁。请写 proposed_by 或 differs_from。",
    ),
    (
        "to: EVALUATING, automatic: true",
        "to: EVALUATING, who: A, automatic: true",
        "步骤“R3”是自动的，就没有人办。请删去 who、proposed_by、action，或删去 automatic。",
    ),
    (
        "to: EXPIRED, automatic: true",
        "to: EXPIRED",
        "步骤“I7”没有写由谁办（who）、按哪一行权限（action）。请补上；不由人办的写 automatic: true。",
    ),
    (
        "records: objection_filed,\n         basis: {clause: zhe-mujunban-2019-4#3.4}}",
        "records: objection_filed}",
        "步骤“O1”没有依据。请写 basis: {clause: 条款} 或 {assumption: 为何}。",
    ),
    (
        "action: confirm_statement, paths: [firm],",
        "action: confirm_statement,",
        "步骤“V3”没有写哪种数据走这一步（paths）。请补上。",
    ),
]
"""What is right, what is written instead, and how the finding about it begins."""

REST = [
    ("round: 2019", "round: 2020", "这是“2019”的文件。请改成文件夹的名字。"),
    ("quorum_share: {value: 0.5,", "quorum_share: {value: half,", "参数“quorum_share”的“value”须是数，现在是“half”。"),
    ('notice_closes_at: {value: "17:30"', 'notice_closes_at: {value: "5:30 pm"', "“5:30 pm”不是钟点。请写成“17:30”。"),
    (
        "浙亩均办〔{year}〕{number}号",
        "浙亩均办〔2019〕{number}号",
        "文号格式“浙亩均办〔2019〕{number}号”须有{year}和{number}各一处。",
    ),
    ("unlock_hours: {value: 72,", "unlock_hours: {value: 72, unit: 小时,", "参数“unlock_hours”没有叫“unit”的键。"),
    (
        "domains: [manufacturing, services]",
        "domains: [manufacturing, county]",
        "领域“county”已走“provincial”。请只留一处。",
    ),
    (
        "label: 2019年“亩均效益”领跑者行动工作流程\n",
        "label: 工作流程\nlable: 工作流程\n",
        "工作流程没有叫“lable”的键。是不是“label”？",
    ),
    (
        "stops: [DRAFT, PLANNED, EVALUATING",
        "stops: [DRAFT, EVALUATING, PLANNED",
        "进程里没有一步通到“评价”。请核对次序，或补上步骤。",
    ),
    (
        "label: 归集数据, calendar: evaluate",
        "label: 归集数据, calendar: later",
        "日程里没有“later”这一步。可用：plan、evaluate、nominate、publish。",
    ),
    ("stops: [OFFERED, CLAIMED", "stops: [OFFERED, CLAIM", "进程：没有叫“CLAIM”的状态。可用：OFFERED、"),
    ("from: none, to: FILED", "from: none, to: CLOSED", "状态“已登记”走不到。请补上到它的步骤，或删去。"),
    (
        "{id: CANCELLED, label: 已取消, final: true",
        "{id: CANCELLED, label: 已取消",
        "状态“已取消”没有出路，又不是终点。请补上离开它的步骤，或写 final: true。",
    ),
    (
        "      - {id: REVOKED, label: 已收回, final: true, mend: 称号已撤销，激励已收回。}\n",
        "",
        "没有写状态“REVOKED”。请补上它的 label。",
    ),
    ("id: objection\n", "id: objections\n", "没有状态机“objection”。请补上。"),
]


@pytest.mark.parametrize("mistakes", [STEPS, REST[:-1], REST[-1:]])
def test_every_mistake_is_named_at_once(law: Law, tmp_path: Path, mistakes: list[tuple[str, str, str]]) -> None:
    root = copied(tmp_path)
    for right, wrong, _ in mistakes:
        change(root / "2019" / "workflow.yaml", right, wrong)
    found = read_workflow("2019", law, root).findings
    said = [one.message + one.mend for one in found]
    assert [begins for _, _, begins in mistakes if not any(one.startswith(begins) for one in said)] == []
    assert {one.file for one in found} == {"2019/workflow.yaml"}
    assert all(one.line for one in found)


def test_all_mistakes_are_named_at_once_each_with_its_line(law: Law, tmp_path: Path) -> None:
    root = copied(tmp_path)
    path = root / "2019" / "workflow.yaml"
    change(path, "guards: [year_free]", "guards: [year_fre]")
    change(path, "guards: [measure_named,", "guards: [measure_name,")
    change(
        root / "2019" / "permissions.yaml", "E: ●, O: {may: ●, when: on_paper}", "E: ◉, O: {may: ●, when: on_papers}"
    )
    change(root / "2019" / "round.yaml", "      - 2019-10-12 ", "      - 2019-10-32 ")
    places = {file: (root / "2019" / file).read_text(encoding="utf-8").splitlines() for file in FILES}
    found = read_workflow("2019", law, root).findings
    where = [(one.file, places[one.file.split("/")[-1]][(one.line or 0) - 1].strip()[:24]) for one in found]
    assert where == [
        ("2019/permissions.yaml", "- {id: file_objection, l"),
        ("2019/permissions.yaml", "- {id: file_objection, l"),
        ("2019/workflow.yaml", "- {id: R1, label: 建立年度行动"),
        ("2019/workflow.yaml", "- {id: O1, label: 提出异议, "),
        ("2019/workflow.yaml", "- {id: O7, label: 撤回异议, "),
        ("2019/workflow.yaml", "guards: [measure_name, t"),
        ("round.yaml", "- 2019-10-32    # 星期六，国庆"),
    ]
    with pytest.raises(CannotGoOn) as error:
        load_workflow("2019", law, root)
    assert len(error.value.findings) == 7


def test_round_without_a_workflow_says_which_there_are(law: Law) -> None:
    with pytest.raises(CannotGoOn, match=r"“1999”没有工作流程（workflow.yaml）。有流程的年度：2019。"):
        load_workflow("1999", law)


def copied(folder: Path) -> Path:
    (folder / "2019").mkdir()
    for name in FILES:
        copy(PROGRAMME / "2019" / name, folder / "2019" / name)
    return folder


def change(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
