"""The facts of a round."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mujun.web.models import DocumentNumber, Meeting, Objection, Person, PublicNotice, Round
from mujun.web.queries.compiled import duplicates, item_key, item_labels, list_hash, standing_items
from mujun.web.queries.facts.common import common, when
from mujun.web.queries.pack import pack_hash
from mujun.web.queries.quotas import quotas_of
from mujun.workflow import Edge, Target
from mujun.workflow.conflict import Item as Decided
from mujun.workflow.conflict import Member
from mujun.workflow.notice import Notice
from mujun.workflow.round_facts import CalendarStep, Minutes, Outcome, Quota, RoundFacts, TrackSeen
from mujun.workflow.states import ObjectionState, RoundState, TrackState

OPEN_OBJECTION = tuple(
    one.value for one in ObjectionState if one not in (ObjectionState.CLOSED, ObjectionState.WITHDRAWN)
)


def round_facts(row: Round, edge: Edge, form: dict[str, Any], now: datetime) -> RoundFacts:
    """Of a round that is there, or of one about to be made (no pk yet)."""
    if row.pk is None:
        return RoundFacts(state=None, target=Target(), year=row.year, years_taken=years_taken())
    items = standing_items(row)
    labels = item_labels(row, items)
    current = list_hash(items)
    notices = list(PublicNotice.objects.filter(round=row, opened_at__isnull=False))
    return RoundFacts(
        state=RoundState(row.state),
        target=Target(round_state=RoundState(row.state), notice_opened=bool(notices)),
        year=row.year,
        years_taken=years_taken() - {row.year},
        calendar=tuple(
            CalendarStep(label=one.label, ends=one.ends, done_on=one.done_on, left_open=one.left_open)
            for one in row.calendar.all()
        ),
        document_number=str(form.get("document_number", "")),
        numbers_taken=numbers_taken(),
        tracks=tuple(
            TrackSeen(label=one.label, state=TrackState(one.state), left_out=one.left_out) for one in row.tracks.all()
        ),
        duplicates=unresolved(row),
        quotas=_quotas(row),
        pack_hash=row.pack_hash if row.pack_hash and row.pack_hash == pack_hash(row) else "",
        items=tuple(
            Decided(key=item_key(one), label=labels[item_key(one)], places=frozenset({one.county, one.key} - {""}))
            for one in items
        ),
        minutes=_minutes(row, form),
        names=frozenset(labels.values()),
        list_hash=current,
        decided_hash=row.decided_hash,
        notices=tuple(_notice(one, labels) for one in notices),
        next_notice=_next_notice(form, labels),
        open_objections=tuple(
            one.receipt for one in Objection.objects.filter(round=row, state__in=OPEN_OBJECTION) if blocks(one)
        ),
        upheld_changes=tuple(one.receipt for one in upheld(row)),
        public_statement=str(form.get("public_statement", "")),
        corrects=str(form.get("corrects", "")),
        **common(row, edge, form, {"list": current, "decided": row.decided_hash, "minutes": _minutes_told(row, form)}),
    )


def years_taken() -> frozenset[int]:
    return frozenset(Round.objects.exclude(state=RoundState.CANCELLED).values_list("year", flat=True))


def numbers_taken() -> frozenset[str]:
    return frozenset(DocumentNumber.objects.values_list("number", flat=True))


def unresolved(row: Round) -> tuple[str, ...] | None:
    resolved = set(row.duplicates_resolved.values_list("key", flat=True))
    return tuple(said for key, (said, _) in duplicates(row).items() if key not in resolved)


def upheld(row: Round) -> list[Objection]:
    """Upheld objections whose change of the list the leading group has not decided yet."""
    return list(
        Objection.objects.filter(round=row, changes_list=True, change_settled=False).filter(
            state__in=[ObjectionState.UPHELD, ObjectionState.PARTLY, ObjectionState.REMEDIED]
        )
    )


def blocks(objection: Objection) -> bool:
    """An objection that waits only for the leading group's decision is told as such (W20), not as undecided (W19)."""
    return not (objection.changes_list and not objection.change_settled)


def _quotas(row: Round) -> tuple[Quota, ...]:
    return tuple(quota for track in row.tracks.all() if not track.left_out for quota in quotas_of(track))


def _minutes(row: Round, form: dict[str, Any]) -> Minutes | None:
    """From the meeting the form names."""
    if not form.get("meeting"):
        return None
    meeting = Meeting.objects.filter(round=row, pk=form["meeting"]).first()
    return None if meeting is None else minutes_of(meeting)


def _minutes_told(row: Round, form: dict[str, Any]) -> list[Any]:
    """What the proposal was made upon: minutes that are changed afterwards have to be proposed anew."""
    meeting = Meeting.objects.filter(round=row, pk=form["meeting"]).first() if form.get("meeting") else None
    if meeting is None:
        return []
    outcomes = sorted([one.domain, one.key, one.outcome] for one in meeting.items.all())
    return [meeting.scan_hash, str(meeting.held_on), meeting.present, meeting.tracks, meeting.reason, outcomes]


def minutes_of(meeting: Meeting) -> Minutes:
    row = meeting.round
    outcomes: dict[str, Outcome] = {
        item_key(one): Outcome(one.outcome)
        for one in standing_items(row)
        if one.outcome and one.decided_in_id == meeting.pk
    }
    declared: dict[int, set[str]] = {}
    for person, domain, key in row.conflicts.values_list("person_id", "domain", "key"):
        declared.setdefault(person, set()).add(f"{domain}:{key}")
    members = tuple(
        Member(
            person=str(one.pk),
            name=one.name,
            places=None if one.places is None else frozenset(one.places),
            declared=frozenset(declared.get(one.pk, ())),
        )
        for one in members_of()
    )
    return Minutes(
        scan_hash=meeting.scan_hash,
        outcomes=outcomes,
        members=members,
        present=frozenset(str(one) for one in meeting.present),
        tracks=frozenset(meeting.tracks),
    )


def members_of() -> list[Person]:
    """The leading group."""
    return list(Person.objects.filter(grants__role="L").distinct().order_by("pk"))


def _notice(one: PublicNotice, labels: dict[str, str]) -> Notice:
    return Notice(
        list_hash=one.list_hash,
        names=frozenset(labels.get(key, key) for key in one.names),
        opened_at=one.opens_at,
        ends_at=one.ends_at,
        contact=one.contact,
        ways=one.ways,
        basis=one.basis,
    )


def _next_notice(form: dict[str, Any], labels: dict[str, str]) -> Notice | None:
    opens, ends = when(form.get("opens_at")), when(form.get("ends_at"))
    if opens is None or ends is None:
        return None
    return Notice(
        list_hash=str(form.get("list_hash", "")),
        names=frozenset(labels.get(key, key) for key in form.get("names", [])),
        opened_at=opens,
        ends_at=ends,
        contact=str(form.get("contact", "")),
        ways=str(form.get("ways", "")),
        basis=str(form.get("basis", "")),
    )


def day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
