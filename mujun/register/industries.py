"""Industry codes of GB/T 4754: does a code exist, and is it complete. Sorts nobody into a group."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from attrs import frozen

from mujun.findings import Finding, Severity
from mujun.law import PROGRAMME

COMPLETE = 4
"""Signs of a 小类."""


@frozen
class Industries:
    """Names by code: 大类 of two signs, 中类 of three, 小类 of four. The table may cover part of the standard."""

    names: Mapping[str, str]

    def check(self, code: str) -> Finding | None:
        """None for a 小类 that exists. Classes the table does not cover are doubted, not refused."""
        if not (code.isascii() and code.isdigit() and 2 <= len(code) <= COMPLETE):
            message = f"行业代码“{code}”不是四位数字。"
            return _finding(Severity.ERROR, "industry_form", message, "请按 GB/T 4754—2017 填四位小类代码，如3973。")
        if code[:2] not in self.names:
            message = f"行业代码“{code}”的大类{code[:2]}不在本轮所用的行业表内。"
            return _finding(Severity.WARNING, "industry_outside", message, "请核对；确属其他行业的可以不管。")
        if code not in self.names:
            return _finding(Severity.ERROR, "industry_unknown", f"没有行业代码“{code}”。", self._meant(code))
        if len(code) < COMPLETE:
            shown = self._below(code)
            message = (
                f"行业代码“{code}”（{self.names[code]}）只到{'大类' if len(code) == 2 else '中类'}，应填四位小类。"
            )
            return _finding(Severity.ERROR, "industry_short", message, f"请改填其下的小类：{shown}。")
        return None

    def _meant(self, code: str) -> str:
        parent = next(code[:length] for length in (3, 2) if code[:length] in self.names)
        return f"{parent}（{self.names[parent]}）之下有：{self._below(parent)}。旧版（2011年）代码请换成2017年版。"

    def _below(self, code: str, most: int = 8) -> str:
        below = [one for one in self.names if len(one) == COMPLETE and one.startswith(code)]
        shown = "、".join(f"{one}{self.names[one]}" for one in below[:most])
        return shown + ("等" if len(below) > most else "")


@cache
def load_industries(round_name: str = "2019", root: Path = PROGRAMME) -> Industries | None:
    """The round's table; None if it has none."""
    path = root / round_name / "industries.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Industries({row["code"]: row["name"] for row in csv.DictReader(file)})


def _finding(severity: Severity, code: str, message: str, mend: str) -> Finding:
    return Finding(severity, code, message, mend)
