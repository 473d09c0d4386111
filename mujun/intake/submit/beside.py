"""The files that checks rest on beside those submitted: last round's data, the register. Each is read once a scheme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import define, field

from mujun.collection.model import ControlTotal
from mujun.dataset import Dataset
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.intake.read import read_dataset
from mujun.intake.register_file import load_register
from mujun.intake.submit.book import Due
from mujun.register import Register

Read = TypeVar("Read")

_CREDIT_CODE = "uscc"
"""The key of schemes whose units are firms; towns, zones and parks have numbers of their own."""


@define(eq=False)
class Beside:
    """`previous`, `register` and `controls` are paths, or None. Raises CannotGoOn when one cannot be read or used."""

    previous: Path | None
    register: Path | None
    controls: Path | None = None
    _last: dict[str, Dataset] = field(factory=dict)
    _registers: dict[str, Register] = field(factory=dict)
    _totals: dict[str, Dataset | None] = field(factory=dict)
    _refused: set[tuple[str, str]] = field(factory=set)

    @property
    def files(self) -> tuple[tuple[str, Path], ...]:
        named = (("previous", self.previous), ("register", self.register), ("controls", self.controls))
        return tuple((what, path) for what, path in named if path is not None)

    def last_round(self, due: Due) -> Dataset | None:
        path = self.previous
        if path is None:
            return None
        if due.name not in self._last:
            self._last[due.name] = self._read("上一轮的数据", due, lambda: _last_round(path, due))
        return self._last[due.name]

    def units(self, due: Due) -> Register | None:
        path = self.register
        if path is None:
            return None
        if due.name not in self._registers:
            self._registers[due.name] = self._read("单位名录", due, lambda: register_for(path, due))
        return self._registers[due.name]

    def totals(self, due: Due) -> Dataset | None:
        """The control totals of places, where the plan checks the scheme's sums against any."""
        path = self.controls
        if path is None:
            return None
        if due.name not in self._totals:
            self._totals[due.name] = self._read("合计数（--controls）", due, lambda: _control_totals(path, due))
        return self._totals[due.name]

    def _read(self, what: str, due: Due, read: Callable[[], Read]) -> Read:
        """What is wrong with it is told with the first file; the others refer to that."""
        if (what, due.name) in self._refused:
            message = f"{what}有错误，前面已经列出；这份文件没有核对。"
            raise CannotGoOn([Finding(Severity.ERROR, "not_checked", message, f"请先改正{what}。")])
        try:
            return read()
        except CannotGoOn:
            self._refused.add((what, due.name))
            raise


def _control_totals(path: Path, due: Due) -> Dataset | None:
    checks = () if due.plan is None else due.plan.checks(due.scheme)
    rule = next((check.rule for check in checks if isinstance(check.rule, ControlTotal)), None)
    if due.plan is None or rule is None:
        return None
    scheme = due.plan.schemes[rule.totals] if rule.totals else due.scheme
    wanted = [name for name in (rule.by, *rule.variables) if name in scheme.variables]
    reading = read_dataset(path, scheme, variables=wanted)
    lacking = "missing_column"  # a file of control totals has those it has
    wrong = [one for one in blocking(reading.findings) if one.code not in (lacking, "not_your_column")]
    if wrong:
        raise CannotGoOn(wrong)
    return reading.dataset


def _last_round(path: Path, due: Due) -> Dataset:
    reading = read_dataset(path, due.scheme)
    if blocking(reading.findings):
        raise CannotGoOn(blocking(reading.findings))
    return reading.dataset


def register_for(path: Path, due: Due) -> Register:
    """The register of a scheme's units."""
    round_name = due.name.rpartition("/")[0]
    credit_codes = due.scheme.key == _CREDIT_CODE
    named = {"round_name": round_name} if due.plan is not None else {}
    reading = load_register(path, credit_codes=credit_codes, **named)
    if blocking(reading.findings):
        raise CannotGoOn(blocking(reading.findings))
    return reading.register
