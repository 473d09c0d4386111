"""Pages of those who wait for values: a county, a city's counties, the whole province; and lists of units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.once import already_done, remember_once
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.values.approve import accept_sets, approve_city, check_county, return_form
from mujun.web.actions.values.urge import may_urge, urge_offices, urge_units
from mujun.web.models import FormDue, Track, ValueSet
from mujun.web.permissions import allowed, sees
from mujun.web.programme import workflow
from mujun.web.queries.facts.values import office_name, regions_of
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import FIRM, PROVINCIAL, path_of
from mujun.web.queries.values.progress import Place, counties_in, lapsed, together
from mujun.web.views.base import Request, page, the_track
from mujun.web.views.limits import limited
from mujun.workflow import Access, Target

READS = ("check_county", "approve_city", "lock", "accept_or_return")
_PAGE = 50
DEEMED = "DEEMED_CONFIRMED"


@page(*READS)
def collection(request: Request, year: int, domain: str) -> HttpResponse:
    """All places of the track that somebody may see, with what each still lacks."""
    track = the_track(year, domain)
    counties = _mine(request, track)
    if request.doer.holds("K") and len(counties) == 1:
        return redirect("county_values", year, domain, counties[0])
    return _collection(request, track, counties)


@require_POST
@page("approve_city", "lock", "check_county")
def collection_act(request: Request, year: int, domain: str) -> HttpResponse:
    """City approval, the department's acceptance, urging: of the counties that are ticked."""
    track = the_track(year, domain)
    mine = _mine(request, track)
    chosen = [one for one in request.POST.getlist("county") if one in mine] or mine
    here = redirect("collection", year, domain)
    return _do(request, track, chosen, here, lambda refused: _collection(request, track, mine, refused))


@limited("search", "GET")
@page(*READS)
def county(request: Request, year: int, domain: str, county: str) -> HttpResponse:
    track = the_track(year, domain)
    _must_see(request, track, county)
    return _county(request, track, county)


@require_POST
@page("check_county", "approve_city", "lock")
def county_act(request: Request, year: int, domain: str, county: str) -> HttpResponse:
    track = the_track(year, domain)
    _must_see(request, track, county)
    here = redirect("county_values", year, domain, county)
    return _do(request, track, [county], here, lambda refused: _county(request, track, county, refused))


@limited("search", "GET")
@page(*READS)
def units(request: Request, year: int, domain: str) -> HttpResponse:
    track = the_track(year, domain)
    mine = _mine(request, track)
    sets = ValueSet.objects.filter(track=track)
    if len(mine) < len(city_of_county(track.round.programme)):
        sets = sets.filter(county__in=mine)
    said = {"track": track, "round": track.round, **_units(request, track, sets)}
    return render(request, "mujun/values/units.html", said)


def _mine(request: Request, track: Track) -> list[str]:
    """Counties he may see in this track. Raises Refused when there are none."""
    cities = city_of_county(track.round.programme)
    if sees(request.doer, ("lock", "accept_or_return"), Target(domain=track.domain), request.now):
        return list(cities)
    regions = {grant.region for role in ("K", "T") for grant in request.doer.grants_of(role)}
    found = [one for one, city in cities.items() if one in regions or city in regions]
    if not found:
        decision = allowed(request.doer, "check_county", Target(domain=track.domain), request.now)
        raise Refused("see_collection", "查看数据归集", decision, track.subject, str(track))
    return found


def _must_see(request: Request, track: Track, county: str) -> None:
    if county not in city_of_county(track.round.programme):
        raise Http404
    target = _target(track, county)
    if not sees(request.doer, ("check_county", "approve_city", "lock"), target, request.now) and not sees(
        request.doer, ("lock", "accept_or_return"), Target(domain=track.domain), request.now
    ):
        decision = allowed(request.doer, "check_county", target, request.now)
        raise Refused("see_county", "查看县（市、区）的数据", decision, track.subject, county)


def _target(track: Track, county: str) -> Target:
    return Target(
        domain=track.domain, regions=regions_of(county, city_of_county(track.round.programme).get(county, ""))
    )


def _collection(request: Request, track: Track, counties: list[str], refused: Refused | None = None) -> HttpResponse:
    places = counties_in(track, request.now, counties)
    by_city: dict[str, list[Place]] = {}
    for one in places:
        by_city.setdefault(one.city, []).append(one)
    doer, domain_only = request.doer, Target(domain=track.domain)
    said: dict[str, Any] = {
        "track": track,
        "round": track.round,
        "path": path_of(track),
        "whole": together(_where(request, counties, track), places),
        "cities": [(together(city, some), some) for city, some in by_city.items()],
        "refused": refused,
        "overdue": track.unlock_until is not None and request.now > track.unlock_until,
        "may_approve": doer.holds("T") and path_of(track) != PROVINCIAL,
        "may_accept": doer.holds("A", "C") and allowed(doer, "lock", domain_only, request.now, Access.DO).allowed,
        "may_urge": bool(counties) and may_urge(track, counties[0], doer, request.now).allowed,
        "open": track.state == "COLLECTING",
    }
    return render(request, "mujun/values/collection.html", said, status=409 if refused else 200)


