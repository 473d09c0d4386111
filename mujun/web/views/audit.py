"""The record, for those who audit it; and the bytes of a piece of evidence, for those who may see it."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from mujun.web.actions.refused import Refused
from mujun.web.evidence import kept
from mujun.web.permissions import allowed
from mujun.web.queries.audit import look_up_events, verify_record, workbook_of_events
from mujun.web.views.base import Request, page
from mujun.web.views.limits import limited
from mujun.workflow import Access, Target

_MAGIC = {b"%PDF": ("application/pdf", "pdf"), b"\xff\xd8\xff": ("image/jpeg", "jpg"), b"\x89PNG": ("image/png", "png")}


@limited("search", "GET")
@page("read_audit")
def audit(request: Request) -> HttpResponse:
    words, outcome = _asked(request)
    shown = Paginator(look_up_events(words, outcome), 50).get_page(request.GET.get("page"))
    findings = verify_record() if request.GET.get("verify") else None
    return render(request, "mujun/audit.html", {"page": shown, "findings": findings, "q": words, "outcome": outcome})


@limited("export", "GET")
@page("read_audit")
def workbook(request: Request) -> HttpResponse:
    """The rows that the page shows, all of them, to be taken along."""
    words, outcome = _asked(request)
    data = workbook_of_events(words, outcome, "示例数据" if settings.DEMO else "")
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="audit-{request.now:%Y%m%d}.xlsx"'
    return answer


def _asked(request: Request) -> tuple[str, str]:
    decision = allowed(request.doer, "read_audit", Target(), request.now, Access.DO)
    if not decision.allowed:
        raise Refused("read_audit", "查看审计记录", decision)
    return request.GET.get("q", "").strip(), request.GET.get("outcome", "")


@limited("download", "GET")
@page("record_minutes", "see_scores", "admit_objection", "confirm_for_unit")
def evidence(request: Request, sha256: str) -> HttpResponse:
    """A scan by its hash: only for bodies that decide upon scans. Sent as an attachment under a name of our own."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not request.doer.holds("A", "B", "C", "D", "L", "O", "AU"):
        raise Http404
    try:
        data = kept(sha256)
    except FileNotFoundError:
        raise Http404 from None
    kind, suffix = next(
        (told for magic, told in _MAGIC.items() if data.startswith(magic)), ("application/octet-stream", "bin")
    )
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{sha256[:12]}.{suffix}"'
    return answer
