"""What must hold of a machine as a whole: states are reached and left, two persons stand where the matrix says."""

from __future__ import annotations

from enum import StrEnum

from mujun.scheme.fields import Fields
from mujun.workflow.actor import Role
from mujun.workflow.matrix import Access, Action, Right
from mujun.workflow.model import Edge, Machine


def check_machine(machine: Machine, fields: Fields) -> None:
    """Findings go where the fields' findings go, each with the line of its state or edge."""
    lines = {str(item.get("id")): line for item, line in fields.sequence("states") if hasattr(item, "get")}
    for edge in machine.edges:
        _check_person(edge, machine, fields)
    _check_courses(machine, fields)
    reached = _reached(machine)
    for state in machine.states.values():
        line = lines.get(state.id.value, fields.line())
        if state.id not in reached:
            message = f"状态“{state.label}”走不到。"
            fields.source.error(line, "unreachable_state", message, "请补上到它的步骤，或删去。")
        leaves = any(state.id in edge.sources and edge.to not in (None, state.id) for edge in machine.edges)
        if not leaves and not state.final:
            message = f"状态“{state.label}”没有出路，又不是终点。"
            fields.source.error(line, "dead_end", message, "请补上离开它的步骤，或写 final: true。")


def _check_courses(machine: Machine, fields: Fields) -> None:
    """Each stop follows from the one before it by some step, and the first from nothing."""
    lines = [line for _, line in fields.sequence("courses")]
    for course, line in zip(machine.courses, lines, strict=False):
        edges = [one for one in machine.edges if not course.paths or set(course.paths).intersection(one.paths)]
        before: tuple[StrEnum | None, ...] = (None,)
        for stop in course.stops:
            joined = any(edge.to in stop.states and set(before).intersection(edge.sources) for edge in edges)
            if not joined:
                message = f"进程里没有一步通到“{stop.label}”。"
                fields.source.error(line, "broken_course", message, "请核对次序，或补上步骤。")
            before = stop.states


def _reached(machine: Machine) -> set[StrEnum]:
    reached: set[StrEnum | None] = {None}
    grown = True
    while grown:
        more = {edge.to for edge in machine.edges if edge.to is not None and reached.intersection(edge.sources)}
        grown = not more <= reached
        reached |= more
    return {state for state in reached if state is not None}


def _check_person(edge: Edge, machine: Machine, fields: Fields) -> None:
    def error(code: str, message: str, mend: str) -> None:
        fields.source.error(edge.line, code, f"步骤“{edge.id}”{message}", mend)

    if edge.automatic:
        if edge.who or edge.proposed_by or edge.action:
            error("automatic_person", "是自动的，就没有人办。", "请删去 who、proposed_by、action，或删去 automatic。")
        return
    if not edge.who or edge.action is None:
        error("nobody", "没有写由谁办（who）、按哪一行权限（action）。", "请补上；不由人办的写 automatic: true。")
        return
    for role in edge.who:
        if not edge.action.grants(role, edge.access):
            error(
                "not_granted", f"由{_label(edge.action, role)}办，权限表“{edge.action.label}”没有给。", "请核对两处。"
            )
        second = (
            edge.access is Access.DO and edge.action.cells.get(role) and edge.action.cells[role].right is Right.SECOND
        )
        if second and not edge.differs_from and not edge.proposed_by:
            message = f"由{_label(edge.action, role)}作第二人办，没有写第一人是谁。"
            error("no_second_person", message, "请写 proposed_by 或 differs_from。")
    for role in edge.proposed_by:
        if not edge.action.grants(role, Access.PROPOSE):
            error(
                "not_granted", f"由{_label(edge.action, role)}提请，权限表“{edge.action.label}”没有给。", "请核对两处。"
            )
    if machine.id == "values" and not edge.paths:
        error("no_path", "没有写哪种数据走这一步（paths）。", "请补上。")


def _label(action: Action, role: Role) -> str:
    return action.house.roles[role].label
