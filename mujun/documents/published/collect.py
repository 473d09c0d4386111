"""From an evaluation, and from what was decided about it, to the list the public sees. Writes no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import polars as pl

from mujun.documents.published.put_together import NOBODY, WHOLE, Decided, Row, class_order, put_together
from mujun.engine.strengths import name_strengths
from mujun.proof.published_list import Cell, PublishedList
from mujun.rounding import fixed
from mujun.scheme import Scheme
from mujun.scheme.publication import ListRule, Publication, PublicColumn


class Evaluated(Protocol):
    """An evaluation just made, or one read back from its folder."""

    @property
    def scheme(self) -> Scheme: ...

    @property
    def units(self) -> pl.DataFrame: ...

    @property
    def details(self) -> pl.DataFrame: ...


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
    return put_together(
        scheme, publication, rows, decided, year=year, round_title=round_title, labels=labels, notes=notes
    )


def _rows(evaluated: Evaluated, rule: ListRule, chosen: pl.DataFrame, places: Sequence[str]) -> list[Row]:
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
        group = "·".join(NOBODY if unit[name] is None else str(unit[name]) for name in scheme.group_by) or WHOLE
        cells = tuple(_cell(column, scheme, unit, detail, group, strengths[unit["key"]]) for column in rule.columns)
        county = detail.get("column:county")
        if rule.ranked:
            place: tuple[Any, ...] = (unit["rank"] or 0, "", unit["key"])
        elif any(column.column == "county" for column in rule.columns):
            place = (order.get(county or "", len(order)), county or "", unit["name"], unit["key"])
        else:
            place = (0, "", unit["key"])
        values = ["" if unit[name] is None else str(unit[name]) for name in scheme.group_by]
        ordered.append(((class_order(scheme, values), *place), group, cells))
    return [(group, cells) for _, group, cells in sorted(ordered, key=lambda one: one[0])]


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
