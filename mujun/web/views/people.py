"""People as administrators see them: the list, and one person with his log-ins and roles."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from mujun.web.actions.identity import identity_missing
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import Account, Person
from mujun.web.permissions import allowed
from mujun.web.queries.people import (
    ROWS,
    asked_roles,
    people_for,
    role_label,
    roles_of,
    target_of_person,
    within,
)
from mujun.web.queries.second_factor import accounts_with_second_factor
from mujun.web.views.base import Request, page
from mujun.web.views.limits import limited
from mujun.workflow import Access, Target


@limited("search", "GET")
@page(*ROWS)
def people(request: Request) -> HttpResponse:
    ask_to_see(request)
    wanted, waiting = request.GET.get("q", ""), bool(request.GET.get("waiting"))
    found = people_for(request.doer, request.now, wanted)
    asked = asked_roles() if _may_see_roles(request.doer, request.now) else []
    if waiting:
        found = found.filter(pk__in={one.person.pk for one in asked})
    shown = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [
        (
            one,
            [
                (role_label(its.role), within({"domain": its.domain, "region": its.region, "agency": its.agency}))
                for its in roles_of(one, request.now)
            ],
        )
        for one in shown
    ]
    told = {"page": shown, "rows": rows, "q": wanted, "waiting": waiting, "asked": asked, "creates": creates(request)}
    return render(request, "mujun/people/people.html", told)


@page(*ROWS)
def person(request: Request, pk: int) -> HttpResponse:
    one = seen_person(request, pk)
    doer, now = request.doer, request.now
    target = target_of_person(one)
    roles = [
        (its, role_label(its.role), within(vars(its)), its in roles_of(one, now))
        for its in one.grants.order_by("since")
    ]
    me = doer.somebody.pk == one.pk
    told = {
        "person": one,
        "roles": roles,
        "asked": asked_roles(one) if _may_see_roles(doer, now) else [],
        "places": allowed(doer, "create_account", target, now, Access.DO).allowed and not me,
        "secures": allowed(doer, "set_security", target, now, Access.DO).allowed and not me,
        "proposes": allowed(doer, "grant_role", Target(), now, Access.PROPOSE).allowed and not me,
        "grants": doer.holds("SE") and not me,
        "unset": [found for found in identity_missing("grant_role", doer, now) if found.code == "no_second_factor"],
        "factors": accounts_with_second_factor(one),
        "resets": allowed(doer, "reset_second_factor", target, now, Access.DO).allowed and not me,
    }
    return render(request, "mujun/people/person.html", told)


def ask_to_see(request: Request) -> None:
    """Whoever administers anybody at all."""
    decisions = [allowed(request.doer, row, Target(), request.now) for row in ROWS]
    if not request.doer.holds("K") and not any(one.allowed for one in decisions):
        raise Refused("create_account", "查看人员账号", decisions[0])


def seen_person(request: Request, pk: int) -> Person:
    """Within his scope, or not found."""
    ask_to_see(request)
    found = people_for(request.doer, request.now).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def seen_account(request: Request, pk: int) -> Account:
    account = get_object_or_404(Account.objects.select_related("person"), pk=pk)
    seen_person(request, account.person_id)
    return account


def creates(request: Request) -> bool:
    """Whether there is anybody whose account he may make."""
    decision = allowed(request.doer, "create_account", Target(), request.now, Access.DO)
    return decision.allowed or request.doer.holds("K")


def _may_see_roles(doer: Doer, now: datetime) -> bool:
    return allowed(doer, "grant_role", Target(), now).allowed
