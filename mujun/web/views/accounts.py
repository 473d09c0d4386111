"""Making log-ins, handing a password at the desk, stopping, letting in again. A password is shown once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.accounts import (
    Handed,
    create_account,
    let_try_again,
    record_places,
    reset_password,
    restore_account,
    stop_account,
)
from mujun.web.actions.identity import identity_missing
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused
from mujun.web.actions.second_factor import reset_second_factor
from mujun.web.forms.accounts import AccountForm, PlacesForm, WhyForm
from mujun.web.models import Person
from mujun.web.permissions import allowed
from mujun.web.queries.people import target_of_person
from mujun.web.views.base import Request, page
from mujun.web.views.people import creates, seen_account, seen_person
from mujun.workflow import Access, Target


@page("create_account")
def new(request: Request) -> HttpResponse:
    decision = allowed(request.doer, "create_account", Target(), request.now, Access.DO)
    if not creates(request):
        raise Refused("create_account", "建立账号", decision)
    form = AccountForm(request.POST or None, for_unit=not decision.allowed)
    if request.method == "POST" and form.is_valid():
        try:
            return _handed(request, create_account(**form.cleaned_data, by=request.doer, now=request.now), new=True)
        except Refused as refused:
            unit = form.cleaned_data["unit"]
            if not unit and not decision.allowed:
                raise
            record_refusal(refused, by=request.doer, now=request.now)
            if refused.hidden:  # of another county, or of none: the answer is the same
                form.add_error("unit", "没有找到这个单位，或它不在您的范围以内。请核对代码，或先导入名录。")
            for one in refused.reasons if not refused.hidden else ():
                form.add_error("username" if one.code == "name_taken" else "unit", f"{one.message}{one.mend}")
    lead = "账号建好以后会显示一次初始密码，三天内有效，只能用一次；本人登录后须自己改。"
    lead += "角色另行授予，由两人办理。" if decision.allowed else "只能给本县的企业、园区、小镇建立账号。"
    return _form(request, form, "建立账号", "建立", lead)


@page("set_security")
def password(request: Request, pk: int) -> HttpResponse:
    account = seen_account(request, pk)
    _ask(request, account.person, "当面重设密码")
    if request.method == "POST":
        return _handed(request, reset_password(account=account, by=request.doer, now=request.now))
    lead = (
        f"请先当面核对{account.person.name}的证件。重设以后原来的密码和已打开的页面立即失效，新的初始密码只显示一次。"
    )
    return _form(request, None, f"重设{account.username}的密码", "已核对证件，重设", lead, account.person)


@page("reset_second_factor")
def second_factor(request: Request, pk: int) -> HttpResponse:
    account = seen_account(request, pk)
    _ask(request, account.person, "重设动态口令", "reset_second_factor")
    missing = identity_missing("reset_second_factor", request.doer, request.now)
    form = None if missing else WhyForm(request.POST or None, label_suffix="")
    if form is not None and request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        reset_second_factor(account=account, why=why, by=request.doer, now=request.now)
        messages.success(request, f"已重设{account.username}的动态口令，已打开的页面立即失效。请本人登录后重新设置。")
        return redirect("person", account.person_id)
    lead = (
        f"请先当面核对{account.person.name}的证件。重设以后，原来手机上的口令和恢复码都作废，由本人重新设置；"
        "您看不到旧的，也看不到新的。密码不变。"
    )
    told = {"missing": missing, "form": form, "lead": lead, "person": account.person, "verb": "已核对证件，重设"}
    told["title"] = f"重设{account.username}的动态口令"
    return render(request, "mujun/people/form.html", told, status=409 if missing and request.method == "POST" else 200)


@page("set_security")
def stop(request: Request, pk: int) -> HttpResponse:
    account = seen_account(request, pk)
    _ask(request, account.person, "停用账号")
    form = WhyForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        stop_account(account=account, why=form.cleaned_data["why"], by=request.doer, now=request.now)
        messages.success(request, f"已停用{account.username}，已打开的页面立即失效。")
        return redirect("person", account.person_id)
    lead = "停用以后立即不能登录，已打开的页面也失效。办过的事和记录不受影响。"
    return _form(request, form, f"停用{account.username}", "停用", lead, account.person)


@page("set_security")
def restore(request: Request, pk: int) -> HttpResponse:
    account = seen_account(request, pk)
    _ask(request, account.person, "恢复账号")
    form = WhyForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        restore_account(account=account, why=form.cleaned_data["why"], by=request.doer, now=request.now)
        messages.success(request, f"已恢复{account.username}。")
        return redirect("person", account.person_id)
    return _form(request, form, f"恢复{account.username}", "恢复", "恢复以后可用原来的密码登录。", account.person)


@require_POST
@page("set_security")
def try_again(request: Request, pk: int) -> HttpResponse:
    account = seen_account(request, pk)
    let_try_again(account=account, by=request.doer, now=request.now)
    messages.success(request, f"已解除{account.username}的登录次数限制。")
    return redirect("person", account.person_id)


@page("create_account")
def places(request: Request, pk: int) -> HttpResponse:
    person = seen_person(request, pk)
    decision = allowed(request.doer, "create_account", target_of_person(person), request.now, Access.DO)
    if not decision.allowed:
        raise Refused("create_account", "登记来自何处、所在处室", decision, about=person.name)
    known = {"places": "、".join(person.places or []), "desks": "、".join(person.desks or [])}
    form = PlacesForm(request.POST or None, initial=known, label_suffix="")
    if request.method == "POST" and form.is_valid():
        where, desks = form.lists()
        record_places(person=person, places=where, desks=desks, by=request.doer, now=request.now)
        messages.success(request, "已登记。")
        return redirect("person", person.pk)
    lead = "评审、审定、受理异议时据此计算回避。没有登记的人不能办须回避核对的事；留空保存表示确认没有。"
    return _form(request, form, "登记来自何处、所在处室", "登记", lead, person)


def _ask(request: Request, person: Person, label: str, row: str = "set_security") -> None:
    decision = allowed(request.doer, row, target_of_person(person), request.now, Access.DO)
    if not decision.allowed:
        raise Refused(row, label, decision, about=person.name)


def _handed(request: Request, handed: Handed, new: bool = False) -> HttpResponse:
    return render(request, "mujun/people/handed.html", {"handed": handed, "person": handed.account.person, "new": new})


def _form(
    request: Request, form: object, title: str, verb: str, lead: str, person: Person | None = None
) -> HttpResponse:
    told = {"form": form, "title": title, "verb": verb, "lead": lead, "person": person}
    return render(request, "mujun/people/form.html", told)
