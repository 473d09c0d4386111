"""From an evaluation, and from what was decided about it, to the list the public sees. Writes no file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import polars as pl
from attrs import frozen

from mujun.digest import Digest
from mujun.engine.strengths import name_strengths
from mujun.proof.published_list import Cell, ListColumn, ListGroup, PublishedList, Status
from mujun.rounding import fixed
from mujun.scheme import Scheme
from mujun.scheme.model import Choose, Classify
from mujun.scheme.publication import ListRule, Publication, PublicColumn

WHOLE = "全部"
_NOBODY = "（空）"


class Evaluated(Protocol):
    """An evaluation just made, or one read back from its folder."""

    @property
    def scheme(self) -> Scheme: ...

    @property
    def units(self) -> pl.DataFrame: ...

    @property
    def details(self) -> pl.DataFrame: ...


@frozen(kw_only=True)
class Decided:
    """What people decided. Without it a list is 拟: the evaluation's own selection, by nobody decided.

    `counts` are the numbers of each class as the minutes have them; the list has to agree with them.
    """

    status: Status = Status.DRAFT
    keys: Collection[str] | None = None
    counts: Mapping[str, int] | None = None
    document_number: str = ""
    issued_on: str = ""
    decision: Digest | None = None


def collect_list(
    evaluated: Evaluated,
    publication: Publication,
    *,
    year: int,
    round_title: str,
    decided: Decided | None = None,
    labels: Sequence[str] = (),
    notes: Sequence[str] = (),
    places: Sequence[str] = (),
) -> PublishedList:
    """The list of one scheme. `labels` mark the data (示例数据); `places` are counties in their official order."""
    scheme, rule = evaluated.scheme, publication.rules[evaluated.scheme.id]
    decided = decided if decided is not None else Decided()
    chosen = evaluated.units.filter(
        pl.col("selected") if decided.keys is None else pl.col("key").is_in(list(decided.keys))
    )
    rows = _rows(evaluated, rule, chosen, places)
    groups = _groups(rows, decided.counts)
    count = sum(group.count for group in groups)
    marks = [*labels, "试评价" if scheme.trial else "", "试算" if scheme.provisional or rule.assumptions else ""]
    return PublishedList(
        year=year,
        round=round_title,
        id=scheme.id,
        title=scheme.label,
        status=decided.status,
        lead_agency=scheme.lead_agency,
        columns=tuple(ListColumn(one.id, one.label, one.is_number) for one in rule.columns),
        groups=groups,
        count=count,
        ranked=rule.ranked,
        scheme=scheme.digest,
        publication=publication.digest,
        marks=tuple(mark for mark in marks if mark),
        notes=(*notes, *(() if rule.ranked else ("排名不分先后。",))),
        assumptions=(*scheme.assumptions, *rule.assumptions),
        document_number=decided.document_number,
        issued_on=decided.issued_on,
        decision=decided.decision,
    )


def _rows(
    evaluated: Evaluated, rule: ListRule, chosen: pl.DataFrame, places: Sequence[str]
) -> list[tuple[str, tuple[Cell, ...]]]:
    """Group and cells of each unit, in the list's order."""
    scheme = evaluated.scheme
    keys = set(chosen["key"])
    strengths = name_strengths(scheme, evaluated.units, evaluated.details, keys, rule.most_strengths)
    details = evaluated.details.filter(pl.col("key").is_in(list(keys)))
    order = {place: number for number, place in enumerate(places)}
    ordered: list[tuple[Any, str, tuple[Cell, ...]]] = []
    for unit, detail in zip(
        chosen.sort("key").iter_rows(named=True), details.sort("key").iter_rows(named=True), strict=True
    ):
        group = "·".join(_NOBODY if unit[name] is None else str(unit[name]) for name in scheme.group_by) or WHOLE
        cells = tuple(_cell(column, scheme, unit, detail, group, strengths[unit["key"]]) for column in rule.columns)
        county = detail.get("column:county")
        if rule.ranked:
            place: tuple[Any, ...] = (unit["rank"] or 0, "", unit["key"])
        elif any(column.column == "county" for column in rule.columns):
            place = (order.get(county or "", len(order)), county or "", unit["name"], unit["key"])
        else:
            place = (0, "", unit["key"])
        ordered.append(((_group_order(scheme, unit), *place), group, cells))
    return [(group, cells) for _, group, cells in sorted(ordered, key=lambda one: one[0])]


def _group_order(scheme: Scheme, unit: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    """As the scheme writes its classes; what it does not write, behind them by code point."""
    order = []
    for name in scheme.group_by:
        derived = next((one for one in scheme.derived if one.id == name), None)
        known: list[str] = []
        if isinstance(derived, Classify):
            known = list(derived.classes)
        elif isinstance(derived, Choose):
            known = [then for _, then in derived.choices]
        value = "" if unit[name] is None else str(unit[name])
        order.append((known.index(value) if value in known else len(known), value))
    return tuple(order)


def _groups(rows: list[tuple[str, tuple[Cell, ...]]], counts: Mapping[str, int] | None) -> tuple[ListGroup, ...]:
    gathered: dict[str, list[tuple[Cell, ...]]] = {label: [] for label in counts or {}}
    for group, cells in rows:
        gathered.setdefault(group, []).append(cells)
    return tuple(
        ListGroup(label, len(cells) if counts is None else counts.get(label, 0), tuple(cells))
        for label, cells in gathered.items()
    )


def _cell(
    column: PublicColumn,
    scheme: Scheme,
    unit: Mapping[str, Any],
    detail: Mapping[str, Any],
    group: str,
    strengths: tuple[str, ...],
) -> Cell:
    if column.source == "strengths":
        return "、".join(strengths)
    if column.source == "class":
        return group
    if column.source == "rank":
        return None if unit["rank"] is None else int(unit["rank"])
    if column.source == "score":
        score = unit["score"]
        return None if score is None else Decimal(fixed(Decimal(repr(score)), scheme.precision))
    value = detail.get(f"column:{column.column}") if column.column else unit[column.source]
    return None if value is None else str(value)
