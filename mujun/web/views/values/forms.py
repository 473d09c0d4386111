"""Pages of an office: its forms, one form, a few values by hand, handing in. What becomes of a file: `uploads`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.intake.file_name import content_disposition, display_name
from mujun.web.actions.keep import keep_upload
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.hand_in import hand_in
from mujun.web.actions.values.uploads import receive
from mujun.web.evidence import keep
from mujun.web.forms.values import FileForm
from mujun.web.queries.values.offices import Desk, desks_of
from mujun.web.queries.values.sheet import shown_head, write_sheet
from mujun.web.queries.values.templates import office_template, units_of_desk
from mujun.web.queries.values.uploads import open_uploads, told_of_upload
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited
from mujun.web.views.values.uploads import ENTERS, against, ask, short_of, the_desk

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
        {"track": track, "round": track.round, "desks": [_told(one, request) for one in desks]},
    )


@page(*ENTERS)
def form(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    """One form: where it stands, the template, a file to be looked at."""
    desk = the_desk(request, year, domain, form_id)
    upload = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if request.method == "POST" and upload.is_valid():
        file = upload.cleaned_data["file"]
        return received(request, desk, keep_upload(file), display_name(file.name))
    said: dict[str, Any] = {
        "track": desk.track,
        "round": desk.track.round,
        "form": upload,
        "against": against(request, desk),
        **_told(desk, request),
    }
    return render(request, "mujun/values/form.html", said, status=422 if upload.errors else 200)


@limited("export", "GET")
@page(*ENTERS)
def template(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    desk = the_desk(request, year, domain, form_id)
    answer = HttpResponse(
        office_template(desk, request.now.date()),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = content_disposition(f"{desk.form.label}.xlsx")
    return answer


@page(*ENTERS)
def by_hand(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    """A few rows typed: they become a file like any other, and are looked at first."""
    desk = the_desk(request, year, domain, form_id)
    head = shown_head(desk.form)
    rows = [
        [request.POST.get(f"c{number}-{place}", "").strip() for place in range(len(head))] for number in range(_ROWS)
    ]
    if request.method == "POST" and any(any(row) for row in rows):
        sha256 = keep(write_sheet(desk.form, [row for row in rows if any(row)]))
        name = f"手工填报-{desk.form.source}-{request.now:%m%d%H%M}.csv"
        return received(request, desk, sha256, name)
    shown = [
        [(f"c{number}-{place}", label, value) for place, (label, value) in enumerate(zip(head, row, strict=True))]
        for number, row in enumerate(rows)
    ]
    said = {
        "track": desk.track,
        "round": desk.track.round,
        "desk": desk,
        "short": short_of(desk),
        "head": head,
        "rows": shown,
    }
    return render(request, "mujun/values/by_hand.html", said)


@require_POST
@page(*ENTERS)
def submit(request: Request, year: int, domain: str, form_id: str) -> HttpResponse:
    desk = the_desk(request, year, domain, form_id)
    try:
        dues = hand_in(
            desk=desk, nothing_because=request.POST.get("nothing_because", ""), by=request.doer, now=request.now
        )
    except Refused as refused:
        if refused.hidden:
            raise
        record_refusal(refused, by=request.doer, now=request.now)
        said = {"track": desk.track, "round": desk.track.round, "form": FileForm(), **_told(desk, request)}
        said |= {"against": refused.reasons, "ask_nothing": True}
        return render(request, "mujun/values/form.html", said, status=409)
    messages.success(
        request, f"已报送：{desk.form.label}" + (f"，{len(dues)}个县（市、区）。" if len(dues) > 1 else "。")
    )
    return redirect("forms", year, domain)


def received(request: Request, desk: Desk, sha256: str, name: str) -> HttpResponse:
    """To the page of the upload: what was found stands there at once, or how far the job is."""
    upload = ask(lambda: receive(desk=desk, sha256=sha256, name=name, by=request.doer, now=request.now))
    return redirect("upload", desk.track.round.year, desk.track.domain, upload.pk)


def _told(desk: Desk, request: Request) -> dict[str, Any]:
    dues = desk.dues
    uploads = open_uploads(request.doer, desk.track).filter(form=desk.form.id)
    receipts = {one["receipt"]: one for due in dues for one in due.receipts}
    return {
        "desk": desk,
        "short": short_of(desk),
        "uploads": [(one, told_of_upload(one)) for one in uploads],
        "count": len(dues),
        "entered": sum(one.entered_at is not None for one in dues),
        "submitted": sum(one.submitted_at is not None for one in dues),
        "open": [one for one in dues if one.submitted_at is None],
        "returned": [one for one in dues if one.return_reason],
        "urged": max((one.urged_at for one in dues if one.urged_at and one.submitted_at is None), default=None),
        "receipts": [one | {"when": datetime.fromisoformat(one["at"])} for one in reversed(receipts.values())],
        "units": len(units_of_desk(desk)) if not desk.form.table else 0,
    }
