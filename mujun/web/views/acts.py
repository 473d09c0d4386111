"""The page of one act: what it does, on what basis, what stands against it, the button. One for every edge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mujun.web.actions.once import already_done, remember_once
from mujun.web.actions.record import record_refusal
from mujun.web.actions.refused import Refused, Stale
from mujun.web.actions.step import open_proposal, propose, proposing, take
from mujun.web.forms.base import FORMS, ROOMS, WITHOUT_PAGE, ActForm
from mujun.web.models import Proposal, Track
from mujun.web.models.rounds import Machine
from mujun.web.permissions import OWN
from mujun.web.programme import the_law, workflow
from mujun.web.queries.facts import facts_of
from mujun.web.queries.told import clauses_to_write, told_form
from mujun.web.views.base import Request, link_to, page, the_row
from mujun.web.views.options import CONFIRM, PROPOSE, said_as, ways_of
from mujun.workflow import Decision, Edge, decide
from mujun.workflow import propose as may_propose
from mujun.workflow.decision import NOT_FOUND


@page(OWN)
def act(request: Request, machine: str, pk: int, edge: str) -> HttpResponse:
    """Which row of the matrix it needs, the edge itself says; the core asks it."""
    row = the_row(machine, pk)
    step = next((one for one in workflow().edges if one.id == edge and one.machine == machine), None)
    if step is None or step.automatic or step.id in WITHOUT_PAGE:
        raise Refused(edge, edge, _no_such_step())
    before = already_done(request.POST.get("once", ""))
    if before is not None:
        return redirect(before or link_to(row))
    how = _how(request, step, row)
    if request.method == "GET" and edge in ROOMS and isinstance(row, Track) and how != CONFIRM:
        return redirect(ROOMS[edge], row.round.year, row.domain)
    if request.method == "POST":
        return _do(request, step, row, how)
    return _show(request, step, row, how, None)


def _how(request: Request, edge: Edge, row: Machine) -> str:
    """Alone, first or second; whoever may be neither is refused with the reasons."""
    mine = ways_of(edge, row, request.doer, request.now)
    if mine:
        wanted = request.POST.get("how") or request.GET.get("how")
        return next((one.how for one in mine if one.how == wanted), mine[-1].how)
    facts = facts_of(row, edge, {}, request.now)
    decision = decide(edge, facts, request.doer.actor, request.now)
    if edge.proposed_by and any(role in request.doer.roles for role in edge.proposed_by):
        decision = may_propose(edge, facts, request.doer.actor, request.now)
    raise Refused(edge.id, edge.label, decision, row.subject, str(row))


def _do(request: Request, edge: Edge, row: Machine, how: str) -> HttpResponse:
    form = None if how == CONFIRM else _form(request, edge, row)
    if form is not None and not form.is_valid():
        return _show(request, edge, row, how, form, status=422)
    once = request.POST.get("once", "")
    try:
        content = form.content() if form is not None else {}
        with transaction.atomic():
            if (before := already_done(once)) is not None:
                return redirect(before or link_to(row))
            if how == PROPOSE:
                propose(edge.id, row, content, by=request.doer, now=request.now)
                said = f"已{proposing(edge)}，等待另一个人确认。"
            else:
                take(edge.id, row, content, by=request.doer, now=request.now)
                said = f"已办：{edge.label}。"
            remember_once(once, act=edge.id, went_to=link_to(row), by=request.doer, now=request.now)
    except Refused as refused:
        if refused.hidden:
            raise
        row.refresh_from_db()  # what the act had moved is back where it was
        record_refusal(refused, by=request.doer, now=request.now)
        return _show(request, edge, row, how, form, refused, status=409)
    except Stale:
        messages.error(request, "别人刚办过这一步，什么也没有改动。请看现在的情况再办。")
        return redirect(link_to(row))
    messages.success(request, said)
    return redirect(link_to(row))


def _form(request: Request, edge: Edge, row: Machine) -> ActForm | None:
    kind = FORMS.get(edge.id)
    if kind is None:
        return None
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind(*data, row=row, doer=request.doer, now=request.now)


def _show(
    request: Request,
    edge: Edge,
    row: Machine,
    how: str,
    form: ActForm | None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    proposal = open_proposal(row)
    if form is None and how != CONFIRM:
        form = _form(request, edge, row) if request.method != "POST" else form
    mine = next((one for one in ways_of(edge, row, request.doer, request.now) if one.how == how), None)
    against = refused.reasons if refused is not None else mine.against if mine is not None else ()
    said: dict[str, Any] = {
        "edge": edge,
        "row": row,
        "how": how,
        "form": form,
        "back": link_to(row),
        "refused": refused,
        "against": against,
        "no_second_factor": any(one.code == "no_second_factor" for one in against),
        "notes": mine.notes if mine is not None else (),
        "basis": _basis(edge),
        "title": said_as(edge, how),
        "proposal": proposal if how == CONFIRM else None,
        "told": _told(row, edge, proposal) if how == CONFIRM else (),
        "clauses": clauses_to_write(row, edge.id, proposal.form) if how == CONFIRM and proposal is not None else (),
    }
    return render(
        request, (form.template if form is not None and form.template else "mujun/act.html"), said, status=status
    )


def _told(row: Machine, edge: Edge, proposal: Proposal | None) -> list[tuple[str, str]]:
    """The proposed form, in words."""
    if proposal is None:
        return []
    kind = FORMS.get(edge.id)
    labels = {name: str(field.label or name) for name, field in kind.base_fields.items()} if kind is not None else {}
    return told_form(row, proposal.form, labels)


def _basis(edge: Edge) -> str:
    return the_law().cite(edge.basis.clause) if edge.basis.clause else f"假设：{edge.basis.assumption}"


def _no_such_step() -> Decision:
    return NOT_FOUND
