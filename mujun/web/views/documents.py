"""Official documents as files: public ones for everybody, a department's and the desk's for those who may see them."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mujun.findings import CannotGoOn
from mujun.web.actions.refused import Refused
from mujun.web.forms.papers import MinutesForm, PackForm
from mujun.web.models import Meeting, Objection, Publication
from mujun.web.permissions import allowed
from mujun.web.queries.documents.certificate import certificate_facts
from mujun.web.queries.documents.meetings import minutes_facts, pack_facts
from mujun.web.queries.documents.nominations import nomination_facts
from mujun.web.queries.documents.objections import receipt_facts, reply_facts
from mujun.web.queries.documents.offer import ENDINGS, Offered, offer, offer_kept
from mujun.web.queries.documents.plans import action_plan_facts, domain_plan_facts
from mujun.web.queries.facts.objection import objection_target
from mujun.web.queries.facts.round import members_of
from mujun.web.queries.public.record import folder_of
from mujun.web.queries.public.shown import shown
from mujun.web.queries.quotas import standing_list
from mujun.web.queries.rules import standing_plan
from mujun.web.views.base import Request, View, page, public_page, the_round, the_track
from mujun.web.views.limits import limited
from mujun.workflow import Access, Target


def says_why_not(view: View) -> View:
    """Where a document cannot be made as things stand: why, and how to mend it."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except CannotGoOn as problem:
            return render(request, "mujun/public/cannot.html", {"findings": problem.findings}, status=409)

    return cast(View, inner)


@limited("export", "GET")
@public_page
@says_why_not
def public_document(request: Request, year: int, kind: str, domain: str, ending: str) -> HttpResponse:
    """An issued plan: the year's, or a domain's."""
    _known(ending)
    if kind == "action-plan":
        facts = action_plan_facts(the_round(year))
        if facts is None or the_round(year).state == "DRAFT":
            raise Http404
        return _answer(offer("action-plan", facts, ending, f"{year}年度工作方案"))
    plan = standing_plan(the_track(year, domain)) if kind == "plan" else None
    if plan is None:
        raise Http404
    name = f"{year}年{plan.track.label}具体方案"
    return _answer(offer("plan", domain_plan_facts(plan), ending, name))


@limited("export", "GET")
@public_page
@says_why_not
def certificate(request: Request, year: int, domain: str, slug: str, ending: str) -> HttpResponse:
    """Of a row of the list in force, once it is issued. Its code leads to the row's proof."""
    _known(ending)
    found = shown(the_round(year), request.now)
    row = found.row(domain, slug) if found is not None and found.issued else None
    if found is None or row is None:
        raise Http404
    proof = request.build_absolute_uri(f"/verify/{year}/{domain}/{slug}/")
    return _answer(offer("certificate", certificate_facts(found, row, proof), ending, f"{year}年证书 {row.name}"))


@page("publish", "open_notice")
def papers(request: Request, year: int) -> HttpResponse:
    """What there is of a round, for the office."""
    round_ = the_round(year)
    if not request.doer.holds("A", "B"):
        raise Http404
    said = {
        "round": round_,
        "notices": [{"number": one.number, "folder": folder_of(one)} for one in round_.notices.exclude(files={})],
        "publications": round_.publications.all(),
        "nominations": [track for track in round_.tracks.all() if standing_list(track) is not None],
        "endings": ENDINGS,
        "meetings": round_.meetings.exclude(recorded_at=None),
        "archive": round_.publications.exists(),
    }
    return render(request, "mujun/public/papers.html", said)


@limited("export", "GET")
@page("publish")
@says_why_not
def dispatch(request: Request, year: int, number: int, ending: str) -> HttpResponse:
    """The sheet on which the receivers of the issued list sign."""
    _known(ending)
    if not request.doer.holds("A", "B"):
        raise Http404
    publication = get_object_or_404(Publication, round=the_round(year), number=number)
    return _answer(offer_kept(publication.files, "dispatch", ending, f"{publication.document_number}分发签收单"))


@limited("export", "GET")
@page("see_scores")
@says_why_not
def nomination(request: Request, year: int, domain: str, ending: str) -> HttpResponse:
    """A department's report, with ranks and scores: for those who may see them before the notice."""
    _known(ending)
    track = the_track(year, domain)
    decision = allowed(request.doer, "see_scores", Target(domain=domain), request.now, Access.READ)
    if not decision.allowed:
        raise Refused("see_scores", "查看推荐名单报告", decision, track.subject, str(track))
    found = standing_list(track)
    if found is None:
        raise Http404
    return _answer(offer("nomination", nomination_facts(found), ending, f"{year}年{track.label}推荐名单报告"))


@limited("export", "GET")
@page("admit_objection")
@says_why_not
def objection(request: Request, receipt: str, kind: str, ending: str) -> HttpResponse:
    """The receipt and the reply, for the desk that hands them out."""
    _known(ending)
    found = get_object_or_404(Objection.objects.select_related("round", "notice"), receipt=receipt)
    decision = allowed(request.doer, "admit_objection", objection_target(found), request.now, Access.DO)
    if not decision.allowed:
        raise Refused("admit_objection", "查看异议", decision, found.subject, str(found))
    facts: object = receipt_facts(found) if kind == "receipt" else reply_facts(found)
    if facts is None:
        raise Http404
    name = f"{receipt}{'受理回执' if kind == 'receipt' else '答复意见书'}"
    return _answer(offer(f"objection-{kind}", facts, ending, name))


def _known(ending: str) -> None:
    if ending not in ENDINGS:
        raise Http404


def _answer(offered: Offered | None) -> HttpResponse:
    if offered is None:
        raise Http404
    answer = HttpResponse(offered.data, content_type=offered.kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(offered.name)}"
    return answer


@limited("export")
@page("record_minutes")
@says_why_not
def meeting_pack(request: Request, year: int) -> HttpResponse:
    """The pack as a document; when and where, somebody types."""
    round_ = the_round(year)
    if not request.doer.holds("A", "B"):
        raise Http404
    form = PackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = pack_facts(round_, form.cleaned_data, request.now)
        return _answer(offer("meeting-pack", facts, form.cleaned_data["ending"], f"{year}年会议材料"))
    return render(request, "mujun/public/typed.html", {"round": round_, "form": form, "title": "会议材料"})


@limited("export")
@page("record_minutes")
@says_why_not
def meeting_minutes(request: Request, year: int, number: int) -> HttpResponse:
    """The minutes as a document, from what was recorded; who presided and where, somebody types."""
    meeting = get_object_or_404(Meeting, round=the_round(year), number=number)
    if not request.doer.holds("A", "B"):
        raise Http404
    form = MinutesForm(request.POST or None, initial={"chair": ""})
    form.offer_chairs([one.name for one in members_of() if one.pk in meeting.present])
    if request.method == "POST" and form.is_valid():
        facts = minutes_facts(meeting, form.cleaned_data, request.now)
        return _answer(offer("minutes", facts, form.cleaned_data["ending"], f"{year}年第{number}次会议纪要"))
    title = f"第{number}次会议纪要"
    return render(request, "mujun/public/typed.html", {"round": meeting.round, "form": form, "title": title})
