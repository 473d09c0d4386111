"""Facts of a meeting's two papers. Time, place, chair, who sat in: typed. The site knows only who decided what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mujun.documents.content.dispatch import Standing
from mujun.documents.content.meeting import Decided, MeetingPack, Minutes, Verdict
from mujun.web.models import Meeting, NominationItem, Person, Round
from mujun.web.programme import workflow
from mujun.web.queries.documents.lists import title_of
from mujun.web.queries.documents.nominations import nomination_facts
from mujun.web.queries.documents.senders import OFFICE, body, marks
from mujun.web.queries.facts.round import members_of, minutes_of
from mujun.web.queries.quotas import standing_list
from mujun.workflow.conflict import Item, quorum
from mujun.workflow.moment import CHINA

GROUP = "浙江省深化“亩均论英雄”改革工作领导小组"
WHY = "来自名单中单位的所在地，或申报了利害关系"
Typed = Mapping[str, Any]


def pack_facts(round_: Round, typed: Typed, now: datetime) -> MeetingPack:
    """`typed`: at, where, agenda (lines). A domain that recommends nobody has no report."""
    lists = [standing_list(track) for track in round_.tracks.filter(left_out="")]
    nominations = [one for one in lists if one is not None and one.items.filter(kind=NominationItem.Kind.LISTED)]
    return MeetingPack(
        year=round_.year,
        meeting=f"{GROUP}审定会议",
        office=OFFICE,
        at=typed["at"].astimezone(CHINA).replace(tzinfo=None),
        where=typed["where"],
        agenda=lines(typed["agenda"]),
        nominations=tuple(nomination_facts(one) for one in nominations),
        marks=marks(Standing.PROPOSED),
        made_on=now.astimezone(CHINA).date(),
    )


def minutes_facts(meeting: Meeting, typed: Typed, now: datetime) -> Minutes:
    """`typed`: number, at, where, chair, attending (lines), sent_to (lines)."""
    round_, members = meeting.round, members_of()
    present = [one for one in members if one.pk in meeting.present]
    return Minutes(
        mark=f"{GROUP}会议纪要",
        number=typed["number"],
        at=typed["at"].astimezone(CHINA).replace(tzinfo=None),
        where=typed["where"],
        chair=typed["chair"],
        present=tuple(one.name for one in present),
        absent=tuple(one.name for one in members if one not in present),
        attending=lines(typed["attending"]),
        members=len(members),
        quorum=int(len(members) * workflow().settings.quorum_share) + 1,
        opening=f"会议听取了各牵头部门的汇报，逐项审议{title_of(round_)}。纪要如下。",
        items=_items(meeting, members),
        sent_to=lines(typed["sent_to"]),
        printed_by=body(round_.programme, OFFICE).printed_by,
        list_hash=round_.decided_hash,
        marks=marks(Standing.PROPOSED),
        made_on=now.astimezone(CHINA).date(),
    )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _items(meeting: Meeting, members: list[Person]) -> tuple[Decided, ...]:
    """Together what is of one domain, one verdict, and the same persons kept out."""
    minutes, share = minutes_of(meeting), workflow().settings.quorum_share
    names = {str(one.pk): one.name for one in members}
    labels = {track.domain: track.label for track in meeting.round.tracks.all()}
    order = list(labels)
    found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for one in sorted(meeting.items.all(), key=lambda item: (order.index(item.domain), item.position)):
        item = Item(key=f"{one.domain}:{one.key}", label=one.name, places=frozenset({one.county, one.key} - {""}))
        out = quorum(item, minutes.members, minutes.present, share).recusals
        kept_out = tuple(sorted(names[gone.member.person] for gone in out if gone.member.person in minutes.present))
        found.setdefault((one.domain, one.outcome, kept_out), []).append(one.name)
    return tuple(
        Decided(
            subject=f"{labels[domain]}名单{'' if not kept_out else '（' + '、'.join(units) + '）'}",
            verdict=Verdict(outcome),
            text="由省亩均办按程序公示。" if outcome == Verdict.AGREED else "",
            listed=len(units),
            recused=kept_out,
            recused_why=WHY if kept_out else "",
        )
        for (domain, outcome, kept_out), units in found.items()
    )
