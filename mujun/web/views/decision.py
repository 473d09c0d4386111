"""Compiling, the meeting's pack, conflicts of interest, the minutes. Pages only; the acts are in `actions.decision`."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.decision import declare_conflict, fix_pack, record_minutes, resolve_duplicate
from mujun.web.actions.keep import keep_upload
from mujun.web.actions.refused import Refused
from mujun.web.forms.decision import ConflictForm, DuplicateForm, MinutesForm
from mujun.web.models import Round
from mujun.web.permissions import allowed
from mujun.web.queries.compiled import duplicates, item_key, standing_items
from mujun.web.queries.conflicts import recusals_by_member
from mujun.web.queries.pack import pack_hash, pack_of
from mujun.web.views.base import Request, page, the_round
from mujun.web.views.options import options
from mujun.workflow import Access, Target
from mujun.workflow.states import RoundState


@page("accept_or_return")
def compiled(request: Request, year: int) -> HttpResponse:
    """All domains' lists on one page: totals, places, duplicates, departures from rank."""
    round_ = the_round(year)
    _ask(request, "accept_or_return", round_, "查看汇总")
    resolved = {one.key: one for one in round_.duplicates_resolved.select_related("by")}
    doubles = [(key, said, some, resolved.get(key)) for key, (said, some) in duplicates(round_).items()]
    return render(
        request,
        "mujun/decision/compiled.html",
        {
            "round": round_,
            "pack": pack_of(round_),
            "doubles": doubles,
            "settled": all(one for *_, one in doubles),
            "fixed": bool(round_.pack_hash) and round_.pack_hash == pack_hash(round_),
            "options": options(round_, request.doer, request.now),
            "may_fix": round_.state == RoundState.COMPILING and request.doer.holds("A"),
        },
    )


@page("accept_or_return")
def duplicate(request: Request, year: int, key: str) -> HttpResponse:
    round_ = the_round(year)
    _ask(request, "accept_or_return", round_, "处理跨领域重复")
    found = duplicates(round_).get(key)
    if found is None:
        raise Http404
    form = DuplicateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        resolve_duplicate(round_=round_, key=key, **form.cleaned_data, by=request.doer, now=request.now)
        messages.success(request, f"已处理：{found[0]}。")
        return redirect("compiled", year)
    labels = {track.domain: track.label for track in round_.tracks.all()}
    choices = [(item.domain, labels[item.domain]) for item in found[1]]
    said = {"round": round_, "said": found[0], "choices": choices, "form": form}
    return render(request, "mujun/decision/duplicate.html", said)


@require_POST
@page("accept_or_return")
def fix(request: Request, year: int) -> HttpResponse:
    round_ = the_round(year)
    fix_pack(round_=round_, by=request.doer, now=request.now)
    messages.success(request, "会议材料已定稿。此后名单有任何变动，都要重新定稿。")
    return redirect("pack", year)


@page("record_minutes")
def pack(request: Request, year: int) -> HttpResponse:
    """The material of the meeting, to be read on paper: differences first."""
    round_ = the_round(year)
    _ask(request, "record_minutes", round_, "查看会议材料")
    if request.doer.holds("L") and not request.doer.holds("A", "B") and round_.state not in _AT_REVIEW:
        raise Http404
    return render(
        request,
        "mujun/decision/pack.html",
        {
            "round": round_,
            "pack": pack_of(round_),
            "hash": pack_hash(round_),
            "fixed": round_.pack_hash == pack_hash(round_),
            "recusals": recusals_by_member(round_),
        },
    )


_AT_REVIEW = (RoundState.REVIEW, RoundState.DECIDED, RoundState.NOTICE, RoundState.PUBLISHED)


@page("record_minutes")
def minutes(request: Request, year: int) -> HttpResponse:
    """Record what the meeting said of every item."""
    round_ = the_round(year)
    _ask(request, "record_minutes", round_, "录入会议纪要", Access.DO)
    items = standing_items(round_) if round_.state == RoundState.REVIEW else []
    meeting = round_.meetings.filter(confirmed_at=None).first()
    initial = (
        {"held_on": meeting.held_on, "present": meeting.present, "tracks": meeting.tracks, "reason": meeting.reason}
        if meeting is not None
        else {"held_on": request.now.date()}
    )
    form = MinutesForm(request.POST or None, request.FILES or None, round_=round_, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        record_minutes(
            round_=round_,
            held_on=form.cleaned_data["held_on"],
            scan_hash=keep_upload(scan) if scan else meeting.scan_hash if meeting is not None else "",
            present=form.cleaned_data["present"],
            outcomes=form.outcomes(),
            tracks=form.cleaned_data.get("tracks", []),
            reason_=form.cleaned_data["reason"],
            by=request.doer,
            now=request.now,
        )
        messages.success(request, "纪要已录入。核对无误后，请提请审定，由负责人确认。")
        return redirect("round", year)
    said = {"round": round_, "form": form, "meeting": meeting, "recusals": recusals_by_member(round_)}
    return render(request, "mujun/decision/minutes.html", said)


@page("declare_conflict")
def conflicts(request: Request, year: int) -> HttpResponse:
    """What is computed of everybody's conflicts, and what a person declares of himself."""
    round_ = the_round(year)
    _ask(request, "declare_conflict", round_, "申报利害关系", Access.DO)
    items = standing_items(round_)
    form = ConflictForm(request.POST or None)
    form.fields["item"].choices = [(item_key(one), one.name) for one in items]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        domain, _, key = form.cleaned_data["item"].partition(":")
        declare_conflict(
            round_=round_, domain=domain, key=key, why=form.cleaned_data["why"], by=request.doer, now=request.now
        )
        messages.success(request, "已申报。审定这一项时您回避，应到人数随之重算。")
        return redirect("conflicts", year)
    mine = round_.conflicts.filter(person=request.doer.person)
    said = {"round": round_, "form": form, "mine": mine, "recusals": recusals_by_member(round_)}
    return render(request, "mujun/decision/conflicts.html", said)


def _ask(request: Request, action: str, round_: Round, label: str, access: Access = Access.READ) -> None:
    decision = allowed(request.doer, action, Target(), request.now, access)
    if not decision.allowed:
        raise Refused(action, label, decision, round_.subject, str(round_))
