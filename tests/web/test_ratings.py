"""Judged items: neither rater sees the other's mark first; far apart is looked at again; nobody rates his own place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from mujun.law import load_law
from mujun.scheme import find_scheme, load_scheme
from mujun.web.actions.ratings import rate_unit
from mujun.web.actions.refused import Refused
from mujun.web.doer import Doer
from mujun.web.models import AuditEvent, Person, RoleGrant, Round, Track, ValueSet
from mujun.web.queries.ratings import judged_items, median, rated_units, ratings_as_form
from mujun.workflow.moment import CHINA
from tests.web.located import PLANS
from tests.web.shortcuts import issue_plan, jump

DoerAt = Callable[[str, datetime], Doer]
NOW = datetime(2019, 5, 10, 9, 0, tzinfo=CHINA)
ONE, TWO, THREE = "c-hightech-zone", "c-services", "c-micro-park"
URL = "/rounds/2019/hightech_zone/ratings/"


@pytest.fixture
def zones(planned: Round, doer: DoerAt) -> Track:
    """Data of the high-tech zones are collected; three clerks may rate, one of whom comes from the first zone."""
    track = Track.objects.select_related("round").get(round=planned, domain="hightech_zone")
    issue_plan(track, PLANS, "示例〔2019〕40号")
    jump(track, "COLLECTING")
    for login in (TWO, THREE):
        RoleGrant.objects.create(person=doer(login, PLANS).person, role="C", since=PLANS, domain="hightech_zone")
    for key, county in (("Z1", "滨江区"), ("Z2", "海宁市")):
        ValueSet.objects.create(
            track=track, scheme="hightech_zone", unit=key, name=f"{county}高新区", county=county, state="ENTERED"
        )
    Person.objects.filter(pk=doer(THREE, PLANS).somebody.pk).update(places=["滨江区"])
    return track


def rate(track: Track, unit: str, mark: str, by: Doer, why: str = "有印发的文件") -> None:
    found = ValueSet.objects.select_related("track__round").get(track=track, unit=unit)
    rate_unit(track=track, unit=found, mark=Decimal(mark), why=why, by=by, now=NOW)


def codes(track: Track, unit: str, mark: str, by: Doer, why: str = "有印发的文件") -> list[str]:
    with pytest.raises(Refused) as refused:
        rate(track, unit, mark, by, why)
    return [one.code for one in refused.value.reasons]


def test_another_mark_is_hidden_until_ones_own_is_in(zones: Track, doer: DoerAt) -> None:
    one, two = doer(ONE, NOW), doer(TWO, NOW)
    judged = next(item for item in judged_items("2019") if item.domain == "hightech_zone")
    rate(zones, "Z2", "70", one)

    before = next(row for row in rated_units(zones, judged, two.somebody.pk) if row.unit.unit == "Z2")
    rate(zones, "Z2", "81", two)
    after = next(row for row in rated_units(zones, judged, two.somebody.pk) if row.unit.unit == "Z2")

    assert (before.count, before.marks, before.median) == (1, (), None)
    assert ([mark.mark for mark in after.marks], after.median, after.far) == ([70, 81], Decimal("75.5"), False)


def test_marks_far_apart_may_be_changed_and_no_others(zones: Track, doer: DoerAt) -> None:
    one, two = doer(ONE, NOW), doer(TWO, NOW)
    rate(zones, "Z2", "60", one)
    early = codes(zones, "Z2", "65", one)
    rate(zones, "Z2", "80", two)
    rate(zones, "Z2", "70", one, "复核：补看了文件")
    late = codes(zones, "Z2", "75", one)

    assert (early, late) == (["own_mark_stands"], ["own_mark_stands"])
    event = AuditEvent.objects.filter(act="rate_item").latest("seq")
    assert (event.label, event.facts["was"], event.facts["mark"]) == ("改分", "60.00", "70")
    assert ratings_as_form(zones).decode() == "code,name,reform_rating_1,reform_rating_2\nZ2,海宁市高新区,70,80\n"


def test_nobody_rates_his_own_place_nor_a_third_time_nor_without_reason(zones: Track, doer: DoerAt) -> None:
    one, two, three = (doer(login, NOW) for login in (ONE, TWO, THREE))

    assert codes(zones, "Z1", "80", three) == ["own_place"]
    assert codes(zones, "Z2", "101", one, " ") == ["out_of_range", "no_reason"]
    rate(zones, "Z2", "80", one)
    rate(zones, "Z2", "80", two)
    assert codes(zones, "Z2", "80", three) == ["rated_already"]
    jump(zones, "LOCKED")
    assert codes(zones, "Z1", "80", one) == ["wrong_state"]


def test_the_page_shows_no_mark_of_another_before_ones_own(
    zones: Track, doer: DoerAt, as_: Callable[[str, datetime], Client]
) -> None:
    rate(zones, "Z2", "61.25", doer(ONE, NOW))
    browser = as_(TWO, NOW)

    pages = [browser.get(URL).content.decode(), browser.get(f"{URL}Z2/").content.decode()]
    browser.post(f"{URL}Z2/", {"unit": "Z2", "mark": "75", "why": "有数字"})
    after = browser.get(URL).content.decode()

    assert not any("崔晓（示例） 61" in page or "61.25" in page for page in pages)
    assert "崔晓（示例） 61" in after
    assert as_("c-economic-zone", NOW).get(URL).status_code == 404
    assert as_("d-hightech-zone", NOW).get(URL).status_code == 403


def test_what_is_judged_is_what_the_schemes_ask_for() -> None:
    law = load_law()
    for item in judged_items("2019"):
        scheme = load_scheme(find_scheme(f"2019/{item.domain}"), law)
        assert set(item.variables) <= set(scheme.variables)
        assert sum(points for points, _ in item.rubric) == item.high
        assert law.cite(item.clause)


def test_the_median_is_exact() -> None:
    assert [median(map(Decimal, marks)) for marks in (["1"], ["1", "2"], ["9", "1", "2"], ["4", "1", "2", "3"])] == [
        Decimal(1), Decimal("1.5"), Decimal(2), Decimal("2.5"),
    ]  # fmt: skip