def _where(request: Request, counties: list[str], track: Track) -> str:
    cities = {city_of_county(track.round.programme)[one] for one in counties}
    return next(iter(cities)) if len(cities) == 1 else "全省"


def _county(request: Request, track: Track, county: str, refused: Refused | None = None) -> HttpResponse:
    found = counties_in(track, request.now, [county])
    place = found[0] if found else together(county, [])
    forms = list(track.forms.filter(region__in=[county, ""]).order_by("submitted_at", "pk"))
    sets = ValueSet.objects.filter(track=track, county=county)
    checks = allowed(request.doer, "check_county", _target(track, county), request.now, Access.DO).allowed
    accepts = allowed(request.doer, "lock", _target(track, county), request.now, Access.DO).allowed
    said: dict[str, Any] = {
        "track": track,
        "round": track.round,
        "county": county,
        "city": city_of_county(track.round.programme)[county],
        "path": path_of(track),
        "place": place,
        "forms": [(one, office_name(one.agency, one.region)) for one in forms],
        "refused": refused,
        "may_check": checks,
        "may_return": checks or (accepts and request.doer.holds("A", "C")),
        "may_urge": may_urge(track, county, request.doer, request.now).allowed,
        "to_check": place.waiting if path_of(track) != FIRM else place.confirmed - place.county_submitted,
        "open": track.state == "COLLECTING",
        **_units(request, track, sets),
    }
    return render(request, "mujun/values/county.html", said, status=409 if refused else 200)


def _units(request: Request, track: Track, sets: QuerySet[ValueSet]) -> dict[str, Any]:
    """A page of units, by name, code or 拼音首字母, and by state (视同确认 from the moment the time was over)."""
    wanted, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    over = lapsed(track, request.now).values("pk")
    if wanted:
        sets = sets.filter(
            Q(name__contains=wanted) | Q(unit__startswith=wanted.upper()) | Q(initials__contains=wanted.lower())
        )
    if state == DEEMED:
        sets = sets.filter(Q(state=DEEMED) | Q(pk__in=over))
    elif state == "excluded":
        sets = sets.exclude(excluded="")
    elif state:
        sets = sets.filter(state=state).exclude(pk__in=over) if state == "SUBMITTED" else sets.filter(state=state)
    shown = Paginator(sets.order_by("county", "unit"), _PAGE).get_page(request.GET.get("page"))
    deemed = set(
        ValueSet.objects.filter(pk__in=[one.pk for one in shown]).filter(pk__in=over).values_list("pk", flat=True)
    )
    labels = {one.value: told.label for one, told in workflow().machines["values"].states.items()}
    return {
        "page": shown,
        "rows": [(one, labels[DEEMED] if one.pk in deemed else labels[one.state]) for one in shown],
        "q": wanted,
        "state": state,
        "states": labels,
    }


def _do(
    request: Request, track: Track, counties: list[str], here: HttpResponse, show: Callable[[Refused], HttpResponse]
) -> HttpResponse:
    once = request.POST.get("once", "")
    if already_done(once) is not None:
        return here
    doer, now = request.doer, request.now
    try:
        said = _ACTS[request.POST.get("act", "")](request, track, counties)
    except KeyError:
        raise Http404 from None
    except Refused as refused:
        if refused.hidden:
            raise
        record_refusal(refused, by=doer, now=now)
        return show(refused)
    except Stale:
        messages.error(request, "别人刚办过，什么也没有改动。请看现在的情况再办。")
        return here
    remember_once(once, act=request.POST["act"], went_to=request.path, by=doer, now=now)
    messages.success(request, said)
    return here


def _check(request: Request, track: Track, counties: list[str]) -> str:
    done = check_county(track=track, county=counties[0], by=request.doer, now=request.now)
    return f"{counties[0]}：已审核{len(done)}个单位。"


def _approve(request: Request, track: Track, counties: list[str]) -> str:
    done = approve_city(track=track, counties=counties, by=request.doer, now=request.now)
    return f"市级已审{len(done)}个单位。"


def _accept(request: Request, track: Track, counties: list[str]) -> str:
    return f"已收下{len(accept_sets(track=track, counties=counties, by=request.doer, now=request.now))}个单位。"


def _urge(request: Request, track: Track, counties: list[str]) -> str:
    late = urge_offices(track=track, counties=counties, by=request.doer, now=request.now)
    return f"已催办：{len(late)}张报表的部门收到催办信。"


def _urge_units(request: Request, track: Track, counties: list[str]) -> str:
    count = urge_units(track=track, counties=counties, by=request.doer, now=request.now)
    return f"已催办：{count}个有账号的单位收到催办信。没有账号的，请发纸质一企一单。"


def _return(request: Request, track: Track, counties: list[str]) -> str:
    due = get_object_or_404(FormDue, pk=request.POST.get("form"), track=track, region__in=[counties[0], ""])
    return_form(due=due, because=request.POST.get("because", ""), by=request.doer, now=request.now)
    return f"已退回：{due.label}。"


_ACTS: dict[str, Callable[[Request, Track, list[str]], str]] = {
    "check": _check,
    "approve": _approve,
    "accept": _accept,
    "urge": _urge,
    "urge_units": _urge_units,
    "return": _return,
}
