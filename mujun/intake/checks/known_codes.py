"""Names of divisions and codes of industries that are none, or none on the day. Each text is looked up once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mujun.collection.model import DIVISIONS, Check, KnownCodes
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.tell import Found, tell
from mujun.register import load_divisions, load_industries
from mujun.register.divisions import DivisionKind

_OUTSIDE = "industry_outside"
"""A class that the round's table does not cover may well exist."""


def known_codes(context: Context) -> list[Finding]:
    """On forms of the units' own variables."""
    findings: list[Finding] = []
    for check, rule in context.declared(KnownCodes) if not context.form.table else ():
        for name in rule.variables:
            if name in context.brought:
                findings += tell(context, check, list(_column(context, check, rule, name)))
    return findings


def _column(context: Context, check: Check, rule: KnownCodes, name: str) -> Iterator[Found]:
    rows = context.incoming.frame.select(KEY, name).drop_nulls()
    told = {text: _say(context, rule, str(text)) for text in rows[name].unique(maintain_order=True)}
    label = context.scheme.variables[name].label
    for key, text in rows.filter(pl.col(name).is_in([text for text, said in told.items() if said])).iter_rows():
        said = told[text]
        assert said is not None
        message, mend = said
        mend += "确实如此的，请说明理由。" if check.needs_reason else ""
        yield Found(key, name, f"“{label}”：{message}", mend)


def _say(context: Context, rule: KnownCodes, text: str) -> tuple[str, str] | None:
    return _division(context, rule, text) if rule.of == DIVISIONS else _industry(context, text)


def _industry(context: Context, text: str) -> tuple[str, str] | None:
    industries = load_industries(context.plan.round)
    found = None if industries is None else industries.check(text)
    return None if found is None or found.code == _OUTSIDE else (found.message, found.mend)


def _division(context: Context, rule: KnownCodes, text: str) -> tuple[str, str] | None:
    divisions = load_divisions(context.plan.round)
    if divisions is None:
        return None
    match = divisions.resolve(text, rule.at)
    if match.division is not None and match.division.name == text:
        return None
    if match.division is not None:
        why = f"：{match.explanation}" if match.explanation else ""
        return f"“{text}”在{rule.at}应写作“{match.division.name}”{why}。", f"请核对后改为“{match.division.name}”。"
    if match.kind is DivisionKind.AMBIGUOUS and match.proposals:
        named = "、".join(one.name for one in match.proposals)
        return f"“{text}”在{rule.at}没有，可能是{named}：{match.explanation}。", "请按单位实际所在填写其中一个。"
    return f"“{text}”在{rule.at}不是县（市、区）。", "请填全称，如“上城区”“苍南县”。"
