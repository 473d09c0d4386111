"""From the county upwards: checked and submitted, approved by the city, accepted by the department; or sent back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mujun.web.actions.many import take_many
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out_all
from mujun.web.actions.values.confirm import settle_due
from mujun.web.actions.values.letters import room_of, tell_office, tell_offices
from mujun.web.doer import Doer
from mujun.web.models import FormDue, Message, Track, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import target_of
from mujun.web.queries.values.book import FIRM, PROVINCIAL, path_of
from mujun.web.queries.values.offices import target_of_form
from mujun.workflow import Access, Decision
from mujun.workflow.decision import Answer, reason
from mujun.workflow.states import ValuesState as S

COUNTY = {
    PROVINCIAL: ("V3c", (S.SUBMITTED,)),
    "unit": ("V3u", (S.SUBMITTED,)),
    FIRM: ("V7", (S.CONFIRMED, S.DEEMED_CONFIRMED)),
}
CITY = {"unit": ("V8u", (S.SUBMITTED, S.CONFIRMED)), FIRM: ("V8", (S.CONFIRMED, S.DEEMED_CONFIRMED))}
DEPARTMENT = {
    PROVINCIAL: ("V9c", (S.CONFIRMED, S.DEEMED_CONFIRMED)),
    "unit": ("V9u", (S.CONFIRMED, S.CITY_OK)),
    FIRM: ("V9", (S.CITY_OK,)),
}
"""By path: the edge, and the states it takes sets from."""


@transaction.atomic
def check_county(*, track: Track, county: str, by: Doer, now: datetime) -> list[ValueSet]:
    """The county's 县级审核上报 (firms), 县级审核 (towns, parks), 县里确认 (the county itself)."""
    edge, states = COUNTY[path_of(track)]
    settle_due(track, now=now)
    waiting = ValueSet.objects.filter(county=county, excluded="", state__in=states, county_submitted_at=None)
    return _all_or_why(edge, waiting, {"county": county}, track, by, now, f"{track}：{county}")


@transaction.atomic
def approve_city(*, track: Track, counties: Sequence[str], by: Doer, now: datetime) -> list[ValueSet]:
    """The city's approval of one county or of several."""
    edge, states = CITY[path_of(track)]
    settle_due(track, now=now)
    waiting = ValueSet.objects.filter(county__in=counties, excluded="", state__in=states)
    return _all_or_why(edge, waiting, {"county": list(counties)}, track, by, now, f"{track}：{'、'.join(counties)}")


@transaction.atomic
def accept_sets(*, track: Track, counties: Sequence[str] = (), by: Doer, now: datetime) -> list[ValueSet]:
    """The department's. Without counties: everything that is ready."""
    edge, states = DEPARTMENT[path_of(track)]
    settle_due(track, now=now)
    waiting = ValueSet.objects.filter(excluded="", state__in=states)
    if counties:
        waiting = waiting.filter(county__in=counties)
    return take_many(edge, waiting, track=track, by=by, now=now, about=f"{track}：收下")


def _all_or_why(
    edge: str, waiting: Any, where: dict[str, Any], track: Track, by: Doer, now: datetime, about: str
) -> list[ValueSet]:
    """With nothing that is ready, the sets that are not are judged, so that everything that is lacking is named."""
    done = take_many(edge, waiting, track=track, by=by, now=now, about=about)
    if done:
        return done
    there = {"county__in": where["county"] if isinstance(where["county"], list) else [where["county"]]}
    return take_many(edge, ValueSet.objects.filter(excluded="", **there), track=track, by=by, now=now, about=about)


