"""A corrected value in answer to a dispute: a file of one row, brought in as any other, so that it can be traced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mujun.findings import CannotGoOn
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.bring_in import NotBroughtIn, bring_in, look_at
from mujun.web.actions.values.confirm import answer_dispute
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.models import Dispute
from mujun.web.queries.values.book import forms_of_track
from mujun.web.queries.values.held import held_of
from mujun.web.queries.values.offices import Desk, desk_of
from mujun.web.queries.values.sheet import write_sheet
from mujun.workflow import Decision
from mujun.workflow.decision import Answer, reason


@transaction.atomic
def correct_cell(*, dispute: Dispute, value: str, answer: str, by: Doer, now: datetime) -> Dispute:
    """The value into the store, then the answer: both or neither. What is asked about the value is set aside with the
    answer as its reason.
    """
    desk = _desk(dispute, by, now)
    variable = next(one for one in desk.form.variables if one.id == dispute.variable)
    row = dispute.value_set
    held = held_of(row, desk.form) | {variable.id: value.strip()}
    cells = [held.get(one.id) or "" for one in desk.form.variables]
    sha256 = keep(write_sheet(desk.form, [[row.unit, row.name, *cells]]))
    name = f"答复疑问{dispute.pk}-{variable.label}.csv"
    try:
        looked = look_at(desk, sha256, name, by=by, now=now)
        reasons = {finding.code: answer for finding in looked.files[0].open}
        bring_in(desk=desk, sha256=sha256, name=name, reasons=reasons, by=by, now=now)
    except NotBroughtIn as error:
        raise _refused(dispute, Decision(Answer.DENIED, error.looked.files[0].findings)) from error
    except CannotGoOn as error:
        raise _refused(dispute, Decision(Answer.DENIED, tuple(error.findings))) from error
    return answer_dispute(dispute=dispute, corrected=True, answer=answer, by=by, now=now)


def _desk(dispute: Dispute, by: Doer, now: datetime) -> Desk:
    """The main form with the variable; what is worked out of a detail is corrected there, by a file."""
    track = dispute.value_set.track
    form = next(
        (
            one
            for one in forms_of_track(track)
            if not one.table
            and one.scheme == dispute.value_set.scheme
            and dispute.variable in {variable.id for variable in one.variables}
        ),
        None,
    )
    if form is None:
        message = f"“{dispute.label}”由明细算出，不能直接改。"
        mend = "请先把改正的明细报上来，再答复“已更正”。"
        raise _refused(dispute, Decision(Answer.DENIED, (reason("derived", message, mend),)))
    desk, decision = desk_of(track, form.id, by, now)
    if desk is None:
        raise _refused(dispute, decision)
    return desk


def _refused(dispute: Dispute, decision: Decision) -> Refused:
    row = dispute.value_set
    return Refused("answer_dispute", "答复疑问", decision, row.subject, row.name)
