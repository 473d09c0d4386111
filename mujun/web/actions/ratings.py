"""Give a mark for a judged item, never of one's own place. It is changed only where two marks lie far apart."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from mujun.findings import Finding
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import Rating, Track, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import target_of
from mujun.web.queries.ratings import Judged, judged_of
from mujun.workflow import Access
from mujun.workflow.decision import judged as decided
from mujun.workflow.decision import reason
from mujun.workflow.states import TrackState

_LABEL = "评审打分"
_OPEN = (TrackState.PLAN_ISSUED, TrackState.COLLECTING)


@transaction.atomic
def rate_unit(*, track: Track, unit: ValueSet, mark: Decimal, why: str, by: Doer, now: datetime) -> Rating:
    decision = allowed(by, "rate_item", target_of(unit), now, Access.DO)
    if not decision.allowed:
        raise Refused("rate_item", _LABEL, decision, unit.subject, unit.name)
    item = judged_of(track)
    before = list(Rating.objects.filter(track=track, variable=item.id if item else "", unit=unit.unit))
    own = next((one for one in before if one.rater_id == by.somebody.pk), None)
    against = _against(track, item, before, own, mark, why)
    if against or item is None:
        raise Refused("rate_item", _LABEL, decided(against), unit.subject, unit.name)
    was = str(own.mark) if own is not None else ""
    rating, _ = Rating.objects.update_or_create(
        track=track, variable=item.id, unit=unit.unit, rater=by.somebody,
        defaults={"mark": mark, "why": why.strip(), "rated_at": now if own is None else own.rated_at},
    )  # fmt: skip
    record_event(
        "rate_item", "改分" if own else _LABEL, by=by, now=now, subject=unit.subject, about=f"{unit.name} {item.label}",
        facts={"variable": item.id, "mark": str(mark), "was": was, "why": why.strip()},
    )  # fmt: skip
    return rating


def _against(
    track: Track, item: Judged | None, before: list[Rating], own: Rating | None, mark: Decimal, why: str
) -> list[Finding]:
    if item is None:
        return [reason("nothing_judged", "本领域没有靠评判的指标。", "各项都按数据计算。")]
    found = []
    if track.state not in _OPEN:
        found.append(reason("wrong_state", "数据锁定以后不能再打分。", "确要改的，须先解锁。"))
    if not item.low <= mark <= item.high:
        found.append(reason("out_of_range", f"得分须在{item.low}至{item.high}之间。", "请改正。"))
    if not why.strip():
        found.append(reason("no_reason", "没有写理由。", "请对照评分细则写明为什么给这个分。"))
    full = len(before) >= len(item.variables)
    if own is None and full:
        found.append(reason("rated_already", f"已有{len(before)}位评委打过分。", "不用再打。"))
    if own is not None and not (
        full and max(one.mark for one in before) - min(one.mark for one in before) >= item.spread
    ):
        found.append(reason("own_mark_stands", "您已经打过分。", f"只有两人相差达到{item.spread}分、须复核时才能改。"))
    return found
