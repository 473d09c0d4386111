"""名录: a department brings in the register of its units, so that each has its place before any office reports."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.intake.register_file import load_register
from mujun.intake.submit.book import Due
from mujun.register import divisions_day
from mujun.web.actions.many import begin_many
from mujun.web.actions.values.initials import initials_of
from mujun.web.doer import Doer
from mujun.web.models import RoleGrant, Track, ValueSet
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import due_of
from mujun.web.queries.values.files import as_file

_CREDIT_CODE = "uscc"
_MOST = 50


@transaction.atomic
def import_register(*, track: Track, scheme: str, sha256: str, name: str, by: Doer, now: datetime) -> int:
    """How many units are new; those that are known stay as they are. All rows or none: raises CannotGoOn with what is
    wrong, Refused when it is not his to do or not the time.
    """
    rows = _rows(track, due_of(track, scheme), sha256, name, now)
    there = set(ValueSet.objects.filter(track=track, scheme=scheme).values_list("unit", flat=True))
    accounts = set(RoleGrant.objects.filter(role="E").values_list("unit", flat=True))
    cities = city_of_county(track.round.programme)
    fresh = [
        ValueSet(
            track=track,
            scheme=scheme,
            unit=unit,
            name=called,
            initials=initials_of(called),
            county=county,
            city=cities[county],
            has_account=unit in accounts,
        )
        for unit, called, county in rows
        if unit not in there
    ]
    form = {"register": name, "sha256": sha256, "scheme": scheme}
    begin_many("V1p", fresh, form, track=track, by=by, now=now, about=f"{track}：导入名录")
    return len(fresh)


def _rows(track: Track, due: Due, sha256: str, name: str, now: datetime) -> list[tuple[str, str, str]]:
    """Code, name and county on the day of the round's divisions. Raises CannotGoOn with every row without one."""
    programme = track.round.programme
    with as_file(sha256, name) as file:
        reading = load_register(file, credit_codes=due.scheme.key == _CREDIT_CODE, round_name=programme)
    if blocking(reading.findings):
        raise CannotGoOn(blocking(reading.findings))
    day = divisions_day(programme) or now.date()
    rows = [
        (str(row["code"]), str(row["name"]), str(row["county"] or ""))
        for row in reading.register.at(day).iter_rows(named=True)
    ]
    counties = city_of_county(programme)
    lost = [_lost(name, unit, called, county) for unit, called, county in rows if county not in counties]
    if lost:
        raise CannotGoOn(lost[:_MOST])
    return rows


def _lost(file: str, unit: str, called: str, county: str) -> Finding:
    said = f"的县（市、区）是“{county}”，本年度没有。" if county else "没有写县（市、区）。"
    message = f"“{called}”（{unit}）{said}"
    return Finding(Severity.ERROR, "unknown_county", message, "请写全称，如“上城区”。", file=file, unit=unit)