@carries_out_all("V7")
def note_county(rows: Sequence[ValueSet], form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    for row in rows:
        row.county_submitted_at = now
    ValueSet.objects.bulk_update(rows, ["county_submitted_at"], batch_size=300)


@carries_out_all("V10", "V11", "V11u", "V12")
def note_return(rows: Sequence[ValueSet], form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """What was confirmed of the old values is no confirmation of the new ones."""
    for row in rows:
        row.return_reason = str(form.get("reason", ""))
        row.county_submitted_at = row.confirmed_at = row.confirmed_by = None
        row.confirmed_for, row.signed_scan = False, ""
    fields = ["return_reason", "county_submitted_at", "confirmed_at", "confirmed_by", "confirmed_for", "signed_scan"]
    ValueSet.objects.bulk_update(rows, fields, batch_size=300)
    track = rows[0].track
    for county in sorted({row.county for row in rows}):
        names = [row.name for row in rows if row.county == county]
        said = names[0] if len(names) == 1 else f"{names[0]}等{len(names)}个单位"
        text = f"{track.label}：{said}的数据已退回，请改好再报。原因：{form.get('reason', '')}"
        offices = [(agency, county) for agency in track.forms.values_list("agency", flat=True).distinct()]
        tell_offices(offices, text, link=room_of(track), now=now)
        Message.objects.create(to_role="K", region=county, at=now, text=text, link=room_of(track, "collection/"))


@transaction.atomic
def return_form(*, due: FormDue, because: str, by: Doer, now: datetime) -> FormDue:
    """The county, or the department, sends an office's form back; until it comes again the county is not complete."""
    target = target_of_form(due)
    rows = ("check_county", "lock")
    decisions = [allowed(by, row, target, now, Access.DO) for row in rows]
    decision = next((one for one in decisions if one.allowed), decisions[0])
    if not decision.allowed:
        raise Refused("return_form", "退回报表", decision, due.track.subject, due.label)
    against = []
    if not because.strip():
        against.append(reason("no_reason", "没有写理由。", "请写明理由，它会记入审计记录并让有关各方看到。"))
    if due.submitted_at is None:
        against.append(reason("not_handed_in", "这张报表还没有报送。", "没有报送的不用退回，可以催办。"))
    there = ValueSet.objects.filter(track=due.track, scheme=due.scheme, state__in=(S.CITY_OK, S.ACCEPTED))
    if (there.filter(county=due.region) if due.region else there).exists():
        against.append(
            reason("city_approved", "有关单位的数据市里已经审过，或已收下。", "须先由市亩均办、牵头部门退回单位。")
        )
    if against:
        raise Refused("return_form", "退回报表", Decision(Answer.DENIED, tuple(against)), due.track.subject, due.label)
    due.submitted_at, due.submitted_by, due.return_reason = None, None, because.strip()
    due.save(update_fields=["submitted_at", "submitted_by", "return_reason"])
    record_event(
        "return_form",
        "退回报表",
        by=by,
        now=now,
        subject=due.track.subject,
        about=f"{due.label}（{due.region or '全省'}）",
        facts={"form": due.form, "region": due.region, "reason": because.strip()},
    )
    said = f"“{due.label}”已退回：{because.strip()}"
    tell_office(due.agency, due.region, said, link=room_of(due.track), now=now, urgent=True)
    return due


@transaction.atomic
def exclude_unit(*, row: ValueSet, because: str, by: Doer, now: datetime) -> ValueSet:
    """Formally not evaluated this year, with a reason; its values stay where they are and are not sealed."""
    decision = allowed(by, "lock", target_of(row), now, Access.DO)
    if not decision.allowed:
        raise Refused("exclude_unit", "剔除，不参评", decision, row.subject, row.name)
    against = []
    if not because.strip():
        against.append(reason("no_reason", "没有写理由。", "请写明理由，它会记入审计记录并让有关各方看到。"))
    if row.track.state != "COLLECTING":
        against.append(reason("not_collecting", "本领域现在不在归集数据。", "已锁定的，须先由牵头部门两人限时解锁。"))
    if against:
        raise Refused("exclude_unit", "剔除，不参评", Decision(Answer.DENIED, tuple(against)), row.subject, row.name)
    row.excluded = because.strip()
    row.save(update_fields=["excluded"])
    record_event(
        "exclude_unit",
        "剔除，不参评",
        by=by,
        now=now,
        subject=row.subject,
        about=row.name,
        facts={"reason": row.excluded},
    )
    return row
