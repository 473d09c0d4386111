"""A column, or a part of its rows, written in another unit of measurement: 元 for 万元, 平方米 for 亩.

What tells is the middle of many ratios, to last year or to peers, in powers of ten: a single firm may grow tenfold, a
county does not. Nothing is mended here; the unit is proposed and the file is sent back.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from statistics import median

import polars as pl
from attrs import frozen

from mujun.collection.model import Check, UnitScale
from mujun.dataset import KEY
from mujun.findings import Finding
from mujun.intake.checks.context import Context
from mujun.intake.checks.ratios import Ratios, ratios_of
from mujun.intake.checks.scale_units import RIGHT, Candidate, candidates_for
from mujun.intake.checks.tell import Found, finding
from mujun.intake.report import SHOWN
from mujun.rounding import shortest, shortest_exact
from mujun.scheme.expression import Kind
from mujun.scheme.model import Variable

NORMAL, OF_MEDIAN = 1.4826, 1.2533
"""The standard deviation over the MAD, and the standard error of a median over that of a mean, of a normal."""


@frozen
class Verdict:
    """`rows` (KEY, log) are written in the candidate's unit; `part` says which they are, empty for the whole column."""

    candidate: Candidate
    rows: pl.DataFrame
    part: str = ""


def unit_scale(context: Context) -> list[Finding]:
    """At most one finding for each whole column, else one for each part of it."""
    findings: list[Finding] = []
    for check, rule in context.declared(UnitScale):
        for name in rule.variables:
            variable = context.scheme.variables.get(name)
            if variable is None or variable.kind is not Kind.NUMBER or name not in context.brought:
                continue
            column = context.column_of(name)
            ratios = ratios_of(context, rule, name) if column.unit_text else None
            if ratios is not None:
                candidates = candidates_for(column, rule.others)
                for verdict in _verdicts(ratios, rule, candidates):
                    findings.append(_tell(context, check, column, name, verdict, ratios))
    return findings


def _verdicts(ratios: Ratios, rule: UnitScale, candidates: list[Candidate]) -> Iterator[Verdict]:
    rows = ratios.rows
    whole = judge(rows["log"].to_list(), rule, candidates, ratios.to_last_year)
    if whole is not RIGHT:
        yield Verdict(whole, rows)
        return
    parts = rows.partition_by("part", as_dict=True, maintain_order=True) if "part" in rows.columns else {}
    for (part,), some in parts.items() if len(parts) > 1 else ():
        verdict = judge(some["log"].to_list(), rule, candidates, ratios.to_last_year)
        if part is not None and verdict is not RIGHT:
            yield Verdict(verdict, some, str(part))
            rows = rows.filter(pl.col("part").ne_missing(part))
    if ratios.to_last_year:
        yield from _clusters(rows, rule, candidates)


def judge(logs: list[float], rule: UnitScale, candidates: list[Candidate], to_last_year: bool = True) -> Candidate:
    """RIGHT, unless the median is certainly away from 0, and nearer to another candidate; a named unit goes first.

    Fewer rows are enough where the factor is large. Beside peers, who are other firms, more is asked.
    """
    if len(logs) < rule.part_at_least:
        return RIGHT
    middle = median(logs)
    apart = float(rule.part_apart) if len(logs) < rule.at_least else 0.0
    apart = apart if to_last_year else max(apart, float(rule.peers_apart))
    least = rule.least_spread if to_last_year else rule.peers_spread
    spread = max(NORMAL * median(abs(log - middle) for log in logs), float(least))
    error = OF_MEDIAN * spread / sqrt(len(logs))
    if abs(middle) < apart or abs(middle) <= float(rule.certainty) * error:
        return RIGHT
    near = max(float(rule.near if to_last_year else rule.peers_near), 2 * error)
    ordered = sorted(candidates, key=lambda one: (abs(one.decades - middle), not one.unit))
    close = [one for one in ordered if abs(one.decades - middle) <= near]
    named = [one for one in close if one.unit]
    return RIGHT if ordered[0] is RIGHT else next(iter(named or close), RIGHT)


def _clusters(rows: pl.DataFrame, rule: UnitScale, candidates: list[Candidate]) -> Iterator[Verdict]:
    """Rows here and there that all stand by one named unit, too far out for so many of them to be chance."""
    least = max(rule.part_at_least, float(rule.part_share) * rows.height)
    for candidate in candidates:
        if candidate.unit and abs(candidate.decades) >= float(rule.part_apart):
            some = rows.filter((pl.col("log") - candidate.decades).abs() <= float(rule.near))
            if some.height >= least:
                yield Verdict(candidate, some, "其中")


def _tell(context: Context, check: Check, column: Variable, name: str, verdict: Verdict, ratios: Ratios) -> Finding:
    candidate, keys = verdict.candidate, verdict.rows[KEY].to_list()
    label, unit = context.scheme.variables[name].label, column.unit_text
    what = f"“{label}”" if column.label == label else f"“{label}”（由“{column.label}”算出）"
    of = {"": f"这一列{len(keys):,}家", "其中": f"有{len(keys):,}家"}.get(
        verdict.part, f"{verdict.part}的{len(keys):,}家"
    )
    middle = 10 ** median(verdict.rows["log"].to_list())
    times = f"{shortest(float(f'{middle:.3g}'))}倍" if middle >= 1 else f"{shortest(float(f'{1 / middle:.3g}'))}分之一"
    like = f"像是按“{candidate.unit}”填的，应按“{unit}”填" if candidate.unit else f"像是小数点错了位（应按“{unit}”填）"
    message = f"{what}{of}{like}：大多是{ratios.what}的{times}左右。"
    factor = candidate.factor
    how = f"除以{_plain(factor)}" if factor > 1 else f"乘以{_plain(1 / factor)}"
    which = "这一列" if not verdict.part else "这些单位"
    mend = f"请核对原始资料；确是按{candidate.unit or '别的单位'}填的，请把{which}的数{how}再报。"
    mend += "单位没有填错的，请告知收表部门核对上年的数：这一条不能靠说明理由放行。"
    if verdict.part:
        cells = [cell for cell in (context.cell(key, name) for key in keys[:SHOWN]) if cell]
        mend += f"涉及{'、'.join(cells)}{'……' if len(keys) > SHOWN else ''}。" if cells else ""
    first = min(keys, key=context.row)
    return finding(context, check, Found("", name, message, mend), context.cell(first, name))


def _plain(factor: object) -> str:
    text = shortest_exact(factor)  # type: ignore[arg-type]
    return f"{int(text):,}" if text.isdigit() else f"{float(text):,.2f}"
