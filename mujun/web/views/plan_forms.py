"""The forms in which a draft is written, each save one act, with the live check beside them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.findings import CannotGoOn
from mujun.scheme.amend import SECTIONS, compare, entries_of, put_entries
from mujun.web.actions.plans import Overtaken, amend_rules, settle_confirmation
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused, Stale
from mujun.web.evidence import kept
from mujun.web.forms.base import ROOMS
from mujun.web.forms.plans import ConfirmationForm, RulesForm
from mujun.web.models import Plan, Track
from mujun.web.permissions import allowed
from mujun.web.queries.last_round import last_round_data
from mujun.web.queries.plan_asked import unasked_names
from mujun.web.queries.plan_check import check_rules
from mujun.web.queries.rules import draft_plan, law_with, read_rules
from mujun.web.views.base import Request, page, the_track
from mujun.workflow import Access, Target

ROOMS["T1e"] = "edit_plan_start"
CONFIRMATION = "confirmation"


@page("draft_plan")
def start(request: Request, year: int, domain: str) -> HttpResponse:
    _, plan = open_draft(request, year, domain)
    return redirect("edit_plan", year, domain, next(iter(plan.schemes)), SECTIONS[0][0])


@page("draft_plan")
def edit(request: Request, year: int, domain: str, scheme: str, section: str) -> HttpResponse:
    track, plan = open_draft(request, year, domain)
    form = _form(request, plan, scheme, section)
    if request.method != "POST":
        return _show(request, track, plan, scheme, section, form)
    if not form.is_valid():
        return _show(request, track, plan, scheme, section, form, status=422)
    values = form.values()
    base = form.cleaned_data["base"]
    try:
        said = amend_rules(track=track, scheme=scheme, base=base, values=values, by=request.doer, now=request.now)
    except (Overtaken, Stale):
        return _overtaken(request, track, scheme, section, base, values)
    except Refused as refused:
        if refused.hidden:
            raise
        record_refusal(refused, by=request.doer, now=request.now)
        return _show(request, track, plan, scheme, section, form, refused=refused, status=409)
    _tell(request, said)
    return redirect("edit_plan", year, domain, scheme, section)


@require_POST
@page("draft_plan")
def check(request: Request, year: int, domain: str, scheme: str, section: str) -> HttpResponse:
    """The check of what is typed, before it is saved."""
    track, plan = open_draft(request, year, domain)
    form = _form(request, plan, scheme, section)
    values = form.values() if form.is_valid() else {}
    said = {"check": check_rules(plan, scheme, values), "track": track, "plan": plan, "scheme": scheme}
    return render(request, "mujun/plans/check.html", said)


@page("draft_plan")
def confirmation(request: Request, year: int, domain: str) -> HttpResponse:
    track, plan = open_draft(request, year, domain)
    now = {name: getattr(plan, name) for name in ("revision", "silence_confirms", "confirm_workdays", "note")}
    form = ConfirmationForm(request.POST or None, initial=now, label_suffix="")
    status, overtaken = 200, False
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, settle_confirmation(track=track, by=request.doer, now=request.now, **form.cleaned_data))
            return redirect("edit_confirmation", year, domain)
        except (Overtaken, Stale):
            status, overtaken = 409, True
            form = ConfirmationForm({**request.POST.dict(), "revision": plan.revision}, label_suffix="")
    said = {
        **frame(track, plan, next(iter(plan.schemes)), CONFIRMATION),
        "form": form,
        "overtaken": overtaken,
        "now_": now,
    }
    return render(request, "mujun/plans/confirmation.html", said, status=status)


def open_draft(request: Request, year: int, domain: str, scheme: str = "") -> tuple[Track, Plan]:
    """The draft, for who may write in it."""
    track = track_to_draft(request, year, domain)
    plan = draft_plan(track)
    if plan is None or (scheme and scheme not in plan.schemes):
        raise Http404
    return track, plan


def track_to_draft(request: Request, year: int, domain: str) -> Track:
    """Where he may draft; anybody else is refused."""
    track = the_track(year, domain)
    decision = allowed(request.doer, "draft_plan", Target(domain=track.domain), request.now, Access.DO)
    if not decision.allowed:
        raise Refused("T1e", "修改拟定的方案", decision, track.subject, str(track))
    return track


def _form(request: Request, plan: Plan, scheme: str, section: str) -> RulesForm:
    if scheme not in plan.schemes or section not in dict(SECTIONS):
        raise Http404
    entries = [one for one in entries_of(kept(plan.schemes[scheme]).decode("utf-8")) if one.section == section]
    nobodys = unasked_names(plan, scheme)
    return RulesForm(request.POST or None, entries=entries, base=plan.schemes[scheme], unasked=nobodys)


def _tell(request: Request, said: list[str]) -> None:
    if said:
        messages.success(request, f"已保存：{'；'.join(said[:6])}{f'等{len(said)}处' if len(said) > 6 else ''}。")
    else:
        messages.info(request, "没有改动。")


def _overtaken(
    request: Request, track: Track, scheme: str, section: str, base: str, values: dict[str, str]
) -> HttpResponse:
    """What the other changed, what this one wants to change, and the form anew: nothing is written over unseen."""
    plan = draft_plan(track)
    assert plan is not None
    current = kept(plan.schemes[scheme]).decode("utf-8")
    try:
        opened = kept(base).decode("utf-8")
        mine = compare(opened, put_entries(opened, values))
        theirs = compare(opened, current)
    except (OSError, UnicodeDecodeError, CannotGoOn):  # no rules of ours, or typed values that nothing can be made of
        mine, theirs = (), ()
    typed = {one.name: values[one.name] for one in mine if one.name in values}
    entries = [one for one in entries_of(current) if one.section == section]
    form = RulesForm(initial=typed, entries=entries, base=plan.schemes[scheme])
    for name, value in typed.items():
        if name in form.fields:
            form.fields[name].initial = value
    both = {one.name for one in theirs} & set(typed)
    more = {"theirs": theirs, "mine": mine, "both": both}
    return _show(request, track, plan, scheme, section, form, status=409, values=typed, more=more)


def frame(track: Track, plan: Plan, scheme: str, section: str) -> dict[str, Any]:
    law = law_with(plan)
    schemes = []
    for name, sha256 in plan.schemes.items():
        read = read_rules(kept(sha256), name, law).scheme
        schemes.append((name, read.label if read is not None else name))
    return {
        "track": track, "round": track.round, "plan": plan, "scheme": scheme, "section": section,
        "sections": SECTIONS, "schemes": schemes, "scheme_label": dict(schemes)[scheme],
    }  # fmt: skip


def _show(
    request: Request,
    track: Track,
    plan: Plan,
    scheme: str,
    section: str,
    form: RulesForm,
    *,
    status: int = 200,
    refused: Refused | None = None,
    values: dict[str, str] | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    typed = values if values is not None else form.values() if form.is_bound and form.is_valid() else {}
    said = {
        **frame(track, plan, scheme, section),
        "form": form,
        "check": check_rules(plan, scheme, typed),
        "refused": refused,
        "has_last_round": last_round_data(track, scheme) is not None,
        **(more or {}),
    }
    return render(request, "mujun/plans/edit.html", said, status=status)
