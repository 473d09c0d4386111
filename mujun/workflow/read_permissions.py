"""Read permissions.yaml into the matrix, gathering everything wrong with it. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from mujun.findings import CannotGoOn, Finding, blocking
from mujun.law import PROGRAMME, Basis, Law
from mujun.scheme.fields import Fields, Source, one_of
from mujun.scheme.round import load_round
from mujun.workflow.actor import Role
from mujun.workflow.conditions import BOUNDS, CONDITIONS
from mujun.workflow.matrix import Action, Cell, House, Permissions, Right, RoleRule
from mujun.yaml_source import YamlMapping, read_yaml

FILE = "permissions.yaml"
_MARK = re.compile(f"(①?)([{''.join(Right)}])")


@frozen
class PermissionsReading:
    """What came of reading: the matrix, and everything wrong with it."""

    permissions: Permissions
    findings: tuple[Finding, ...]


def load_permissions(name: str, law: Law, root: Path = PROGRAMME) -> Permissions:
    """The matrix of the round `2019`. Raises CannotGoOn with every finding when it is not fit to go by."""
    reading = read_permissions(name, law, root)
    if blocking(reading.findings):
        raise CannotGoOn(reading.findings)
    return reading.permissions


def read_permissions(name: str, law: Law, root: Path = PROGRAMME) -> PermissionsReading:
    """Read a round's matrix. Raises CannotGoOn only when it is not there or not YAML at all."""
    data, findings = read_yaml(root / name / FILE)
    source = Source(f"{name}/{FILE}", law, findings)
    fields = Fields.of(source, data, 1, "权限表")
    fields.text("round", name)
    house = _house(fields, [domain.id for domain in load_round(name, law, root).domains])
    actions: dict[str, Action] = {}
    for group in fields.items("groups", "权限组"):
        group.text("label")
        basis = group.basis()
        if basis is None:
            group.error("", "no_basis", "权限组没有依据。", "请写 basis: {clause: 条款} 或 {assumption: 为何}。")
        for item in group.items("actions", "权限"):
            action = _action(item, house, basis or Basis())
            if action.id in actions:
                item.error("id", "duplicate_name", f"有两行权限叫“{action.id}”。", "请换一个 id，或合并。")
            actions[action.id] = action
        group.done()
    if not actions:
        source.error(1, "no_actions", "权限表里没有一行权限，谁都办不了事。", "请补上 groups。")
    fields.done()
    return PermissionsReading(Permissions(house, actions), tuple(sorted(findings, key=lambda one: one.line or 0)))


def _house(fields: Fields, domains: list[str]) -> House:
    roles = {}
    raw = fields.nested("roles", "角色")
    for role in Role:
        item = raw.nested(role.value, f"角色{role.value}") if raw else None
        if raw is None or item is None:
            fields.error("roles", "missing_role", f"没有写角色“{role.value}”。", "请补上它的 label。")
            roles[role] = RoleRule(role, role.value, ("unit",))  # bound to something no such grant names
            continue
        bounds = item.texts("bound_to")
        for bound in bounds:
            if bound not in BOUNDS:
                item.error("bound_to", "unknown_bound", f"角色不能限定到“{bound}”。", one_of(BOUNDS))
        roles[role] = RoleRule(role, item.text("label"), bounds)
        item.done()
    if raw:
        raw.done()
    first = fields.text("first_domain")
    if first not in domains:
        fields.error("first_domain", "unknown_domain", f"领域①“{first}”不在 round.yaml 里。", one_of(domains))
    never = frozenset(Role(one) for one in fields.texts("never_business") if _known(fields, "never_business", one))
    return House(roles, first, never)


def _known(fields: Fields, key: str, role: str) -> bool:
    if role in list(Role):
        return True
    fields.error(key, "unknown_role", f"没有叫“{role}”的角色。", one_of(Role))
    return False


def _action(fields: Fields, house: House, basis: Basis) -> Action:
    name = fields.text("id")
    business = fields.choice("kind", ("business", "system"), "business") == "business"
    parts, when, whole = fields.texts("parts"), _conditions(fields), fields.boolean("whole")
    reauthenticated = fields.boolean("reauthenticated")
    cells: Mapping[Role, Cell] = _cells(fields, parts)
    for role, cell in cells.items():
        if business and role in house.never_business and cell.right is not Right.READ:
            message = f"“{name}”是业务，却给了{house.roles[role].label}“{cell.right}”。"
            fields.error("grants", "never_business", message, "系统、安全、审计管理员一律不办业务，请删去。")
    label = fields.text("label")
    basis = fields.basis(inherited=basis) or basis
    line = fields.line()
    action = Action(name, label, business, parts, when, cells, basis, house, line, whole, reauthenticated)
    if not cells:
        fields.error("grants", "nobody_may", f"“{name}”没有给任何角色。", "请至少给一个角色，或删去这一行。")
    fields.done()
    return action


def _cells(fields: Fields, parts: tuple[str, ...]) -> dict[Role, Cell]:
    cells = {}
    raw = fields.nested("grants", f"“{fields.mapping.get('id')}”的角色")
    for key, value in (raw.mapping if raw else {}).items():
        if raw is None or not _known(raw, key, key):
            continue
        if isinstance(value, YamlMapping):
            item = Fields.of(raw.source, value, raw.line(key), f"{key}的权限")
            mark, only, when = item.text("may"), item.texts("only"), _conditions(item)
            item.done()
        else:
            mark, only, when = str(value), (), ()
        read = _MARK.fullmatch(mark)
        if read is None:
            raw.error(key, "unknown_mark", f"看不懂“{mark}”。", f"{one_of(Right)}只限领域①的，前面加“①”。")
            continue
        for part in only:
            if part not in parts:
                raw.error(key, "unknown_part", f"这一行没有叫“{part}”的部分。", one_of(parts))
        cells[Role(key)] = Cell(Right(read[2]), bool(read[1]), only, when)
    return cells


def _conditions(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("when")
    for name in names:
        if name not in CONDITIONS:
            fields.error("when", "unknown_condition", f"没有叫“{name}”的条件。", one_of(CONDITIONS))
    return tuple(name for name in names if name in CONDITIONS)
