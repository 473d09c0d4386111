"""Read one machine of workflow.yaml: its states and edges, every name resolved, every mistake a finding."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from mujun.law import Basis
from mujun.scheme.fields import Fields, one_of
from mujun.workflow import guards
from mujun.workflow.actor import Role
from mujun.workflow.acts import Act, Effect
from mujun.workflow.check_machine import check_machine
from mujun.workflow.guard import Guard
from mujun.workflow.matrix import Access, Permissions
from mujun.workflow.model import FACTS, Edge, Machine, State
from mujun.workflow.read_courses import read_courses
from mujun.workflow.settings import Settings
from mujun.workflow.states import MACHINES

T = TypeVar("T", bound=StrEnum)
NONE, SAME = "none", "same"


def read_machine(
    fields: Fields,
    settings: Settings,
    permissions: Permissions,
    *,
    paths: tuple[str, ...],
    domains: tuple[str, ...],
    calendar: tuple[str, ...],
) -> Machine:
    """One machine. Its states are those of the program, no more and no fewer."""
    name = fields.choice("id", MACHINES, next(iter(MACHINES)))
    states: dict[StrEnum, State] = {}
    for item in fields.items("states", "状态"):
        for state in _members(item, "id", MACHINES[name], "unknown_state", "状态"):
            final, step = item.boolean("final"), item.text("calendar", "")
            states[state] = State(state, item.text("label"), item.text("mend", ""), final, step)
            if step and step not in calendar:
                item.error("calendar", "unknown_step", f"日程里没有“{step}”这一步。", one_of(calendar))
        for key in ("label", "mend", "final", "calendar"):
            item.raw(key)
        item.done()
    for missing in [one for one in MACHINES[name] if one not in states]:
        fields.error("states", "missing_state", f"没有写状态“{missing}”。", "请补上它的 label。")
        states[missing] = State(missing, missing.value)
    edges = tuple(_edge(item, name, states, settings, permissions, paths) for item in fields.items("edges", "步骤"))
    courses = read_courses(fields, MACHINES[name], states, paths, domains)
    machine = Machine(name, fields.text("label"), states, edges, courses)
    check_machine(machine, fields)
    fields.done()
    return machine


def needed_basis(fields: Fields, what: str) -> Basis:
    basis = fields.basis()
    if basis is None:
        fields.error("", "no_basis", f"{what}没有依据。", "请写 basis: {clause: 条款} 或 {assumption: 为何}。")
    return basis or Basis()


def _edge(
    fields: Fields,
    machine: str,
    states: dict[StrEnum, State],
    settings: Settings,
    permissions: Permissions,
    paths: tuple[str, ...],
) -> Edge:
    name = fields.text("id")
    fields.what = f"步骤“{name}”"
    kind = MACHINES[machine]
    action = fields.text("action", "")
    if action and action not in permissions.actions:
        fields.error("action", "unknown_action", f"权限表里没有叫“{action}”的一行。", one_of(permissions.actions))
    for path in fields.texts("paths"):
        if path not in paths:
            fields.error("paths", "unknown_path", f"没有叫“{path}”的走法。", one_of(paths))
    edge = Edge(
        id=name,
        machine=machine,
        label=fields.text("label"),
        sources=_sources(fields, kind),
        to=None if fields.mapping.get("to") == SAME else _first(_members(fields, "to", kind, "unknown_state", "状态")),
        who=_members(fields, "who", Role, "unknown_role", "角色"),
        proposed_by=_members(fields, "proposed_by", Role, "unknown_role", "角色"),
        automatic=fields.boolean("automatic"),
        action=permissions.actions.get(action),
        access=Access(fields.choice("access", Access, Access.DO)),
        differs_from=_members(fields, "differs_from", Act, "unknown_act", "留名的事"),
        guards=_guards(fields, machine),
        effects=_members(fields, "effects", Effect, "unknown_effect", "后果"),
        records=_first(_members(fields, "records", Act, "unknown_act", "留名的事")),
        proposal_records=_first(_members(fields, "proposal_records", Act, "unknown_act", "留名的事")),
        paths=fields.texts("paths"),
        basis=needed_basis(fields, fields.what),
        states=states,
        settings=settings,
        line=fields.line(),
    )
    if "to" not in fields.mapping:
        fields.error("to", "missing_key", f"{fields.what}缺少“to”。", f"请写到哪个状态；状态不变的写“{SAME}”。")
    fields.raw("to")
    fields.done()
    return edge


def _sources(fields: Fields, kind: type[StrEnum]) -> tuple[StrEnum | None, ...]:
    names = fields.texts("from")
    if not names:
        fields.error("from", "missing_key", f"{fields.what}缺少“from”。", f"请写从哪个状态；尚未建立的写“{NONE}”。")
    if NONE in names:
        return (None, *_known(fields, "from", [one for one in names if one != NONE], kind, "unknown_state", "状态"))
    return _known(fields, "from", names, kind, "unknown_state", "状态")


def _members(fields: Fields, key: str, kind: type[T], code: str, what: str) -> tuple[T, ...]:
    return _known(fields, key, fields.texts(key), kind, code, what)


def _known(fields: Fields, key: str, names: Iterable[str], kind: type[T], code: str, what: str) -> tuple[T, ...]:
    known = []
    for name in names:
        if name in list(kind):
            known.append(kind(name))
        else:
            fields.error(key, code, f"{fields.what}：没有叫“{name}”的{what}。", one_of(kind))
    return tuple(known)


def _first(members: tuple[T, ...]) -> T | None:
    return members[0] if members else None


def _guards(fields: Fields, machine: str) -> tuple[Guard, ...]:
    found = []
    fitting = sorted(name for name, one in guards.GUARDS.items() if one.fits(FACTS[machine]))
    for name in fields.texts("guards"):
        guard = guards.GUARDS.get(name)
        if guard is None:
            fields.error("guards", "unknown_guard", f"{fields.what}：没有叫“{name}”的条件。", one_of(fitting))
        elif not guard.fits(FACTS[machine]):
            fields.error("guards", "unfit_guard", f"{fields.what}：条件“{name}”不是给这个状态机的。", one_of(fitting))
        else:
            found.append(guard)
    return tuple(found)
