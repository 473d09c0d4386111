"""permissions.yaml as a whole: what is said of mistakes. The matrix itself: `test_permissions`."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.law import Law
from mujun.workflow import Access, Role, Target, load_permissions, may, read_permissions
from tests.workflow.people import NOW, grant, person
from tests.workflow.test_load import change, copied

MISTAKES = [
    ("L: ○, T: ○, K: ○}}", "L: ○, T: 看, K: ○}}", "看不懂“看”。可用：●、◐、○、提、纪。只限领域①的，前面加“①”。"),
    ("grants: {A: ①●, C: ●}}", "grants: {A: ①●, Q: ●}}", "没有叫“Q”的角色。可用：A、B、"),
    (
        "label: 印发方案（文号）, grants: {B: ①◐",
        "label: 印发方案（文号）, when: sunny, grants: {B: ①◐",
        "没有叫“sunny”的条件。可用：own_domain、",
    ),
    ("M: {may: ●, only: papers}", "M: {may: ●, only: speech}", "这一行没有叫“speech”的部分。可用：agenda、"),
    (
        "grants: {L: ●}}",
        "grants: {L: ●, SA: ●}}",
        "“vote”是业务，却给了系统管理员“●”。系统、安全、审计管理员一律不办业务，请删去。",
    ),
    (
        "label: 采用领域①名单, grants: {A: ●, B: ◐}",
        "label: 采用领域①名单, grants: {}",
        "“adopt_list”没有给任何角色。请至少给一个角色，或删去这一行。",
    ),
    ("{id: deviate,", "{id: build_list,", "有两行权限叫“build_list”。请换一个 id，或合并。"),
    (
        "K: {label: 县亩均办, bound_to: [region]}",
        "K: {label: 县亩均办, bound_to: [county]}",
        "角色不能限定到“county”。可用：domain、",
    ),
    ("  M: {label: 宣传编辑}\n", "", "没有写角色“M”。请补上它的 label。"),
    ("first_domain: county", "first_domain: counties", "领域①“counties”不在 round.yaml 里。可用：county、"),
]
"""What is right, what is written instead, and how the finding about it begins."""


def test_every_mistake_is_named_at_once_with_its_line(law: Law, tmp_path: Path) -> None:
    root = copied(tmp_path)
    path = root / "2019" / "permissions.yaml"
    for right, wrong, _ in MISTAKES:
        change(path, right, wrong)
    found = read_permissions("2019", law, root).findings
    said = [one.message + one.mend for one in found]
    assert [begins for _, _, begins in MISTAKES if not any(one.startswith(begins) for one in said)] == []
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = next(one for one in found if one.code == "unknown_mark")
    assert (marked.file, "T: 看" in lines[(marked.line or 0) - 1]) == ("2019/permissions.yaml", True)
    with pytest.raises(CannotGoOn):
        load_permissions("2019", law, root)


def test_clause_that_does_not_exist_is_no_basis(law: Law, tmp_path: Path) -> None:
    root = copied(tmp_path)
    change(root / "2019" / "permissions.yaml", "zhe-mujunban-2019-4#4}", "zhe-mujunban-2019-4#9}")
    found = read_permissions("2019", law, root).findings
    assert [one.code for one in found] == ["unknown_clause"]


def test_role_that_is_not_written_down_reaches_nothing(law: Law, tmp_path: Path) -> None:
    """Until the file is mended nobody is let in by the gap."""
    root = copied(tmp_path)
    change(root / "2019" / "permissions.yaml", "  K: {label: 县亩均办, bound_to: [region]}\n", "")
    broken = read_permissions("2019", law, root).permissions
    county = person("甲", grant("K", region="黄岩区"))
    there = Target(domain="county", regions=("黄岩区", "台州市"))
    assert not may(county, broken.actions["check_county"], there, NOW).allowed
    assert Role.K in broken.house.roles
    assert not may(county, broken.actions["check_county"], there, NOW, Access.READ).allowed
