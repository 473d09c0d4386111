"""Issue the decided list once, under one number; afterwards only corrections and changes of title, linked to it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from mujun.web.actions.numbers import take_number
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import Item, Meeting, Proposal, Publication, PublishedItem, Round
from mujun.web.queries.compiled import list_hash, standing_items
from mujun.web.queries.issued import published_scope
from mujun.web.queries.names import initials
from mujun.workflow import Decision

Form = dict[str, Any]


@carries_out("R10")
def issue_list(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """The list as it was decided, item for item; what the round does not publish stays out, as its notice said."""
    items = [one for one in standing_items(row) if published_scope(row).get(one.domain, True)]
    publication = _publish(row, form, Publication.Kind.LIST, list_hash(standing_items(row)), by, now)
    for place, item in enumerate(items, 1):
        _put(publication, item, place)
    row.calendar.filter(key="publish").update(done_on=date.fromisoformat(form["dated"]))


@carries_out("RX1")
def correct(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """A slip of name or place: another publication, in which the row stands right; the old one is struck through."""
    old = row.publications.get(pk=form["corrects"])
    publication = _publish(row, form, Publication.Kind.CORRECTION, old.list_hash, by, now, old)
    item = old.items.get(domain=form["domain"], key=form["key"])
    _strike(row, form["domain"], form["key"])
    PublishedItem.objects.create(
        publication=publication,
        domain=item.domain,
        position=item.position,
        key=item.key,
        slug=slug_of(row, item.domain, item.key, publication.number),
        name=form.get("name") or item.name,
        initials=initials(form.get("name") or item.name),
        county=form.get("county") or item.county,
        city=item.city,
        group=item.group,
        strengths=item.strengths,
    )


@carries_out("RX2")
def change_title(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """A title withdrawn afterwards, or granted, by minutes."""
    old = row.publications.get(pk=form["corrects"])
    meeting = Meeting.objects.get(round=row, pk=form["meeting"])
    meeting.confirmed_by, meeting.confirmed_at = by.somebody, now
    meeting.save(update_fields=["confirmed_by", "confirmed_at"])
    publication = _publish(row, form, Publication.Kind.TITLE, old.list_hash, by, now, old)
    if form.get("withdraw"):
        domain, _, key = form["withdraw"].partition(":")
        _strike(row, domain, key)
    if added := form.get("grant"):
        item = Item.objects.create(round=row, position=9_000 + publication.number, standing="decided", **added)
        _put(publication, item, 1)


def _publish(
    row: Round, form: Form, kind: str, hash_: str, by: Doer, now: datetime, corrects: Publication | None = None
) -> Publication:
    take_number(str(form["document_number"]), for_=row.subject, by=by, now=now)
    proposer = Proposal.objects.filter(subject=row.subject, closed_at=now, confirmed_by=by.person).last()
    return Publication.objects.create(
        round=row,
        number=row.publications.count() + 1,
        kind=kind,
        document_number=form["document_number"],
        dated=date.fromisoformat(form["dated"]),
        printed_on=date.fromisoformat(form["printed_on"]),
        published_at=now,
        published_by=by.somebody,
        proposed_by=proposer.person if proposer is not None else None,
        list_hash=hash_,
        decided_hash=row.decided_hash,
        reason=str(form.get("reason", "")),
        corrects=corrects,
    )


def _put(publication: Publication, item: Item, place: int) -> None:
    PublishedItem.objects.create(
        publication=publication,
        domain=item.domain,
        position=place,
        key=item.key,
        slug=slug_of(publication.round, item.domain, item.key, publication.number),
        name=item.name,
        initials=initials(item.name),
        county=item.county,
        city=item.city,
        group=item.group,
        strengths=item.strengths,
    )


def _strike(row: Round, domain: str, key: str) -> None:
    PublishedItem.objects.filter(publication__round=row, domain=domain, key=key).update(struck=True)


def slug_of(round_: Round, domain: str, key: str, number: int) -> str:
    """The address of a row's page: tells nothing of the unit's code."""
    text = f"{round_.year}/{number}/{domain}/{key}/{round_.decided_hash}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
