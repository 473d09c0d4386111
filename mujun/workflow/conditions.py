"""Scopes and conditions of the matrix, by name. Each looks at one thing and says why not. Knows no roles."""

from __future__ import annotations

from collections.abc import Callable

from mujun.findings import Finding
from mujun.workflow.actor import Actor, Grant, Target
from mujun.workflow.decision import reason
from mujun.workflow.states import RoundState

Condition = Callable[[Actor, Grant, Target, str], Finding | None]
CONDITIONS: dict[str, Condition] = {}
"""By the name that permissions.yaml uses. The last argument is the id of domain ①."""

BOUNDS = ("domain", "region", "unit", "agency", "public", "case")
"""What a role may be bound to."""

SCOPES = frozenset({"domain", "region", "unit", "agency"})
"""Those of them that a grant names."""


def covers(grant: Grant, bound_to: tuple[str, ...], target: Target) -> bool:
    """Whether the target lies within the grant. A bound that the grant leaves empty covers nothing but the round."""
    if "public" in bound_to:
        return target.public
    if target.is_round:
        return True
    if "case" in bound_to and not (target.under_objection or target.public):
        return False
    regional = bool(grant.region) or "region" in bound_to
    if regional and (not grant.region or grant.region not in target.regions):
        return False
    return all(
        mine == theirs and bool(mine)
        for bound, mine, theirs in (
            ("domain", grant.domain, target.domain),
            ("unit", grant.unit, target.unit),
            ("agency", grant.agency, target.agency),
        )
        if mine or bound in bound_to
    )


def condition(name: str) -> Callable[[Condition], Condition]:
    """Register a condition under the name that permissions.yaml uses."""

    def register(function: Condition) -> Condition:
        CONDITIONS[name] = function
        return function

    return register


def _unless(holds: bool, code: str, message: str, mend: str) -> Finding | None:
    return None if holds else reason(code, message, mend)


@condition("own_domain")
def own_domain(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    holds = bool(target.domain) and grant.domain == target.domain
    return _unless(holds, "not_own_domain", "这不是您负责的领域。", "请由该领域的牵头部门办理。")


@condition("own_unit")
def own_unit(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    holds = bool(target.unit) and grant.unit == target.unit
    return _unless(holds, "not_own_unit", "只能看、办本单位的事项。", "请从本单位的页面进入。")


@condition("own_city")
def own_city(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    holds = bool(grant.region) and grant.region in target.regions
    return _unless(holds, "not_own_city", "只能办本市的事项。", "请由有关市亩均办办理。")


@condition("own_units")
def own_units(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    holds = bool(target.unit) and bool(grant.region) and grant.region in target.regions
    return _unless(holds, "not_own_units", "只能办本县评价对象的账号。", "机关账号请找系统管理员。")


@condition("at_review")
def at_review(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    holds = target.round_state is RoundState.REVIEW
    return _unless(holds, "not_at_review", "提请审定期间才能看。", "请待省亩均办提请审定。")


@condition("case")
def case(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    return _unless(target.under_objection, "no_case", "没有涉及它的异议，不能看。", "请从受理的异议进入。")


@condition("from_notice")
def from_notice(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    return _unless(target.notice_opened, "before_notice", "公示以前不提供得分。", "请在公示开始后再看。")


@condition("on_paper")
def on_paper(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    return _unless(target.on_paper, "not_on_paper", "只代录书面异议。", "请附上书面异议的扫描件。")


@condition("real_name")
def real_name(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    return _unless(actor.real_name, "no_real_name", "异议须实名提出。", "请先实名登录，或到受理点书面提出。")


@condition("domain_one_or_no_account")
def domain_one_or_no_account(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    holds = target.domain == first or target.has_account is False
    return _unless(holds, "has_account", "该单位有账号，不能代办。", "请由该单位自己办理。")


@condition("no_account")
def no_account(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    return _unless(target.has_account is False, "has_account", "该单位有账号，不能代办。", "请由该单位自己办理。")


@condition("not_own_place")
def not_own_place(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    if actor.places is None:
        return reason("places_unknown", "没有登记您来自哪个县、哪个园区，无法核对回避。", "请先补登记。")
    holds = actor.places.isdisjoint({*target.regions, target.unit} - {""})
    return _unless(holds, "own_place", "事项涉及您所在的地方或园区，须回避。", "请换一位无关的人办。")


@condition("not_own_desk")
def not_own_desk(actor: Actor, grant: Grant, target: Target, first: str) -> Finding | None:
    if actor.desks is None:
        return reason("desks_unknown", "没有登记您所在的处室，无法核对回避。", "请先补登记。")
    holds = not target.desk or target.desk not in actor.desks
    return _unless(holds, "own_desk", "事项由您所在的处室经办，须回避。", "请换一位其他处室的人办。")
