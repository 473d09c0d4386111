"""Collection lived: opened, forms brought in and handed in, statements confirmed or disputed, approved, locked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from mujun.collection import Form
from mujun.findings import blocking
from mujun.web.actions import values as _values
from mujun.web.actions.step import take
from mujun.web.actions.values.approve import accept_sets, approve_city, check_county
from mujun.web.actions.values.bring_in import bring_in, look_at
from mujun.web.actions.values.confirm import settle_due
from mujun.web.actions.values.correct import correct_cell
from mujun.web.actions.values.hand_in import hand_in
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.living.office_files import UNITS, demo_province, office_file
from mujun.web.living.people import demo_doer, settle_agency, settle_unit
from mujun.web.models import Account, Dispute, FormDue, Round, Track, ValueSet
from mujun.web.queries.regions import cities, city_of_county, counties_of
from mujun.web.queries.values.book import FIRM, PROVINCIAL, forms_of_track, path_of, places_units
from mujun.web.queries.values.offices import desk_of
from mujun.workflow.moment import CHINA
from mujun.workflow.states import TrackState

assert _values  # registers what the edges carry out

OPENED = datetime(2019, 5, 6, 9, 0, tzinfo=CHINA)
BROUGHT = datetime(2019, 5, 15, 10, 0, tzinfo=CHINA)
DISPUTED = datetime(2019, 5, 20, 15, 0, tzinfo=CHINA)
COLLECTING = datetime(2019, 5, 21, 9, 0, tzinfo=CHINA)
ANSWERED = datetime(2019, 5, 22, 10, 0, tzinfo=CHINA)
OVER = datetime(2019, 6, 3, 9, 0, tzinfo=CHINA)
COUNTY_DONE = datetime(2019, 6, 4, 9, 0, tzinfo=CHINA)
CITY_DONE = datetime(2019, 6, 10, 9, 0, tzinfo=CHINA)
COLLECTED = datetime(2019, 6, 12, 9, 0, tzinfo=CHINA)
LOCKED = datetime(2019, 6, 13, 9, 0, tzinfo=CHINA)

STILL_OUT = {"services": "税务", "micro_park": "人力社保"}
"""Forms that are late: by domain the office that has not handed in when the stage `collecting` is shown."""
WITH_ACCOUNT = 3
_REASON = "示例：已逐家核对原始资料，情况属实"


def live_collecting(round_: Round, units: int = UNITS) -> None:
    """Most forms are in, two are not, one firm has confirmed and one disputes a value."""
    tracks = list(round_.tracks.order_by("order"))
    _settle(tracks, units)
    for track in tracks:
        if track.state == TrackState.PLAN_ISSUED:
            take("T3", track, by=_keeper(track, OPENED), now=OPENED)
    for track in tracks:
        track.refresh_from_db()
        late = STILL_OUT.get(track.domain, "")
        _bring(track, [one for one in _in_order(track) if one.source != late], BROUGHT, units)
    _firms_look(next(one for one in tracks if one.domain == "manufacturing"), units)


def live_collected(round_: Round, units: int = UNITS) -> None:
    """The late forms come, the dispute is answered, silence confirms, county and city approve, departments accept."""
    tracks = list(round_.tracks.order_by("order"))
    for track in tracks:
        late = STILL_OUT.get(track.domain)
        if late is not None:
            _bring(track, [one for one in _in_order(track) if one.source == late], COLLECTING, units)
    _answer(tracks)
    for track in tracks:
        track.refresh_from_db()
        _approve(track)


def live_locked(round_: Round) -> None:
    for track in round_.tracks.order_by("order"):
        take("T4", track, by=_keeper(track, LOCKED), now=LOCKED)


def _settle(tracks: Iterable[Track], units: int) -> None:
    offices = dict.fromkeys(form.source for track in tracks for form in forms_of_track(track))
    there = set(Account.objects.filter(username__startswith="p-").values_list("username", flat=True))
    for agency in offices:
        if f"p-{agency}" not in there:
            settle_agency("", agency)
    firms = demo_province(units).tables["manufacturing"].head(WITH_ACCOUNT)
    for key, name in firms.select("unit:key", "unit:name").iter_rows():
        if not Account.objects.filter(username=f"e-{key}").exists():
            settle_unit("", key, name)


def _in_order(track: Track) -> list[Form]:
    """Those that say where the units are come first, and details before what is checked against them."""
    return sorted(forms_of_track(track), key=lambda form: (not places_units(form), not form.table))


def _bring(track: Track, forms: Iterable[Form], start: datetime, units: int) -> None:
    for number, form in enumerate(forms):
        if not FormDue.objects.filter(track=track, form=form.id, submitted_at=None).exists():
            continue
        at = start + timedelta(minutes=7 * number)
        by = demo_doer(f"p-{form.source}", at)
        desk, decision = desk_of(track, form.id, by, at)
        assert desk is not None, decision.reasons
        sha256, name = keep(office_file(form, units)), f"{form.label}.csv"
        looked = look_at(desk, sha256, name, by=by, now=at)
        wrong = frozenset((one.unit, one.variable) for one in blocking(looked.files[0].findings) if one.unit)
        if wrong:  # sent back with marked cells; the office has no better value, and leaves them empty
            sha256 = keep(office_file(form, units, without=wrong))
            looked = look_at(desk, sha256, name, by=by, now=at)
        reasons = {finding.code: _REASON for finding in looked.files[0].open}
        bring_in(desk=desk, sha256=sha256, name=name, reasons=reasons, by=by, now=at)
        desk, _ = desk_of(track, form.id, by, at)
        assert desk is not None
        hand_in(desk=desk, nothing_because="示例：本地没有这项记录", by=by, now=at + timedelta(minutes=3))


def _firms_look(track: Track, units: int) -> None:
    """One confirms, one disputes a value, the third says nothing."""
    firms = list(ValueSet.objects.filter(track=track, has_account=True).order_by("unit"))
    first, second = firms[0], firms[1]
    first.track = second.track = track
    take("V3", first, by=demo_doer(f"e-{first.unit}", DISPUTED), now=DISPUTED)
    stands = office_value(second, "staff", units)
    cell = {
        "variable": "staff",
        "label": "年平均职工人数",
        "agency": "统计",
        "stands": stands,
        "claimed": str(int(stands or 0) + 12),
        "reason": "本年新招12人未计入（示例）",
    }
    form = {"disputed": [cell["label"]], "cells": [cell]}
    take("V5", second, form, by=demo_doer(f"e-{second.unit}", DISPUTED), now=DISPUTED)


def office_value(row: ValueSet, variable: str, units: int = UNITS) -> str:
    """As the demo's table has it."""
    table = demo_province(units).tables[row.scheme]
    value = table.filter(table["unit:key"] == row.unit)[variable].to_list()[0]
    return "" if value is None else f"{value:.0f}"


