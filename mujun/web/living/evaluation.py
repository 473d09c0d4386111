"""The stretch from locked data to accepted lists, of all seven domains: June to August. Nothing here is decided anew.

Of the manufacturers one is left out for another, with a reason; the adopted list of counties differs in one place.
"""

from __future__ import annotations

from datetime import date, datetime

from mujun.web.actions.adoption import explain_differences, record_document
from mujun.web.actions.evaluate import ask_for_run, carry_out_run
from mujun.web.actions.step import propose, take
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.living.people import demo_doer
from mujun.web.models import Round, Run, Track
from mujun.web.queries.adoption import differences_of, ranked_units, told_document
from mujun.web.queries.drawing import drawn_from
from mujun.web.queries.quotas import frozen_run
from mujun.workflow.moment import CHINA

EVALUATED = datetime(2019, 6, 14, 15, 0, tzinfo=CHINA)
FROZEN = datetime(2019, 6, 20, 10, 0, tzinfo=CHINA)
DRAWN = datetime(2019, 7, 8, 9, 30, tzinfo=CHINA)
SIGNED = datetime(2019, 7, 15, 16, 0, tzinfo=CHINA)
SUBMITTED = datetime(2019, 7, 16, 9, 0, tzinfo=CHINA)
PROPOSED = datetime(2019, 8, 9, 10, 0, tzinfo=CHINA)
ACCEPTED = datetime(2019, 8, 12, 10, 0, tzinfo=CHINA)

_ADOPTED = 10
_WHY_TIED = "并列在最后一个名额上，各项得分完全相同，方案没有写并列怎样取舍，均不列入（示例）。"
_WHY_OVER = "企业正在办理迁出本省的手续，经与所在县亩均办核实，本年度不作推荐（示例）。"
_WHY_ON = "督查激励看全年改革工作，综合评议看亩均数据；名单以公布的文件为准（示例）。"
_WHY_OFF = "综合评议的名次在前，督查激励名单没有列入；名单以公布的文件为准（示例）。"


def live_evaluated(round_: Round) -> None:
    for track in _tracks(round_, "LOCKED"):
        run = ask_for_run(track=track, by=_clerk(track, EVALUATED), now=EVALUATED)
        carry_out_run(run, lambda: EVALUATED)
        run.refresh_from_db()
        if run.progress != Run.Progress.DONE:
            raise ValueError(f"{track}: {run.problem}")


def live_frozen(round_: Round) -> None:
    for track in _tracks(round_, "EVALUATED"):
        take("T6", track, by=_head(track, FROZEN), now=FROZEN)


def live_submitted(round_: Round) -> None:
    for track in _tracks(round_, "FROZEN"):
        if track.adopted:
            _adopt(track)
            take("T8a", track, by=_head(track, SIGNED), now=SIGNED)
        else:
            take("T7", track, {"left_out": _left_out(track)}, by=_clerk(track, DRAWN), now=DRAWN)
            take("T8", track, by=_head(track, SIGNED), now=SIGNED)
        take("T9", track, by=_head(track, SUBMITTED), now=SUBMITTED)


def live_accepted(round_: Round) -> None:
    for track in _tracks(round_, "SUBMITTED"):
        propose("T10", track, by=demo_doer("a", PROPOSED), now=PROPOSED)
        take("T10", track, by=demo_doer("b2", ACCEPTED), now=ACCEPTED)


def _adopt(track: Track) -> None:
    """The document names the best of our own ranking but one: the last is passed over for the next."""
    best = [unit.key for unit in ranked_units(track)]
    clerk = _clerk(track, DRAWN)
    record_document(
        track=track,
        title="示例名单（虚构）：“亩均论英雄”改革工作督查激励县（市、区）",
        document_number="示例〔2019〕1号",
        dated=date(2019, 5, 8),
        scan_hash=keep(b"%PDF-1.4\n% \xe7\xa4\xba\xe4\xbe\x8b\n%%EOF\n"),
        keys=[*best[: _ADOPTED - 1], best[_ADOPTED]],
        by=clerk,
        now=DRAWN,
    )
    explained = {one.unit.name: _WHY_ON if one.on_list else _WHY_OFF for one in differences_of(track)}
    explain_differences(track=track, explained=explained, by=clerk, now=DRAWN)
    propose("T7a", track, told_document(track), by=clerk, now=DRAWN)
    take("T7a", track, by=_head(track, DRAWN), now=DRAWN)


def _left_out(track: Track) -> list[dict[str, str]]:
    """Of the manufacturers the fifth of a group, so that the next is taken; and whoever is tied at the last place."""
    run = frozen_run(track)
    assert run is not None
    drawn = drawn_from(run, {})
    over: dict[str, str] = {}
    if track.domain == "manufacturing":
        full = {unit.group for unit in (*drawn.waiting, *drawn.torn)}
        fifth = next((unit for unit in drawn.listed if unit.rank == 5 and unit.group in full), None)
        over = {fifth.key: _WHY_OVER} if fifth is not None else {}
    tied = {unit.key: _WHY_TIED for unit in drawn_from(run, over).torn}
    return [{"key": key, "reason": why} for key, why in {**over, **tied}.items()]


def _tracks(round_: Round, state: str) -> list[Track]:
    return list(round_.tracks.filter(state=state, left_out="").select_related("round"))


def _clerk(track: Track, now: datetime) -> Doer:
    return demo_doer("a" if track.domain == "county" else f"c-{_chair(track)}", now)


def _head(track: Track, now: datetime) -> Doer:
    return demo_doer("b" if track.domain == "county" else f"d-{_chair(track)}", now)


def _chair(track: Track) -> str:
    return track.domain.replace("_", "-")
