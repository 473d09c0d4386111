"""Pages of an office: its forms, one form, a file looked at, a few values by hand, handing in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.findings import CannotGoOn
from mujun.intake.file_name import content_disposition, display_name
from mujun.web.actions.keep import keep_upload
from mujun.web.actions.once import already_done, remember_once
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.bring_in import NotBroughtIn, bring_in, look_at, may_enter
from mujun.web.actions.values.hand_in import hand_in
from mujun.web.evidence import keep
from mujun.web.forms.values import FileForm
from mujun.web.queries.values.checked import Checked, told_of
from mujun.web.queries.values.files import marked_copy
from mujun.web.queries.values.offices import Desk, desk_of, desks_of
from mujun.web.queries.values.sheet import sheet_head, write_sheet
from mujun.web.queries.values.templates import office_template, units_of_desk
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited

ENTERS = ("enter_own_variables", "enter_province_files", "enter_assigned_variables")
_SALT = "mujun.upload"
_ONE_DAY = 86_400
_ROWS = 12


@page(*ENTERS)
def forms(request: Request, year: int, domain: str) -> HttpResponse:
    track = the_track(year, domain)
    desks = desks_of(track, request.doer, request.now)
    if not desks and not request.doer.holds("P", "C", "A"):
        raise Http404
    return render(
        request,
        "mujun/values/forms.html",
        {"track": track, "round": track.round, "desks": [_told(one) for one in desks]},
    )


@page(*ENTERS)
def form(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    """One form: where it stands, the template, a file to be looked at."""
    desk = _desk(request, year, domain, form_id)
    upload = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if request.method == "POST" and upload.is_valid():
        file = upload.cleaned_data["file"]
        return redirect("checked", year, domain, _token(request, desk, keep_upload(file), display_name(file.name)))
    said: dict[str, Any] = {
        "track": desk.track,
        "round": desk.track.round,
        "form": upload,
        "against": _against(request, desk),
        **_told(desk),
    }
    return render(request, "mujun/values/form.html", said, status=422 if upload.errors else 200)


@limited("export", "GET")
@page(*ENTERS)
def template(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    desk = _desk(request, year, domain, form_id)
    answer = HttpResponse(
        office_template(desk, request.now.date()),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = content_disposition(f"{desk.form.label}.xlsx")
    return answer


@page(*ENTERS)
def by_hand(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    """A few rows typed: they become a file like any other, and are looked at first."""
    desk = _desk(request, year, domain, form_id)
    head = sheet_head(desk.form)
    rows = [
        [request.POST.get(f"c{number}-{place}", "").strip() for place in range(len(head))] for number in range(_ROWS)
    ]
    if request.method == "POST" and any(any(row) for row in rows):
        sha256 = keep(write_sheet(desk.form, [row for row in rows if any(row)]))
        name = f"手工填报-{desk.form.source}-{request.now:%m%d%H%M}.csv"
        return redirect("checked", year, domain, _token(request, desk, sha256, name))
    shown = [[(f"c{number}-{place}", value) for place, value in enumerate(row)] for number, row in enumerate(rows)]
    said = {
        "track": desk.track,
        "round": desk.track.round,
        "desk": desk,
        "short": _short(desk),
        "head": head,
        "rows": shown,
    }
    return render(request, "mujun/values/by_hand.html", said)


@page(*ENTERS)
def check(request: Request, year: int, domain: str, token: str) -> HttpResponse:
    """What the dry run found; and, sent from here with the reasons asked for, the import itself."""
    desk, told = _of_token(request, year, domain, token)
    link = ("form_due", year, domain, _short(desk))
    done = already_done(request.POST.get("once", ""))
    if done is not None:
        return redirect(*link)
    if request.method != "POST":
        return _show(request, desk, told, token)
    reasons = {name.removeprefix("why-"): str(request.POST[name]) for name in request.POST if name.startswith("why-")}
    try:
        brought = bring_in(
            desk=desk, sha256=told["sha"], name=told["name"], reasons=reasons, by=request.doer, now=request.now
        )
    except (NotBroughtIn, CannotGoOn):
        return _show(request, desk, told, token, reasons, status=409)
    except Refused as refused:
        record_refusal(refused, by=request.doer, now=request.now)
        return _show(request, desk, told, token, reasons, refused, status=409)
    remember_once(request.POST.get("once", ""), act="bring_in", went_to=request.path, by=request.doer, now=request.now)
    receipt = brought.receipt
    again = "这份文件此前已经入库，没有再入一次；" if receipt.again else "已入库，"
    messages.success(
        request, f"{again}回执{receipt.number}：{receipt.units}个单位、{receipt.cells}格。都报齐了，再点“报送”。"
    )
    return redirect(*link)


@limited("export", "GET")
@page(*ENTERS)
def marked(request: Request, year: int, domain: str, token: str) -> HttpResponse:
    """The sender's own workbook back, with the cells marked."""
    desk, told = _of_token(request, year, domain, token)
    try:
        looked = look_at(desk, told["sha"], told["name"], by=request.doer, now=request.now)
        data = marked_copy(told["sha"], told["name"], looked.files[0].findings)
    except CannotGoOn:
        raise Http404 from None
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = content_disposition(f"{Path(told['name']).stem}.核对.xlsx")
    return answer


