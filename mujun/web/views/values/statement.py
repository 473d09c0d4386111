"""一企一单: a unit's values, where each is from, what happens when; as page, XLSX and DOCX. And its activation code."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mujun.intake.file_name import content_disposition
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.activation import issue_code
from mujun.web.actions.values.approve import exclude_unit
from mujun.web.models import AuditEvent, ValueSet
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import target_of
from mujun.web.queries.line import values_line
from mujun.web.queries.values.documents import WRITERS, written
from mujun.web.queries.values.progress import lapsed
from mujun.web.queries.values.statements import statement_of
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited
from mujun.web.views.options import options
from mujun.workflow import Access

READS = ("confirm_statement", "check_county", "approve_city", "lock", "enter_province_files")


@page(*READS)
def statement(request: Request, year: int, domain: str, unit: str) -> HttpResponse:
    row = the_set(year, domain, unit)
    return _show(request, row)


@limited("export", "GET")
@page(*READS)
def document(request: Request, year: int, domain: str, unit: str, suffix: str) -> HttpResponse:
    row = the_set(year, domain, unit)
    offices = _offices(request, row)
    if suffix not in WRITERS:
        raise Http404
    shown = statement_of(row, request.now, offices)
    answer = HttpResponse(written(shown.statement, suffix), content_type=WRITERS[suffix][1])
    answer["Content-Disposition"] = content_disposition(f"一企一单-{row.name}.{suffix}")
    return answer


@require_POST
@page("print_activation_codes")
def code(request: Request, year: int, domain: str, unit: str) -> HttpResponse:
    """Shown once, to be printed with the statement; afterwards nobody can read it any more."""
    row = the_set(year, domain, unit)
    made = issue_code(row=row, draw=secrets.choice, by=request.doer, now=request.now)
    return render(
        request, "mujun/values/code.html", {"row": row, "track": row.track, "round": row.track.round, "code": made}
    )


@require_POST
@page("lock")
def exclude(request: Request, year: int, domain: str, unit: str) -> HttpResponse:
    row = the_set(year, domain, unit)
    exclude_unit(row=row, because=request.POST.get("because", ""), by=request.doer, now=request.now)
    return redirect("statement", year, domain, unit)


def the_set(year: int, domain: str, unit: str) -> ValueSet:
    track = the_track(year, domain)
    found = ValueSet.objects.filter(track=track, unit=unit).first()
    if found is None:
        raise Http404
    found.track = track
    return found


def _offices(request: Request, row: ValueSet) -> frozenset[str] | None:
    """None: he sees all. Else the offices whose values he may see. Raises Refused when there are none."""
    answers = [allowed(request.doer, one, target_of(row), request.now, Access.READ) for one in READS]
    if any(one.allowed for one in answers):
        return None
    agencies = frozenset(
        grant.agency
        for grant in request.doer.grants_of("P")
        if allowed(request.doer, "confirm_statement", target_of(row, grant.agency), request.now).allowed
    )
    if not agencies:
        raise Refused("see_statement", "查看一企一单", answers[0], row.subject, row.name)
    return agencies


def _back(request: Request, row: ValueSet) -> dict[str, str]:
    """To where he came from: the county's units, or his own desk."""
    if not request.doer.holds("K", "T", "C", "A"):
        return {"back": reverse("desk"), "back_label": "待办"}
    where = reverse("county_values", args=[row.track.round.year, row.track.domain, row.county])
    return {"back": where, "back_label": row.county}


def _show(request: Request, row: ValueSet) -> HttpResponse:
    offices = _offices(request, row)
    shown = statement_of(row, request.now, offices)
    mine = options(row, request.doer, request.now) if offices is None and not row.excluded else []
    said: dict[str, Any] = {
        "row": row,
        "track": row.track,
        "round": row.track.round,
        "shown": shown,
        "statement": shown.statement,
        "line": values_line(row),
        **_back(request, row),
        "deemed": lapsed(row.track, request.now).filter(pk=row.pk).exists(),
        "options": mine,
        "disputes": list(row.disputes.select_related("answered_by").order_by("pk")) if offices is None else [],
        "open_disputes": row.disputes.filter(answered_at=None).exists(),
        "events": AuditEvent.objects.filter(subject=row.subject).exclude(outcome="refused").order_by("seq")[:50]
        if not request.doer.holds("P")
        else [],
        "may_print": not row.has_account
        and allowed(request.doer, "print_activation_codes", target_of(row), request.now, Access.DO).allowed,
        "may_exclude": row.track.state == "COLLECTING"
        and not row.excluded
        and allowed(request.doer, "lock", target_of(row), request.now, Access.DO).allowed
        and request.doer.holds("A", "C"),
    }
    return render(request, "mujun/values/statement.html", said)
