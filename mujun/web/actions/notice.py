"""Open a public notice of the decided list, go on with one after names were removed, extend one. Never shortens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import ActDone, Item, NoticeExtension, Objection, Proposal, PublicNotice, Round
from mujun.web.queries.compiled import STANDING
from mujun.web.queries.facts.round import upheld
from mujun.workflow import Decision

Form = dict[str, Any]


@carries_out("R7", "R8")
def open_notice(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """Exactly the decided list, until a clock time (clause 3.4)."""
    drafter = ActDone.objects.filter(subject=row.subject, act="notice_drafted", void=False).latest("pk")
    PublicNotice.objects.create(
        round=row,
        number=row.notices.count() + 1,
        list_hash=form["list_hash"],
        names=form["names"],
        opens_at=datetime.fromisoformat(form["opens_at"]),
        ends_at=datetime.fromisoformat(form["ends_at"]),
        contact=form["contact"],
        ways=form["ways"],
        basis=form["basis"],
        scope=form.get("scope", {}),
        drafted_by=drafter.person,
        drafted_at=drafter.at,
        opened_by=by.somebody,
        opened_at=now,
    )


@carries_out("R9")
def lay_before_anew(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """What upheld objections say of the list goes before the leading group: names out, names in their place.

    Whoever opened a notice of this round is not forgotten: its names may still be on the list, which another issues.
    """
    for objection in upheld(row):
        _apply(row, objection)
    row.items.filter(standing__in=STANDING).update(outcome="", decided_in=None)


def _apply(row: Round, objection: Objection) -> None:
    change = dict(objection.change)
    if removed := change.get("remove"):
        Item.objects.filter(round=row, domain=objection.domain, key=removed, standing__in=STANDING).update(
            standing=Item.Standing.REMOVED, note=f"异议{objection.receipt}成立"
        )
    if added := change.get("add"):
        last = Item.objects.filter(round=row, domain=objection.domain).order_by("-position").first()
        Item.objects.update_or_create(
            round=row,
            domain=objection.domain,
            key=added["key"],
            defaults={
                **{name: added.get(name, "") for name in ("name", "county", "city", "group")},
                "strengths": added.get("strengths", []),
                "position": (last.position if last is not None else 0) + 1,
                "standing": Item.Standing.PROPOSED,
            },
        )
    objection.change = {**change, "applied": True}
    objection.save(update_fields=["change"])


@carries_out("R7e")
def extend(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """The notice runs on to the later time; what it was before stays in the record."""
    notice = row.notices.filter(opened_at__isnull=False).latest("number")
    proposal = Proposal.objects.filter(subject=row.subject, closed_at=now, confirmed_by=by.person).latest("pk")
    ends_at = datetime.fromisoformat(form["ends_at"])
    NoticeExtension.objects.create(
        notice=notice,
        ended_at=notice.ends_at,
        ends_at=ends_at,
        reason=form["reason"],
        proposed_by=proposal.person,
        by=by.somebody,
        at=now,
    )
    notice.ends_at = ends_at
    notice.save(update_fields=["ends_at"])
