"""Doubts about values, and an office's answers: a corrected value, or why it stays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.confirm import answer_dispute
from mujun.web.actions.values.correct import correct_cell
from mujun.web.forms.values import AnswerForm
from mujun.web.models import Dispute, Track
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import PROVINCE, target_of
from mujun.web.views.base import Request, page, the_track
from mujun.workflow import Access, Target


@page("answer_dispute")
def disputes(request: Request, year: int, domain: str) -> HttpResponse:
    """An office's own; a county's and a department's to see."""
    return _show(request, the_track(year, domain), AnswerForm())


@require_POST
@page("answer_dispute")
def answer(request: Request, year: int, domain: str, pk: int) -> HttpResponse:
    track = the_track(year, domain)
    dispute = get_object_or_404(Dispute.objects.select_related("value_set"), pk=pk, value_set__track=track)
    dispute.value_set.track = track
    decision = allowed(
        request.doer, "answer_dispute", target_of(dispute.value_set, dispute.agency), request.now, Access.DO
    )
    if not decision.allowed:
        raise Refused("answer_dispute", "答复疑问", decision, dispute.value_set.subject, dispute.value_set.name)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, track, form, pk, status=422)
    value, said = form.cleaned_data["value"].strip(), form.cleaned_data["answer"]
    try:
        if value:
            correct_cell(dispute=dispute, value=value, answer=said, by=request.doer, now=request.now)
        else:
            corrected = form.cleaned_data["corrected"]
            answer_dispute(dispute=dispute, corrected=corrected, answer=said, by=request.doer, now=request.now)
    except Refused as refused:
        record_refusal(refused, by=request.doer, now=request.now)
        return _show(request, track, form, pk, refused, status=409)
    messages.success(request, f"已答复{dispute.value_set.name}的疑问：{dispute.label}。")
    return redirect("disputes", year, domain)


def _show(
    request: Request,
    track: Track,
    form: AnswerForm,
    of: int | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    wanted = _his(request, track)
    shown = Paginator(
        Dispute.objects.filter(wanted, value_set__track=track)
        .select_related("value_set", "answered_by")
        .order_by("answered_at", "answer_by", "pk"),
        30,
    ).get_page(request.GET.get("page"))
    for one in shown:
        one.value_set.track = track
    rows = [
        (one, form if one.pk == of else AnswerForm(), _answers(request, one), refused if one.pk == of else None)
        for one in shown
    ]
    said: dict[str, Any] = {
        "track": track,
        "round": track.round,
        "page": shown,
        "rows": rows,
        "open": sum(one.answered_at is None for one in shown),
    }
    return render(request, "mujun/values/disputes.html", said, status=status)


def _answers(request: Request, one: Dispute) -> bool:
    if one.answered_at is not None:
        return False
    target = target_of(one.value_set, one.agency)
    return allowed(request.doer, "answer_dispute", target, request.now, Access.DO).allowed


def _his(request: Request, track: Track) -> Q:
    """Which of the track's doubts he may see; 404 for who may see none."""
    if allowed(request.doer, "answer_dispute", Target(domain=track.domain), request.now).allowed:
        return Q()
    wanted, some = Q(pk=None), False
    for grant in request.doer.grants_of("P"):
        some = True
        place = Q() if grant.region == PROVINCE else Q(value_set__county=grant.region) | Q(value_set__city=grant.region)
        wanted |= Q(agency=grant.agency) & place
    for grant in request.doer.grants_of("K"):
        some = True
        wanted |= Q(value_set__county=grant.region)
    for grant in request.doer.grants_of("E"):
        some = True
        wanted |= Q(value_set__unit=grant.unit)
    if not some:
        raise Http404
    return wanted
