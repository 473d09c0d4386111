"""What the rules of a plan count with and no form asks for: it would be missing of every unit. Asks nobody itself."""

from __future__ import annotations

from mujun.findings import Finding, Severity
from mujun.scheme import Scheme
from mujun.scheme.amend.places import NAME
from mujun.scheme.model import Variable
from mujun.web.models import Plan, Track
from mujun.web.queries.rules import scheme_of
from mujun.web.queries.values.book import due_of


def unasked(track: Track, scheme: Scheme) -> list[Variable]:
    """Forms come from the programme's rules, not from a plan: a variable that only a draft knows is in none."""
    asked = due_of(track, scheme.id).scheme.variables
    return [one for name, one in scheme.variables.items() if name not in asked]


def unasked_names(plan: Plan, scheme: str) -> frozenset[str]:
    """Of the rules of a draft as they stand."""
    return frozenset(one.id for one in unasked(plan.track, scheme_of(plan, scheme)))


def senders(track: Track, scheme: str) -> list[str]:
    """The offices that send something of these units already."""
    return list(dict.fromkeys(form.source for form in due_of(track, scheme).forms))


def unasked_findings(track: Track, scheme: Scheme) -> list[Finding]:
    """An error for each: the plan cannot be issued while nobody is going to send what it counts with."""
    return [_told(one, scheme) for one in unasked(track, scheme)]


def _told(variable: Variable, scheme: Scheme) -> Finding:
    users = [f"“{node.label}”" for node in scheme.nodes() if variable.id in NAME.findall(node.formula)]
    label = f"“{variable.label}”（方案写的是由{variable.source or '谁'}报送）"
    if not users:
        message, mend = f"{label}没有一张报表收，也没有哪一项用到。", "请在“指标和文字”里去掉它。"
    else:
        message = f"{'、'.join(users)}要用的{label}，没有一张报表收：到时候每一家都缺这个数。"
        mend = "请省亩均办把它加进数据归集的报表；或改用报表已经收的数。"
    return Finding(Severity.ERROR, "nobody_sends", message, mend, variable=variable.id)
