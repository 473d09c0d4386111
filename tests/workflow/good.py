"""Facts by which every edge may be taken, so that a test changes the one thing it is about; and who may take it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve

from mujun.workflow import Act, Actor, Decision, Edge, Role, Target, decide
from mujun.workflow.conflict import Item, Member
from mujun.workflow.facts import Facts, Proposal
from mujun.workflow.incentive_facts import IncentiveFacts
from mujun.workflow.notice import Notice
from mujun.workflow.objection_facts import ObjectionFacts, Refusal
from mujun.workflow.round_facts import CalendarStep, Minutes, Outcome, Quota, RoundFacts, TrackSeen
from mujun.workflow.states import RoundState, TrackState, ValuesState
from mujun.workflow.track_facts import Adopted, Deviation, TrackFacts, ValuesSeen, Weight
from mujun.workflow.values_facts import ValuesFacts
from tests.workflow.people import NOW, at, grant, person

REGIONS = ("黄岩区", "台州市", "浙江省")
FIRM = Target(domain="manufacturing", regions=REGIONS, unit="甲厂", agency="税务", has_account=False)
FIRST = "第一人"
"""The person who did the step before."""

MEMBERS = tuple(Member(person=f"m{i}", name=f"委员{i}", places=frozenset()) for i in range(1, 6))
MINUTES = Minutes(
    scan_hash="scan",
    outcomes={"i1": Outcome.AGREED, "i2": Outcome.AGREED},
    members=MEMBERS,
    present=frozenset(one.person for one in MEMBERS),
    tracks=frozenset({"manufacturing"}),
)
NAMES = frozenset({"甲厂", "乙厂"})
NOTICE = Notice(
    list_hash="H", names=NAMES, opened_at=NOW, ends_at=at(6, 11, 17, 30), contact="电话", ways="来信", basis="三（四）"
)
"""Opened on Monday 3 June; with the Dragon Boat Festival on the 7th, five working days end on the 11th."""
OVER = evolve(NOTICE, opened_at=at(5, 6), ends_at=at(5, 13, 17, 30))
ADOPTED = Adopted(document_number="浙政办发〔2019〕9号", dated=date(2019, 3, 1), file_hash="f", differences=())

_ROUND: dict[str, Any] = {
    "target": Target(),
    "year": 2019,
    "calendar": (CalendarStep(label="评价", ends=date(2019, 6, 30)),),
    "document_number": "浙亩均办〔2019〕4号",
    "tracks": (TrackSeen(label="制造业", state=TrackState.ACCEPTED),),
    "duplicates": (),
    "quotas": (Quota(label="制造业", places=2, listed=2),),
    "pack_hash": "pack",
    "items": (Item(key="i1", label="甲厂", places=frozenset()), Item(key="i2", label="乙厂", places=frozenset())),
    "minutes": MINUTES,
    "names": NAMES,
    "list_hash": "H",
    "decided_hash": "H",
    "next_notice": NOTICE,
    "open_objections": (),
    "public_statement": "说明",
    "corrects": "浙亩均办〔2019〕20号",
}
_TRACK: dict[str, Any] = {
    "target": Target(domain="manufacturing"),
    "round_state": RoundState.EVALUATING,
    "drafted": True,
    "weights": (Weight(label="总分", parts=(Fraction(60), Fraction(40))),),
    "scheme_errors": 0,
    "scheme_hash": "s1",
    "issued_scheme_hash": "s1",
    "document_number": "浙经信〔2019〕1号",
    "values": (ValuesSeen(label="税务", state=ValuesState.ACCEPTED),),
    "sealed_hash": "d1",
    "run_data_hash": "d1",
    "run_scheme_hash": "s1",
    "frozen_runs": 1,
    "data_must_change": False,
    "unlock_until": NOW + timedelta(hours=24),
    "unsettled_ties": (),
    "quotas": (Quota(label="制造业", places=2, listed=2),),
    "deviations": (Deviation(label="丙厂", reason="停产"),),
    "adopted": ADOPTED,
    "list_hash": "l1",
    "signed_hash": "l1",
    "minutes": MINUTES,
}
_VALUES: dict[str, Any] = {
    "target": FIRM,
    "track_state": TrackState.COLLECTING,
    "blocking_findings": 0,
    "confirm_by": NOW + timedelta(days=1),
    "silence_confirms": True,
    "disputed": ("F17",),
    "signed_scan": "scan",
    "county_submitted": True,
    "missing_agencies": (),
    "unapproved_children": (),
}
_OBJECTION: dict[str, Any] = {
    "target": Target(
        public=True, under_objection=True, on_paper=True, domain="manufacturing", regions=REGIONS, unit="甲厂"
    ),
    "received_at": NOW,
    "notice": NOTICE,
    "text": "税收数有误",
    "objector": "某人",
    "real_name": True,
    "scan_hash": "scan",
    "concerns_notice": True,
    "grounds": {"税收数有误": "经查属实"},
    "next_door": "信访、行政复议",
    "changes_list": True,
    "remedy": "已再次审定",
    "answer_sent": True,
}
_INCENTIVE: dict[str, Any] = {
    "target": FIRM,
    "measure": "激励措施第一条",
    "title_stands": True,
    "places_left": 1,
    "excluded_by": (),
    "over_ceiling": (),
    "expires_at": NOW + timedelta(days=30),
    "evidence_hash": "e",
}
_KINDS: dict[str, tuple[type[Facts], dict[str, Any]]] = {
    "round": (RoundFacts, _ROUND),
    "track": (TrackFacts, _TRACK),
    "values": (ValuesFacts, _VALUES),
    "objection": (ObjectionFacts, _OBJECTION),
    "incentive": (IncentiveFacts, _INCENTIVE),
}
_COUNTY = {"target": Target(domain="county", regions=REGIONS, unit="黄岩区", agency="税务")}
_LESS = frozenset({"甲厂"})
_OWN: dict[str, dict[str, Any]] = {
    "R3": {"tracks": (TrackSeen(label="制造业", state=TrackState.COLLECTING),)},
    "R7e": {"notices": (NOTICE,), "next_notice": evolve(NOTICE, ends_at=at(6, 20, 17, 30))},
    "R8": {"names": _LESS, "notices": (OVER,), "next_notice": evolve(OVER, names=_LESS)},
    "R9": {"upheld_changes": ("第1号",)},
    "R10": {"notices": (OVER,)},
    "T2": {"round_state": RoundState.PLANNED},
    "T3": {"round_state": RoundState.PLANNED},
    "T6": {"frozen_runs": 0},
    "T7a": {"target": Target(domain="county")},
    "T8a": {"target": Target(domain="county")},
    "T13": {"data_must_change": True},
    "T14x": {"unlocked_before": True},
    "T15": {"scheme_hash": "s2"},
    "V4": {"confirm_by": NOW - timedelta(days=1)},
    "O3": {"refusal": Refusal.LATE, "notice": OVER},
    "O6n": {"changes_list": False},
    "O7": {"done": {Act.OBJECTION_FILED: frozenset({"第二人"})}},
    "I7": {"expires_at": NOW - timedelta(days=1)},
    "I8": {"title_stands": False},
}
"""What an edge needs otherwise than the rest of its machine."""


def good(edge: Edge, **changed: Any) -> Any:
    """Facts by which the edge may be taken, but for what is changed."""
    kind, common = _KINDS[edge.machine]
    own = dict(_OWN.get(edge.id, {}))
    if edge.machine == "values":
        own["path"] = edge.paths[0]
        if edge.paths[0] == "provincial" and Role.C not in edge.who and Role.T not in edge.who:
            own |= _COUNTY
    facts: dict[str, Any] = {
        "state": edge.sources[0],
        "content": "c1",
        "reason": "因故",
        "done": {act: frozenset({FIRST}) for act in edge.differs_from},
        "proposal": Proposal(edge=edge.id, person=FIRST, content="c1") if edge.proposed_by else None,
    }
    return kind(**{**facts, **common, **own, **changed})


def holder(role: Role, target: Target, name: str = "第二人", **more: Any) -> Actor:
    """Somebody who holds the role where the target is."""
    region = {Role.T: "台州市", Role.K: "黄岩区", Role.P: "黄岩区"}.get(role, "")
    bounds = {
        "domain": target.domain if role in (Role.C, Role.D) else "",
        "region": region,
        "unit": target.unit if role is Role.E else "",
        "agency": target.agency if role in (Role.P, Role.X) else "",
    }
    return person(name, grant(role.value, **bounds), **more)


def ask(edge: Edge, now: datetime = NOW, actor: Actor | None = None, **changed: Any) -> Decision:
    """What is answered to the first role that may take the edge, all being well but for what is changed."""
    facts = good(edge, **changed)
    if actor is None and not edge.automatic:
        actor = holder(able(edge, facts.target), facts.target)
    return decide(edge, facts, actor, now)


def able(edge: Edge, target: Target) -> Role:
    """The first of the edge's roles whose right is not for another domain."""
    assert edge.action is not None
    first = edge.action.house.first_domain
    fitting = [role for role in edge.who if not (edge.action.cells[role].first_domain and target.domain != first)]
    return fitting[0]


def against(decision: Decision) -> list[str]:
    """What speaks against it, in the words a person reads."""
    return [str(one) for one in decision.reasons]
