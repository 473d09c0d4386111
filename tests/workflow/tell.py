"""What the world tells when an edge is tried: mostly what is well, now and then what is not."""

from __future__ import annotations

import random
from datetime import timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve

from mujun.workflow import Act, Edge, Target
from mujun.workflow.conflict import Item, Member
from mujun.workflow.facts import Facts
from mujun.workflow.incentive_facts import IncentiveFacts
from mujun.workflow.notice import Notice
from mujun.workflow.objection_facts import ObjectionFacts, Refusal
from mujun.workflow.round_facts import CalendarStep, Minutes, Outcome, Quota, RoundFacts, TrackSeen
from mujun.workflow.states import RoundState, TrackState
from mujun.workflow.track_facts import Adopted, Deviation, TrackFacts, ValuesSeen, Weight
from mujun.workflow.values_facts import ValuesFacts
from tests.workflow.people import at
from tests.workflow.world import DOMAINS, REGIONS, Thing, World


class Teller:
    """Gathers facts from a world; by the dice some are spoiled."""

    world: World
    dice: random.Random

    def mostly(self) -> bool:
        return self.dice.random() < 0.97

    def either(self, good: Any, bad: Any) -> Any:
        return good if self.mostly() else bad

    def facts(self, thing: Thing, edge: Edge, asks: bool) -> Facts:
        proposal = None if asks else thing.proposals.get(edge.id)
        common: dict[str, Any] = {
            "state": thing.state,
            "done": thing.done,
            "proposal": proposal,
            "content": self.either("c0", "c1"),
            "reason": self.either("因故", ""),
        }
        gather = getattr(self, f"{thing.machine}_facts")
        facts: Facts = gather(thing, common)
        return facts

    def minutes(self) -> Minutes:
        members = tuple(
            Member(person=f"m{i}", name=f"委员{i}", places=frozenset({"黄岩区"} if i == 0 else set())) for i in range(5)
        )
        outcome = self.either(Outcome.AGREED, Outcome.SENT_BACK)
        return Minutes(
            scan_hash=self.either("scan", ""),
            outcomes=self.either({"i1": outcome}, {}),
            members=members,
            present=frozenset(f"m{i}" for i in range(self.either(5, 2))),
            tracks=frozenset(self.dice.sample(DOMAINS, 1)),
        )

    def round_facts(self, thing: Thing, common: dict[str, Any]) -> RoundFacts:
        world, dice = self.world, self.dice
        noticed = frozenset().union(*(one.names for one in world.notices))
        length = dice.choice([2, 20])
        ends = max([world.now + timedelta(days=length), *(one.ends_at for one in world.notices)])
        notice = Notice(
            list_hash=self.either(world.decided_hash, "别的"),
            names=self.either(world.names - noticed, frozenset()) or world.names,
            opened_at=world.now,
            ends_at=self.either(ends, world.now),
            contact=self.either("电话", ""),
            ways="来信",
            basis="三（四）",
        )
        if world.notices and world.round.state is RoundState.NOTICE:
            longer = world.notices[-1].ends_at + timedelta(days=dice.choice([-1, 0, 3]))
            notice = evolve(self.either(world.notices[-1], notice), ends_at=longer)
        return RoundFacts(
            **common,
            target=Target(),
            year=2019,
            years_taken=self.either(frozenset(), frozenset({2019})),
            calendar=(CalendarStep(label="评价", ends=self.either(at(6, 30).date(), None)),),
            document_number=self.either("浙亩均办〔2019〕4号", "浙亩均办[2019]04号"),
            numbers_taken=self.either(frozenset(), frozenset({"浙亩均办〔2019〕4号"})),
            tracks=tuple(TrackSeen(label=one.domain, state=one.state) for one in world.tracks if one.state),
            duplicates=self.either((), ("甲",)),
            quotas=(Quota(label="制造业", places=3, listed=self.either(3, 4)),),
            pack_hash=self.either("pack", ""),
            items=(Item(key="i1", label="事项", places=frozenset({"黄岩区"})),),
            minutes=self.either(self.minutes(), None),
            names=world.names,
            list_hash=world.list_hash,
            decided_hash=world.decided_hash,
            notices=tuple(world.notices),
            next_notice=self.either(notice, None),
            open_objections=world.open_objections(),
            upheld_changes=tuple(world.pending),
            public_statement=self.either("说明", ""),
            corrects=self.either("旧号", ""),
        )

    def track_facts(self, thing: Thing, common: dict[str, Any]) -> TrackFacts:
        world = self.world
        values = [one for one in world.values if one.domain == thing.domain]
        return TrackFacts(
            **common,
            target=Target(domain=thing.domain),
            round_state=world.round.state,  # type: ignore[arg-type]
            exists=thing.state is not None,
            drafted=True,
            weights=(Weight(label="总分", parts=(Fraction(60), self.either(Fraction(40), Fraction(3999, 100)))),),
            scheme_errors=self.either(0, 1),
            scheme_hash="s2",
            issued_scheme_hash=self.either("s1", "s2"),
            document_number=self.either("浙经信〔2019〕1号", ""),
            values=tuple(ValuesSeen(label="一组", state=one.state) for one in values),  # type: ignore[arg-type]
            sealed_hash="d1",
            run_data_hash=self.either("d1", "d0"),
            run_scheme_hash="s1",
            frozen_runs=thing.frozen,
            data_must_change=self.dice.choice([True, False]),
            unlock_until=world.now + timedelta(hours=self.either(8, 800)),
            unlocked_before=self.dice.choice([True, False]),
            unsettled_ties=self.either((), ("乙",)),
            quotas=(Quota(label="制造业", places=3, listed=self.either(3, 4)),),
            deviations=(Deviation(label="乙", reason=self.either("有因", "")),),
            adopted=Adopted(
                document_number="文", dated=at(4, 1).date(), file_hash=self.either("f", ""), differences=()
            ),
            list_hash=thing.list_hash,
            signed_hash=thing.signed_hash,
            minutes=self.either(self.minutes(), None),
        )

    def values_facts(self, thing: Thing, common: dict[str, Any]) -> ValuesFacts:
        track = next(one for one in self.world.tracks if one.domain == thing.domain)
        return ValuesFacts(
            **common,
            target=Target(domain=thing.domain, regions=REGIONS, unit="U1", agency="税务", has_account=False),
            path=thing.path,
            track_state=track.state,  # type: ignore[arg-type]
            blocking_findings=self.either(0, 2),
            confirm_by=self.world.now + timedelta(days=self.dice.choice([-1, 1])),
            silence_confirms=self.dice.choice([True, False, None]),
            disputed=self.either(("F17",), ()),
            unanswered=self.either((), ("F17",)),
            signed_scan=self.either("scan", ""),
            unlock_until=self.world.now + timedelta(hours=self.either(8, -8)),
            county_submitted=Act.COUNTY_SUBMITTED in thing.done,
            missing_agencies=self.either((), ("电力",)),
            unapproved_children=self.either((), ("乡",)),
            parent_approved="" if track.state is TrackState.COLLECTING else "本领域",
        )

    def objection_facts(self, thing: Thing, common: dict[str, Any]) -> ObjectionFacts:
        world = self.world
        notice = world.notices[-1] if world.notices else None
        return ObjectionFacts(
            **common,
            target=Target(
                domain=thing.domain, regions=REGIONS, unit="U1", public=True, under_objection=True, on_paper=True
            ),
            received_at=world.now,
            notice=notice,
            text=self.either("有误", ""),
            objector="某人",
            real_name=self.either(True, False),
            scan_hash="scan",
            concerns_notice=True,
            grounds=self.either({"数据有误": "已核"}, {"数据有误": ""}),
            refusal=self.dice.choice([*Refusal, None]),
            next_door=self.either("信访", ""),
            changes_list=thing.changes_list,
            remedy=self.either("已改", ""),
            answer_sent=self.either(True, False),
        )

    def incentive_facts(self, thing: Thing, common: dict[str, Any]) -> IncentiveFacts:
        return IncentiveFacts(
            **common,
            target=Target(
                domain=thing.domain,
                regions=REGIONS,
                unit="U1",
                agency="税务",
                has_account=self.dice.choice([True, False]),
            ),
            measure=self.either("措施", ""),
            title_stands=self.world.round.state is RoundState.PUBLISHED and self.dice.random() < 0.9,
            places_left=self.world.places,
            excluded_by=self.either((), ("别的",)),
            over_ceiling=(),
            expires_at=self.world.now + timedelta(days=self.either(1, -1)),
            evidence_hash=self.either("e", ""),
        )
