"""Guards that ask the same of every machine, or of two: a reason typed, a number free, a recent log-in, quotas."""

from __future__ import annotations

from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.decision import listed, note, reason
from mujun.workflow.facts import Facts
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.identity import unproved
from mujun.workflow.round_facts import RoundFacts
from mujun.workflow.track_facts import TrackFacts


@guard("reason_given", Facts, typed=True)
def reason_given(facts: Facts, at: Circumstance) -> Iterator[Finding]:
    if not facts.reason.strip():
        yield reason("no_reason", "没有写理由。", "请写明理由，它会记入审计记录并让有关各方看到。")


@guard("reauthenticated", Facts, typed=True)
def reauthenticated(facts: Facts, at: Circumstance) -> Iterator[Finding]:
    """Asked of whoever takes the step, not of who proposes it."""
    if not at.proposing:
        yield from unproved(at.actor, at.now, at.settings.reauthentication_minutes)


@guard("document_number_free", RoundFacts, TrackFacts, typed=True)
def document_number_free(facts: RoundFacts | TrackFacts, at: Circumstance) -> Iterator[Finding]:
    number = facts.document_number.strip()
    if not number:
        yield reason("no_document_number", "没有填发文字号。", "请填写，例如“浙亩均办〔2019〕4号”。")
    elif number in facts.numbers_taken:
        yield reason("document_number_taken", f"文号“{number}”已经用过。", "请核对发文登记簿，换一个号。")


@guard("quotas_hold", RoundFacts, TrackFacts)
def quotas_hold(facts: RoundFacts | TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.quotas is None:
        yield reason("quotas_unknown", "还没有核对名额。", "请先核对各领域的名额。")
    for quota in facts.quotas or ():
        if quota.places is None:
            yield reason("no_quota", f"“{quota.label}”没有名额。", "请在方案里写明名额。")
        elif quota.listed > quota.places:
            message = f"“{quota.label}”名额{quota.places}个，名单列了{quota.listed}个。"
            yield reason("over_quota", message, f"请减去{quota.listed - quota.places}个，或修订方案。")


@guard("minutes_recorded", RoundFacts, TrackFacts, typed=True)
def minutes_recorded(facts: RoundFacts | TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.minutes is None or not facts.minutes.scan_hash:
        yield reason("no_minutes", "没有会议纪要或签字扫描件。", "请录入纪要并上传签字扫描件。")


@guard("computed_domain", TrackFacts)
def computed_domain(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.target.domain == at.settings.first_domain:
        yield reason("adopted_domain", "本领域的名单采用督查激励名单，不另行推荐。", "请用“采用名单”办理。")


@guard("adopted_domain", TrackFacts)
def adopted_domain(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.target.domain != at.settings.first_domain:
        yield reason("computed_domain", "只有县（市、区）领域采用别处公布的名单。", "请用“拟定推荐名单”办理。")


def contested(label: str, cells: tuple[str, ...]) -> Finding:
    """What stays 有争议 is shown so, wherever it goes."""
    return note("contested", f"“{label}”有争议的单元格：{listed(cells)}，各处都标明“有争议”。")
