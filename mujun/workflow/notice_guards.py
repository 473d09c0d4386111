"""Guards of a round from public notice to publication, and after it."""

from __future__ import annotations

from collections.abc import Iterator

from mujun.findings import Finding
from mujun.workflow.decision import listed, reason
from mujun.workflow.guard import Circumstance, guard
from mujun.workflow.moment import CHINA, in_words
from mujun.workflow.notice import end_of_notice, extend_notice
from mujun.workflow.round_facts import RoundFacts


@guard("list_is_decided", RoundFacts)
def list_is_decided(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.decided_hash or facts.list_hash != facts.decided_hash:
        yield reason(
            "list_changed", "名单与领导小组审定的不一致。", "名单不得自行改动：请恢复审定的名单，或提请再次审定。"
        )


@guard("notice_is_of_decided_list", RoundFacts, typed=True)
def notice_is_of_decided_list(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.next_notice is None:
        yield reason("no_notice", "还没有拟定公示。", "请先拟定公示。")
    elif not facts.decided_hash or facts.next_notice.list_hash != facts.decided_hash:
        yield reason(
            "notice_of_other_list", "公示的名单与审定的名单不一致，一个字也不能差。", "请用审定的名单重新拟定公示。"
        )


@guard("notice_long_enough", RoundFacts, typed=True)
def notice_long_enough(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    notice, settings = facts.next_notice, at.settings
    if notice is None:
        return
    if notice.opened_at.astimezone(CHINA).date() < at.now.astimezone(CHINA).date():
        yield reason(
            "notice_backdated", f"公示起始写的是{in_words(notice.opened_at)}，已经过去。", "请改为今天或以后。"
        )
    earliest = end_of_notice(notice.opened_at, settings.notice_workdays, settings.notice_closes_at, settings.workdays)
    if isinstance(earliest, Finding):
        yield earliest
    elif notice.ends_at < earliest:
        message = f"公示须满{settings.notice_workdays}个工作日，写的{in_words(notice.ends_at)}结束太早。"
        yield reason("notice_short", message, f"请改为不早于{in_words(earliest)}。")


@guard("notice_complete", RoundFacts, typed=True)
def notice_complete(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.next_notice is None:
        return
    parts = (("联系方式", "contact"), ("提出异议的途径", "ways"), ("公示依据", "basis"))
    missing = [label for label, key in parts if not getattr(facts.next_notice, key).strip()]
    if missing:
        yield reason("notice_incomplete", f"公示缺少{listed(missing)}。", "请补上。")


@guard("notice_covers_added", RoundFacts)
def notice_covers_added(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    """The first notice has all names; after a new decision those added get one of their own."""
    if facts.next_notice is None:
        return
    missing = sorted(facts.names - _noticed(facts) - facts.next_notice.names)
    if missing:
        yield reason("names_not_in_notice", f"公示里没有{listed(missing)}。", "凡没有公示过的都须列入。")
    yield from _not_on_list(facts)
    if not facts.names - _noticed(facts):
        yield reason("nothing_to_notice", "名单上没有未曾公示过的名字。", "名单只有删减的，请按“续公示”办理。")


@guard("names_only_removed", RoundFacts)
def names_only_removed(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.notices:
        yield reason("no_earlier_notice", "还没有公示过。", "请先公示。")
    added = sorted(facts.names - _noticed(facts))
    if added and facts.notices:
        yield reason("names_added", f"{listed(added)}没有公示过。", "增补的须另行公示，请按“公示”办理。")
    yield from _not_on_list(facts)


@guard("notice_not_shortened", RoundFacts)
def notice_not_shortened(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    ends = max((one.ends_at for one in facts.notices), default=None)
    if facts.next_notice is not None and ends is not None and facts.next_notice.ends_at < ends:
        yield reason(
            "notice_not_longer", f"公示原定{in_words(ends)}结束，只能延长，不能缩短。", "请改回原定时间或更晚。"
        )


@guard("notice_extended", RoundFacts, typed=True)
def notice_extended(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    """The notice under way gets a later end and nothing else."""
    if not facts.notices or facts.next_notice is None:
        yield reason("no_notice", "没有正在进行的公示，或没有写延长到何时。", "请写明延长到何时。")
        return
    now_open, wanted = facts.notices[-1], facts.next_notice
    extended = extend_notice(now_open, wanted.ends_at, at.now)
    if isinstance(extended, Finding):
        yield extended
    elif extended != wanted:
        yield reason("notice_changed", "除了结束时间，公示的其他内容也改动了。", "延长只能改结束时间，请恢复其他内容。")


@guard("upheld_change_exists", RoundFacts)
def upheld_change_exists(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.upheld_changes:
        yield reason("nothing_upheld", "没有成立而须变更名单的异议。", "名单不得自行变更；须先有异议的复核决定。")


@guard("notice_over", RoundFacts)
def notice_over(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    """Computed from `now`; nobody runs a clock."""
    if not facts.notices:
        yield reason("no_notice", "名单没有公示过。", "请先公示。")
    for notice in facts.notices:
        if not notice.is_over(at.now):
            yield reason(
                "notice_running", f"公示到{in_words(notice.ends_at)}为止，还没有结束。", "请待公示结束后再办。"
            )


@guard("notice_bound_to_decision", RoundFacts)
def notice_bound_to_decision(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.notices and (not facts.decided_hash or facts.notices[-1].list_hash != facts.decided_hash):
        yield reason(
            "notice_of_other_list", "最后公示的名单不是审定的名单。", "请用审定的名单公示（只有删减的续公示）。"
        )


@guard("every_name_noticed", RoundFacts)
def every_name_noticed(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.names:
        yield reason("empty_list", "名单是空的。", "请核对名单。")
    missing = sorted(facts.names - _noticed(facts))
    if missing:
        yield reason("names_not_in_notice", f"{listed(missing)}没有公示过。", "增补的须另行公示。")


@guard("no_open_objection", RoundFacts)
def no_open_objection(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.open_objections is None:
        yield reason("objections_unknown", "还没有核对异议办理情况。", "请先核对。")
    elif facts.open_objections:
        yield reason("objection_open", f"异议{listed(facts.open_objections)}还没有办结。", "请受理复核员办结后再印发。")


@guard("no_upheld_change", RoundFacts)
def no_upheld_change(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.upheld_changes:
        message = f"异议{listed(facts.upheld_changes)}成立，名单须变更而没有再次审定。"
        yield reason("not_decided_anew", message, "请先提请领导小组再次审定。")


@guard("public_statement", RoundFacts, typed=True)
def public_statement(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if facts.notices and not facts.public_statement.strip():
        yield reason("no_public_statement", "已经公示过，取消须向社会说明。", "请写好说明。")


@guard("corrects_publication", RoundFacts, typed=True)
def corrects_publication(facts: RoundFacts, at: Circumstance) -> Iterator[Finding]:
    if not facts.corrects.strip():
        yield reason(
            "nothing_corrected", "没有写明更正、变更的是哪一次印发。", "请选定原来的印发，旧的保留并加删除线。"
        )


def _not_on_list(facts: RoundFacts) -> Iterator[Finding]:
    strangers = sorted(facts.next_notice.names - facts.names) if facts.next_notice else []
    if strangers:
        yield reason(
            "names_not_on_list", f"公示里的{listed(strangers)}不在审定的名单上。", "请删去，只公示审定的名单。"
        )


def _noticed(facts: RoundFacts) -> frozenset[str]:
    return frozenset().union(*(notice.names for notice in facts.notices))
