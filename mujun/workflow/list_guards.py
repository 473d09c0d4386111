"""Guards of a domain's list: drawn up or adopted, signed, handed in, returned."""

from __future__ import annotations

from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.decision import listed, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.states import RoundState, TrackState
from mujun.workflow.track_facts import TrackFacts


@guard("ties_settled", TrackFacts)
def ties_settled(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.unsettled_ties is None:
        yield reason("ties_unknown", "还没有核对末位并列。", "请先由评价结果生成名单。")
    elif facts.unsettled_ties:
        message = f"末位名额上{listed(facts.unsettled_ties)}并列，方案没有规定怎么取舍。"
        yield reason(
            "tie_without_rule", message, "请修订方案补上并列规则，或把并列的都不列入并写明理由，不得自行取舍。"
        )


@guard("deviations_reasoned", TrackFacts)
def deviations_reasoned(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.deviations is None:
        yield reason("deviations_unknown", "还没有核对名单与名次是否一致。", "请先核对。")
    silent = [one.label for one in facts.deviations or () if not one.reason.strip()]
    if silent:
        yield reason(
            "deviation_without_reason",
            f"{listed(silent)}没有按名次推荐，也没有写理由。",
            "请逐个写明理由，它会列入会议材料。",
        )


@guard("adopted_document_complete", TrackFacts, typed=True)
def adopted_document_complete(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    document = facts.adopted
    parts = {
        "文号": document and document.document_number.strip(),
        "日期": document and document.dated,
        "扫描件": document and document.file_hash,
    }
    missing = [label for label, value in parts.items() if not value]
    if missing:
        yield reason("adopted_incomplete", f"采用的文件缺少{listed(missing)}。", "请照省政府办公厅公布的文件补齐。")


@guard("differences_explained", TrackFacts)
def differences_explained(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    document = facts.adopted
    if document is None:
        return
    if document.differences is None:
        yield reason("differences_unknown", "采用的名单还没有同综合评议的排名对照。", "请先对照，逐个列出差异。")
        return
    silent = [one for one in document.differences if one not in document.explained]
    if silent:
        yield reason("difference_unexplained", f"{listed(silent)}与综合评议的排名不一致，没有说明。", "请逐个说明。")


@guard("list_unchanged_since_signed", TrackFacts)
def list_unchanged_since_signed(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.signed_hash or facts.list_hash != facts.signed_hash:
        yield reason("list_changed", "名单与签发的不一致。", "请恢复签发的名单，或改好后重新签发。")


@guard("data_stand_if_returned", TrackFacts)
def data_stand_if_returned(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    """The list may be drawn up or adopted anew after a return; the first time there is nothing to ask."""
    if facts.state is TrackState.RETURNED and facts.data_must_change is not False:
        yield reason("data_must_change", "退回意见要求改数据，或没有说明要不要改。", "要改数据的，请按“重新归集”办理。")


@guard("data_change", TrackFacts)
def data_change(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.data_must_change is not True:
        yield reason(
            "data_stand", "退回意见没有要求改数据。", "请直接修改名单；确要改数据的，请省亩均办在退回意见里写明。"
        )


@guard("minutes_name_track", TrackFacts)
def minutes_name_track(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    """Follows the round's own return, in the same transaction: by then the round is evaluating again."""
    if facts.minutes is not None and facts.target.domain not in facts.minutes.tracks:
        yield reason("track_not_named", "纪要没有写明退回本领域。", "请核对纪要。")
    if facts.round_state is not RoundState.EVALUATING:
        yield reason("round_not_sent_back", "年度行动还没有按纪要退回“评价”阶段。", "请先办“审定退回”。")
