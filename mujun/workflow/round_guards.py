"""Guards of a round up to its decision. Public notice and publication: `notice_guards`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.conflict import quorum
from mujun.workflow.decision import listed, note, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.moment import CHINA, day_in_words
from mujun.workflow.round_facts import Outcome, RoundFacts
from mujun.workflow.states import TrackState


@guard("year_free", RoundFacts)
def year_free(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.year in facts.years_taken:
        yield reason("year_taken", f"{facts.year}年已有一个年度行动。", "请打开它；确要重来的，先取消原来的。")


@guard("calendar_complete", RoundFacts)
def calendar_complete(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    """Late is shown, never refused: the notice itself is dated after its first quarter."""
    if not facts.calendar:
        yield reason("no_calendar", "没有安排日程。", "请按通知三的各步填写起止日期。")
    for step in facts.calendar:
        if step.ends is None and not step.left_open:
            yield reason("calendar_gap", f"日程“{step.label}”没有截止日期。", "请填写；原文没有写的，注明“原文未定”。")
        elif step.ends is not None and (step.done_on or at.now.astimezone(CHINA).date()) > step.ends:
            yield note("late", f"日程“{step.label}”应于{day_in_words(step.ends)}前完成，已逾期。")


@guard("document_number_right", RoundFacts, typed=True)
def document_number_right(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    form = at.settings.document_number
    pattern = re.escape(form).replace(r"\{year\}", "[0-9]{4}").replace(r"\{number\}", "[1-9][0-9]*")
    if facts.document_number and not re.fullmatch(pattern, facts.document_number):
        example = form.format(year=facts.year, number=1)
        message = f"文号“{facts.document_number}”的写法不对。"
        yield reason("bad_document_number", message, f"应如“{example}”：年份四位、用六角括号〔〕，序号不编虚位。")


@guard("plan_issued", RoundFacts)
def plan_issued(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if all(track.state is TrackState.PLAN_DRAFT for track in facts.tracks):
        yield reason("no_plan_issued", "还没有一个领域印发了具体方案。", "请牵头部门先印发方案。")


@guard("collecting_begun", RoundFacts)
def collecting_begun(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if all(track.state in (TrackState.PLAN_DRAFT, TrackState.PLAN_ISSUED) for track in facts.tracks):
        yield reason("not_collecting", "还没有一个领域开始归集数据。", "请牵头部门先开放填报。")


@guard("every_track_accepted", RoundFacts)
def every_track_accepted(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.tracks:
        yield reason("no_tracks", "本年度没有任何领域。", "请先建立各领域。")
    elif all(track.left_out for track in facts.tracks):
        yield reason("no_tracks", "各领域都剔除了，没有可汇总的名单。", "请至少保留一个领域，或取消年度行动。")
    for track in facts.tracks:
        if track.state is not TrackState.ACCEPTED and not track.left_out:
            message = f"“{track.label}”的推荐名单还没有接收。"
            yield reason("track_open", message, "请催报并接收；确定本年度不列入的，写明理由正式剔除。")


@guard("duplicates_resolved", RoundFacts)
def duplicates_resolved(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.duplicates is None:
        yield reason("duplicates_unknown", "还没有核对跨领域重复。", "请先核对。")
    elif facts.duplicates:
        message = f"{listed(facts.duplicates)}在几个领域的名单里重复。"
        yield reason("duplicates", message, "请逐个商有关部门确定保留在哪个领域。")


@guard("pack_fixed", RoundFacts)
def pack_fixed(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.pack_hash:
        yield reason("pack_open", "会议材料还没有定稿。", "请先定稿并计算哈希值，提请后不再改动。")


@guard("pack_stands", RoundFacts)
def pack_stands(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    """What the leading group had before it is what the lists say now."""
    if not facts.pack_hash:
        message = "现在的名单与提请审定时的会议材料不一致。"
        yield reason("pack_changed", message, "请查明改动，由领导小组“审定退回”，重新汇总、定稿后再提请。")


@guard("every_item_decided", RoundFacts, typed=True)
def every_item_decided(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    outcomes = facts.minutes.outcomes if facts.minutes else {}
    open_items = [item.label for item in facts.items if item.key not in outcomes]
    if not facts.items:
        yield reason("no_items", "没有需要审定的事项。", "请先汇总各领域名单。")
    if open_items:
        message = f"纪要里没有{listed(open_items)}的审定结果。"
        yield reason("items_open", message, "请逐项录入“同意”“不同意”或“退回”。")


@guard("none_sent_back", RoundFacts)
def none_sent_back(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    outcomes = facts.minutes.outcomes if facts.minutes else {}
    back = [item.label for item in facts.items if outcomes.get(item.key) is Outcome.SENT_BACK]
    if back:
        yield reason("sent_back", f"{listed(back)}的审定结果是“退回”。", "请按“审定退回”办理，由部门改好再报。")


@guard("quorum_holds", RoundFacts)
def quorum_holds(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    """For each item without those who must keep out of it; who was recused is noted for the minutes."""
    if facts.minutes is None:
        return
    if not facts.items:
        yield reason("quorum_unknown", "没有列出审定事项，无法核对应到、实到人数。", "请先列出会议审定的事项。")
    for item in facts.items:
        count = quorum(item, facts.minutes.members, facts.minutes.present, at.settings.quorum_share)
        if count.unknown:
            message = f"没有登记{listed(count.unknown)}来自哪里，“{item.label}”无法核对回避。"
            yield reason("places_unknown", message, "请先补登记。")
        elif not count.holds:
            yield reason("no_quorum", f"人数不足。{count.sentence}", "请另行开会审定这一项。")
        elif count.recusals:
            yield note("recused", count.sentence)


@guard("tracks_named", RoundFacts, typed=True)
def tracks_named(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.minutes is not None and not facts.minutes.tracks:
        yield reason("no_tracks_named", "纪要没有写明退回哪些领域。", "请写明。")
