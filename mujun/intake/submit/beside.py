"""The files that checks rest on beside those submitted: last round's data, the register. Each is read once a scheme."""

from __future__ import annotations

from pathlib import Path

from attrs import define, field

from mujun.dataset import Dataset
from mujun.findings import CannotGoOn, blocking
from mujun.intake.read import read_dataset
from mujun.intake.register_file import load_register
from mujun.intake.submit.book import Due
from mujun.register import Register

_CREDIT_CODE = "uscc"
"""The key of schemes whose units are firms; towns, zones and parks have numbers of their own."""


@define(eq=False)
class Beside:
    """`previous` and `register` are paths, or None. Raises CannotGoOn when one cannot be read or used."""

    previous: Path | None
    register: Path | None
    _last: dict[str, Dataset] = field(factory=dict)
    _registers: dict[str, Register] = field(factory=dict)

    @property
    def files(self) -> tuple[tuple[str, Path], ...]:
        named = (("previous", self.previous), ("register", self.register))
        return tuple((what, path) for what, path in named if path is not None)

    def last_round(self, due: Due) -> Dataset | None:
        if self.previous is None:
            return None
        if due.name not in self._last:
            reading = read_dataset(self.previous, due.scheme)
            if blocking(reading.findings):
                raise CannotGoOn(blocking(reading.findings))
            self._last[due.name] = reading.dataset
        return self._last[due.name]

    def units(self, due: Due) -> Register | None:
        if self.register is None:
            return None
        if due.name not in self._registers:
            self._registers[due.name] = register_for(self.register, due)
        return self._registers[due.name]


def register_for(path: Path, due: Due) -> Register:
    """The register of a scheme's units."""
    round_name = due.name.rpartition("/")[0]
    credit_codes = due.scheme.key == _CREDIT_CODE
    named = {"round_name": round_name} if due.plan is not None else {}
    reading = load_register(path, credit_codes=credit_codes, **named)
    if blocking(reading.findings):
        raise CannotGoOn(blocking(reading.findings))
    return reading.register
