"""The line people see: the states of the workflow, with the days that are known."""

from __future__ import annotations

from mujun.web.models import Round, Track, ValueSet
from mujun.web.queries.line import Station, round_line, track_line, values_line
from mujun.workflow.states import TrackState, ValuesState

MARK = {"done": "✓", "now": "→", "ahead": ""}


def said(line: list[Station]) -> str:
    days = [f" {one.note}{one.day:%m-%d}" if one.day else "" for one in line]
    return "，".join(MARK[one.where] + one.label + day for one, day in zip(line, days, strict=True))


def test_a_round_on_notice_tells_until_when(on_notice: Round) -> None:
    assert said(round_line(on_notice)) == ("✓筹备，✓方案印发 04-09，✓评价，✓汇总，✓审定 09-24，→公示 截止10-10，印发")


def test_an_issued_round_is_done(issued: Round) -> None:
    assert said(round_line(issued)) == ("✓筹备，✓方案印发 04-09，✓评价，✓汇总，✓审定 09-24，✓公示 10-10，✓印发 10-14")


def test_a_returned_list_stands_before_the_list_again(planned: Round) -> None:
    lines = {
        domain: said(track_line(Track(round=planned, domain=domain, state=TrackState.RETURNED)))
        for domain in ("county", "services")
    }
    before = "✓拟定方案，✓方案已印发，✓归集数据，✓数据已锁定，✓已评价，→评价已定版（已退回）"
    assert lines == {
        "county": f"{before}，已采用名单，已签发，已报送，已接收",
        "services": f"{before}，拟定名单，已签发，已报送，已接收",
    }


def test_a_disputed_set_stands_where_it_was_handed_in(planned: Round) -> None:
    track = planned.tracks.get(domain="manufacturing")
    lines = [
        said(values_line(ValueSet(track=track, state=one))) for one in (ValuesState.DISPUTED, ValuesState.RETURNED)
    ]
    assert lines == [
        "✓填报中，→已报送（有争议），企业确认，市级已审，已收下",
        "→填报中（已退回），已报送，企业确认，市级已审，已收下",
    ]
