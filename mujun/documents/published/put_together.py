"""What every way to a list has in common: order of classes, groups with their counts, marks. Chooses nobody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

from mujun.digest import Digest
from mujun.proof.published_list import Cell, ListColumn, ListGroup, PublishedList, Status
from mujun.scheme import Scheme
from mujun.scheme.model import Choose, Classify
from mujun.scheme.publication import Publication

WHOLE = "全部"
NOBODY = "（空）"
Row = tuple[str, tuple[Cell, ...]]
"""Group and cells."""


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


def put_together(
    scheme: Scheme,
    publication: Publication,
    rows: Sequence[Row],
    decided: Decided,
    *,
    year: int,
    round_title: str,
    labels: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> PublishedList:
    """The list of rows that stand in their order already."""
    rule = publication.rules[scheme.id]
    groups = _groups(rows, decided.counts)
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
        count=sum(group.count for group in groups),
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


def class_order(scheme: Scheme, values: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """As the scheme writes its classes; what it does not write, behind them by code point. A value per `group_by`."""
    order = []
    for name, value in zip(scheme.group_by, values, strict=False):
        derived = next((one for one in scheme.derived if one.id == name), None)
        known: list[str] = []
        if isinstance(derived, Classify):
            known = list(derived.classes)
        elif isinstance(derived, Choose):
            known = [then for _, then in derived.choices]
        order.append((known.index(value) if value in known else len(known), value))
    return tuple(order)


def _groups(rows: Sequence[Row], counts: Mapping[str, int] | None) -> tuple[ListGroup, ...]:
    gathered: dict[str, list[tuple[Cell, ...]]] = {label: [] for label in counts or {}}
    for group, cells in rows:
        gathered.setdefault(group, []).append(cells)
    return tuple(
        ListGroup(label, len(cells) if counts is None else counts.get(label, 0), tuple(cells))
        for label, cells in gathered.items()
    )
