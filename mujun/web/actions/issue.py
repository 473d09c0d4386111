"""Issue a plan under its document number, by another person than drafted it; revise one that is in force.

Issuing writes a clause for each assumption and stores the rules anew, resting on those clauses. What was issued is
never changed: a revision is another plan (see `revisions`), and what came after the old one is void and stays visible.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from mujun.scheme.amend import ISSUED, cite_clauses
from mujun.web.actions.numbers import take_number
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out, forget
from mujun.web.doer import Doer
from mujun.web.evidence import keep, kept
from mujun.web.models import ActDone, Plan, Track
from mujun.web.queries.clauses import citations, clauses_of
from mujun.web.queries.rules import draft_plan, readings, standing_plan
from mujun.workflow import Act, Decision
from mujun.workflow.decision import judged, reason
from mujun.workflow.moment import CHINA

NUMBER = re.compile(r"[一-鿿]{2,20}〔[0-9]{4}〕[1-9][0-9]{0,4}号")
"""Any department's: its mark, the year in 〔〕, a number without leading zeros."""
_ISSUE = {"T2": "印发领域方案", "T15": "修订方案"}


@carries_out("T2")
def _issue(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    _put_in_force("T2", row, form, by=by, now=now)


@carries_out("T15")
def _revise(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """The plan in force is void, and so is what came after it: evaluations and lists."""
    old = standing_plan(row)
    if old is not None:
        Plan.objects.filter(pk=old.pk).update(voided_at=now)
    _put_in_force("T15", row, form, by=by, now=now)
    because = f"方案修订：{form['reason']}"
    row.runs.filter(voided_at=None).update(voided_at=now, void_reason=because)
    row.nominations.filter(voided_at=None).update(voided_at=now, void_reason=because)
    acts = (Act.EVALUATED, Act.LIST_DRAFTED, Act.LIST_ADOPTED, Act.SIGNED, Act.ACCEPTED)
    forget(row, *(act.value for act in acts))
    row.return_reason, row.data_must_change, row.unlock_until = "", None, None
    row.save(update_fields=["return_reason", "data_must_change", "unlock_until"])


def _put_in_force(edge: str, row: Track, form: dict[str, Any], *, by: Doer, now: datetime) -> None:
    plan = draft_plan(row)
    number = str(form["document_number"]).strip()
    assert plan is not None, "the step asks for a draft"
    _check(edge, row, plan, number, form.get("revision"), by)
    take_number(number, for_=row.subject, by=by, now=now)
    clauses = clauses_of(plan)
    cited = citations(plan, clauses)
    day = now.astimezone(CHINA).date()
    heading = f"{ISSUED.removeprefix('# ')}：{number}，{day.year}年{day.month}月{day.day}日。其余注释是拟稿时写的。"
    plan.schemes = {
        name: keep(cite_clauses(kept(sha256).decode("utf-8"), cited[name], heading).encode("utf-8"))
        for name, sha256 in plan.schemes.items()
    }
    plan.clauses, plan.document_number = clauses, number
    plan.countersigned_by = plan.issued_by = by.somebody
    plan.issued_at = now
    plan.revision += 1
    left = [name for name, one in readings(plan).items() if one.scheme is None or one.scheme.provisional]
    if left:
        raise AssertionError(f"issued rules cannot rest on assumptions: {left}")
    plan.save()


def _check(edge: str, row: Track, plan: Plan, number: str, seen: Any, by: Doer) -> None:
    """What the core cannot know: that the draft is as it was read, and that he never wrote in it himself."""
    against = []
    if seen is not None and int(seen) != plan.revision:
        against.append(reason("draft_changed", "您打开以后，方案又改过。", "请看过现在的稿子再印发。"))
    wrote = ActDone.objects.filter(
        subject=row.subject, act=Act.PLAN_DRAFTED.value, at__gte=plan.drafted_at, person=by.somebody
    )
    if wrote.exists() or plan.drafted_by_id == by.somebody.pk:
        against.append(reason("second_person", "拟稿的人不能印发。", "请没有改过这一稿的负责人印发。"))
    if not NUMBER.fullmatch(number):
        mend = "应如“浙经信亩均〔2019〕3号”：机关代字、六角括号〔〕里四位年份，序号不编虚位。"
        against.append(reason("bad_document_number", f"文号“{number}”的写法不对。", mend))
    if against:
        raise Refused(edge, _ISSUE[edge], judged(against), row.subject, str(row))
