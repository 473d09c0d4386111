"""Facts of a department's report: its list by class, who was passed over and why, what differs from an adopted list."""

from __future__ import annotations

from itertools import groupby

from mujun.documents.content.dispatch import Standing
from mujun.documents.content.nomination import Deviation, Difference, NominatedClass, Nominee
from mujun.documents.content.nomination import Nomination as NominationFacts
from mujun.web.models import Nomination, NominationItem, RunUnit, Track
from mujun.web.programme import the_law
from mujun.web.queries.adoption import differences_of
from mujun.web.queries.documents.senders import OFFICE, dispatch_of
from mujun.web.queries.quotas import quotas_of
from mujun.web.queries.rules import scheme_ids
from mujun.workflow.moment import CHINA

Kind = NominationItem.Kind
WHOLE = "全部"


def nomination_facts(nomination: Nomination) -> NominationFacts:
    track, run = nomination.track, nomination.run
    units = list(RunUnit.objects.filter(run=run, scheme=scheme_ids(track)[0])) if run is not None else []
    to = (OFFICE,) if track.lead_agency != OFFICE else ("省深化“亩均论英雄”改革工作领导小组",)
    document = getattr(track, "adopted_document", None)
    return NominationFacts(
        dispatch=dispatch_of(track.round.programme, track.lead_agency, to, standing=Standing.PROPOSED),
        year=track.round.year,
        label=track.title,
        agency=track.lead_agency,
        clause=the_law().cite(track.clause),
        classes=_classes(nomination, units),
        evaluated=sum(1 for one in units if one.rank is not None) or nomination.items.filter(kind=Kind.LISTED).count(),
        ineligible=sum(1 for one in units if one.rank is None),
        trial=track.trial,
        adopted_from=f"{document.title}（{document.document_number}）" if document is not None else "",
        differences=_differences(track) if document is not None else (),
        dataset_hash=run.data_hash if run is not None else "",
        scheme_hash=run.scheme_hash if run is not None else "",
        measure="家" if track.domain in ("manufacturing", "services") else "个",
        made_on=(nomination.signed_at or nomination.drafted_at).astimezone(CHINA).date(),
    )


def _classes(nomination: Nomination, units: list[RunUnit]) -> tuple[NominatedClass, ...]:
    track = nomination.track
    quotas = {quota.label: quota.places for quota in quotas_of(track)}
    items = sorted(nomination.items.all(), key=lambda one: (one.group, one.position))
    found = []
    for group, some in groupby(items, lambda one: one.group):
        mine = list(some)
        listed = [one for one in mine if one.kind == Kind.LISTED]
        if not listed:
            continue
        label = f"{track.label}·{group}" if group else track.label
        found.append(
            NominatedClass(
                label=group.replace("/", "·") or WHOLE,
                nominees=tuple(_nominee(track, one) for one in listed),
                quota=quotas.get(label),
                deviations=() if track.adopted else _deviations(group, mine, units),
                reserve=tuple(_nominee(track, one) for one in mine if one.kind == Kind.RESERVE),
            )
        )
    return tuple(found)


def _nominee(track: Track, one: NominationItem) -> Nominee:
    """An adopted list has no rank of its own."""
    if track.adopted:
        return Nominee(name=one.name, place=one.county)
    return Nominee(name=one.name, place=one.county, rank=one.rank, score=one.score)


def _deviations(group: str, items: list[NominationItem], units: list[RunUnit]) -> tuple[Deviation, ...]:
    """Passed over by the department with its reason, or kept off by the plan itself."""
    last = max((one.rank or 0 for one in items if one.kind == Kind.LISTED), default=0)
    reasons = {one.key: one.reason for one in items if one.kind == Kind.PASSED_OVER}
    listed = {one.key for one in items if one.kind == Kind.LISTED}
    return tuple(
        Deviation(name=one.name, rank=one.rank or 0, reason=reasons.get(one.key) or one.reason)
        for one in sorted(units, key=lambda unit: unit.rank or 0)
        if one.group == group and one.rank is not None and one.key not in listed
        and (one.rank <= last or one.key in reasons)
    )  # fmt: skip


def _differences(track: Track) -> tuple[Difference, ...]:
    return tuple(
        Difference(name=one.unit.name, adopted=one.on_list, rank=one.unit.rank, note=one.why)
        for one in differences_of(track)
    )
