"""The checkpoint: the short text printed on the documents, from which everything in a bundle hangs.

It holds the hash of each list, the roots of its rows and of all units' results, the decision's hash, the document's
number. Its own hash is the 校验码. Pure; who prints or publishes it is somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from mujun.digest import Digest, canonical_record, digest_bytes
from mujun.proof.hash_chain import Point
from mujun.proof.merkle import build_tree
from mujun.proof.offline.checkpoint import checkpoint_text, list_purpose
from mujun.proof.published_list import PublishedList, list_digest
from mujun.proof.rows import row_records

FORMAT = "mujun.checkpoint/1"


@frozen
class UnitsRoot:
    """The root over the full results of all units that were evaluated, and how many they are."""

    root: Digest
    units: int


@frozen
class ListMark:
    """What the checkpoint says of one list."""

    id: str
    title: str
    count: int
    list: Digest
    rows: Digest | None
    """The root over the rows; a list without rows has none."""
    units: UnitsRoot | None = None


@frozen(kw_only=True)
class Checkpoint:
    """One or several lists of a year, as they are decided together."""

    year: int
    round: str
    standing: str
    lists: tuple[ListMark, ...]
    document_number: str = ""
    issued_on: str = ""
    decision: Digest | None = None
    audit: Point | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "year": self.year,
            "round": self.round,
            "standing": self.standing,
            "document_number": self.document_number,
            "issued_on": self.issued_on,
            "decision": _dict(self.decision),
            "audit": None if self.audit is None else self.audit.as_dict(),
            "lists": [
                {
                    "id": one.id,
                    "title": one.title,
                    "count": one.count,
                    "list": one.list.as_dict(),
                    "rows": _dict(one.rows),
                    "units": None if one.units is None else {"count": one.units.units, **one.units.root.as_dict()},
                }
                for one in self.lists
            ],
        }

    @property
    def bytes(self) -> bytes:
        return canonical_record(self.as_dict())

    @property
    def digest(self) -> Digest:
        """The 校验码."""
        return digest_bytes(self.bytes)

    @property
    def text(self) -> str:
        """As it is printed."""
        return checkpoint_text(self.as_dict())


def mark_list(published: PublishedList, units: UnitsRoot | None = None) -> ListMark:
    """What a checkpoint says of the list."""
    records = row_records(published)
    rows = build_tree(list_purpose(published.year, published.id), records).root if records else None
    return ListMark(published.id, published.title, published.count, list_digest(published), rows, units)


def make_checkpoint(
    lists: Sequence[tuple[PublishedList, UnitsRoot | None]],
    audit: Point | None = None,
) -> Checkpoint:
    """The checkpoint of lists that stand and were decided together. Raises ValueError for lists that do not."""
    first = lists[0][0]
    for one, _ in lists:
        if _stands(one) != _stands(first):
            raise ValueError(f"{one.id} does not stand as {first.id} does")
    marks = dict.fromkeys(mark for one, _ in lists for mark in one.marks)
    return Checkpoint(
        year=first.year,
        round=first.round,
        standing=first.status.label + (f"（{'、'.join(marks)}）" if marks else ""),
        lists=tuple(mark_list(one, units) for one, units in lists),
        document_number=first.document_number,
        issued_on=first.issued_on,
        decision=first.decision,
        audit=audit,
    )


def read_checkpoint(said: dict[str, Any]) -> Checkpoint:
    """A checkpoint of what it says. Raises ValueError for what is not exactly one."""
    read = Checkpoint(
        year=said["year"],
        round=said["round"],
        standing=said["standing"],
        lists=tuple(
            ListMark(
                one["id"],
                one["title"],
                one["count"],
                Digest(**one["list"]),
                _digest(one["rows"]),
                None if one["units"] is None else UnitsRoot(_root(one["units"]), one["units"]["count"]),
            )
            for one in said["lists"]
        ),
        document_number=said["document_number"],
        issued_on=said["issued_on"],
        decision=_digest(said["decision"]),
        audit=None if said["audit"] is None else Point(said["audit"]["sequence"], _root(said["audit"])),
    )
    if read.as_dict() != said:
        raise ValueError("not a checkpoint")
    return read


def _digest(said: dict[str, str] | None) -> Digest | None:
    return None if said is None else Digest(**said)


def _root(said: dict[str, Any]) -> Digest:
    return Digest(said["sha256"], said["sm3"])


def _stands(one: PublishedList) -> tuple[Any, ...]:
    return one.year, one.round, one.status, one.document_number, one.issued_on, one.decision


def _dict(digest: Digest | None) -> dict[str, str] | None:
    return None if digest is None else digest.as_dict()
