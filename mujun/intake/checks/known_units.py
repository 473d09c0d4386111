"""Codes that the register does not know on the day. Who they may be is the register's to say."""

from __future__ import annotations

import polars as pl

from mujun.collection.model import UNIT, KnownUnits
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, finding
from mujun.intake.report import MOST
from mujun.register import Register
from mujun.register.match import MATCHED


def known_units(context: Context) -> list[Finding]:
    """Each code once. Most are known as they stand and are found all at once; only the others are asked about."""
    register = context.register
    if register is None:
        return []
    column = UNIT if context.form.table else KEY
    rows = context.incoming.frame.filter(pl.col(column).is_not_null()).unique(column, keep="first", maintain_order=True)
    findings: list[Finding] = []
    for check, rule in context.declared_on_records(KnownUnits):
        known = register.at(rule.at)["code"]
        unknown = rows.filter(~pl.col(column).is_in(known.implode()))
        asked = 0
        for record, code in unknown.select(pl.col(KEY).alias("record"), column).iter_rows():
            match = register.resolve(code, context.names.get(code), rule.at)
            if match.kind in MATCHED:
                continue
            asked += 1
            if asked <= MOST:
                message, mend = _say(register, code, context.names.get(code, ""), match.proposals, match.explanation)
                first = UNIT if context.form.table else next(iter(context.places.columns), "")
                cell = (context.places.cell(record, first) if record in context.places else None) or ""
                findings.append(finding(context, check, Found(code, "", message, mend), cell))
        if asked > MOST:
            told = f"名录里没有的单位共{asked:,}个，以上只列了前{MOST:,}个。"
            findings.append(finding(context, check, Found("", "", told, "请核对是不是拿错了文件或年度。"), ""))
    return findings


def _say(register: Register, code: str, name: str, proposals: tuple[tuple[str, str], ...], why: str) -> tuple[str, str]:
    shown = f"“{name}”（{code}）" if name and name != code else f"代码“{code}”"
    message = f"名录里没有{shown}{'：' + why if why else ''}。"
    near = "、".join(f"“{known}”（{other}）" for other, known in proposals[:3])
    mend = f"是不是{near}？请核对代码；" if near else "请对照营业执照核对代码；"
    return message, mend + "确是新单位的，请先列入名录。"
