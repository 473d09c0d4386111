"""Audit events in a chain: each carries the hashes of the one before. Pure: who stores the rows is somebody else.

A chain shows that rows were altered, taken out or moved; that its tail was cut off shows only beside a point that was
kept elsewhere (`point_of`). It does not show that what an event says is true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from mujun.digest import Digest, canonical_record
from mujun.findings import Finding, Severity
from mujun.proof.offline.chain import CHAIN_START, chain_faults, link_hashes

_MEND = "请保留现场，报审计管理员查明，从备份恢复。"


@frozen
class Link:
    """One event in the chain. `content` is canonical JSON, and `digest` covers it, `sequence` and the link before."""

    sequence: int
    content: str
    digest: Digest

    def as_dict(self) -> dict[str, Any]:
        return {"sequence": self.sequence, "content": self.content, **self.digest.as_dict()}


@frozen
class Point:
    """A place in the chain to be kept outside of it: printed, mailed, on another computer."""

    sequence: int
    digest: Digest

    def as_dict(self) -> dict[str, Any]:
        return {"sequence": self.sequence, **self.digest.as_dict()}


def add_link(previous: Link | None, facts: Mapping[str, Any]) -> Link:
    """The next event. Facts hold text, whole numbers, lists and mappings; a decimal is text."""
    sequence = 1 if previous is None else previous.sequence + 1
    content = canonical_record(dict(facts)).decode()
    before = CHAIN_START if previous is None else previous.digest.as_dict()
    return Link(sequence, content, Digest(**link_hashes(sequence, content, before)))


def point_of(link: Link) -> Point:
    """What to keep elsewhere of the chain as it ends now."""
    return Point(link.sequence, link.digest)


def verify_chain(links: Sequence[Link], points: Sequence[Point] = ()) -> list[Finding]:
    """Errors for all that is broken, the first bad sequence number first, as `line`. `links` in the order they lie."""
    faults = chain_faults([link.as_dict() for link in links], [point.as_dict() for point in points])
    return [
        Finding(Severity.ERROR, code, f"留痕{message}", _MEND, file="留痕", line=sequence)
        for sequence, code, message in faults
    ]
