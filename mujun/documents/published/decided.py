"""From the items that were decided to the list the public sees: exactly those, whatever an evaluation selected.

Names, places, classes and strengths are as decided; where more strengths were named than are public, the first ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from mujun.documents.published.put_together import WHOLE, Decided, class_order, put_together
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.proof.published_list import Cell, PublishedList
from mujun.scheme import Scheme
from mujun.scheme.publication import ListRule, Publication, PublicColumn


@frozen(kw_only=True)
class DecidedItem:
    """One unit as it was decided. `group` is as runs name it (`a/b`); `rank`, `score` are public of open lists only."""

    key: str
    name: str
    county: str = ""
    group: str = ""
    strengths: tuple[str, ...] = ()
    rank: int | None = None
    score: str = ""

    @property
    def shown_group(self) -> str:
        return self.group.replace("/", "·") or WHOLE


@frozen
class DecidedList:
    """The list, and its items in the order of its rows."""

    published: PublishedList
    items: tuple[DecidedItem, ...]


def list_decided(
    scheme: Scheme,
    publication: Publication,
    items: Sequence[DecidedItem],
    decided: Decided,
    *,
    year: int,
    round_title: str,
    labels: Sequence[str] = (),
    notes: Sequence[str] = (),
    places: Sequence[str] = (),
) -> DecidedList:
    """`places` are counties in their official order. Raises CannotGoOn for a column that no decision holds."""
    rule = publication.rules[scheme.id]
    ordered = sorted(items, key=lambda item: (_class(scheme, item), *_place(rule, item, places), item.key))
    rows = [(item.shown_group, tuple(_cell(column, rule, scheme, item) for column in rule.columns)) for item in ordered]
    counts = Counter(group for group, _ in rows)
    published = put_together(
        scheme,
        publication,
        rows,
        evolve(decided, counts=decided.counts if decided.counts is not None else counts),
        year=year,
        round_title=round_title,
        labels=labels,
        notes=notes,
    )
    return DecidedList(published, tuple(ordered))


def _class(scheme: Scheme, item: DecidedItem) -> tuple[tuple[int, str], ...]:
    return class_order(scheme, item.group.split("/"))


def _place(rule: ListRule, item: DecidedItem, places: Sequence[str]) -> tuple[Any, ...]:
    if rule.ranked:
        return (item.rank is None, item.rank or 0)
    where = item.county or item.name
    return (places.index(where) if where in places else len(places), where, item.name)


def _cell(column: PublicColumn, rule: ListRule, scheme: Scheme, item: DecidedItem) -> Cell:
    match column.source:
        case "name":
            return item.name
        case "key":
            return item.key
        case "class":
            return item.shown_group
        case "strengths":
            return "、".join(item.strengths[: rule.most_strengths])
        case "rank":
            return item.rank
        case "score":
            return Decimal(item.score) if item.score else None
        case "column:county":
            return item.county or None
    message = f"{scheme.label}名单的“{column.label}”一列，审定的名单里没有。"
    mend = "请在公开规则里去掉这一列：公布的只能是审定过的。"
    raise CannotGoOn([Finding(Severity.ERROR, "not_decided", message, mend, file=publication_file(scheme))])


def publication_file(scheme: Scheme) -> str:
    return f"publication.yaml（{scheme.id}）"
