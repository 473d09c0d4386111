"""A unit's own proof, for the unit; the round's archive, for those who keep it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from mujun.findings import CannotGoOn
from mujun.web.actions.refused import Refused
from mujun.web.models import PublicNotice, Track
from mujun.web.permissions import allowed
from mujun.web.queries.publishing.archive import archive_of
from mujun.web.queries.publishing.own_proof import OwnProof, own_proof
from mujun.web.views.base import Request, page, the_round, the_track
from mujun.web.views.limits import limited
from mujun.workflow import Access, Target
from mujun.workflow.states import RoundState


@page("see_own_score")
def own(request: Request, year: int, domain: str, unit: str) -> HttpResponse:
    """From the notice on: the salt, and what the file proves."""
    track = the_track(year, domain)
    try:
        proof = _proof(request, track, unit)
    except CannotGoOn as problem:
        return render(request, "mujun/public/cannot.html", {"findings": problem.findings}, status=409)
    return render(
        request, "mujun/public/own.html", {"track": track, "round": track.round, "unit": unit, "proof": proof}
    )


@limited("export", "GET")
@page("see_own_score")
def own_file(request: Request, year: int, domain: str, unit: str) -> HttpResponse:
    """The file itself: everything of the unit, nothing of another."""
    proof = _proof(request, the_track(year, domain), unit)
    answer = HttpResponse(proof.data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="proof-{year}-{domain}.json"'
    return answer


@limited("export", "GET")
@page("read_audit", "publish", "open_notice")
def archive(request: Request, year: int) -> HttpResponse:
    """After the list was issued: one zip that verifies itself."""
    round_ = the_round(year)
    may = allowed(request.doer, "read_audit", Target(), request.now, Access.DO)
    if not may.allowed and not request.doer.holds("A", "B"):
        raise Refused("archive", "取档案", may, round_.subject, str(round_))
    if not round_.publications.exists():
        raise Http404
    answer = HttpResponse(archive_of(round_), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="archive-{year}.zip"'
    return answer


def _proof(request: Request, track: Track, unit: str) -> OwnProof:
    opened = PublicNotice.objects.filter(round=track.round, opened_at__isnull=False).exists()
    target = Target(domain=track.domain, unit=unit, round_state=RoundState(track.round.state), notice_opened=opened)
    decision = allowed(request.doer, "see_own_score", target, request.now)
    if not decision.allowed:
        raise Refused("see_own_score", "取本单位的证明", decision, track.subject, f"{track} {unit}")
    proof = own_proof(track, unit)
    if proof is None:
        raise Http404
    return proof
