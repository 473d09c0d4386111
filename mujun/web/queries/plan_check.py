"""The live check beside a form: what is wrong with the rules as typed, the sums of weights, what is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.rounding import shortest_exact
from mujun.scheme import Scheme
from mujun.scheme.amend import Change, compare, put_entries
from mujun.web.evidence import kept
from mujun.web.models import Plan
from mujun.web.programme import workflow
from mujun.web.queries.facts.track import weights_of
from mujun.web.queries.plan_asked import unasked_findings
from mujun.web.queries.rules import law_with, read_rules
from mujun.workflow.track_facts import Weight


@frozen
class Check:
    """`sums`: (whose weights, what they come to, whether that is right). `stale`: numbers changed, reasons not."""

    findings: tuple[Finding, ...]
    sums: tuple[tuple[str, str, bool], ...]
    changes: tuple[Change, ...]
    stale: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        return sum(one.severity is Severity.ERROR for one in self.findings)


def check_rules(plan: Plan, name: str, values: Mapping[str, str]) -> Check:
    """The draft's rules with these values in the place of what stands there."""
    return check_written(plan, name, lambda text: put_entries(text, values))


def check_written(plan: Plan, name: str, write: Callable[[str], str]) -> Check:
    """The draft's rules as they would be if that were written into them."""
    before = kept(plan.schemes[name]).decode("utf-8")
    try:
        after = write(before)
    except CannotGoOn as problem:
        return Check(tuple(problem.findings), (), ())
    reading = read_rules(after.encode("utf-8"), name, law_with(plan))
    changes = compare(before, after)
    if reading.scheme is None:
        return Check(reading.findings, (), changes, _stale(changes))
    weights = weights_of(reading.scheme)
    sums = tuple(_sum(one, "没有单列的" if len(weights) > 1 else "合计") for one in weights)
    findings = (*_said_once(reading.findings, reading.scheme), *unasked_findings(plan.track, reading.scheme))
    return Check(findings, sums, changes, _stale(changes))


def _said_once(findings: Sequence[Finding], scheme: Scheme) -> list[Finding]:
    """Where the weights of several classes do not add up, the table of sums says which."""
    sums = [one for one in findings if one.code == "weights" and one.line == scheme.root.line]
    if len(sums) < 2:
        return list(findings)
    message = f"“{scheme.root.label}”权重合计不对的有{len(sums)}类，见下面的表。"
    return [evolve(sums[0], message=message), *(one for one in findings if one not in sums)]


def _sum(weight: Weight, otherwise: str) -> tuple[str, str, bool]:
    total = sum(weight.parts, Fraction(0))
    label = weight.label.partition("·")[2] or otherwise
    return label, shortest_exact(total), total == workflow().settings.weights_total


def _stale(changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Subjects whose weight was changed and whose reason for it was not: the reason may speak of the old number."""
    weights = {one.subject for one in changes if one.what.startswith("权重") and "理由" not in one.what}
    reasons = {one.subject for one in changes if one.what == "权重的理由"}
    return tuple(sorted(weights - reasons))
