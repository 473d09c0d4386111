"""Guards of an incentive for a winner: places, stacking, time, evidence, and the title it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.decision import listed, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.incentive_facts import IncentiveFacts
from mujun.workflow.moment import in_words


@guard("measure_named", IncentiveFacts, typed=True)
def measure_named(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.measure.strip():
        yield reason("no_measure", "没有写明依据哪份激励措施文件。", "请选定已会签的文件和条款。")


@guard("title_stands", IncentiveFacts)
def title_stands(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.title_stands is not True:
        yield reason("no_title", "没有有效的领跑者称号。", "请核对印发的名单；称号已撤销的，不再享受激励。")


@guard("title_withdrawn", IncentiveFacts)
def title_withdrawn(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.title_stands is not False:
        yield reason("title_still_stands", "称号没有被撤销。", "收回激励须先按纪要撤销称号。")


@guard("place_left", IncentiveFacts)
def place_left(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.unlimited:
        return
    if facts.places_left is None:
        yield reason("places_unknown", "没有写明这项激励有多少名额。", "请兑现单位写明，或注明不限名额。")
    elif facts.places_left <= 0:
        yield reason("no_place_left", "这项激励的名额已经用完。", "请关注是否追加，或选择其他激励。")


@guard("stacks", IncentiveFacts)
def stacks(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    """Which incentives combine is data; here only what it came to."""
    if facts.excluded_by is None or facts.over_ceiling is None:
        yield reason("stacking_unknown", "还没有核对能否同已享受的激励叠加。", "请先核对。")
    if facts.excluded_by:
        yield reason("excluded", f"已享受{listed(facts.excluded_by)}，不能叠加。", "请二者选一。")
    if facts.over_ceiling:
        yield reason("over_ceiling", f"超过{listed(facts.over_ceiling)}的上限。", "请核对已享受的数额。")


@guard("not_expired", IncentiveFacts)
def not_expired(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.expires_at is not None and at.now > facts.expires_at:
        yield reason("expired", f"这项激励已于{in_words(facts.expires_at)}到期。", "请联系兑现单位。")


@guard("expired", IncentiveFacts)
def expired(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.expires_at is None or at.now <= facts.expires_at:
        yield reason("still_running", "这项激励没有到期。", "到期以前不得作废。")


@guard("evidence_present", IncentiveFacts, typed=True)
def evidence_present(facts: IncentiveFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.evidence_hash:
        yield reason("no_evidence", "没有兑现凭证。", "请上传文件、拨付单等凭证。")
