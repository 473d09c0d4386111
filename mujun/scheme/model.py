"""A scheme, understood: frozen values with every name resolved and every number exact. Reads and computes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from mujun.digest import Digest
from mujun.law import Basis
from mujun.scheme.expression import Column, Expression, Kind
from mujun.scheme.units import PURE, Unit

Scope = tuple[str, ...] | None
"""Columns inside whose values a statistic or a share is taken; () is all units; None means the scheme's groups."""


@frozen
class Variable:
    """A column the data brings. `decimals` is how many an office writes; `default` fills an empty cell."""

    id: str
    label: str
    type: str = "number"
    unit: Unit = PURE
    unit_text: str = ""
    decimals: int | None = None
    source: str = ""
    required: bool = True
    default: Fraction | str | bool | None = None
    missing_values: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return {"text": Kind.TEXT, "date": Kind.DATE, "boolean": Kind.BOOLEAN}.get(self.type, Kind.NUMBER)


@frozen
class Classify:
    """A column from the prefixes of a code: the longest prefix wins."""

    id: str
    of: Column
    classes: Mapping[str, tuple[str, ...]]
    otherwise: str | None


@frozen
class Choose:
    """A column from conditions: the first true one wins."""

    id: str
    choices: tuple[tuple[Expression, str], ...]
    otherwise: str | None


@frozen
class Computed:
    """A column from a formula over earlier columns."""

    id: str
    expression: Expression
    kind: Kind
    unit: Unit | None


Derived = Classify | Choose | Computed


@frozen
class Rule:
    """An eligibility rule (must hold), or an exemption (if it holds)."""

    id: str
    label: str
    when: Expression
    text: str
    basis: Basis


@frozen
class Veto(Rule):
    """`effect` is not_selected or lowest_tier."""

    effect: str = "not_selected"


@frozen
class Adjustment(Rule):
    """Points added to the root when the condition holds."""

    points: Expression = field(kw_only=True)
    points_text: str = field(kw_only=True)


@frozen
class Statistic:
    """A number taken from the units of a scope, perhaps last round's."""

    name: str
    over: Scope = None
    q: Fraction = Fraction(1, 2)
    times: Fraction = Fraction(1)
    precision: int | None = None
    previous: bool = False


Level = Fraction | Statistic
"""What a benchmark or a goalpost may be: a number (a constant formula such as `ln(100)` is worked out on reading)
or a statistic.
"""


@frozen
class BenchmarkRatio:
    benchmark: Level
    floor: Fraction | None = None
    cap: Fraction | None = None


@frozen
class MinMax:
    low: Level
    high: Level
    to: tuple[Fraction, Fraction] = (Fraction(0), Fraction(1))
    clip: bool = False


@frozen
class ZScore:
    over: Scope = None


@frozen
class PercentileRank:
    over: Scope = None


@frozen
class Rank:
    over: Scope = None


@frozen
class Bands:
    steps: tuple[tuple[Fraction, Fraction], ...]
    below: Fraction = Fraction(0)


@frozen
class FormulaStep:
    """Any formula of `x` and `n`, the number of units in scope."""

    expression: Expression
    text: str
    over: Scope = None


Step = BenchmarkRatio | MinMax | ZScore | PercentileRank | Rank | Bands | FormulaStep


@frozen
class Impute:
    """How a missing raw value is filled: mean, median or value."""

    method: str
    by: Scope = None
    value: Fraction | None = None


@frozen
class Clip:
    low: Fraction | None
    high: Fraction | None


@frozen
class Winsorise:
    lower: Fraction
    upper: Fraction


@frozen
class Missing:
    """What a missing score becomes: error, zero, group_mean, mean_by, skip or exclude. `by` is the scope of a mean."""

    rule: str = "error"
    by: Scope = None


@frozen
class Weight:
    """One number, or one per value of a column."""

    default: Fraction | None
    by: Column | None = None
    values: Mapping[str, Fraction] = field(factory=dict)

    def of(self, value: str | None) -> Fraction | None:
        return self.default if value is None else self.values.get(value, self.default)