@require_POST
@page(*ENTERS)
def submit(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    desk = _desk(request, year, domain, form_id)
    try:
        dues = hand_in(
            desk=desk, nothing_because=request.POST.get("nothing_because", ""), by=request.doer, now=request.now
        )
    except Refused as refused:
        if refused.hidden:
            raise
        record_refusal(refused, by=request.doer, now=request.now)
        said = {"track": desk.track, "round": desk.track.round, "form": FileForm(), **_told(desk)}
        said |= {"against": refused.reasons, "ask_nothing": True}
        return render(request, "mujun/values/form.html", said, status=409)
    messages.success(
        request, f"已报送：{desk.form.label}" + (f"，{len(dues)}个县（市、区）。" if len(dues) > 1 else "。")
    )
    return redirect("forms", year, domain)


def _desk(request: Request, year: int, domain: str, form_id: str) -> Desk:
    track = the_track(year, domain)
    desk, decision = desk_of(track, f"{track.round.programme}/{form_id}", request.doer, request.now)
    if desk is None:
        raise Refused("enter_form", "填报报表", decision, track.subject, form_id)
    return desk


def _of_token(request: Request, year: int, domain: str, token: str) -> tuple[Desk, dict[str, str]]:
    """A token is the sender's own and lasts a day: nobody looks into another's file by its hash."""
    try:
        told: dict[str, str] = signing.loads(token, salt=_SALT, max_age=_ONE_DAY)
    except signing.BadSignature:
        raise Http404 from None
    if told["person"] != request.doer.actor.person:
        raise Http404
    return _desk(request, year, domain, told["form"]), told


def _token(request: Request, desk: Desk, sha256: str, name: str) -> str:
    told = {"sha": sha256, "name": name, "form": _short(desk), "person": request.doer.actor.person}
    return signing.dumps(told, salt=_SALT, compress=True)


def _short(desk: Desk) -> str:
    return desk.form.id.partition("/")[2]


def _told(desk: Desk) -> dict[str, Any]:
    dues = desk.dues
    receipts = {one["receipt"]: one for due in dues for one in due.receipts}
    return {
        "desk": desk,
        "short": _short(desk),
        "count": len(dues),
        "entered": sum(one.entered_at is not None for one in dues),
        "submitted": sum(one.submitted_at is not None for one in dues),
        "open": [one for one in dues if one.submitted_at is None],
        "returned": [one for one in dues if one.return_reason],
        "urged": max((one.urged_at for one in dues if one.urged_at and one.submitted_at is None), default=None),
        "receipts": [one | {"when": datetime.fromisoformat(one["at"])} for one in reversed(receipts.values())],
        "units": len(units_of_desk(desk)) if not desk.form.table else 0,
    }


def _against(request: Request, desk: Desk) -> Any:
    try:
        may_enter(desk, by=request.doer, now=request.now)
    except Refused as refused:
        return refused.reasons
    return ()


def _show(
    request: Request,
    desk: Desk,
    told: dict[str, str],
    token: str,
    reasons: dict[str, str] | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    found: Checked
    try:
        looked = look_at(desk, told["sha"], told["name"], reasons=reasons, by=request.doer, now=request.now)
        found = told_of(looked.files[0], told["name"], reasons or {})
    except CannotGoOn as error:
        found = Checked(unreadable=tuple(error.findings))
    said = {
        "track": desk.track,
        "round": desk.track.round,
        "desk": desk,
        "short": _short(desk),
        "name": told["name"],
        "token": token,
        "found": found,
        "against": refused.reasons if refused is not None else _against(request, desk),
    }
    return render(request, "mujun/values/check.html", said, status=status)
