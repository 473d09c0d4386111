"""Facts of what is published: the public notice, the notice that issues the list, its dispatch, a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from mujun.documents.content.correction import Correction, Slip
from mujun.documents.content.dispatch import Dispatch, Standing
from mujun.documents.content.issued_list import DispatchRecord, IssuedList, Receipt
from mujun.documents.content.public_notice import PublicNotice as NoticeFacts
from mujun.documents.content.wording import chinese_day
from mujun.findings import CannotGoOn, Finding
from mujun.proof.checkpoint import Checkpoint
from mujun.proof.published_list import PublishedList
from mujun.web.models import Meeting, Publication, PublicNotice, Round
from mujun.web.programme import workdays
from mujun.web.queries.documents.lists import full_list, title_of
from mujun.web.queries.documents.senders import OFFICE, body, dispatch_of, marks, usual_recipients
from mujun.workflow.moment import CHINA

Lists = Mapping[str, PublishedList]
_LEAST_DIGITS = 7
GROUP = "省深化“亩均论英雄”改革工作领导小组"


def notice_facts(notice: PublicNotice, lists: Lists, checkpoint: Checkpoint, meeting: Meeting | None) -> NoticeFacts:
    """`notice` need not be saved yet."""
    round_ = notice.round
    sender = body(round_.programme, OFFICE)
    begins, closes = notice.opens_at.astimezone(CHINA), notice.ends_at.astimezone(CHINA)
    phone, address = _ways(notice.contact)
    return NoticeFacts(
        year=round_.year,
        office=sender.full,
        sealed_by=sender.seals,
        subject=title_of(round_),
        listed=full_list(round_, lists),
        basis=tuple(
            part.strip() for part in notice.basis.replace("\n", "；").rstrip("。；").split("；") if part.strip()
        ),
        decided_at=decided_at(meeting),
        begins=begins.date(),
        closes=closes.replace(tzinfo=None),
        workdays=workdays_between(begins.date(), closes.date()),
        contact=phone,
        address=address,
        checkpoint=checkpoint.text.strip(),
        marks=marks(Standing.ISSUED),
        made_on=begins.date(),
    )


def issued_facts(
    round_: Round, dispatch: Dispatch, lists: Lists, checkpoint: Checkpoint, meeting: Meeting | None
) -> IssuedList:
    assert dispatch.printed_on is not None
    return IssuedList(
        dispatch=dispatch,
        year=round_.year,
        subject=title_of(round_),
        listed=full_list(round_, lists),
        decided_at=decided_at(meeting),
        noticed=_noticed(round_),
        checkpoint=checkpoint.text.strip(),
        made_on=dispatch.printed_on,
    )


def dispatch_record(dispatch: Dispatch, title: str) -> DispatchRecord:
    """One line for each who gets it, to be signed on paper."""
    assert dispatch.printed_on is not None
    receipts = tuple(Receipt(to=name) for name in (*dispatch.to, *dispatch.copies))
    return DispatchRecord(dispatch=dispatch, title=title, receipts=receipts, made_on=dispatch.printed_on)


def correction_facts(
    round_: Round,
    dispatch: Dispatch,
    old: Publication,
    slips: tuple[Slip, ...],
    before: Lists,
    after: Lists,
    checkpoint: Checkpoint,
) -> Correction:
    assert dispatch.printed_on is not None
    return Correction(
        dispatch=dispatch,
        subject=title_of(round_),
        corrects=f"《关于公布{title_of(round_)}的通知》（{old.document_number}）",
        slips=slips,
        before=full_list(round_, before),
        after=full_list(round_, after),
        checkpoint=checkpoint.text.strip(),
        made_on=dispatch.printed_on,
    )


def office_dispatch(
    round_: Round,
    number: str,
    dated: date,
    printed_on: date,
    to: tuple[str, ...] = (),
    copies: tuple[str, ...] = (),
) -> Dispatch:
    usual_to, usual_copies = usual_recipients(round_.programme)
    return dispatch_of(
        round_.programme,
        OFFICE,
        to or usual_to,
        copies=copies or usual_copies,
        number=number,
        dated=dated,
        printed_on=printed_on,
        standing=Standing.ISSUED,
    )


def decided_at(meeting: Meeting | None) -> str:
    day = f"{chinese_day(meeting.held_on)}" if meeting is not None and meeting.held_on else ""
    return f"{GROUP}{day}会议审定"


def workdays_between(begins: date, ends: date) -> int:
    """How many whole workdays a notice ran: the day on which it was opened does not count."""
    count = 0
    for offset in range(1, (ends - begins).days + 1):
        works = workdays().is_workday(begins + timedelta(days=offset))
        if isinstance(works, Finding):
            raise CannotGoOn([works])
        count += works
    return count


def _ways(contact: str) -> tuple[str, str]:
    """Telephone and address out of what the office typed into one field; where they cannot be told apart, all of it."""
    parts = [part.strip() for part in re.split("[，,；;]", contact) if part.strip()]
    phones = [part for part in parts if len(re.sub(r"\D", "", part)) >= _LEAST_DIGITS]
    rest = [part for part in parts if part not in phones]
    return "，".join(phones) or contact, "，".join(rest) or contact


def _noticed(round_: Round) -> str:
    spans = [
        f"{chinese_day(_day(one.opens_at))}至{chinese_day(_day(one.ends_at))}"
        for one in round_.notices.filter(opened_at__isnull=False).order_by("number")
    ]
    return f"于{'、'.join(spans)}向社会公示" if spans else "向社会公示"


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
