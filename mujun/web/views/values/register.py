"""The page on which a department brings in the register of its units."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mujun.findings import CannotGoOn, Finding
from mujun.intake.file_name import display_name
from mujun.web.actions.keep import keep_upload
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.register import import_register
from mujun.web.forms.values import RegisterForm
from mujun.web.permissions import allowed
from mujun.web.queries.rules import scheme_ids
from mujun.web.queries.values.book import due_of
from mujun.web.views.base import Request, page, the_track
from mujun.workflow import Access, Target


@page("enter_province_files")
def register(request: Request, year: int, domain: str) -> HttpResponse:
    track = the_track(year, domain)
    decision = allowed(request.doer, "enter_province_files", Target(domain=domain), request.now, Access.DO)
    if not decision.allowed:
        raise Refused("import_register", "导入名录", decision, track.subject, str(track))
    schemes = [(name, due_of(track, name).scheme.label) for name in scheme_ids(track)]
    form = RegisterForm(request.POST or None, request.FILES or None, schemes=schemes)
    against: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        file, scheme = form.cleaned_data["file"], form.cleaned_data["scheme"]
        told: dict[str, Any] = {"sha256": keep_upload(file), "name": display_name(file.name)}
        try:
            count = import_register(track=track, scheme=scheme, **told, by=request.doer, now=request.now)
            messages.success(request, f"名录已导入：新增{count}个单位，原有的不变。")
            return redirect("units", year, domain)
        except CannotGoOn as error:
            against = tuple(error.findings)
        except Refused as refused:
            record_refusal(refused, by=request.doer, now=request.now)
            against = refused.reasons
    said = {"track": track, "round": track.round, "form": form, "against": against}
    return render(request, "mujun/values/register.html", said, status=422 if against or form.errors else 200)
