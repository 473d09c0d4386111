"""Objections: filing one, asking how it stands, and the desk that receives and decides them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mujun.web.actions.keep import keep_upload
from mujun.web.actions.objections import (
    answer_question,
    ask,
    code_hash,
    file_objection,
    reveal_objector,
    send_answer,
    withdraw,
)
from mujun.web.actions.once import already_done, remember_once
from mujun.web.actions.refused import Refused
from mujun.web.forms.objections import LookUpForm, ObjectionForm, PaperForm, QuestionForm, RevealForm
from mujun.web.models import Item, Objection, Question, Round
from mujun.web.permissions import allowed
from mujun.web.queries.compiled import standing_items
from mujun.web.queries.facts.objection import objection_target
from mujun.web.queries.issued import published_scope, running_notice
from mujun.web.queries.slugs import slug_of
from mujun.web.views.base import Request, page, public_page
from mujun.web.views.limits import limited
from mujun.web.views.options import options
from mujun.workflow import Access, Target
from mujun.workflow.states import ObjectionState


@limited("objection")
@public_page
def file(request: Request) -> HttpResponse:
    """By anybody under his name. The receipt shows a code once, with which he asks later."""
    round_ = _round_on_notice()
    form = _form(ObjectionForm, request, round_)
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        domain, key = _meant(round_, form.cleaned_data["item"])
        evidence = form.cleaned_data["evidence"]
        kept = [keep_upload(evidence)] if evidence else []
        with transaction.atomic():
            if already_done(once) is not None:
                return redirect("look_up_objection")
            filed = file_objection(
                round_=round_,
                domain=domain,
                key=key,
                grounds=form.grounds(),
                name=form.cleaned_data["name"],
                phone=form.cleaned_data["phone"],
                may_disclose=form.cleaned_data["may_disclose"],
                evidence=kept,
                by=request.doer,
                now=request.now,
            )
            remember_once(once, act="O1", went_to="/notice/objection/", by=request.doer, now=request.now)
        said = {"objection": filed.objection, "code": filed.code, "round": round_}
        return render(request, "mujun/notice/receipt.html", said)
    return render(
        request, "mujun/notice/object.html", {"form": form, "round": round_, "notice": running_notice(round_)}
    )


@limited("look_up")
@public_page
def look_up(request: Request) -> HttpResponse:
    """How an objection stands, for whoever has its number and code; there he answers questions and may withdraw."""
    form = LookUpForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        found = Objection.objects.filter(receipt=told["receipt"].strip(), look_up_code=code_hash(told["code"])).first()
        if found is None:
            form.add_error(None, "受理号或查询码不对。两样都印在回执上。")
        elif "withdraw" in request.POST:
            withdraw(objection=found, code=told["code"], now=request.now)
            messages.success(request, f"已撤回异议{found.receipt}。记录仍保留。")
        elif request.POST.get("question"):
            question = get_object_or_404(Question, objection=found, pk=request.POST["question"], answered_at=None)
            answer_question(question=question, text=request.POST.get("answer", ""), code=told["code"], now=request.now)
    return render(request, "mujun/notice/look_up.html", {"form": form, "found": found})


@page("admit_objection")
def desk(request: Request) -> HttpResponse:
    """All objections, with what each waits for."""
    _ask(request, Target(under_objection=True), "查看异议")
    rows = Objection.objects.select_related("round").order_by("-received_at")
    open_ones = [one for one in rows if one.state not in (ObjectionState.CLOSED, ObjectionState.WITHDRAWN)]
    closed = [one for one in rows if one.state in (ObjectionState.CLOSED, ObjectionState.WITHDRAWN)]
    return render(request, "mujun/notice/desk.html", {"open": open_ones, "closed": closed})


@limited("paper")
@page("file_objection")
def paper(request: Request) -> HttpResponse:
    """An objection on paper, entered by the desk with its scan."""
    round_ = _round_on_notice()
    if not request.doer.holds("O"):
        raise Http404
    form = _form(PaperForm, request, round_)
    if request.method == "POST" and form.is_valid():
        domain, key = _meant(round_, form.cleaned_data["item"])
        filed = file_objection(
            round_=round_,
            domain=domain,
            key=key,
            grounds=form.grounds(),
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            on_paper=True,
            scan_hash=keep_upload(form.cleaned_data["scan"]),
            by=request.doer,
            now=request.now,
        )
        messages.success(
            request, f"已登记，受理号{filed.objection.receipt}，查询码{filed.code}。请抄在回执上交给异议人。"
        )
        return redirect("objection", filed.objection.receipt)
    return render(request, "mujun/notice/paper.html", {"form": form, "round": round_})


@page("admit_objection")
def show(request: Request, receipt: str) -> HttpResponse:
    """One objection, for the desk. Who objects is not on it: it is revealed with a reason."""
    found = _found(request, receipt)
    return render(
        request,
        "mujun/notice/objection.html",
        {
            "objection": found,
            "options": options(found, request.doer, request.now),
            "question_form": QuestionForm(),
            "reveal_form": RevealForm(),
            "may_send": found.state in ("REFUSED", "UPHELD", "PARTLY", "REJECTED", "REMEDIED", "WITHDRAWN")
            and found.answer_sent_at is None,
        },
    )


@require_POST
@page("admit_objection")
def question(request: Request, receipt: str) -> HttpResponse:
    found = _found(request, receipt)
    form = QuestionForm(request.POST)
    if form.is_valid():
        ask(objection=found, **form.cleaned_data, by=request.doer, now=request.now)
    else:
        messages.error(request, "请写明问谁、问什么、何时答复。")
    return redirect("objection", receipt)


@require_POST
@page("admit_objection")
def answered(request: Request, receipt: str, pk: int) -> HttpResponse:
    found = _found(request, receipt)
    asked = get_object_or_404(Question, objection=found, pk=pk, answered_at=None)
    answer_question(question=asked, text=request.POST.get("answer", "") or "逾期未答", by=request.doer, now=request.now)
    return redirect("objection", receipt)


@require_POST
@page("admit_objection")
def sent(request: Request, receipt: str) -> HttpResponse:
    send_answer(objection=_found(request, receipt), by=request.doer, now=request.now)
    messages.success(request, "已记为送达。异议人凭受理号和查询码可以看到答复。")
    return redirect("objection", receipt)


@require_POST
@page("admit_objection")
def reveal(request: Request, receipt: str) -> HttpResponse:
    found = _found(request, receipt)
    name, phone = reveal_objector(objection=found, why=request.POST.get("why", ""), by=request.doer, now=request.now)
    messages.info(request, f"异议人：{name}，联系方式：{phone}。这次查看已记入审计记录。")
    return redirect("objection", receipt)


def _found(request: Request, receipt: str) -> Objection:
    found = get_object_or_404(Objection.objects.select_related("round", "notice"), receipt=receipt)
    _ask(request, objection_target(found), "查看异议", found)
    return found


def _ask(request: Request, target: Target, label: str, found: Objection | None = None) -> None:
    decision = allowed(request.doer, "admit_objection", target, request.now, Access.DO)
    if not decision.allowed:
        raise Refused("admit_objection", label, decision, found.subject if found is not None else "")


def _round_on_notice() -> Round:
    round_ = Round.objects.exclude(state="CANCELLED").order_by("-year").first()
    if round_ is None or running_notice(round_) is None:
        raise Http404
    return round_


def _form(kind: type[ObjectionForm], request: Request, round_: Round) -> Any:
    form = kind(request.POST or None, request.FILES or None, initial={"item": request.GET.get("item", "")})
    form.label_suffix = ""
    scope = published_scope(round_)
    items = [one for one in standing_items(round_) if scope.get(one.domain, True)]
    choices = [(_address(round_, one), f"{one.name}（{one.county}）") for one in items]
    form.fields["item"].choices = choices  # type: ignore[attr-defined]
    return form


def _address(round_: Round, item: Item) -> str:
    """How a public form names an item: never by the unit's code."""
    return f"{item.domain}:{slug_of(round_.year, item.domain, item.name, item.county)}"


def _meant(round_: Round, address: str) -> tuple[str, str]:
    """Domain and key of the item of that address; the form has made sure that there is one."""
    item = next(one for one in standing_items(round_) if _address(round_, one) == address)
    return item.domain, item.key
