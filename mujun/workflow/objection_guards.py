"""Guards of an objection. What comes late or in the wrong way is recorded all the same; here is what may follow."""

from __future__ import annotations

from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.acts import Act
from mujun.workflow.decision import listed, note, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.moment import in_words
from mujun.workflow.objection_facts import ObjectionFacts, Refusal

_MEND = {
    Refusal.LATE: "请以“超期”不予受理，并告知信访、复议途径。",
    Refusal.ANONYMOUS: "请以“匿名”不予受理，线索另行核查。",
    Refusal.DUPLICATE: "请以“重复”不予受理，并告知原来的受理号。",
    Refusal.OTHER_MATTER: "请以“非本事项”不予受理，并告知该找谁。",
    Refusal.NO_GROUNDS: "请以“无具体理由”不予受理，或请异议人补充。",
}


@guard("objection_recordable", ObjectionFacts, typed=True)
def objection_recordable(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    """Nothing but an empty sheet is turned away at the door."""
    if not facts.text.strip() and not facts.scan_hash:
        yield reason("empty_objection", "没有写异议的内容。", "请写明对谁、对什么有异议和理由。")
    if facts.target.on_paper and not facts.scan_hash:
        yield reason("no_scan", "代录书面异议没有附扫描件。", "请上传书面异议的扫描件。")
    if is_late(facts) and facts.notice is not None:
        message = f"公示已于{in_words(facts.notice.ends_at)}结束，本件{in_words(facts.received_at)}收到，记为超期。"
        yield note("late", message, "仍可通过信访、行政复议反映。")


@guard("objection_admissible", ObjectionFacts)
def objection_admissible(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    for ground, said in _grounds(facts):
        yield reason("not_admissible", said, _MEND[ground])


@guard("refusal_grounded", ObjectionFacts, typed=True)
def refusal_grounded(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.refusal is None:
        yield reason("no_refusal_ground", "没有选不予受理的理由。", f"请选：{'、'.join(Refusal)}。")
    elif facts.refusal not in [ground for ground, _ in _grounds(facts)]:
        yield reason(
            "refusal_untrue", f"本件并不是“{facts.refusal}”，不能以此不予受理。", "请核对；没有其他理由的，应予受理。"
        )
    if not facts.next_door.strip():
        yield reason("no_next_door", "没有告知异议人还可以找谁。", "请写明信访、行政复议等途径。")


@guard("grounds_answered", ObjectionFacts, typed=True)
def grounds_answered(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    silent = [ground for ground, answer in facts.grounds.items() if not answer.strip()]
    if not facts.grounds:
        yield reason("no_grounds", "没有列出异议的各条理由。", "请逐条列出并答复。")
    if silent:
        yield reason("ground_unanswered", f"理由{listed(silent)}没有答复。", "请逐条写明认定和依据。")


@guard("questions_answered", ObjectionFacts)
def questions_answered(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.open_questions:
        yield reason("question_open", f"询问{listed(facts.open_questions)}还没有答复。", "请催办，或注明逾期未答。")


@guard("change_stated", ObjectionFacts, typed=True)
def change_stated(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.changes_list is None:
        yield reason("change_unknown", "没有写明名单要不要变更。", "请写明。")


@guard("by_the_objector", ObjectionFacts)
def by_the_objector(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    filed = facts.done.get(Act.OBJECTION_FILED, frozenset())
    if at.actor is None or at.actor.person not in filed:
        yield reason(
            "not_the_objector", "只有提出异议的本人可以撤回。", "请由本人撤回；书面撤回的，由代录人附扫描件办理。"
        )


@guard("remedy_recorded", ObjectionFacts, typed=True)
def remedy_recorded(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.remedy.strip():
        yield reason("no_remedy", "没有写明怎么纠正的。", "请写明，并链接再次审定的纪要或新的数据。")


@guard("nothing_left_to_remedy", ObjectionFacts)
def nothing_left_to_remedy(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.changes_list is not False:
        yield reason("remedy_open", "异议成立而名单须变更，还没有纠正。", "请先提请再次审定，纠正后再办结。")


@guard("answer_sent", ObjectionFacts)
def answer_sent(facts: ObjectionFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.answer_sent:
        yield reason("not_told", "还没有答复异议人。", "请先送达答复。")


def is_late(facts: ObjectionFacts) -> bool:
    return facts.notice is not None and facts.notice.is_late(facts.received_at)


def _grounds(facts: ObjectionFacts) -> Iterator[tuple[Refusal, str]]:
    if is_late(facts):
        yield Refusal.LATE, "本件在公示结束后收到。"
    if not facts.real_name or not facts.objector.strip():
        yield Refusal.ANONYMOUS, "本件没有署实名。"
    if facts.duplicate_of:
        yield Refusal.DUPLICATE, f"本件与{facts.duplicate_of}重复。"
    if facts.notice is None or facts.concerns_notice is not True:
        yield Refusal.OTHER_MATTER, "本件说的不是公示的事项，或还没有核对。"
    if not facts.grounds:
        yield Refusal.NO_GROUNDS, "本件没有具体理由。"
