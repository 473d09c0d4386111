"""Who may do what, by the matrix of roles and actions. Knows no edges.

`may` answers for one action upon one target. NOT_FOUND: the target lies outside everything the actor holds.
DENIED: he may know of it, but not do this. Two persons of a ◐ are two persons, whatever roles and accounts they have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from mujun.findings import Finding
from mujun.workflow.actor import Actor, Grant, Role, Target
from mujun.workflow.acts import Effect
from mujun.workflow.conditions import CONDITIONS, SCOPES, covers
from mujun.workflow.decision import NOT_FOUND, Answer, Decision, judged, reason
from mujun.workflow.matrix import ENOUGH, Access, Action, Cell, Right


@frozen
class Standing:
    """How an actor stands to an action, his fellow signatory aside. `second`: he acts only as the second person."""

    decision: Decision
    second: bool = False


def may(
    actor: Actor,
    action: Action,
    target: Target,
    now: datetime,
    access: Access = Access.DO,
    roles: Iterable[Role] = tuple(Role),
) -> Decision:
    """Whether the actor may do this upon the target, by one of `roles`."""
    standing = stand(actor, action, target, now, access, roles)
    if not standing.decision.allowed or not standing.second:
        return standing.decision
    return judged(_second_person(actor, action, target))


def stand(
    actor: Actor, action: Action, target: Target, now: datetime, access: Access, roles: Iterable[Role]
) -> Standing:
    """The same, without asking who the first person was."""
    held = [grant for grant in actor.grants if grant.in_force(now)]
    never = action.house.never_business.intersection(grant.role for grant in held)
    if never and action.business and access is not Access.READ:
        return Standing(Decision(Answer.DENIED, (_never(action, never),), (), (Effect.ALERT,)))
    everybody = Grant(role=Role.Z, since=now)
    reached = [one for one in [*held, everybody] if covers(one, action.house.roles[one.role].bound_to, target)]
    if not reached:
        return Standing(NOT_FOUND)
    if not actor.person and access is not Access.READ:
        return _refused([reason("no_person", "还不知道您是谁。", "请先实名登录。")])
    wanted = set(roles)
    able = [one for one in reached if one.role in wanted and _enough(action, one.role, access, target)]
    if not able:
        return _refused([_not_yours(action, access, target, wanted)])
    against: list[Finding] = []
    ways: list[Right] = []
    for grant in able:
        cell = action.cells[grant.role]
        problems = _problems(actor, grant, action, cell, target, access)
        against += [one for one in problems if one not in against]
        if not problems:
            ways.append(cell.right)
    if not ways:
        return _refused(against)
    return Standing(judged(()), second=access is Access.DO and Right.DO not in ways)


def _enough(action: Action, role: Role, access: Access, target: Target) -> bool:
    cell = action.cells.get(role)
    if cell is None or cell.right not in ENOUGH[access]:
        return False
    return not cell.first_domain or target.domain == action.house.first_domain


def _problems(actor: Actor, grant: Grant, action: Action, cell: Cell, target: Target, access: Access) -> list[Finding]:
    names = [*cell.when, *(action.when if access is not Access.READ else ())]
    problems = [found for name in names if (found := CONDITIONS[name](actor, grant, target, action.house.first_domain))]
    narrow = grant.names_something or not SCOPES.isdisjoint(action.house.roles[grant.role].bound_to)
    if target.is_round and narrow and not action.whole and access is not Access.READ:
        problems.append(
            reason(
                "whole_round", "您的权限只在一定范围内，不能对整个年度行动办理。", "请从具体的领域、地区或单位进入。"
            )
        )
    if action.parts and access is not Access.READ:
        if target.part not in action.parts:
            problems.append(reason("no_part", f"没有说明办理“{action.label}”的哪一部分。", "请从相应的页面办理。"))
        elif cell.only and target.part not in cell.only:
            role = action.house.roles[grant.role].label
            problems.append(reason("other_part", f"{role}不办“{action.label}”的这一部分。", "请交有权的人办理。"))
    return problems


def _second_person(actor: Actor, action: Action, target: Target) -> list[Finding]:
    if not target.first_by:
        return [
            reason("no_first_person", f"“{action.label}”须由两人办理，还没有第一人。", "请先由经办人办好他那一步。")
        ]
    if actor.person in target.first_by:
        return [second_person(f"“{action.label}”")]
    return []


def second_person(what: str) -> Finding:
    """One person did both steps. Roles and accounts make no difference."""
    return reason(
        "second_person",
        f"{what}须由两人办理，前一步也是您本人办的（换角色、换账号仍是同一人）。",
        "请换一位有权的人办。",
    )


def _not_yours(action: Action, access: Access, target: Target, wanted: set[Role]) -> Finding:
    able = [
        rule.label
        for role, rule in action.house.roles.items()
        if role in wanted and _enough(action, role, access, target)
    ]
    if any(action.grants(role, access) for role in wanted) and not able:
        mend = "这一步不适用于本领域。"
    elif any(cell.right is Right.MINUTES for cell in action.cells.values()) and not able:
        mend = "由领导小组会议决定，省亩均办据会议纪要录入并确认。"
    else:
        mend = f"可由{'、'.join(able)}办理。" if able else "没有角色可以这样办。"
    verb = {Access.DO: "办理", Access.PROPOSE: "提出", Access.READ: "查看"}[access]
    return reason("not_granted", f"您在这里的角色不能{verb}“{action.label}”。", mend)


def _never(action: Action, roles: Iterable[Role]) -> Finding:
    labels = "、".join(sorted(action.house.roles[role].label for role in roles))
    return reason(
        "never_business",
        f"{labels}一律不办业务，“{action.label}”已拒绝并告警。",
        "请由业务人员办理，三员不得兼任业务角色。",
    )


def _refused(findings: Iterable[Finding]) -> Standing:
    return Standing(judged(findings))
