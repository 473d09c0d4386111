"""Objections: filed with a receipt, admitted or refused, decided by another, answered. Nothing that comes is lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import Any

from attrs import frozen
from django.db import transaction

from mujun.digest import digest_bytes
from mujun.findings import Finding
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import begin, carries_out, take
from mujun.web.doer import Doer
from mujun.web.models import Ground, Item, Message, Objection, Question, Round
from mujun.web.permissions import allowed
from mujun.web.programme import workdays, workflow
from mujun.web.queries.facts.objection import objection_target
from mujun.web.queries.issued import running_notice
from mujun.workflow import Access, Actor, Answer, Decision
from mujun.workflow.decision import reason
from mujun.workflow.moment import CHINA

Form = dict[str, Any]


@frozen
class Filed:
    """`code` is told once, to the objector; the site keeps its hash."""

    objection: Objection
    code: str


def objector(code: str, name: str, phone: str) -> Doer:
    """Somebody of the public who gives his name and how to reach him; known again by his code."""
    return Doer(None, Actor(person=f"objector:{code_hash(code)}", real_name=bool(name.strip() and phone.strip())))


def code_hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


def new_code() -> str:
    """Ten characters nobody mistakes for others."""
    return "".join(secrets.choice("ABCDEFGHJKMNPQRSTUVWXYZ23456789") for _ in range(10))


@transaction.atomic
def file_objection(
    *,
    round_: Round,
    domain: str,
    key: str,
    grounds: list[str],
    name: str,
    phone: str,
    may_disclose: bool = False,
    evidence: list[str] | None = None,
    on_paper: bool = False,
    scan_hash: str = "",
    code: str = "",
    by: Doer | None = None,
    now: datetime,
) -> Filed:
    """By the public under a real name, by a unit, or entered from paper by the desk. Late ones are recorded as late."""
    code = code or new_code()
    grounds = [one.strip() for one in grounds if one.strip()]
    text = "\n".join(f"{number}. {one}" for number, one in enumerate(grounds, 1))
    item = Item.objects.filter(round=round_, domain=domain, key=key).first()
    doer = by if by is not None and by.person is not None else objector(code, name, phone)
    notice = running_notice(round_)
    objection = Objection(
        round=round_,
        notice=notice,
        receipt=_next_receipt(round_),
        received_at=now,
        domain=domain,
        key=key,
        target_name=item.name if item is not None else "",
        text=text,
        text_hash=digest_bytes(text.encode()).sha256,
        objector=name.strip(),
        objector_phone=phone.strip(),
        objector_person=by.person if by is not None and not on_paper else None,
        real_name=bool(name.strip() and phone.strip()),
        may_disclose=may_disclose,
        look_up_code=code_hash(code),
        on_paper=on_paper,
        scan_hash=scan_hash,
        evidence=evidence or [],
        entered_by=by.person if by is not None and on_paper else None,
        concerns_notice=item is not None,
    )
    begin("O1", objection, {"receipt": objection.receipt, "text_hash": objection.text_hash}, by=doer, now=now)
    for one in grounds:
        Ground.objects.create(objection=objection, text=one)
    return Filed(objection, code)


@carries_out("O1")
def _receive(row: Objection, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    row.late = row.notice is not None and now > row.notice.ends_at
    due = workdays().after(now.astimezone(CHINA).date(), workflow().settings.answer_workdays)
    row.answer_due = None if isinstance(due, Finding) else due
    row.save(update_fields=["late", "answer_due"])
    _tell_desk(f"收到异议{row.receipt}{'（超期）' if row.late else ''}，请受理或不予受理。", row, now)


@carries_out("O2")
def _admit(row: Objection, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    row.admitted_by = by.somebody
    if form.get("forwarded_to"):
        row.forwarded_to = str(form["forwarded_to"])
    row.save(update_fields=["admitted_by", "forwarded_to"])
    _tell_desk(f"异议{row.receipt}已受理，请另一位复核员复核决定。", row, now)


@carries_out("O3")
def _refuse(row: Objection, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    row.admitted_by = by.somebody
    row.refusal, row.next_door = str(form["refusal"]), str(form["next_door"])
    row.duplicate_of = str(form.get("duplicate_of", ""))
    if form.get("concerns_notice") is not None:
        row.concerns_notice = bool(form["concerns_notice"])
    row.save(update_fields=["admitted_by", "refusal", "next_door", "duplicate_of", "concerns_notice"])


@carries_out("O4u", "O4p", "O4r")
def _decide(row: Objection, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    row.decided_by, row.decided_at = by.somebody, now
    row.changes_list = bool(form.get("changes_list", False))
    row.change = form.get("change", {})
    row.next_door = str(form.get("next_door", ""))
    row.save(update_fields=["decided_by", "decided_at", "changes_list", "change", "next_door"])
    for ground in row.grounds.all():
        ground.answer = str(form.get("answers", {}).get(str(ground.pk), ""))
        ground.save(update_fields=["answer"])
    if row.changes_list:
        Message.objects.create(
            to_role="A", at=now, text=f"异议{row.receipt}成立，名单须变更，请提请领导小组再次审定。", urgent=True
        )


@carries_out("O5")
def _remedy(row: Objection, form: Form, *, decision: Decision, by: Doer, now: datetime) -> None:
    row.remedy = str(form["remedy"])
    row.save(update_fields=["remedy"])


def withdraw(*, objection: Objection, code: str, now: datetime) -> None:
    """By the objector himself, with his code, before the decision."""
    take("O7", objection, by=objector(code, objection.objector, objection.objector_phone), now=now)


@transaction.atomic
def send_answer(*, objection: Objection, by: Doer, now: datetime) -> Objection:
    """The answer has gone to the objector: the site shows it to whoever has the code."""
    _may(by, objection, now, "送达答复")
    objection.answer_sent_at = now
    objection.save(update_fields=["answer_sent_at"])
    record_event("send_answer", "送达答复", by=by, now=now, subject=objection.subject, about=objection.receipt)
    return objection


@transaction.atomic
def ask(*, objection: Objection, to: str, text: str, due: date, by: Doer, now: datetime) -> Question:
    """A question to the objector or to the objected-to party, with a date."""
    _may(by, objection, now, "询问")
    if objection.state != "ADMITTED" or not text.strip():
        raise _refused(
            objection, "询问", reason("not_admitted", "只在受理以后、决定以前询问。", "请先受理，并写明问题。")
        )
    made = Question.objects.create(objection=objection, to=to, text=text, due=due, asked_by=by.somebody, asked_at=now)
    facts = {"to": to, "text": text, "due": due.isoformat()}
    record_event("ask", "询问", by=by, now=now, subject=objection.subject, about=objection.receipt, facts=facts)
    return made


@transaction.atomic
def answer_question(
    *, question: Question, text: str, code: str = "", by: Doer | None = None, now: datetime
) -> Question:
    """By the objector with his code, or noted by the desk (also: 逾期未答)."""
    objection = question.objection
    if by is not None and by.person is not None:
        _may(by, objection, now, "记录答复")
    elif code_hash(code) != objection.look_up_code:
        raise _refused(objection, "答复询问", reason("not_the_objector", "查询码不对。", "请核对回执上的查询码。"))
    question.answer, question.answered_at = text, now
    question.save(update_fields=["answer", "answered_at"])
    record_event("answer_question", "答复询问", by=by, now=now, subject=objection.subject, about=objection.receipt)
    return question


@transaction.atomic
def reveal_objector(*, objection: Objection, why: str, by: Doer, now: datetime) -> tuple[str, str]:
    """Who objected: told to the desk alone, with a typed reason, and recorded (X23)."""
    _may(by, objection, now, "查看异议人身份")
    if not why.strip():
        raise _refused(
            objection, "查看异议人身份", reason("no_reason", "没有写为什么要看。", "请写明，它会记入审计记录。")
        )
    facts = {"reason": why}
    record_event(
        "reveal", "查看异议人身份", by=by, now=now, subject=objection.subject, about=objection.receipt, facts=facts
    )
    return objection.objector, objection.objector_phone


def _may(by: Doer, objection: Objection, now: datetime, label: str) -> None:
    decision = allowed(by, "admit_objection", objection_target(objection), now, Access.DO)
    if not decision.allowed:
        raise Refused("admit_objection", label, decision, objection.subject, objection.receipt)


def _refused(objection: Objection, label: str, why: Finding) -> Refused:
    return Refused(why.code, label, Decision(Answer.DENIED, (why,)), objection.subject, objection.receipt)


def _next_receipt(round_: Round) -> str:
    return f"异{round_.year}-{Objection.objects.filter(round=round_).count() + 1:04}"


def _tell_desk(text: str, row: Objection, now: datetime) -> None:
    Message.objects.create(to_role="O", at=now, text=text, link=f"/objections/{row.receipt}/")
