"""Open a public notice of the decided list, go on with one after names were removed, extend one. Never shortens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.proof.published_list import Status
from mujun.web.actions.files import document_files, keep_files, refused_if_it_does_not_hold
from mujun.web.actions.round_secret import make_secret
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.evidence import keep_json
from mujun.web.models import ActDone, Item, NoticeExtension, Objection, Proposal, PublicNotice, Round
from mujun.web.queries.compiled import STANDING
from mujun.web.queries.documents.public import notice_facts
from mujun.web.queries.facts.round import upheld
from mujun.web.queries.issued import rules_on_notice
from mujun.web.queries.pack import pack_of
from mujun.web.queries.publishing.items import decided_items
from mujun.web.queries.publishing.make import Made, Standing, decision_of, last_meeting, make_lists
from mujun.web.queries.publishing.notice_rules import notice_rules
from mujun.web.queries.publishing.rules import rule_files
from mujun.workflow import Decision
from mujun.workflow.moment import CHINA

Form = dict[str, Any]


@carries_out("R7", "R8")
def open_notice(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """Exactly the decided list, until a clock time (clause 3.4), with every file by which anybody can check it."""
    drafter = ActDone.objects.filter(subject=row.subject, act="notice_drafted", void=False).latest("pk")
    notice = PublicNotice(
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
    with refused_if_it_does_not_hold("R7", row):
        made, documents = _make(notice)
    notice.checkpoint = made.checkpoint.as_dict()
    notice.files = keep_files({**made.files, **documents})
    notice.document_hash = notice.files["document.docx"]
    notice.save(force_insert=True)


def _make(notice: PublicNotice) -> tuple[Made, dict[str, bytes]]:
    """By the rules of the round's first notice; the first one makes them, from what its form says is published."""
    row, meeting = notice.round, last_meeting(notice.round)
    rules = rules_on_notice(row)
    if rules is None:
        day = notice.opens_at.astimezone(CHINA).date()
        rules = rule_files(row, notice_rules(row, notice.number, notice.scope, day))
    standing = Standing(status=Status.NOTICE, decision=decision_of(meeting))
    made = make_lists(row, decided_items(row), rules, standing, make_secret(row))
    lists = {domain: one.published for domain, one in made.lists.items()}
    facts = notice_facts(notice, lists, made.checkpoint, meeting)
    return made, document_files("document", "public-notice", facts)


@carries_out("R9")
def lay_before_anew(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """What upheld objections say of the list goes before the leading group: names out, names in their place.

    The material of the meeting is fixed anew with it. Whoever opened a notice of this round is not forgotten: its names
    may still be on the list, which another issues.
    """
    for objection in upheld(row):
        _apply(row, objection)
    row.items.filter(standing__in=STANDING).update(outcome="", decided_in=None)
    row.pack_hash = keep_json(pack_of(row))
    row.save(update_fields=["pack_hash"])


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
