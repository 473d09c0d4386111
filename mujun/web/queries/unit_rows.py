"""The units of a run as people look through them: by group, county, tier, outcome, name, initials. Changes nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from mujun.documents.rows import Column, workbook_of_rows
from mujun.web.models import Run, RunUnit
from mujun.web.queries.outcomes import Selected, Status
from mujun.web.queries.places import cities

OUTCOMES = {
    "selected": ("入选", Q(selected=Selected.SELECTED)),
    "reserve": ("备选", Q(selected=Selected.RESERVE)),
    "tied": ("末位并列", Q(selected=Selected.TIED)),
    "ranked": ("有名次", Q(rank__isnull=False)),
    "exempt": ("豁免", Q(status=Status.EXEMPT)),
    "no_score": ("没有总分", Q(status=Status.NO_SCORE)),
    "not_eligible": ("不参评", Q(status=Status.NOT_ELIGIBLE)),
}
ASKED = ("q", "group", "county", "tier", "outcome")
_MOST = 40
_NO_RANK = ExpressionWrapper(Q(rank__isnull=True), output_field=BooleanField())


def look_through(run: Run, scheme: str, asked: dict[str, str]) -> QuerySet[RunUnit]:
    """Those with a rank, best first within each group; then those without."""
    rows = RunUnit.objects.filter(run=run, scheme=scheme)
    if words := asked.get("q", "").strip()[:_MOST]:
        rows = rows.filter(Q(name__contains=words) | Q(initials__contains=words.lower()) | Q(key__startswith=words))
    for name in ("group", "county", "tier"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    if asked.get("outcome") in OUTCOMES:
        rows = rows.filter(OUTCOMES[asked["outcome"]][1])
    return rows.order_by(_NO_RANK, "group", F("rank").asc(nulls_last=True), "key")


def choices(run: Run, scheme: str) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers; the counts stand in the run's own summary."""
    counts: dict[str, Any] = run.summary.get(scheme, {}).get("counts", {})
    return {
        "group": [(name, name) for name in counts.get("groups", {})],
        "county": [(name, name) for name in cities(run.track.round.programme)],
        "tier": [(name, f"{name}档") for name in counts.get("tiers", {})],
        "outcome": [(name, label) for name, (label, _) in OUTCOMES.items()],
    }


def verdict(unit: RunUnit) -> str:
    """入选, or why not, in as few words as there are."""
    if unit.status == Status.NOT_ELIGIBLE:
        return f"不参评：不符合“{unit.reason}”"
    if unit.status in (Status.EXEMPT, Status.NO_SCORE):
        label = str(Status(unit.status).label)
        return f"{label}：{unit.reason}" if unit.reason not in ("", label) else label
    label = str(Selected(unit.selected).label)
    if unit.selected == Selected.RESERVE:
        return unit.reason
    return f"{label}：{unit.reason}" if unit.reason else label


def workbook_of_units(run: Run, scheme: str, asked: dict[str, str], precision: int, label: str) -> bytes:
    """The same rows as the page, all of them."""
    columns = (
        Column("代码", 22), Column("名称", 38), Column("县（市、区）", 14), Column("设区市", 10), Column("组别", 22),
        Column("总分", 12, "0." + "0" * precision if precision else "0"), Column("名次", 8, "0"), Column("档次", 8),
        Column("结论", 34), Column("标记", 30),
    )  # fmt: skip
    rows = (
        (
            one.key, one.name, one.county, one.city, one.group, one.score or None, one.rank, one.tier, verdict(one),
            "；".join(one.flags),
        )
        for one in look_through(run, scheme, asked).iterator(2_000)
    )  # fmt: skip
    state = "已作废" if run.voided_at else "已定版" if run.frozen_at else "未定版"
    note = f"第{run.number}次评价（{state}），结果指纹 {run.result_hash[:16]}。{label}"
    return workbook_of_rows(f"{run.track.title}评价结果", columns, rows, note)
