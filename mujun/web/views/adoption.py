"""Domain ①: the external document beside our own ranking, every difference explained."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.adoption import explain_differences, record_document
from mujun.web.actions.keep import keep_upload
from mujun.web.forms.base import ROOM_ANSWERS, ROOMS
from mujun.web.forms.evaluation import DocumentForm
from mujun.web.models import Track
from mujun.web.queries.adoption import differences_of, document_of, match_names, ranked_units
from mujun.web.queries.quotas import standing_list
from mujun.web.views.base import Request, page
from mujun.web.views.evaluation import seen_track
from mujun.web.views.options import options

ROOMS["T7a"] = "adoption"
ROOM_ANSWERS["T7a"] = frozenset({"adopted_incomplete", "differences_unknown", "difference_unexplained", "no_content"})


@page("adopt_list", "see_scores")
def show(request: Request, year: int, domain: str) -> HttpResponse:
    track = seen_track(request, year, domain)
    if not track.adopted:
        return redirect("list", year, domain)
    units, document = ranked_units(track), document_of(track)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        units=[(one.key, one.name) for one in sorted(units, key=lambda one: one.key)],
        initial=_recorded(track),
    )
    form.fields["scan"].required = not (document is not None and document.scan_hash)
    if request.method == "POST" and form.is_valid() and _record(request, track, form):
        return redirect("adoption", year, domain)
    mine = options(track, request.doer, request.now)
    nomination = standing_list(track)
    return render(
        request,
        "mujun/evaluation/adoption.html",
        {
            "track": track,
            "round": track.round,
            "form": form,
            "document": document,
            "names": _names(track, units),
            "differences": differences_of(track),
            "may_record": any(one.edge.id == "T7a" and one.how == "propose" for one in mine),
            "options": [one for one in mine if one.edge.id in ("T7a", "T8a", "T9", "T10", "T11")],
            "nomination": nomination,
            "items": list(nomination.items.all()) if nomination is not None else [],
        },
    )


@require_POST
@page("adopt_list")
def explain(request: Request, year: int, domain: str) -> HttpResponse:
    track = seen_track(request, year, domain)
    explained = {one.unit.name: request.POST.get(f"why-{one.unit.key}", "") for one in differences_of(track)}
    explain_differences(track=track, explained=explained, by=request.doer, now=request.now)
    messages.success(request, "差异说明已保存。")
    return redirect("adoption", year, domain)


def _record(request: Request, track: Track, form: DocumentForm) -> bool:
    """The names pasted, else those ticked; a word that names no county is told, and nothing is stored."""
    typed = form.cleaned_data
    keys, unknown = match_names(track, typed["pasted"])
    if unknown:
        form.add_error("pasted", f"这些不是评议范围内的县（市、区）：{'、'.join(unknown)}。")
        return False
    if not keys and not typed["keys"]:
        form.add_error("pasted", "请粘贴或勾选名单上的县（市、区）。")
        return False
    record_document(
        track=track,
        title=typed["title"],
        document_number=typed["document_number"],
        dated=typed["dated"],
        scan_hash=keep_upload(typed["scan"]) if typed["scan"] else "",
        keys=keys or typed["keys"],
        by=request.doer,
        now=request.now,
    )
    messages.success(request, "已登记。请逐个说明与综合评议不一致的县（市、区）。")
    return True


def _recorded(track: Track) -> dict[str, Any]:
    document = document_of(track)
    if document is None:
        return {}
    return {
        "title": document.title,
        "document_number": document.document_number,
        "dated": document.dated,
        "keys": document.keys,
    }


def _names(track: Track, units: list[Any]) -> list[str]:
    document = document_of(track)
    named = {one.key: one.name for one in units}
    return [named.get(key, key) for key in document.keys] if document is not None else []
