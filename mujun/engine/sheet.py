"""What one node of the score tree has on its desk: columns to add, questions to ask, and what must be put on record."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from fractions import Fraction

import narwhals as nw
from attrs import define, field, frozen

from mujun.engine.express import Columns
from mujun.engine.scopes import EVERYONE, Over, Scope, Scopes
from mujun.engine.statistics import Answer, Ask
from mujun.engine.waves import Attach, Column, Wave
from mujun.findings import Finding, Severity
from mujun.scheme.model import Node, Scheme
from mujun.scheme.model import Scope as SchemeScope

_MOST_NAMED = 20


def named(keys: Sequence[str]) -> str:
    """The first units by key, and how many there are."""
    shown = "、".join(keys[:_MOST_NAMED])
    return shown if len(keys) <= _MOST_NAMED else f"{shown}等{len(keys)}个"


@frozen
class Benchmark:
    """A statistic that was used: a row of benchmarks.csv.

    `value` is exact; `decimals` prints it fixed when not None.
    """

    node: str
    step: int
    scope: str
    n: int | None
    statistic: str
    value: Fraction | None
    decimals: int | None = None


@frozen
class Addend:
    """A column to be added up; `whole` if it is known to hold whole numbers only."""

    column: str
    whole: bool


@frozen
class Ratio:
    """Σ above / Σ below × factor, over the units that have a value in the column `where`."""

    above: Addend
    below: Addend
    where: str
    factor: Fraction


@define
class Record:
    """What calculations leave behind beside columns."""

    benchmarks: list[Benchmark] = field(factory=list)
    findings: list[Finding] = field(factory=list)
    notes: dict[str, tuple[str, str]] = field(factory=dict)
    """Boolean columns that mark units, by name: a finding's code and the node it speaks of."""

    def warn(self, code: str, node: str, message: str, mend: str = "", unit: str = "") -> None:
        self.findings.append(Finding(Severity.WARNING, code, message, mend, variable=node, unit=unit))

    def tie(self, code: str, where: str, keys: Sequence[str], what: str, mend: str) -> None:
        """Units of a scope that are tied across a line."""
        self.warn(code, where, f"{'全部' if where == EVERYONE else where}：{what}", mend, unit=named(keys))


@define
class Context:
    """What every calculation may look at."""

    scheme: Scheme
    scopes: Scopes
    columns: Columns
    record: Record
    applies: Mapping[str, str]
    """The column that says whether a node exists for a unit, for nodes that do not exist for all."""
    ratios: dict[str, Ratio]
    """What is added up for an indicator's ratio of sums."""
    previous: Mapping[tuple[str, int, str], Mapping[tuple[str, ...], tuple[int, Fraction | None]]]
    """Last round's statistics by node, step and which level (benchmark, low, high): per scope labels, n and value."""

    def after_scoring(self) -> Columns:
        """The names that tiers may use: a node means its score, the root the total with adjustments."""
        names = {node.id: f"score:{node.id}" for node in self.scheme.nodes()}
        return Columns(self.columns.decimals, {**names, self.scheme.root.id: "score"})


Asking = Generator[Wave, dict[Ask, Answer], dict[Ask, Answer]]


@define
class Sheet:
    """The desk of one node."""

    node: Node
    context: Context
    layers: list[list[Column]] = field(factory=list)
    attached: list[Attach] = field(factory=list)
    temporary: list[str] = field(factory=list)
    dropping: list[str] = field(factory=list)
    serial: int = 0
    step: int = 0
    subject: str = field()
    """What benchmarks and findings are put on record for: the node, or one of its further scores."""

    @subject.default
    def _subject(self) -> str:
        return self.node.id

    def add(self, name: str, column: nw.Expr) -> str:
        """A column that stays."""
        self.layers.append([(name, column)])
        return name

    def scratch(self, what: str, column: nw.Expr) -> str:
        """A column that goes when the node is done."""
        self.serial += 1
        name = f"{what}:{self.node.id}:{self.serial}"
        self.temporary.append(name)
        return self.add(name, column)

    def attach(self, scope: Scope, values: Mapping[int, Fraction | float | None]) -> nw.Expr:
        """A number per scope as a column, for the layers up to the next question."""
        self.serial += 1
        name = f"attached:{self.node.id}:{self.serial}"
        self.attached.append(Attach(name, scope, values))
        return nw.col(name)

    def ask(self, *asks: Ask) -> Asking:
        """Settle what was added and get answers."""
        answers = yield Wave(tuple(self.attached), tuple(self.layers), asks, tuple(self.dropping))
        self.attached, self.layers, self.dropping = [], [], []
        return answers

    def finish(self) -> Asking:
        """Settle what is left; the scratch columns go with the next wave of anybody."""
        answers = yield from self.ask()
        if self.temporary:
            yield Wave(drop=tuple(self.temporary))
        return answers

    def scope(self, over: SchemeScope) -> Scope:
        columns: Over = self.context.scheme.scope_columns(over)
        return self.context.scopes[columns]

    def note(self, code: str, marked: nw.Expr) -> None:
        """Mark the units that a finding speaks of."""
        name = f"note:{code}:{self.subject}:{self.step}"
        self.context.record.notes[name] = (code, self.subject)
        self.add(name, marked)

    def record(
        self,
        scope: Scope,
        number: int,
        n: Fraction | int | None,
        statistic: str,
        value: Fraction | None,
        decimals: int | None = None,
    ) -> None:
        """A statistic that was used; one of nobody is not."""
        if n == 0:
            return
        count = None if n is None else int(n)
        self.context.record.benchmarks.append(
            Benchmark(self.subject, self.step, scope.shown(number), count, statistic, value, decimals)
        )

    def warn(self, code: str, message: str, mend: str = "") -> None:
        self.context.record.warn(code, self.subject, f"“{self.node.label}”{message}", mend)


def own(sheet: Sheet, column: str) -> str:
    """The column as statistics see it: only units whose own value was there before imputation."""
    if sheet.node.impute is None:
        return column
    mine = ~nw.col(f"value:{sheet.node.id}").is_null()
    return sheet.scratch("own", nw.when(mine).then(nw.col(column)))
