"""The page of a file on its way: how far it is, what was found in it, and the button that brings it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mujun.findings import CannotGoOn
from mujun.intake.file_name import content_disposition
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.bring_in import may_enter
from mujun.web.actions.values.upload_job import carry_upload_on
from mujun.web.actions.values.uploads import ask_to_bring_in, begin_again, carry_on, give_up
from mujun.web.clock import read_clock
from mujun.web.evidence import kept
from mujun.web.models import Upload
from mujun.web.queries.values.checked import told_of
from mujun.web.queries.values.files import marked_copy
from mujun.web.queries.values.offices import Desk, desk_of
from mujun.web.queries.values.uploads import found_of, has_died, waits_long
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited

ENTERS = ("enter_own_variables", "enter_province_files", "enter_assigned_variables")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(*ENTERS)
def upload(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    """What was found; and, sent from here with the reasons asked for, the import itself."""
    one, desk = _mine(request, year, domain, number)
    back = redirect("form_due", year, domain, short_of(desk))
    if request.method != "POST":
        return back if one.stage == Upload.Stage.GONE else _show(request, one, desk)
    reasons = {name.removeprefix("why-"): str(request.POST[name]) for name in request.POST if name.startswith("why-")}
    if one.stage == Upload.Stage.LOOKED and one.errors:
        return _show(request, one, desk, status=409)
    ask(lambda: one if ask_to_bring_in(upload=one, reasons=reasons) else None, one)
    if one.stage == Upload.Stage.LOOKED:
        return _show(request, one, desk, status=409)
    if one.stage != Upload.Stage.IN:
        return redirect("upload", year, domain, number)
    found = found_of(one)
    again = "这份文件此前已经入库，没有再入一次；" if found.again else "已入库，"
    messages.success(request, f"{again}回执{one.receipt}：{found.units}个单位、{found.cells}格。都报齐了，再点“报送”。")
    return back


@page(*ENTERS)
def progress(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    """A few lines that replace themselves; when it is done, the page is read anew."""
    one, desk = _mine(request, year, domain, number)
    if not request.htmx:
        return redirect("upload", year, domain, number)
    died = has_died(one)
    answer = render(request, "mujun/values/upload_progress.html", _said(one, desk))
    if died or not one.running:
        answer["HX-Refresh"] = "true"
    return answer


@limited("export", "GET")
@page(*ENTERS)
def marked(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    """The sender's own workbook back, with the cells marked."""
    one, _ = _mine(request, year, domain, number)
    found = found_of(one) if one.found else None
    if found is None or not found.markable(one.name):
        raise Http404
    try:
        data = kept(one.marked) if one.marked else marked_copy(one.sha256, one.name, found.findings)
    except CannotGoOn:
        raise Http404 from None
    answer = HttpResponse(data, content_type=_WORKBOOK)
    answer["Content-Disposition"] = content_disposition(f"{Path(one.name).stem}.核对.xlsx")
    return answer


@require_POST
@page(*ENTERS)
def again(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    one, _ = _mine(request, year, domain, number)
    ask(lambda: one if begin_again(upload=one) else None, one)
    return redirect("upload", year, domain, number)


@require_POST
@page(*ENTERS)
def drop(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    one, desk = _mine(request, year, domain, number)
    if not give_up(upload=one):
        messages.error(request, f"“{one.name}”正在办，不能撤下；办完再说。")
        return redirect("upload", year, domain, number)
    messages.success(request, f"“{one.name}”已撤下，没有入库。")
    return redirect("form_due", year, domain, short_of(desk))


def ask(asked: Callable[[], Upload | None], otherwise: Upload | None = None) -> Upload:
    """In one transaction with the queue, so that nothing is asked for that no worker will find; a small file is done
    at once, after it.
    """
    with transaction.atomic():
        one = asked()
        waits = one is not None and one.running and one.begun_at is None
        if one is not None and waits and one.large:
            carry_upload_on.enqueue(one.pk, one.attempt)
    if one is not None and waits and not one.large:
        carry_on(one.pk, one.attempt, read_clock)
    shown = one or otherwise
    assert shown is not None
    shown.refresh_from_db()
    return shown


def the_desk(request: Request, year: int, domain: str, form_id: str) -> Desk:
    track = the_track(year, domain)
    desk, decision = desk_of(track, f"{track.round.programme}/{form_id}", request.doer, request.now)
    if desk is None:
        raise Refused("enter_form", "填报报表", decision, track.subject, form_id)
    return desk


def short_of(desk: Desk) -> str:
    return desk.form.id.partition("/")[2]


def against(request: Request, desk: Desk) -> Any:
    try:
        may_enter(desk, by=request.doer, now=request.now)
    except Refused as refused:
        return refused.reasons
    return ()


def _mine(request: Request, year: int, domain: str, number: int) -> tuple[Upload, Desk]:
    """Nobody looks into another's file, whatever he may enter himself."""
    rows = Upload.objects.select_related("track__round")
    one = get_object_or_404(rows, pk=number, track=the_track(year, domain), person=request.doer.person)
    return one, the_desk(request, year, domain, one.form.partition("/")[2])


def _show(request: Request, one: Upload, desk: Desk, status: int = 200) -> HttpResponse:
    died = has_died(one)
    said = _said(one, desk) | {"died": died, "waits_long": waits_long(one), "against": against(request, desk)}
    if one.running or one.stage == Upload.Stage.FAILED:
        return render(request, "mujun/values/upload.html", said, status=status)
    said["found"] = told_of(found_of(one), one.name, one.reasons)
    return render(request, "mujun/values/check.html", said, status=status)


def _said(one: Upload, desk: Desk) -> dict[str, Any]:
    return {"upload": one, "desk": desk, "track": desk.track, "round": desk.track.round, "short": short_of(desk)}
