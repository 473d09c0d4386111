"""The units of a run: looked through, exported, one by one with the walk. And a unit's page about itself."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from mujun.findings import CannotGoOn
from mujun.web.actions.refused import Refused
from mujun.web.models import PublicNotice, Run, RunUnit
from mujun.web.permissions import allowed
from mujun.web.queries.outcomes import Selected, Status
from mujun.web.queries.quotas import frozen_run, standing_list
from mujun.web.queries.results import main_scheme, plan_of, schemes_of
from mujun.web.queries.rules import scheme_ids, scheme_of
from mujun.web.queries.unit_page import drawing, walk_of
from mujun.web.queries.unit_rows import ASKED, choices, look_through, verdict, workbook_of_units
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.evaluation import seen_run
from mujun.web.views.limits import limited
from mujun.workflow import Target
from mujun.workflow.states import RoundState

_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@limited("search", "GET")
@page("see_scores")
def show(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    run = seen_run(request, year, domain, number)
    scheme = _scheme(request, run)
    asked = {name: request.GET.get(name, "") for name in ASKED}
    shown = Paginator(look_through(run, scheme, asked).values_list("pk", flat=True), _PAGE).get_page(
        request.GET.get("page")
    )
    units = RunUnit.objects.in_bulk(list(shown))
    others = run.track.runs.filter(progress=Run.Progress.DONE).exclude(pk=run.pk).order_by("-number")
    return render(
        request,
        "mujun/evaluation/run.html",
        {
            "run": run,
            "track": run.track,
            "round": run.track.round,
            "scheme": scheme,
            "schemes": [(name, run.summary[name]["label"]) for name in schemes_of(run)],
            "summary": run.summary.get(scheme, {}),
            "counts": run.summary.get(scheme, {}).get("counts", {}),
            "page": shown,
            "rows": [(units[pk], verdict(units[pk])) for pk in shown],
            "asked": asked,
            "choices": choices(run, scheme),
            "others": others,
        },
    )


@limited("export", "GET")
@page("see_scores")
def workbook(request: Request, year: int, domain: str, number: int) -> HttpResponse:
    run = seen_run(request, year, domain, number)
    scheme = _scheme(request, run)
    plan = plan_of(run)
    precision = scheme_of(plan, scheme).precision if plan is not None else 4
    asked = {name: request.GET.get(name, "") for name in ASKED}
    data = workbook_of_units(run, scheme, asked, precision, "示例数据" if settings.DEMO else "")
    answer = HttpResponse(data, content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{year}-{domain}-run{number}.xlsx"'
    return answer


@page("see_scores")
def unit(request: Request, year: int, domain: str, number: int, key: str) -> HttpResponse:
    run = seen_run(request, year, domain, number)
    row = RunUnit.objects.filter(run=run, key=key).order_by("scheme").first()
    if row is None:
        raise Http404
    return _unit_page(request, run, row, own=False)


@page("see_own_score")
def own(request: Request, year: int, domain: str, key: str) -> HttpResponse:
    """A unit about itself, from the public notice on: the frozen run, its own values and walk, others as a crowd."""
    track = the_track(year, domain)
    opened = PublicNotice.objects.filter(round=track.round, opened_at__isnull=False).exists()
    target = Target(domain=domain, unit=key, round_state=RoundState(track.round.state), notice_opened=opened)
    decision = allowed(request.doer, "see_own_score", target, request.now)
    if not decision.allowed:
        raise Refused("see_own_score", "查看本单位得分", decision, track.subject, f"{track} {key}")
    run = frozen_run(track)
    row = RunUnit.objects.filter(run=run, key=key).first() if run is not None else None
    if run is None or row is None:
        raise Http404
    return _unit_page(request, run, row, own=True)


def _unit_page(request: Request, run: Run, row: RunUnit, *, own: bool) -> HttpResponse:
    try:
        walk = walk_of(run, row.scheme, row.key)
    except CannotGoOn as stopped:
        return render(
            request, "mujun/evaluation/broken.html", {"run": run, "unit": row, "findings": stopped.findings}, status=409
        )
    return render(
        request,
        "mujun/evaluation/unit.html",
        {
            "run": run,
            "track": run.track,
            "round": run.track.round,
            "row": row,
            "own": own,
            "said": _on_notice(run, row) if own else verdict(row),
            "provable": own and _provable(run, row),
            "ranked": row.rank is not None,
            "tied": row.selected == Selected.TIED,
            "status": Status(row.status).label,
            "crowd_svg": drawing(walk["crowd"].figure) if walk["crowd"] else "",
            "against_svg": drawing(walk["against"].figure) if walk["against"] else "",
            **walk,
            "unit": row,
            "group_size": walk["unit"]["group_size"],
            "scheme_label": walk["scheme"].label,
        },
    )


def _on_notice(run: Run, row: RunUnit) -> str:
    """For the unit itself the list that is in public notice counts, not what the plan alone would have chosen."""
    notices = PublicNotice.objects.filter(round=run.track.round, opened_at__isnull=False)
    named = any(f"{run.track.domain}:{row.key}" in one.names for one in notices)
    why = f"；{verdict(row)}" if row.status != Status.CANDIDATE else ""
    return ("在公示的名单上" if named else "不在公示的名单上") + why


def _provable(run: Run, row: RunUnit) -> bool:
    """Whether the unit lies under the root that was printed: it is of the scheme and the run of the published list."""
    nomination = standing_list(run.track)
    return nomination is not None and nomination.run_id == run.pk and row.scheme == main_scheme(run)


def _scheme(request: Request, run: Run) -> str:
    """The scheme that is looked at; the main one unless another is asked for."""
    wanted = request.GET.get("scheme", "")
    if run.progress != Run.Progress.DONE:
        return main_scheme(run)
    return wanted if wanted in schemes_of(run) else (schemes_of(run) or scheme_ids(run.track))[0]
