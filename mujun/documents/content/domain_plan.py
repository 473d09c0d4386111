"""Facts of a domain's plan (具体方案): the scheme's rules in words, its weights, and every assumption by number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import attrs

from mujun.documents.content.dispatch import Dispatch
from mujun.documents.content.facts import Facts, fault
from mujun.documents.report.rules import rules_of
from mujun.findings import Finding
from mujun.law import Law
from mujun.rounding import shortest_exact
from mujun.scheme import Scheme
from mujun.scheme.model import Node


@attrs.frozen(kw_only=True)
class Rule(Facts):
    """What is ruled (`kind`, `what`), in words, and its basis: a clause, or the number of an assumption."""

    kind: str
    what: str
    says: str
    clause: str = ""
    assumption: int | None = None

    def problems(self) -> Iterable[Finding]:
        if not self.clause and self.assumption is None:
            message = f"“{self.what}”的规定（{self.says}）没有依据。"
            yield fault(message, "请写明条款，或列为假设并说明理由。", "basis")

    @property
    def basis(self) -> str:
        return self.clause or f"假设{self.assumption}"


@attrs.frozen(kw_only=True)
class Weighed(Facts):
    """Points of one indicator, for each of the columns of the table."""

    label: str
    dimension: str
    points: tuple[Fraction, ...]


@attrs.frozen(kw_only=True)
class DomainPlan(Facts):
    """`of` is what each column of points has to come to, or None where points are not added up."""

    dispatch: Dispatch
    year: int
    label: str
    agency: str
    clause: str
    trial: bool
    columns: tuple[str, ...]
    weights: tuple[Weighed, ...]
    of: Fraction | None
    rules: tuple[Rule, ...]
    assumptions: tuple[str, ...]
    scheme_hash: str
    made_on: date

    def problems(self) -> Iterable[Finding]:
        for column, total in zip(self.columns, self.totals, strict=True):
            if self.of is not None and total != self.of:
                message = f"“{column}”各项分值合计{shortest_exact(total)}，应为{shortest_exact(self.of)}。"
                yield fault(message, "请核对权重。", "total")
        for rule in self.rules:
            if rule.assumption is not None and not 1 <= rule.assumption <= len(self.assumptions):
                yield fault(f"“{rule.what}”引用了没有列出的假设{rule.assumption}。", "请补列该假设。", "basis")
        if self.assumptions and not self.dispatch.marks.provisional:
            message = f"方案还有{len(self.assumptions)}处假设，没有标“试算”。"
            yield fault(message, "请标明试算，或为每项写明条款。", "provisional")

    @property
    def totals(self) -> tuple[Fraction, ...]:
        return tuple(
            sum((row.points[place] for row in self.weights), Fraction(0)) for place in range(len(self.columns))
        )

    @property
    def title(self) -> str:
        return f"{self.year}年{self.label}行动具体方案"


@attrs.frozen(kw_only=True)
class PlanOfScheme(Facts):
    """What a plan needs besides its scheme, such as `2019/manufacturing`."""

    scheme: str
    year: int
    dispatch: Dispatch
    made_on: date


def domain_plan_of(scheme: Scheme, law: Law, dispatch: Dispatch, *, year: int, made_on: date) -> DomainPlan:
    """The plan that a scheme is, as a document: nothing is said in it that the program does not do."""
    columns = _columns(scheme)
    rules = tuple(
        Rule(kind=ruled.kind, what=ruled.what, says=one.says, clause=one.clause, assumption=one.assumption)
        for ruled in rules_of(scheme, law)
        for one in ruled.sentences
    )
    added = all(node.aggregate in {"", "sum"} for node in scheme.nodes())
    return DomainPlan(
        dispatch=dispatch,
        year=year,
        label=scheme.label,
        agency=scheme.lead_agency,
        clause=law.cite(scheme.basis.clause) if scheme.basis.clause else "",
        trial=scheme.trial,
        columns=columns,
        weights=tuple(_leaves(scheme.root, "", columns, [Fraction(1)] * len(columns), scheme.root)),
        of=scheme.root.of if added else None,
        rules=rules,
        assumptions=scheme.assumptions,
        scheme_hash=scheme.digest.sha256,
        made_on=made_on,
    )


def _columns(scheme: Scheme) -> tuple[str, ...]:
    named = dict.fromkeys(name for node in scheme.nodes() for name in node.weight.values)
    return (*named, "其余" if named else "分值")


def _leaves(
    node: Node, dimension: str, columns: tuple[str, ...], carried: list[Fraction], root: Node
) -> Iterable[Weighed]:
    if node is not root:
        weights = [node.weight.of(column) or Fraction(0) for column in columns]
        carried = [one * weight for one, weight in zip(carried, weights, strict=True)]
    if node.is_indicator:
        yield Weighed(label=node.label, dimension=dimension, points=tuple(carried))
    for child in node.children:
        yield from _leaves(child, node.label if node is not root else "", columns, carried, root)