@frozen
class Also:
    """A further score that is shown and not carried on."""

    id: str
    normalise: tuple[Step, ...]
    precision: int | None = None


@frozen(kw_only=True)
class Node:
    """An indicator (it has an expression) or a dimension (it has children). See docs/scheme-language.md."""

    id: str
    label: str
    line: int = 0
    weight: Weight = Weight(Fraction(1))
    direction: str = "higher"
    applies: Expression | None = None
    expression: Expression | None = None
    formula: str = ""
    unit: Unit = PURE
    unit_text: str = ""
    aggregate: str = ""
    children: tuple[Node, ...] = ()
    at_least: int | None = None
    impute: Impute | None = None
    treat: Clip | Winsorise | None = None
    normalise: tuple[Step, ...] = ()
    missing: Missing = Missing()
    precision: int | None = None
    print: int | None = None
    also: tuple[Also, ...] = ()
    of: Fraction | None = None
    basis: Basis | None = None
    weight_basis: Basis | None = None
    normalise_basis: Basis | None = None
    missing_basis: Basis | None = None

    @property
    def is_indicator(self) -> bool:
        return not self.children

    def walk(self) -> Iterator[Node]:
        """The node and all below it, root first."""
        yield self
        for child in self.children:
            yield from child.walk()


@frozen
class TierLevel:
    """One level: by share or `up_to` of its scope, by a condition, both, or whoever is left.

    `ties` says where units tied across its boundary go: down to the worse side, or up to the better.
    """

    tier: str
    share: Fraction | None = None
    up_to: Fraction | None = None
    rounding: str = "floor"
    from_bottom: bool = False
    when: Expression | None = None
    when_text: str = ""
    outside_quota: bool = False
    ties: str = "down"


@frozen
class Tiers:
    over: Scope
    order: tuple[str, ...]
    levels: tuple[TierLevel, ...]
    basis: Basis | None = None

    @property
    def lowest(self) -> str:
        return self.order[-1]


@frozen
class Quota:
    """Places per group: a number, a number by group, or a share of the group's ranked units."""

    default: int | None = None
    by_group: Mapping[str, int] = field(factory=dict)
    share: Fraction | None = None
    rounding: str = "floor"


@frozen
class Selection:
    quota: Quota | None = None
    from_tiers: tuple[str, ...] = ()
    minimum_score: Fraction | None = None
    at_the_cut: str = "stop"
    reserve: int = 0
    adopt_from: str = ""
    basis: Basis | None = None


@frozen
class TieBreak:
    """A node (its raw value, in its direction) or a column (from high to low)."""

    name: str
    node: bool


@frozen(kw_only=True)
class Scheme:
    """The rules of one domain in one round."""

    id: str
    domain: str
    label: str
    lead_agency: str
    basis: Basis
    trial: bool
    file: str
    digest: Digest
    unit_label: str
    key: str
    name: str
    variables: Mapping[str, Variable]
    derived: tuple[Derived, ...]
    group_by: tuple[str, ...]
    eligibility: tuple[Rule, ...]
    exemptions: tuple[Rule, ...]
    vetoes: tuple[Veto, ...]
    root: Node
    adjustments: tuple[Adjustment, ...]
    adjustments_between: tuple[Fraction, Fraction] | None
    tie_break: tuple[TieBreak, ...]
    tiers: Tiers | None
    selection: Selection | None
    column_labels: Mapping[str, str] = field(factory=dict)
    assumptions: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """试算: an assumption is left, so it may be practised on but not published."""
        return bool(self.assumptions)

    @property
    def precision(self) -> int:
        """Decimals of the total; 4 unless the root says otherwise."""
        return 4 if self.root.precision is None else self.root.precision

    def nodes(self) -> list[Node]:
        """All nodes in tree order, root first."""
        return list(self.root.walk())

    def scope_columns(self, over: Scope) -> tuple[str, ...]:
        """The columns of a scope: the groups' where the scheme leaves it open."""
        return self.group_by if over is None else over
