"""A batch: what one accepted file said, who brought it, and what was set aside with a reason. Values only."""

from __future__ import annotations

from typing import Any

import polars as pl
from attrs import field, frozen

from mujun.digest import Digest, canonical_json, digest_bytes

_SHORT = 8


@frozen
class Waiver:
    """Findings set aside: which, by whom, why and when. No units means all of that code in the form."""

    code: str
    form: str
    who: str
    why: str
    at: str
    units: tuple[str, ...] = ()
    findings: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "form": self.form,
            "who": self.who,
            "why": self.why,
            "at": self.at,
            "units": list(self.units),
            "findings": self.findings,
        }


@frozen
class Batch:
    """One file's observations (docs/decisions/0013-store.md has their columns) and all that is known of the file.

    `scheme` is `2019/manufacturing`; `details` names the file of units it was checked against, and the like.
    """

    form: str
    form_version: str
    form_label: str
    scheme: str
    source: str
    file: str
    sheet: str
    digest: Digest
    observations: pl.DataFrame
    waivers: tuple[Waiver, ...] = ()
    details: dict[str, str] = field(factory=dict)

    @property
    def key(self) -> str:
        """What makes a second import the same import: the form as it stands, and the file's bytes."""
        return digest_bytes(canonical_json([self.form, self.form_version, self.digest.sha256])).sha256


@frozen
class Receipt:
    """The answer to an import. `again` says that it had been imported before; then all else is of that time."""

    seq: int
    hash: str
    form: str
    file: str
    sha256: str
    by: str
    at: str
    cells: int
    units: int
    again: bool = False

    @property
    def number(self) -> str:
        """Such as 000012-9f86d081: its place in the journal and the beginning of its hash."""
        return f"{self.seq:06d}-{self.hash[:_SHORT]}"

    def __str__(self) -> str:
        size = f"{self.units:,}个单位、{self.cells:,}格"
        said = f"回执{self.number}：{self.file}（{self.form}），{size}，{self.at[:19].replace('T', ' ')} {self.by}入库"
        return f"{said}。这份文件那时已经入库，没有再入一次。" if self.again else f"{said}。"
