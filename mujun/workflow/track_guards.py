"""Guards of a domain's track from its plan to a frozen evaluation. Lists and signatures: `list_guards`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from mujun.findings import Finding
from mujun.workflow.decision import listed, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.moment import in_words
from mujun.workflow.shared_guards import contested
from mujun.workflow.states import RoundState, ValuesState
from mujun.workflow.track_facts import TrackFacts


@guard("domain_free", TrackFacts)
def domain_free(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.exists:
        yield reason("domain_taken", "本领域在本年度已经有了。", "请打开它；改方案请用“修订方案”。")


@guard("round_under_way", TrackFacts)
def round_under_way(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.round_state not in (RoundState.PLANNED, RoundState.EVALUATING, RoundState.COMPILING):
        yield reason(
            "round_not_open", "年度方案还没有印发，或已经提请审定。", "请待省亩均办印发年度方案；已提请的，须先退回。"
        )


@guard("round_before_review", TrackFacts)
def round_before_review(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    """While the office compiles, a department whose list came back mends it; the round stays where it is."""
    if facts.round_state not in (RoundState.EVALUATING, RoundState.COMPILING):
        yield reason("round_not_open", "年度行动不在“评价”“汇总”阶段。", "已经提请审定的，须先由领导小组退回。")


@guard("draft_begun", TrackFacts)
def draft_begun(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    """Said once: without a draft there are no weights and no rules to judge."""
    if facts.drafted:
        return
    if facts.issued_scheme_hash:
        mend = "请经办人打开现行方案，点“拟修订稿”，改好以后再来印发；在此以前现行方案照常有效。"
        yield reason("no_draft", "还没有拟修订稿，没有可以印发的。", mend)
    else:
        yield reason("no_draft", "还没有拟好的方案。", "请经办人先拟一稿。")


@guard("weights_add_up", TrackFacts)
def weights_add_up(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.drafted:
        return
    if not facts.weights:
        yield reason("no_weights", "方案没有权重。", "请填写各项指标的权重。")
    for weight in facts.weights or ():
        total = sum(weight.parts, Fraction(0))
        if total != at.settings.weights_total:
            message = f"“{weight.label}”的权重合计为{_plain(total)}，应为{_plain(at.settings.weights_total)}。"
            yield reason("weights_total", message, "请核对各项权重。")


@guard("scheme_sound", TrackFacts)
def scheme_sound(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.drafted:
        return
    if facts.scheme_errors is None or not facts.scheme_hash:
        yield reason("scheme_unchecked", "方案的规则还没有检查。", "请先检查。")
    elif facts.scheme_errors:
        yield reason("scheme_errors", f"方案的规则还有{facts.scheme_errors}处错误。", "请逐处改好。")


@guard("scheme_is_new", TrackFacts)
def scheme_is_new(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.scheme_hash and facts.scheme_hash == facts.issued_scheme_hash:
        yield reason("scheme_unchanged", "规则与已印发的方案完全相同。", "没有修改就不必修订。")


@guard("every_set_accepted", TrackFacts)
def every_set_accepted(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    """What is still disputed cannot be locked as if it were confirmed."""
    if not facts.values:
        yield reason("no_values", "还没有任何数据。", "请先归集数据。")
    for one in facts.values or ():
        if one.contested and one.state is not ValuesState.DISPUTED:
            yield contested(one.label, one.contested)
        if one.excluded or one.state is ValuesState.ACCEPTED:
            continue
        if one.state is ValuesState.DISPUTED:
            message = f"“{one.label}”有争议（{listed(one.contested)}），不能当作已确认锁定。"
            yield reason("set_disputed", message, "请数据提供部门更正，或书面说明理由不改。")
        else:
            yield reason("set_open", f"“{one.label}”还没有收下。", "请催办；确定不参评的，写明理由剔除。")


@guard("run_on_sealed_data", TrackFacts)
def run_on_sealed_data(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.run_data_hash or facts.run_data_hash != facts.sealed_hash:
        yield reason("run_on_other_data", "这次评价用的不是锁定的数据。", "请用锁定的数据重新运行评价。")
    if not facts.run_scheme_hash or facts.run_scheme_hash != facts.issued_scheme_hash:
        yield reason("run_on_other_scheme", "这次评价用的不是印发的方案。", "请用印发的方案重新运行评价。")


@guard("no_other_frozen_run", TrackFacts)
def no_other_frozen_run(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.frozen_runs:
        yield reason("frozen_already", "本领域已有一次定版的评价。", "一个领域一年只能有一次；要换，请先解锁使它作废。")


@guard("frozen_run_stands", TrackFacts)
def frozen_run_stands(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.frozen_runs != 1:
        yield reason("no_frozen_run", "没有一次有效的定版评价。", "数据有变的，请重新锁定、评价、定版。")


@guard("unlocked", TrackFacts)
def unlocked(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.unlocked_before:
        yield reason("not_unlocked", "本领域的数据没有锁定过，不存在解锁期限。", "归集期间照常填报即可。")


@guard("unlock_time_boxed", TrackFacts, typed=True)
def unlock_time_boxed(facts: TrackFacts, at: Circumstance) -> Iterator[Finding]:
    until, hours = facts.unlock_until, at.settings.unlock_hours
    if until is None:
        yield reason("no_time_box", "没有写明解锁到何时。", f"请写明，最长{hours}小时。")
    elif not timedelta(0) < until - at.now <= timedelta(hours=hours):
        message = f"解锁期限{in_words(until)}不在今后{hours}小时以内。"
        yield reason("bad_time_box", message, f"请改为从现在起{hours}小时以内。")


def _plain(value: Fraction) -> str:
    """99.99 for 9999/100; a fraction as it is where it has no end."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == value else str(value)
