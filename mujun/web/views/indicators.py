"""Add an indicator to a draft and take one out, with the check of what the rules would be then."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.scheme.amend import add_indicator as with_indicator
from mujun.scheme.amend import removal_of
from mujun.scheme.amend import remove_indicator as without_indicator
from mujun.web.actions.indicators import add_indicator, remove_indicator
from mujun.web.actions.plans import Overtaken
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused, Stale
from mujun.web.evidence import kept
from mujun.web.forms.indicators import IndicatorForm
from mujun.web.models import Plan, Track
from mujun.web.queries.plan_asked import senders, unasked_names
from mujun.web.queries.plan_check import check_rules, check_written
from mujun.web.views.base import Request, page
from mujun.web.views.plan_forms import frame, open_draft

NEXT = "weights"
"""Where the sum is mended afterwards."""


@page("draft_plan")
def add(request: Request, year: int, domain: str, scheme: str) -> HttpResponse:
    track, plan = open_draft(request, year, domain, scheme)
    form = _form(request, track, plan, scheme)
    if request.method != "POST":
        return _show_form(request, track, plan, scheme, form)
    if not form.is_valid():
        return _show_form(request, track, plan, scheme, form, status=422)
    new, base = form.new(), form.cleaned_data["base"]
    try:
        said = add_indicator(track=track, scheme=scheme, base=base, new=new, by=request.doer, now=request.now)
    except (Overtaken, Stale):
        again = IndicatorForm(
            {**request.POST.dict(), "base": plan.schemes[scheme]}, text=_text(plan, scheme), base="",
            senders=senders(track, scheme),
        )  # fmt: skip
        again.is_valid()
        return _show_form(request, track, plan, scheme, again, status=409, overtaken=True)
    except Refused as refused:
        if refused.hidden:
            raise
        record_refusal(refused, by=request.doer, now=request.now)
        elsewhere = form.mark(refused.reasons)
        return _show_form(request, track, plan, scheme, form, status=409, refused=refused, elsewhere=elsewhere)
    messages.success(request, f"已保存：{'；'.join(said)}。其余各项的权重没有动，合计不对的请在这里改。")
    return redirect("edit_plan", year, domain, scheme, NEXT)


@require_POST
@page("draft_plan")
def check(request: Request, year: int, domain: str, scheme: str) -> HttpResponse:
    """What the rules would be with what is typed so far."""
    track, plan = open_draft(request, year, domain, scheme)
    form = _form(request, track, plan, scheme)
    return render(request, "mujun/plans/check.html", {"check": _check(plan, scheme, form)})


@page("draft_plan")
def remove(request: Request, year: int, domain: str, scheme: str, name: str) -> HttpResponse:
    """First what goes with it; then, if nothing needs it, without it."""
    track, plan = open_draft(request, year, domain, scheme)
    nobodys = unasked_names(plan, scheme)
    removal = removal_of(_text(plan, scheme), name, nobodys)
    if removal is None:
        raise Http404
    status, overtaken = 200, False
    if request.method == "POST":
        base = request.POST.get("base", "")
        try:
            said = remove_indicator(
                track=track, scheme=scheme, base=base, name=name, by=request.doer, now=request.now
            )  # fmt: skip
            messages.success(request, f"已保存：{'；'.join(said)}。其余各项的权重没有动，合计不对的请在这里改。")
            return redirect("edit_plan", year, domain, scheme, NEXT)
        except (Overtaken, Stale):
            status, overtaken = 409, True
        except Refused as refused:
            if refused.hidden:
                raise
            record_refusal(refused, by=request.doer, now=request.now)
            status = 409
    said_: dict[str, Any] = {
        **frame(track, plan, scheme, "indicators"),
        "removal": removal,
        "base": plan.schemes[scheme],
        "check": None
        if removal.against
        else check_written(plan, scheme, lambda text: without_indicator(text, name, nobodys)),
        "overtaken": overtaken,
    }
    return render(request, "mujun/plans/remove.html", said_, status=status)


def _text(plan: Plan, scheme: str) -> str:
    return kept(plan.schemes[scheme]).decode("utf-8")


def _form(request: Request, track: Track, plan: Plan, scheme: str) -> IndicatorForm:
    return IndicatorForm(
        request.POST or None, text=_text(plan, scheme), base=plan.schemes[scheme], senders=senders(track, scheme)
    )


def _check(plan: Plan, scheme: str, form: IndicatorForm) -> Any:
    if not form.is_bound or not form.is_valid():
        return check_rules(plan, scheme, {})
    new = form.new()
    return check_written(plan, scheme, lambda text: with_indicator(text, new))


def _show_form(
    request: Request, track: Track, plan: Plan, scheme: str, form: IndicatorForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    checked = form if not more.get("refused") else _form(request, track, plan, scheme)
    said = {
        **frame(track, plan, scheme, "indicators"),
        "form": form,
        "check": _check(plan, scheme, checked),
        **more,
    }
    return render(request, "mujun/plans/indicator.html", said, status=status)
