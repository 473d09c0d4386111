"""`mujun template`: workbooks to fill in, one per form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from attrs import evolve

from mujun.cli.show import console
from mujun.collection import Form
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.submit import FormBook
from mujun.intake.submit.beside import register_for
from mujun.intake.submit.book import Due
from mujun.intake.submit.units import declared_day
from mujun.intake.template import Recipient, write_template
from mujun.law import load_law

_WORKBOOK = ".xlsx"


def recipient_of(office: str, contact: str, deadline: datetime | None, today: date) -> Recipient | None:
    """Whom the filled-in forms go to; None where nothing is said, which leaves it to the scheme."""
    if deadline is not None and deadline.date() < today:
        message = f"截止日期{deadline:%Y-%m-%d}已经过了（今天是{today}）。"
        raise CannotGoOn([Finding(Severity.ERROR, "deadline_passed", message, "请核对 --deadline 的年月日。")])
    if not (office or contact or deadline):
        return None
    return Recipient(office.strip(), contact.strip(), None if deadline is None else deadline.date())


def make_templates(
    scheme: str, agency: str, register: Path | None, out: Path, today: date, recipient: Recipient | None = None
) -> int:
    """Into one file if `out` is a workbook, else into a folder. Returns the exit code."""
    due = FormBook(load_law()).due(scheme)
    forms = _wanted(due, agency)
    single = out.suffix.lower() == _WORKBOOK
    if single and len(forms) > 1:
        names = "、".join(form.label for form in forms)
        message = f"有{len(forms)}张报表（{names}），写不进一个文件。"
        raise CannotGoOn(
            [Finding(Severity.ERROR, "several_forms", message, "请让 --out 是文件夹，或用 --agency 选一张。")]
        )
    units = _units(due, register, today)
    (out.parent if single else out).mkdir(parents=True, exist_ok=True)
    for form in forms:
        path = out if single else out / f"{form.label}{_WORKBOOK}"
        to = recipient and evolve(recipient, office=recipient.office or due.scheme.lead_agency)
        listed = () if form.table else units
        write_template(path, form, listed, now=today, scheme=due.scheme, plan=due.plan, recipient=to)
        filled = f"，已列{len(units):,}个单位" if units and not form.table else ""
        console.print(f"{path}  {form.id}  {len(form.variables)}栏{filled}", soft_wrap=True)
    console.print(f"共{len(forms)}张。填好后核对：mujun intake 文件… --store 数据库")
    return 0


def _wanted(due: Due, agency: str) -> Sequence[Form]:
    wanted = [form for form in due.forms if not agency or agency in (form.source, form.table, form.id)]
    if not wanted:
        offices = "、".join(dict.fromkeys(form.source for form in due.forms if form.source))
        message = f"“{due.scheme.label}”没有要“{agency}”报的表。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_such_agency", message, f"可用：{offices}。")])
    return wanted


def _units(due: Due, register: Path | None, today: date) -> Sequence[tuple[str, str]]:
    """The units of the register, on the day that the plan goes by."""
    if register is None:
        return ()
    main = next(form for form in due.forms if not form.table)
    return register_for(register, due).units(declared_day(due, main) or today)
