"""Working days of a round, from its table of holidays. A year that is not in the table is never guessed by weekday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from attrs import field, frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import PROGRAMME
from mujun.workflow.decision import reason
from mujun.yaml_source import YamlMapping, YamlSequence, read_yaml

FILE = "round.yaml"
_SATURDAY = 5
_LONGEST = 3_660
"""Days looked at, so that a slip of the hand does not count for ever."""


@frozen
class Year:
    """The exceptions of one year: days off, and weekends that are worked."""

    holidays: frozenset[date]
    makeup_workdays: frozenset[date]


@frozen
class Workdays:
    """All years for which the table is known."""

    years: Mapping[int, Year] = field(factory=dict)

    def is_workday(self, day: date) -> bool | Finding:
        year = self.years.get(day.year)
        if year is None:
            return not_updated(day.year)
        return day in year.makeup_workdays or (day.weekday() < _SATURDAY and day not in year.holidays)

    def after(self, start: date, count: int) -> date | Finding:
        """The last of `count` working days that begin on the day after `start`."""
        day, left = start, count
        for _ in range(_LONGEST):
            if left <= 0:
                return day
            if day == date.max:
                break
            day += timedelta(days=1)
            works = self.is_workday(day)
            if isinstance(works, Finding):
                return works
            left -= works
        return reason("too_many_workdays", f"{count}个工作日太长，算不出来。", "请核对工作日数。")


def not_updated(year: int) -> Finding:
    return reason(
        "workdays_not_updated",
        f"节假日表未更新：没有{year}年。",
        f"请在国务院办公厅公布{year}年节假日安排后，补入 round.yaml 的 workdays。",
    )


def load_workdays(name: str, root: Path = PROGRAMME) -> Workdays:
    """The table in the round's round.yaml. Raises CannotGoOn with everything wrong with it."""
    workdays, findings = read_workdays(name, root)
    if findings:
        raise CannotGoOn(findings)
    return workdays


def read_workdays(name: str, root: Path = PROGRAMME) -> tuple[Workdays, list[Finding]]:
    """The table, and every year or day in it that is none, is twice, or is in the wrong year."""
    data, findings = read_yaml(root / name / FILE)
    table = data.get("workdays") if isinstance(data, YamlMapping) else None
    if not isinstance(table, YamlSequence) or not table:
        line = data.lines.get("workdays", 1) if isinstance(data, YamlMapping) else 1
        return Workdays(), [*findings, _wrong(line, "没有节假日表（workdays）。")]
    years: dict[int, Year] = {}
    for item, line in zip(table, table.lines, strict=True):
        year = item.get("year") if isinstance(item, YamlMapping) else None
        if not isinstance(year, int) or isinstance(year, bool):
            findings.append(_wrong(line, "没有写是哪一年（year）。"))
            continue
        if year in years:
            findings.append(_wrong(line, f"{year}年写了两遍。"))
        off, on = (_days(item, key, year, findings) for key in ("holidays", "makeup_workdays"))
        for day in sorted(off & on):
            findings.append(_wrong(line, f"{day}既是假日又是调休上班。"))
        for day in sorted(day for day in on if day.weekday() < _SATURDAY):
            findings.append(_wrong(line, f"{day}不是周末，谈不上调休上班。"))
        years[year] = Year(off, on)
    return Workdays(years), findings


def _days(item: YamlMapping, key: str, year: int, findings: list[Finding]) -> frozenset[date]:
    values = item.get(key)
    if not isinstance(values, YamlSequence):
        findings.append(_wrong(item.lines.get(key, item.line), f"{year}年没有写“{key}”的各天。"))
        return frozenset()
    days: set[date] = set()
    for value, line in zip(values, values.lines, strict=True):
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            findings.append(_wrong(line, f"“{value}”不是日期。"))
            continue
        if day.year != year:
            findings.append(_wrong(line, f"{day}不在{year}年。"))
        if day in days:
            findings.append(_wrong(line, f"{day}写了两遍。"))
        days.add(day)
    return frozenset(days)


def _wrong(line: int, message: str) -> Finding:
    return Finding(Severity.ERROR, "bad_workdays", message, "请核对节假日表。", file=FILE, line=line)
