"""The matrix of roles and actions, as frozen values. What is not granted is denied. `permissions` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import frozen

from mujun.law import Basis
from mujun.workflow.actor import Role


class Right(StrEnum):
    """What a cell of the matrix grants; the values are the marks an official reads and writes there."""

    DO = "●"
    SECOND = "◐"
    READ = "○"
    PROPOSE = "提"
    MINUTES = "纪"


class Access(StrEnum):
    """What somebody wants: to do the act, to propose that others do it, to look."""

    DO = "do"
    PROPOSE = "propose"
    READ = "read"


ENOUGH = {
    Access.DO: {Right.DO, Right.SECOND},
    Access.PROPOSE: {Right.DO, Right.PROPOSE},
    Access.READ: set(Right),
}


@frozen
class Cell:
    """One cell. `first_domain`: for domain ① only. `only` names parts of the action, `when` conditions."""

    right: Right
    first_domain: bool = False
    only: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


@frozen
class RoleRule:
    """A role and what a grant of it has to name: a domain, a region, a unit, an agency."""

    role: Role
    label: str
    bound_to: tuple[str, ...] = ()


@frozen
class House:
    """What holds for the whole matrix: the roles, domain ①, and the roles that never do business."""

    roles: Mapping[Role, RoleRule]
    first_domain: str
    never_business: frozenset[Role]


@frozen(eq=False)
class Action:
    """A row of the matrix. `when` holds for everybody who acts in it. `whole`: somebody whose grant names a domain, a
    region, a unit or an agency may act upon the round as a whole, too; else only upon what lies within his grant.
    `reauthenticated`: whoever does it has to show shortly before that he is who he is.
    """

    id: str
    label: str
    business: bool
    parts: tuple[str, ...]
    when: tuple[str, ...]
    cells: Mapping[Role, Cell]
    basis: Basis
    house: House
    line: int = 0
    whole: bool = False
    reauthenticated: bool = False

    def grants(self, role: Role, access: Access = Access.DO) -> bool:
        return role in self.cells and self.cells[role].right in ENOUGH[access]


@frozen(eq=False)
class Permissions:
    """The whole matrix."""

    house: House
    actions: Mapping[str, Action]
