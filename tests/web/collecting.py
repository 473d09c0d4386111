"""Services of two counties, three firms, by hand: small numbers one can check, through the same actions as pages."""

from __future__ import annotations

from datetime import datetime

from mujun.web.actions.step import take
from mujun.web.actions.values.approve import check_county
from mujun.web.actions.values.bring_in import Brought, bring_in, look_at
from mujun.web.actions.values.hand_in import hand_in
from mujun.web.evidence import keep
from mujun.web.living.people import PROVINCE, demo_doer, settle_agency, settle_unit
from mujun.web.models import Account, Round, Track, ValueSet
from mujun.web.queries.values.book import form_named
from mujun.web.queries.values.offices import Desk, desk_of
from mujun.web.queries.values.sheet import write_sheet
from mujun.workflow.moment import CHINA
from tests.web.shortcuts import issue_plan

OPENED = datetime(2019, 5, 6, 9, 0, tzinfo=CHINA)
IN_TIME = datetime(2019, 5, 8, 9, 0, tzinfo=CHINA)
LATE = datetime(2019, 5, 20, 9, 0, tzinfo=CHINA)
"""Five working days from 2019-05-06 on end on 2019-05-13, 17:30."""

A, B, C = "91339999X1000001A", "91339999X1000002B", "91339999X1000003C"
FIRMS = {
    A: ("甲服务有限公司（示例）", "上城区"),
    B: ("乙服务有限公司（示例）", "上城区"),
    C: ("丙服务有限公司（示例）", "江干区"),
}
VALUES = {
    "发展改革": {"county": [county for _, county in FIRMS.values()]},
    "统计": {
        "gb_code": ["5910", "5910", "5910"],
        "revenue": ["1000", "2000", "3000"],
        "value_added": ["400", "800", "1200"],
        "staff": ["40", "80", "120"],
        "energy": ["10", "20", "30"],
        "rd": ["5", "6", "7"],
    },
    "企业申报": {"occupies_land": ["是", "是", "是"]},
    "自然资源": {"land": ["10", "20", "30"]},
    "税务": {"tax": ["100", "200", "300"]},
}
NOTHING = "这里没有服务业企业"


def open_services(round_: Round) -> Track:
    """The services' plan is issued and collection opened; offices of the province have log-ins."""
    track = round_.tracks.get(domain="services")
    issue_plan(track, OPENED, "示例〔2019〕1号")
    for agency in VALUES:
        settle_agency("", agency, PROVINCE)
    take("T3", track, by=demo_doer("c-services", OPENED), now=OPENED)
    return Track.objects.select_related("round").get(pk=track.pk)


def desk_for(track: Track, agency: str, login: str = "", now: datetime = OPENED) -> Desk:
    desk, decision = desk_of(track, f"2019/services/{agency}", demo_doer(login or f"p-{agency}", now), now)
    assert desk is not None, decision.reasons
    return desk


def sheet_of(track: Track, agency: str, units: tuple[str, ...] = (A, B, C), **changed: list[str]) -> bytes:
    """The office's file of these firms; `changed` gives columns other values."""
    form = form_named(track, f"2019/services/{agency}")
    assert form is not None
    columns = VALUES[agency] | changed
    order = list(FIRMS)
    rows = [[unit, FIRMS[unit][0], *(columns[one.id][order.index(unit)] for one in form.variables)] for unit in units]
    return write_sheet(form, rows)


def bring(track: Track, agency: str, data: bytes, login: str = "", now: datetime = OPENED) -> Brought:
    """As the page does: looked at first, reasons for what wants one, then in."""
    desk, by, sha256 = desk_for(track, agency, login, now), demo_doer(login or f"p-{agency}", now), keep(data)
    looked = look_at(desk, sha256, f"{agency}.csv", by=by, now=now)
    reasons = {one.code: "已核对，属实" for one in looked.files[0].open}
    return bring_in(desk=desk, sha256=sha256, name=f"{agency}.csv", reasons=reasons, by=by, now=now)


def report(track: Track, *agencies: str, now: datetime = OPENED) -> None:
    """Brought in and handed in, for all counties at once."""
    for agency in agencies:
        bring(track, agency, sheet_of(track, agency), now=now)
        by = demo_doer(f"p-{agency}", now)
        hand_in(desk=desk_for(track, agency, now=now), nothing_because=NOTHING, by=by, now=now)


def confirm_all(track: Track, now: datetime = LATE) -> None:
    """Nobody says anything in time; the counties submit."""
    for county, login in (("上城区", "k-330102"), ("江干区", "k-330104")):
        check_county(track=track, county=county, by=demo_doer(login, now), now=now)


def the_set(unit: str = A) -> ValueSet:
    return ValueSet.objects.select_related("track__round").get(unit=unit)


def with_account(unit: str) -> str:
    """The firm's log-in."""
    login = f"e-{unit}"
    if not Account.objects.filter(username=login).exists():
        settle_unit("", unit, FIRMS[unit][0])
        ValueSet.objects.filter(unit=unit).update(has_account=True)
    return login
