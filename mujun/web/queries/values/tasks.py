"""What collection puts on desks: forms to bring, doubts to answer, statements to confirm, counties to check."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mujun.web.doer import Doer
from mujun.web.models import Dispute, Track, Upload, ValueSet
from mujun.web.queries.desk import Task, tasks_from
from mujun.web.queries.facts.values import PROVINCE
from mujun.web.queries.regions import counties_of
from mujun.web.queries.values.book import FIRM, PROVINCIAL, path_of
from mujun.web.queries.values.offices import desks_of
from mujun.web.queries.values.progress import counties_in, together
from mujun.web.queries.values.uploads import has_died, open_uploads, told_of_upload
from mujun.workflow.states import ValuesState


def _collecting() -> list[Track]:
    return list(Track.objects.filter(state="COLLECTING", left_out="").select_related("round").order_by("order"))


@tasks_from
def offices_tasks(doer: Doer, now: datetime) -> list[Task]:
    found: list[Task] = []
    if not doer.holds("P"):
        return found
    found += [_upload(one) for one in open_uploads(doer)]
    for track in _collecting():
        desks = [desk for desk in desks_of(track, doer, now) if any(due.submitted_at is None for due in desk.dues)]
        link = reverse("forms", args=[track.round.year, track.domain])
        if desks:
            found.append(Task(f"{track.label}：报送本部门的报表", link, track.confirm_by, count=len(desks)))
        for grant in doer.grants_of("P"):
            open_ones = Dispute.objects.filter(value_set__track=track, answered_at=None, agency=grant.agency)
            if grant.region != PROVINCE:
                open_ones = open_ones.filter(value_set__county=grant.region)
            if count := open_ones.count():
                earliest = open_ones.order_by("answer_by").values_list("answer_by", flat=True).first()
                where = reverse("disputes", args=[track.round.year, track.domain])
                found.append(Task(f"{track.label}：答复疑问", where, earliest, count=count))
    return found


def _upload(one: Upload) -> Task:
    """Found again by who left its page."""
    link = reverse("upload", args=[one.track.round.year, one.track.domain, one.pk])
    told = told_of_upload(one)
    if one.running and not has_died(one):
        return Task(f"{one.track.label}：“{one.name}”正在办", link, blocked=told)
    return Task(f"{one.track.label}：“{one.name}”{told}", link)


@tasks_from
def units_tasks(doer: Doer, now: datetime) -> list[Task]:
    units = [grant.unit for grant in doer.grants_of("E")]
    waiting = ValueSet.objects.filter(
        unit__in=units, state=ValuesState.SUBMITTED, excluded="", track__state="COLLECTING"
    )
    return [
        Task(
            f"核对一企一单：{row.name}（{row.track.label}）",
            reverse("statement", args=[row.track.round.year, row.track.domain, row.unit]),
            row.confirm_by,
        )
        for row in waiting.select_related("track__round")
    ]


@tasks_from
def regions_tasks(doer: Doer, now: datetime) -> list[Task]:
    found: list[Task] = []
    counties = [grant.region for grant in doer.grants_of("K")]
    cities = [grant.region for grant in doer.grants_of("T")]
    if not counties and not cities:
        return found
    for track in _collecting():
        for county in counties:
            for place in counties_in(track, now, [county]):
                open_ones = place.waiting if path_of(track) != FIRM else place.confirmed - place.county_submitted
                if place.units and open_ones > 0:
                    link = reverse("county_values", args=[track.round.year, track.domain, county])
                    label = {PROVINCIAL: "核对本县数据"}.get(path_of(track), "审核本县数据")
                    blocked = f"{len(place.missing)}个部门还没有报送" if place.missing else ""
                    found.append(Task(f"{track.label}：{label}", link, track.confirm_by, blocked, open_ones))
        for city in cities if path_of(track) != PROVINCIAL else ():
            place = together(city, counties_in(track, now, counties_of(city, track.round.programme)))
            if left := place.units - place.city_ok:
                link = reverse("collection", args=[track.round.year, track.domain])
                found.append(Task(f"{track.label}：市级审核", link, track.confirm_by, "", left))
    return found
