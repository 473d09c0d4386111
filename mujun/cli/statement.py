"""`mujun statement`: one unit's own sheet of a sealed dataset, to confirm or dispute."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from attrs import frozen

from mujun.cli.sealed_scheme import sealed_scheme
from mujun.cli.show import console
from mujun.documents.statement import collect_statement, write_statement_docx, write_statement_xlsx
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import load_law
from mujun.scheme import load_round
from mujun.store import Store, open_sealed
from mujun.store.trace import trace_all

_WRITERS = {".docx": write_statement_docx, ".xlsx": write_statement_xlsx}


@frozen
class Answering:
    """Till when, to whom and how a statement is answered; `silence` says what it means not to answer."""

    deadline: date
    contact: str
    return_to: str = ""
    silence: str = ""


def answering(deadline: datetime | None, contact: str, return_to: str, silence: str, today: date) -> Answering:
    """Raises CannotGoOn when a statement would not say till when to answer and whom to call."""
    findings = []
    if deadline is None:
        mend = "请用 --deadline 2019-06-14 写明。"
        findings.append(Finding(Severity.ERROR, "no_deadline", "没有写截止日期：收单的人不知道哪天以前答复。", mend))
    elif deadline.date() < today:
        message = f"截止日期{deadline:%Y-%m-%d}已经过了（今天是{today}）。"
        findings.append(Finding(Severity.ERROR, "deadline_passed", message, "请核对 --deadline 的年月日。"))
    if not contact.strip():
        mend = "请用 --contact “某某局 姓名，电话”写明。"
        findings.append(Finding(Severity.ERROR, "no_contact", "没有写联系人：收单的人不知道问谁。", mend))
    if deadline is None or findings:
        raise CannotGoOn(findings)
    return Answering(deadline.date(), contact.strip(), return_to.strip(), silence.strip())


def write_statement(
    dataset: Path, unit: str, store: Path | None, out: Path, label: str, today: date, answering: Answering
) -> int:
    """Returns the exit code."""
    writer = _WRITERS.get(out.suffix.lower())
    if writer is None:
        message = f"一企一单写不成“{out.suffix or out.name}”。"
        raise CannotGoOn([Finding(Severity.ERROR, "wrong_format", message, "请让 --out 以 .docx 或 .xlsx 结尾。")])
    law = load_law()
    sealed = open_sealed(dataset)
    opened = Store(store if store is not None else sealed.folder.parent.parent)
    scheme = sealed_scheme(opened, sealed, law)
    walks = trace_all(opened, sealed, scheme, unit, list(scheme.variables))
    round_name = sealed.manifest["scheme"].rpartition("/")[0]
    title = load_round(round_name, law).title if round_name else scheme.label
    statement = collect_statement(
        walks,
        scheme,
        round_title=title,
        made_on=today,
        deadline=answering.deadline,
        contact=answering.contact,
        return_to=answering.return_to,
        silence=answering.silence,
        mark=label,
        law=law,
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    writer(out, statement)
    console.print(f"{out}  {statement.name}（{statement.key}），{len(statement.items)}项", soft_wrap=True)
    return 0
