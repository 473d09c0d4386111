"""Guards of a set of values: entered, confirmed or disputed, approved level by level."""

from __future__ import annotations

from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.decision import listed, note, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.moment import in_words
from mujun.workflow.states import TrackState
from mujun.workflow.values_facts import ValuesFacts


@guard("track_collecting", ValuesFacts)
def track_collecting(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.track_state is not TrackState.COLLECTING:
        yield reason("not_collecting", "本领域现在不在归集数据。", "已锁定的，须先由牵头部门两人限时解锁。")


@guard("unlock_in_time", ValuesFacts)
def unlock_in_time(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    """After a lock exception has run out, what is entered may be confirmed and locked, but nothing changed."""
    if facts.unlock_until is not None and at.now > facts.unlock_until:
        message = f"限时解锁到{in_words(facts.unlock_until)}为止，已经过期。"
        yield reason("unlock_over", message, "请锁定数据；确要再改的，由牵头部门两人“延长解锁”。")


@guard("values_sound", ValuesFacts)
def values_sound(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.blocking_findings is None:
        yield reason("values_unchecked", "数据还没有校验。", "请先校验。")
    elif facts.blocking_findings:
        yield reason("values_errors", f"数据还有{facts.blocking_findings}处错误。", "请按校验意见逐处改好。")


@guard("confirmation_open", ValuesFacts)
def confirmation_open(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    """Only where silence confirms does lateness shut the door; elsewhere somebody has to confirm, late or not."""
    if facts.confirm_by is not None and at.now > facts.confirm_by:
        message = f"确认期限{in_words(facts.confirm_by)}已过。"
        if facts.silence_confirms is True:
            yield reason(
                "confirmation_over", message, "逾期视为无异议；确有错误的，请向县亩均办书面反映，由其退回后再改。"
            )
        else:
            yield note("late", message, "记为逾期。")


@guard("confirmation_over", ValuesFacts)
def confirmation_over(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.confirm_by is None:
        yield reason("no_confirmation_time", "方案没有规定确认期限。", "没有期限就不能视同确认，请评价对象确认。")
    elif at.now <= facts.confirm_by:
        yield reason("confirmation_running", f"确认期限到{in_words(facts.confirm_by)}，还没有过。", "请待期满。")


@guard("silence_confirms", ValuesFacts)
def silence_confirms(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.silence_confirms is not True:
        yield reason(
            "silence_says_nothing", "方案没有规定“逾期视为无异议”。", "请催评价对象确认，或由县亩均办代为确认。"
        )


@guard("no_unanswered_dispute", ValuesFacts)
def no_unanswered_dispute(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.unanswered:
        message = f"对{listed(facts.unanswered)}的疑问还没有答复，仍有争议。"
        yield reason("dispute_unanswered", message, "请数据提供部门更正，或书面说明理由不改。")


@guard("cells_disputed", ValuesFacts, typed=True)
def cells_disputed(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.disputed:
        yield reason("nothing_disputed", "没有指明对哪个数有疑问。", "请逐个点选并写明理由。")


@guard("signed_scan_present", ValuesFacts, typed=True)
def signed_scan_present(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.signed_scan:
        yield reason("no_signed_scan", "代为确认没有附签字扫描件。", "请上传评价对象签字盖章的扫描件。")


@guard("county_has_submitted", ValuesFacts)
def county_has_submitted(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.county_submitted:
        yield reason("county_not_submitted", "县亩均办还没有审核上报。", "请催县亩均办审核上报。")


@guard("every_agency_submitted", ValuesFacts)
def every_agency_submitted(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.missing_agencies is None:
        yield reason("agencies_unknown", "还没有核对哪些部门没有报。", "请先核对。")
    elif facts.missing_agencies:
        yield reason("agency_missing", f"{listed(facts.missing_agencies)}还没有报送。", "请催报，报齐后再办。")


@guard("children_approved", ValuesFacts)
def children_approved(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.unapproved_children is None:
        yield reason("children_unknown", "还没有核对下级是否都已通过。", "请先核对。")
    elif facts.unapproved_children:
        yield reason("child_open", f"下级{listed(facts.unapproved_children)}还没有通过。", "请先办好下级的。")


@guard("parent_not_approved", ValuesFacts)
def parent_not_approved(facts: ValuesFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.parent_approved:
        yield reason("parent_approved", f"上级“{facts.parent_approved}”已经通过。", "须先由上级退回，才能重开下级。")
