"""Who does what, and when: told from the workflow and its matrix themselves, so that it cannot differ from what holds.

Changes nothing, decides nothing.
"""

from __future__ import annotations

from attrs import frozen

from mujun.web.programme import matrix, the_law, workflow
from mujun.workflow import Edge, Role
from mujun.workflow.matrix import Right

_ORDER = ("A", "B", "C", "D", "L", "T", "K", "P", "E", "O", "Z", "M", "X", "SA", "SE", "AU")
_SITE = ("round", "track", "values", "objection")
"""Machines that people work with on the site."""


@frozen
class Step:
    """`when`: the states in which it may be done. `how`: alone, as the first of two, or as the second."""

    label: str
    when: str
    how: str
    basis: str


@frozen
class Part:
    """What a role does: steps by the thing they move, and other rows of the matrix that it may act in or read."""

    role: str
    label: str
    machines: tuple[tuple[str, tuple[Step, ...]], ...]
    acts: tuple[str, ...]
    reads: tuple[str, ...]


def parts() -> list[Part]:
    """Of every role, in the order of the year."""
    return [_part(Role(name)) for name in _ORDER]


def _part(role: Role) -> Part:
    machines = []
    used: set[str] = set()
    for name in _SITE:
        machine = workflow().machines[name]
        edges = [one for one in machine.edges if not one.automatic and role in (*one.who, *one.proposed_by)]
        used.update(one.action.id for one in edges if one.action is not None)
        if steps := tuple(_step(edge, role) for edge in edges):
            machines.append((machine.label, steps))
    cells = [(row, row.cells[role].right) for row in matrix().actions.values() if role in row.cells]
    acts = tuple(row.label for row, right in cells if row.id not in used and right is not Right.READ)
    reads = tuple(row.label for row, right in cells if right is Right.READ)
    return Part(role.value, matrix().house.roles[role].label, tuple(machines), acts, reads)


def _step(edge: Edge, role: Role) -> Step:
    states = [edge.states[one].label for one in edge.sources if one is not None]
    when = "、".join(f"“{one}”" for one in states) or "还没有的时候"
    if edge.proposed_by:
        both = role in edge.who and role in edge.proposed_by
        how = "两人办，提请或确认" if both else "由您确认" if role in edge.who else "由您提请，另一人确认"
    else:
        how = "须与前一步不是同一人" if edge.differs_from else ""
    basis = the_law().cite(edge.basis.clause) if edge.basis.clause else "假设"
    return Step(edge.label, when, how, basis)
