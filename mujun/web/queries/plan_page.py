"""A plan as a document: every rule beside its clause or its assumption with the reason, and what it changes."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import Any

from attrs import frozen

from mujun.documents.report.rules import Ruled, Sentence, rules_of
from mujun.findings import Severity
from mujun.law import PROGRAMME
from mujun.rounding import shortest_exact
from mujun.scheme import Scheme
from mujun.scheme.amend import Change, compare
from mujun.web.evidence import kept
from mujun.web.models import Plan
from mujun.web.queries.clauses import citation
from mujun.web.queries.facts.track import weights_of
from mujun.web.queries.plan_asked import unasked_findings
from mujun.web.queries.rules import law_with, read_rules


@frozen
class Line:
    """One sentence of a rule. `assumed`: nothing official stands behind it yet."""

    says: str
    basis: str
    assumed: bool
    reason: str = ""


@frozen
class RuleSet:
    """One scheme of a plan. `kinds`: (kind, [(what, lines)]). `sums`: what the weights come to, by class."""

    name: str
    label: str
    trial: bool
    assumptions: int
    sha256: str
    kinds: tuple[tuple[str, tuple[tuple[str, tuple[Line, ...]], ...]], ...]
    weights: tuple[tuple[str, tuple[str, ...]], ...]
    columns: tuple[str, ...]
    sums: tuple[str, ...]
    changes: tuple[Change, ...]
    wrong: tuple[str, ...] = ()


def rule_sets(plan: Plan, before: Plan | None) -> list[RuleSet]:
    """Each scheme with its changes against `before`, or against the programme's own where there is none."""
    return [_rule_set(plan, name, before) for name in plan.schemes]


def changes_of(plan: Plan, name: str, before: Plan | None) -> tuple[Change, ...]:
    return compare(_before(plan, name, before), kept(plan.schemes[name]).decode("utf-8"))


def _before(plan: Plan, name: str, before: Plan | None) -> str:
    if before is not None and name in before.schemes:
        return kept(before.schemes[name]).decode("utf-8")
    return (PROGRAMME / plan.track.round.programme / "schemes" / f"{name}.yaml").read_text(encoding="utf-8")


def _rule_set(plan: Plan, name: str, before: Plan | None) -> RuleSet:
    law = law_with(plan)
    reading = read_rules(kept(plan.schemes[name]), name, law)
    scheme = reading.scheme
    assert scheme is not None, "forms keep a scheme readable"
    own = {law.cite(citation(plan, one["id"])): one for one in plan.clauses}
    kinds = tuple(
        (kind, tuple((one.what, tuple(_line(sentence, scheme, own) for sentence in one.sentences)) for one in some))
        for kind, some in groupby(rules_of(scheme, law), key=_kind)
    )
    columns, weights, sums = weight_table(scheme)
    return RuleSet(
        name=name,
        label=scheme.label,
        trial=scheme.trial,
        assumptions=len(scheme.assumptions),
        sha256=plan.schemes[name],
        kinds=kinds,
        weights=weights,
        columns=columns,
        sums=sums,
        changes=changes_of(plan, name, before),
        wrong=tuple(
            one.message + one.mend
            for one in (*reading.findings, *([] if plan.is_issued else unasked_findings(plan.track, scheme)))
            if one.severity is Severity.ERROR
        ),
    )


def _kind(ruled: Ruled) -> str:
    return "指标" if ruled.kind in ("指标", "一级指标", "总分") else ruled.kind


def _line(sentence: Sentence, scheme: Scheme, own: dict[str, Any]) -> Line:
    if sentence.assumption is not None:
        reason = scheme.assumptions[sentence.assumption - 1].partition("：")[2]
        return Line(sentence.says, "假设", True, reason)
    if sentence.clause in own:
        clause = own[sentence.clause]
        return Line(sentence.says, f"本方案第{clause['id']}条", False, clause["reason"])
    return Line(sentence.says, sentence.clause, False)


def weight_table(
    scheme: Scheme,
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    """Columns (no class, or classes), a row for each child of the root, and the sums below them."""
    columns = weights_of(scheme)
    names = tuple(one.label.partition("·")[2] or "其余" for one in columns)
    rows = tuple(
        (node.label, tuple(shortest_exact(one.parts[number]) for one in columns))
        for number, node in enumerate(scheme.root.children)
    )
    sums = tuple(shortest_exact(sum(one.parts, Fraction(0))) for one in columns)
    return (names if len(names) > 1 else ("权重",)), rows, sums
