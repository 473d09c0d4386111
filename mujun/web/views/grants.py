"""Roles: proposing one, confirming or declining it, ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mujun.web.actions.grants import confirm_grant, decline_grant, end_grant, propose_grant
from mujun.web.actions.refused import Refused
from mujun.web.forms.accounts import GrantForm, WhyForm
from mujun.web.models import RoleGrant
from mujun.web.permissions import allowed
from mujun.web.queries.people import role_label, target_of_person
from mujun.web.views.base import Request, page
from mujun.web.views.people import ask_to_see, seen_person
from mujun.workflow import Access, Target
from mujun.workflow.moment import CHINA


@page("grant_role")
def new(request: Request, pk: int) -> HttpResponse:
    person = seen_person(request, pk)
    decision = allowed(request.doer, "grant_role", Target(), request.now, Access.PROPOSE)
    if not decision.allowed:
        raise Refused("grant_role", "提请授予角色", decision, about=person.name)
    form = GrantForm(request.POST or None, initial={"since": request.now.astimezone(CHINA).date()})
    if request.method == "POST" and form.is_valid():
        since, until = form.since_until()
        try:
            propose_grant(
                person=person,
                role=form.cleaned_data["role"],
                bounds=form.bounds(),
                since=since,
                until=until,
                why=form.cleaned_data["why"],
                by=request.doer,
                now=request.now,
            )
        except Refused as refused:
            for one in refused.reasons:
                form.add_error(None, f"{one.message}{one.mend}")
        else:
            messages.success(request, "已提请，由安全管理员确认后生效。")
            return redirect("person", person.pk)
    told = {
        "form": form,
        "title": f"给{person.name}提请一个角色",
        "verb": "提请",
        "lead": "这件事由两人办理：系统管理员提请，安全管理员确认以后才生效，本人须重新登录。",
        "person": person,
    }
    return render(request, "mujun/people/form.html", told)


@require_POST
@page("grant_role")
def confirm(request: Request, key: str) -> HttpResponse:
    ask_to_see(request)
    try:
        grant = confirm_grant(key=key, by=request.doer, now=request.now)
    except Refused as refused:
        if [one.code for one in refused.reasons] not in (["not_reauthenticated"], ["no_second_factor"]):
            raise
        pk = refused.subject.partition(":")[2]
        return redirect(f"{reverse('reauthenticate')}?next={reverse('person', args=[pk])}")
    messages.success(request, f"已授予“{role_label(grant.role)}”。{grant.person.name}须重新登录。")
    return redirect("person", grant.person_id)


@require_POST
@page("grant_role")
def decline(request: Request, key: str) -> HttpResponse:
    ask_to_see(request)
    decline_grant(key=key, by=request.doer, now=request.now)
    messages.success(request, "已不予授予。")
    return redirect("people")


@page("set_security")
def end(request: Request, pk: int) -> HttpResponse:
    grant = get_object_or_404(RoleGrant.objects.select_related("person"), pk=pk)
    person = seen_person(request, grant.person_id)
    decision = allowed(request.doer, "set_security", target_of_person(person), request.now, Access.DO)
    if not decision.allowed:
        raise Refused("set_security", "终止角色", decision, about=person.name)
    form = WhyForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        end_grant(grant=grant, why=form.cleaned_data["why"], by=request.doer, now=request.now)
        messages.success(request, f"已终止“{role_label(grant.role)}”，已打开的页面立即失效。")
        return redirect("person", person.pk)
    told = {
        "form": form,
        "title": f"终止{person.name}的“{role_label(grant.role)}”",
        "verb": "终止",
        "lead": "终止以后立即不能再以这个角色办理；已经办过的事和记录不受影响。",
        "person": person,
    }
    return render(request, "mujun/people/form.html", told)
