"""Facts of a nomination report (推荐名单报告) of one domain, with what departs from rank and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from mujun.documents.content.dispatch import Dispatch
from mujun.documents.content.facts import Facts, check_stated, fault
from mujun.findings import Finding


@attrs.frozen(kw_only=True)
class Nominee(Facts):
    """`rank` and `score` as evaluated; where a list is adopted there is neither."""

    name: str
    place: str = ""
    rank: int | None = None
    score: str = ""


@attrs.frozen(kw_only=True)
class Deviation(Facts):
    """Somebody whose rank would have brought him onto the list and who is not nominated. A reason is demanded."""

    name: str
    rank: int
    reason: str
    kind: str = "未推荐"

    def problems(self) -> Iterable[Finding]:
        if not self.reason.strip():
            message = f"第{self.rank}名“{self.name}”没有按名次推荐，没有写理由。"
            yield fault(message, "请写明理由：它要随名单提请审定。", "reason")


@attrs.frozen(kw_only=True)
class NominatedClass(Facts):
    """One class: who is nominated, in order of rank, out of how many places."""

    label: str
    nominees: tuple[Nominee, ...]
    quota: int | None = None
    deviations: tuple[Deviation, ...] = ()
    reserve: tuple[Nominee, ...] = ()
    stated: int | None = None

    def problems(self) -> Iterable[Finding]:
        names = "、".join(one.name for one in self.nominees[:3])
        yield from check_stated(f"“{self.label}”推荐数", self.stated, len(self.nominees), names)
        if self.quota is not None and len(self.nominees) > self.quota:
            message = f"“{self.label}”推荐{len(self.nominees)}个，名额只有{self.quota}个。"
            yield fault(message, "请减少推荐，或核对名额。", "quota")
        ranks = {one.rank for one in self.nominees if one.rank is not None}
        told = {one.rank for one in self.deviations}
        last = max(ranks, default=0)
        for rank in range(1, last):
            if rank not in ranks and rank not in told and not self._tied_at(rank):
                message = f"“{self.label}”推荐到第{last}名，第{rank}名不在其中，也没有说明。"
                yield fault(message, "请写明未推荐的单位和理由。", "reason")

    def _tied_at(self, rank: int) -> bool:
        """With two in second place there is no third."""
        ranks = [one.rank for one in self.nominees if one.rank is not None] + [one.rank for one in self.deviations]
        before = [one for one in ranks if one < rank]
        return bool(before) and max(before) + before.count(max(before)) > rank


@attrs.frozen(kw_only=True)
class Difference(Facts):
    """Where an adopted list (参照名单) and the computed order differ."""

    name: str
    adopted: bool
    rank: int | None
    note: str = ""


@attrs.frozen(kw_only=True)
class Nomination(Facts):
    """The report of a lead agency to the office."""

    dispatch: Dispatch
    year: int
    label: str
    agency: str
    clause: str
    classes: tuple[NominatedClass, ...]
    evaluated: int
    ineligible: int = 0
    trial: bool = False
    adopted_from: str = ""
    differences: tuple[Difference, ...] = ()
    dataset_hash: str = ""
    scheme_hash: str = ""
    measure: str = "个"
    stated: int | None = None
    made_on: date

    def problems(self) -> Iterable[Finding]:
        sums = "＋".join(f"{one.label}{len(one.nominees)}" for one in self.classes)
        yield from check_stated(f"“{self.label}”推荐总数", self.stated, self.total, sums)
        if self.total > self.evaluated:
            message = f"推荐{self.total}{self.measure}，多于参评的{self.evaluated}{self.measure}。"
            yield fault(message, "请核对参评数。", "total")
        if not self.total:
            yield fault(f"“{self.label}”没有推荐任何单位。", "请核对；确实没有的，另行书面说明。", "lacking")

    @property
    def total(self) -> int:
        return sum(len(one.nominees) for one in self.classes)

    @property
    def deviations(self) -> tuple[tuple[str, Deviation], ...]:
        return tuple((one.label, deviation) for one in self.classes for deviation in one.deviations)

    @property
    def title(self) -> str:
        return f"关于报送{self.year}年{self.label}推荐名单的报告"