def _answer(tracks: Iterable[Track]) -> None:
    for dispute in Dispute.objects.filter(value_set__track__in=list(tracks), answered_at=None):
        by = demo_doer(f"p-{dispute.agency}", ANSWERED)
        answer = "经核对工资表，本年新招12人属实，已更正（示例）"
        correct_cell(dispute=dispute, value=dispute.claimed, answer=answer, by=by, now=ANSWERED)


def _approve(track: Track) -> None:
    counties = [one for one in city_of_county(track.round.programme) if _has(track, [one])]
    if path_of(track) == PROVINCIAL:
        for county in counties[:-5]:  # the last five say nothing in time
            check_county(track=track, county=county, by=_county(county, COLLECTING), now=COLLECTING)
        settle_due(track, now=OVER)
    elif path_of(track) == FIRM:
        settle_due(track, now=OVER)
        for county in counties:
            check_county(track=track, county=county, by=_county(county, COUNTY_DONE), now=COUNTY_DONE)
        _by_cities(track)
    else:
        for county in counties:
            check_county(track=track, county=county, by=_county(county, COUNTY_DONE), now=COUNTY_DONE)
        _by_cities(track)
    accept_sets(track=track, by=_keeper(track, COLLECTED), now=COLLECTED)


def _by_cities(track: Track) -> None:
    for city in cities(track.round.programme):
        counties = counties_of(city, track.round.programme)
        if _has(track, counties):
            approve_city(track=track, counties=counties, by=_city(city, CITY_DONE), now=CITY_DONE)


def _has(track: Track, counties: Iterable[str]) -> bool:
    return ValueSet.objects.filter(track=track, county__in=list(counties)).exists()


def _keeper(track: Track, now: datetime) -> Doer:
    return demo_doer("a" if track.domain == "county" else f"c-{track.domain.replace('_', '-')}", now)


def _county(county: str, now: datetime) -> Doer:
    return demo_doer(Account.objects.get(username__startswith="k-", person__grants__region=county).username, now)


def _city(city: str, now: datetime) -> Doer:
    return demo_doer(Account.objects.get(username__startswith="t-", person__grants__region=city).username, now)
