"""What tests of plans have in common: a domain whose plan is drafted, what is typed into it, who issues it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from mujun.scheme.amend import entries_of
from mujun.web.actions import issue as _issue  # noqa: F401 - carries out the edges
from mujun.web.actions.plans import amend_rules
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import take
from mujun.web.doer import Doer
from mujun.web.evidence import kept
from mujun.web.living.people import demo_doer
from mujun.web.living.round import TRACKS_BEGUN
from mujun.web.models import Plan, Track
from mujun.web.queries.rules import draft_plan, standing_plan

DAY = TRACKS_BEGUN + timedelta(days=8)
NUMBER, NEXT = "浙经信亩均〔2019〕3号", "浙经信亩均〔2019〕9号"
TAX, ADDED = "score/tax_per_mu/weight/default", "score/value_added_per_mu/weight/default"
RD = "score/rd_intensity/weight"
BALANCED = {TAX: "25", f"{RD}/default": "15", f"{RD}/石化产业": "10"}
"""Other weights that add up to 100 in every industry."""
URL = "/plans/2019/manufacturing/"
DoerAt = Callable[[str, datetime], Doer]
Browser = Callable[[str, datetime], Client]


def type_in(track: Track, values: dict[str, str], who: str = "c-manufacturing") -> list[str]:
    """Somebody types values into the rules as they stand."""
    plan = draft_plan(track)
    assert plan is not None
    base = plan.schemes[track.domain]
    return amend_rules(track=track, scheme=track.domain, base=base, values=values, by=demo_doer(who, DAY), now=DAY)


def issue(track: Track, number: str = NUMBER, who: str = "d-manufacturing") -> Plan:
    take("T2", track, {"document_number": number}, by=demo_doer(who, DAY), now=DAY)
    plan = standing_plan(track)
    assert plan is not None
    return plan


def rules_of(track: Track) -> str:
    """The text of the draft's main scheme."""
    plan = draft_plan(track)
    assert plan is not None
    return kept(plan.schemes[track.domain]).decode("utf-8")


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def write_firms(file: Path, tax: list[int]) -> None:
    """Firms of one industry that differ in nothing but their tax."""
    rest = {"land": 1, "value_added": 40, "energy": 2, "emissions": 1, "staff": 5, "rd": 2, "revenue": 3000}
    rows = ["uscc,name,gb_code,tax," + ",".join(rest)]
    for number, paid in enumerate(tax, 1):
        rows.append(
            f"9133000000000000{number}A,企业{number},1910,{paid}," + ",".join(str(one) for one in rest.values())
        )
    file.write_text("\n".join(rows), encoding="utf-8")


def form_of(sha256: str, section: str = "weights") -> dict[str, str]:
    """What a browser would send back of a section as it stands: a level and bands are several fields."""
    sent = {"base": sha256}
    for one in entries_of(kept(sha256).decode("utf-8")):
        if one.section != section:
            continue
        if one.kind == "level":
            statistic = one.value in dict(one.choices)
            sent |= {
                f"{one.name}_0": one.value if statistic else "fixed",
                f"{one.name}_1": "" if statistic else one.value,
            }
        elif one.kind == "bands":
            rows = enumerate(line.split() for line in one.value.splitlines())
            sent |= {f"{one.name}-{row}-{place}": cell for row, band in rows for place, cell in enumerate(band)}
        else:
            sent[one.name] = one.value
    return sent
