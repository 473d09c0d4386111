"""A published list as a value: what every file and page of it says, no more. Decides nothing, writes no file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import frozen

from mujun.digest import Digest, canonical_record, digest_bytes

FORMAT = "mujun.published-list/1"
Cell = str | int | Decimal | None
"""Text, a whole number, a decimal as it prints, or nothing known."""


class Status(StrEnum):
    """How far the list has come. Before it is issued everything is 拟."""

    DRAFT = "draft"
    NOTICE = "notice"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        return {"draft": "拟", "notice": "公示", "issued": "印发"}[self.value]


@frozen
class ListColumn:
    """A column of the list. Numbers stand right, and stay numbers in a workbook."""

    id: str
    label: str
    is_number: bool = False


@frozen
class ListGroup:
    """One class or industry. `count` is how many were decided; whether the rows add up to it is for `reconcile`."""

    label: str
    count: int
    rows: tuple[tuple[Cell, ...], ...]


@frozen(kw_only=True)
class PublishedList:
    """One list. `count` is the total that was decided; `marks` stand wherever the list is shown (试算, 示例数据)."""

    year: int
    round: str
    """The round's title."""
    id: str
    """The scheme's id."""
    title: str
    status: Status
    lead_agency: str
    columns: tuple[ListColumn, ...]
    groups: tuple[ListGroup, ...]
    count: int
    ranked: bool
    scheme: Digest
    publication: Digest
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    """Of the scheme and of what is public. While one is left, the list cannot be issued."""
    document_number: str = ""
    issued_on: str = ""
    decision: Digest | None = None
    """Of the minutes that decided it."""

    @property
    def standing(self) -> str:
        """拟（试算、示例数据）: the state in words, in every form of the list."""
        return self.status.label + (f"（{'、'.join(self.marks)}）" if self.marks else "")

    def numbered(self) -> Iterator[tuple[str, int, tuple[Cell, ...]]]:
        """Group, number inside it, cells: the rows, as every form of the list has them."""
        for group in self.groups:
            for number, row in enumerate(group.rows, start=1):
                yield group.label, number, row


def printed(cell: Cell) -> str:
    """A cell as text; nothing known is empty."""
    return "" if cell is None else format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def list_record(published: PublishedList) -> dict[str, Any]:
    """What list.json says."""
    return {
        "format": FORMAT,
        "year": published.year,
        "round": published.round,
        "id": published.id,
        "title": published.title,
        "status": {"code": published.status.value, "label": published.status.label},
        "standing": published.standing,
        "lead_agency": published.lead_agency,
        "marks": list(published.marks),
        "notes": list(published.notes),
        "assumptions": list(published.assumptions),
        "ranked": published.ranked,
        "document_number": published.document_number,
        "issued_on": published.issued_on,
        "decision": None if published.decision is None else published.decision.as_dict(),
        "scheme": published.scheme.as_dict(),
        "publication": published.publication.as_dict(),
        "columns": [
            {"id": column.id, "label": column.label, "type": "number" if column.is_number else "text"}
            for column in published.columns
        ],
        "groups": [
            {"label": group.label, "count": group.count, "rows": [[_said(cell) for cell in row] for row in group.rows]}
            for group in published.groups
        ],
        "count": published.count,
    }


def list_bytes(published: PublishedList) -> bytes:
    """list.json: canonical, so that one list has one hash."""
    return canonical_record(list_record(published))


def read_list(data: bytes) -> PublishedList:
    """The list of its bytes. Raises ValueError for bytes that are not exactly what `list_bytes` gives."""
    said = json.loads(data)
    columns = tuple(ListColumn(one["id"], one["label"], one["type"] == "number") for one in said["columns"])
    published = PublishedList(
        year=said["year"],
        round=said["round"],
        id=said["id"],
        title=said["title"],
        status=Status(said["status"]["code"]),
        lead_agency=said["lead_agency"],
        columns=columns,
        groups=tuple(
            ListGroup(
                group["label"],
                group["count"],
                tuple(
                    tuple(_cell(cell, column) for cell, column in zip(row, columns, strict=True))
                    for row in group["rows"]
                ),
            )
            for group in said["groups"]
        ),
        count=said["count"],
        ranked=said["ranked"],
        scheme=Digest(**said["scheme"]),
        publication=Digest(**said["publication"]),
        marks=tuple(said["marks"]),
        notes=tuple(said["notes"]),
        assumptions=tuple(said["assumptions"]),
        document_number=said["document_number"],
        issued_on=said["issued_on"],
        decision=None if said["decision"] is None else Digest(**said["decision"]),
    )
    if list_bytes(published) != data:
        raise ValueError("not a published list as it is written")
    return published


def list_digest(published: PublishedList) -> Digest:
    """The hash that is decided, given notice of, and issued."""
    return digest_bytes(list_bytes(published))


def _cell(said: str | int | None, column: ListColumn) -> Cell:
    return Decimal(said) if column.is_number and isinstance(said, str) else said


def _said(cell: Cell) -> str | int | None:
    return printed(cell) if isinstance(cell, Decimal) else cell
