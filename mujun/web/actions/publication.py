"""Issue the decided list once, under one number; afterwards only corrections and changes of title, linked to it.

The rows, every file, the checkpoint and the document go out in one act: they are made first, from what was decided,
and if one of them does not hold there is no publication at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import evolve, frozen

from mujun.documents.content.correction import Slip
from mujun.documents.content.dispatch import Dispatch
from mujun.documents.published import DecidedItem
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.proof.published_list import PublishedList, Status
from mujun.web.actions.files import document_files, keep_files, refused_if_it_does_not_hold
from mujun.web.actions.numbers import take_number
from mujun.web.actions.round_secret import make_secret
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.models import Item, Meeting, Proposal, Publication, PublishedItem, Round
from mujun.web.queries.documents.public import correction_facts, dispatch_record, issued_facts, office_dispatch
from mujun.web.queries.issued import current_publication, published_lists, rules_on_notice
from mujun.web.queries.names import initials
from mujun.web.queries.publishing.items import ByDomain, decided_items, issued_items
from mujun.web.queries.publishing.make import Made, Standing, decision_of, last_meeting, make_lists
from mujun.web.queries.slugs import slug_of
from mujun.workflow import Decision

Form = dict[str, Any]


@frozen
class _Numbered:
    """What the form says of the document."""

    number: str
    dated: date
    printed_on: date
    dispatch: Dispatch


@carries_out("R10")
def issue_list(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """The list as it was decided, item for item; what the round does not publish stays out, as its notice said."""
    with refused_if_it_does_not_hold("R10", row):
        numbered = _numbered(row, form)
        meeting = last_meeting(row)
        made = _make(row, decided_items(row), numbered, meeting)
        lists = {domain: one.published for domain, one in made.lists.items()}
        facts = issued_facts(row, numbered.dispatch, lists, made.checkpoint, meeting)
        documents = document_files("document", "issued-list", facts)
        documents |= document_files("dispatch", "dispatch-record", dispatch_record(numbered.dispatch, facts.title))
    publication = _publish(row, form, Publication.Kind.LIST, numbered, made, documents, by, now)
    items = {(one.domain, one.key): one for one in row.items.all()}
    for domain, listed in made.lists.items():
        for place, one in enumerate(listed.items, 1):
            _put(publication, domain, one, place, items[domain, one.key].city)
    row.calendar.filter(key="publish").update(done_on=numbered.dated)


@carries_out("RX1")
def correct(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """A slip of name or place: another publication, in which the row stands right; the old one is struck through."""
    old = row.publications.get(pk=form["corrects"])
    domain, key = str(form["domain"]), str(form["key"])
    was = PublishedItem.objects.get(publication__round=row, domain=domain, key=key, struck=False)
    name, county = str(form.get("name") or was.name), str(form.get("county") or was.county)
    with refused_if_it_does_not_hold("RX1", row):
        items = issued_items(row)
        items[domain] = [evolve(one, name=name, county=county) if one.key == key else one for one in items[domain]]
        slip = Slip(where=_where(row, domain), printed=_said(was.name, was.county), should_be=_said(name, county),
                    why=str(form.get("reason", "")))  # fmt: skip
        numbered, made, documents = _make_correction(row, form, old, items, slip, meeting=last_meeting(row))
    publication = _publish(row, form, Publication.Kind.CORRECTION, numbered, made, documents, by, now, old)
    _strike(row, domain, key)
    place, one = _found(made, domain, key)
    _put(publication, domain, one, place, was.city)


@carries_out("RX2")
def change_title(row: Round, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    """A title withdrawn afterwards, or granted, by minutes."""
    old = row.publications.get(pk=form["corrects"])
    meeting = Meeting.objects.get(round=row, pk=form["meeting"])
    withdrawn_domain, _, withdrawn = str(form.get("withdraw") or "").partition(":")
    added = dict(form.get("grant") or {})
    why = str(form.get("reason", ""))
    with refused_if_it_does_not_hold("RX2", row):
        items = issued_items(row)
        slips = []
        if withdrawn:
            gone = next(one for one in items[withdrawn_domain] if one.key == withdrawn)
            items[withdrawn_domain] = [one for one in items[withdrawn_domain] if one.key != withdrawn]
            slips.append(Slip(where=_where(row, withdrawn_domain), printed=_said(gone.name, gone.county),
                              should_be="", why=why))  # fmt: skip
        if added:
            granted = _granted(added)
            slips.append(Slip(where=_where(row, str(added["domain"])), printed="",
                              should_be=_said(granted.name, granted.county), why=why))  # fmt: skip
        numbered, made, documents = _make_correction(row, form, old, items, *slips, meeting=meeting)
    meeting.confirmed_by, meeting.confirmed_at = by.somebody, now
    meeting.save(update_fields=["confirmed_by", "confirmed_at"])
    publication = _publish(row, form, Publication.Kind.TITLE, numbered, made, documents, by, now, old)
    if withdrawn:
        _strike(row, withdrawn_domain, withdrawn)
    if added:
        Item.objects.create(round=row, position=9_000 + publication.number, standing="decided", **added)
        place, one = _found(made, str(added["domain"]), str(added["key"]))
        _put(publication, str(added["domain"]), one, place, str(added.get("city", "")))


def _granted(added: Mapping[str, Any]) -> DecidedItem:
    return DecidedItem(
        key=str(added["key"]),
        name=str(added["name"]),
        county=str(added.get("county", "")),
        group=str(added.get("group", "")),
        strengths=tuple(added.get("strengths", ())),
    )


def _numbered(row: Round, form: Form) -> _Numbered:
    number = str(form["document_number"])
    dated, printed_on = (date.fromisoformat(form[name]) for name in ("dated", "printed_on"))
    to, copies = (tuple(form.get(name) or ()) for name in ("to", "copies"))
    return _Numbered(number, dated, printed_on, office_dispatch(row, number, dated, printed_on, to, copies))


def _make(
    row: Round, items: ByDomain, numbered: _Numbered, meeting: Meeting | None, notes: tuple[str, ...] = ()
) -> Made:
    standing = Standing(
        status=Status.ISSUED,
        document_number=numbered.number,
        issued_on=numbered.printed_on,
        decision=decision_of(meeting),
        notes=notes,
    )
    rules = rules_on_notice(row)
    if rules is None:
        message = "公示没有写明公布的规则，不能印发。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_rules", message, "请重新公示，写明公布的范围和依据。")])
    return make_lists(row, items, rules, standing, make_secret(row))


def _make_correction(
    row: Round, form: Form, old: Publication, items: ByDomain, *slips: Slip, meeting: Meeting | None
) -> tuple[_Numbered, Made, dict[str, bytes]]:
    """All lists as they stand after it, under its own number."""
    numbered = _numbered(row, form)
    made = _make(row, items, numbered, meeting, (f"{old.document_number}的名单有改动，以本名单为准。",))
    before: Mapping[str, PublishedList] = published_lists(current_publication(row))
    after = {domain: one.published for domain, one in made.lists.items()}
    facts = correction_facts(row, numbered.dispatch, old, slips, before, after, made.checkpoint)
    return numbered, made, document_files("document", "correction", facts)


def _publish(
    row: Round,
    form: Form,
    kind: str,
    numbered: _Numbered,
    made: Made,
    documents: Mapping[str, bytes],
    by: Doer,
    now: datetime,
    corrects: Publication | None = None,
) -> Publication:
    take_number(numbered.number, for_=row.subject, by=by, now=now)
    proposer = Proposal.objects.filter(subject=row.subject, closed_at=now, confirmed_by=by.person).last()
    return Publication.objects.create(
        round=row,
        number=row.publications.count() + 1,
        kind=kind,
        document_number=numbered.number,
        dated=numbered.dated,
        printed_on=numbered.printed_on,
        published_at=now,
        published_by=by.somebody,
        proposed_by=proposer.person if proposer is not None else None,
        list_hash=made.checkpoint.digest.sha256,
        decided_hash=row.decided_hash,
        checkpoint=made.checkpoint.as_dict(),
        files=keep_files({**made.files, **documents}),
        reason=str(form.get("reason", "")),
        corrects=corrects,
    )


def _put(publication: Publication, domain: str, one: DecidedItem, place: int, city: str) -> None:
    PublishedItem.objects.create(
        publication=publication,
        domain=domain,
        position=place,
        key=one.key,
        slug=slug_of(publication.round.year, domain, one.name, one.county),
        name=one.name,
        initials=initials(one.name),
        county=one.county,
        city=city,
        group=one.group,
        strengths=list(one.strengths),
    )


def _found(made: Made, domain: str, key: str) -> tuple[int, DecidedItem]:
    return next((place, one) for place, one in enumerate(made.lists[domain].items, 1) if one.key == key)


def _strike(row: Round, domain: str, key: str) -> None:
    PublishedItem.objects.filter(publication__round=row, domain=domain, key=key).update(struck=True)


def _where(row: Round, domain: str) -> str:
    return f"{row.tracks.get(domain=domain).label}名单"


def _said(name: str, county: str) -> str:
    return f"{name}（{county}）" if county else name
