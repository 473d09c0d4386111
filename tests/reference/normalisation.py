"""Put a node's values on one scale, step by step, and keep the benchmarks used. Knows nothing of weights or ranks."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from . import arithmetic, formula
from .columns import Scope
from .measures import PURE, measure
from .rounds import Present, Round

NEARLY = Fraction(1, 2**44)  # "a value within 2^-44 (relative to the step) of a step has reached it"


@dataclass(frozen=True)
class Step:
    """One normalisation step about to be taken."""

    round: Round
    label: str  # the id the results carry: the node's, or that of its `also`
    node: dict[str, Any]
    place: int
    rule: dict[str, Any]
    x: Present
    exists: set[str]  # the units the node applies to
    own: set[str]  # those whose own value is present
    lower: bool

    def find(self, code: str) -> None:
        """A finding on this node."""
        self.round.find(code, self.label)

    def by_scope(self, over: Any = None) -> dict[Scope, list[Fraction]]:
        """The values a statistic counts: of eligible units whose own value is present. Every scope, even if empty."""
        return self.round.by_scope({k: v for k, v in self.x.items() if k in self.own}, over, self.exists)

    def scope(self, key: str, over: Any = None) -> Scope:
        """The scope of a unit."""
        return self.round.units[key].scope(self.round.over(over))

    def keep(self, statistic: str, scopes: dict[Scope, tuple[int, Fraction | None]]) -> None:
        """One row per scope in benchmarks.csv."""
        self.round.keep(self.label, statistic, scopes)

    def each(self, work: Callable[[str, Fraction], Fraction | None]) -> Present:
        """Every present value through the step; what comes out missing is left out."""
        worked = {key: work(key, x) for key, x in self.x.items()}
        return {key: value for key, value in worked.items() if value is not None}


def normalise(
    round: Round, label: str, node: dict[str, Any], rules: Any, x: Present, exists: set[str], own: set[str]
) -> Present:
    """One step or a list of steps. Direction is used up by the first step that has one."""
    lower = node.get("direction") == "lower"
    for place, rule in enumerate([rules] if isinstance(rules, dict) else rules or []):
        step = Step(round, label, node, place, rule, x, exists, own, lower)
        round.steps[label, place] = step
        x = _STEPS[rule.get("method", "formula")](step)
        lower = lower and rule.get("method", "formula") in ("bands", "formula")
    return x


# --- what B, L and H are ---


@dataclass(frozen=True)
class Yardstick:
    """A benchmark or goalpost: for each unit's scope a value, or missing and why."""

    step: Step
    over: Any
    values: dict[Scope, tuple[int, Fraction | None]]
    from_previous: bool

    def of(self, key: str) -> Fraction | None:
        """The value for a unit."""
        return self.values[self.step.scope(key, self.over)][1]

    def without(self, key: str, code: str) -> None:
        """Say why the value cannot be used: last round had none, or the code given."""
        n = self.values[self.step.scope(key, self.over)][0]
        self.step.find("no_previous" if self.from_previous and n == 0 else code)


def yardstick(step: Step, said: Any, statistic: str = "") -> Yardstick:
    """`B`, `L`, `H` are a number, a constant formula in quotes, or a statistic (for L and H by default min and max)."""
    if said is None:
        values = {
            scope: (len(xs), (min(xs) if statistic == "min" else max(xs)) if xs else None)
            for scope, xs in step.by_scope(step.rule.get("over")).items()
        }
        step.keep(statistic, values)
        return Yardstick(step, step.rule.get("over"), values, False)
    if not isinstance(said, dict):
        number = formula.number_of(said, step.round.constants, step.find)
        values = {scope: (len(xs), number) for scope, xs in step.by_scope("all").items()}
        step.keep("constant", values)
        return Yardstick(step, "all", values, False)
    if said.get("from") == "previous":
        values = _previous(step, said)
        step.keep("previous:" + said["statistic"], values)
        return Yardstick(step, said.get("over"), values, True)
    values = _statistic(step, said)
    step.keep(said["statistic"], values)
    return Yardstick(step, said.get("over"), values, False)


def _previous(step: Step, said: dict[str, Any]) -> dict[Scope, tuple[int, Fraction | None]]:
    """`from: previous` takes it from last round's data, at the same step of the same node."""
    last = step.round.previous
    then = _statistic(last.steps[step.label, step.place], said) if last else {}
    return {scope: then.get(scope, (0, None)) for scope in step.by_scope(said.get("over"))}


def _statistic(step: Step, said: dict[str, Any]) -> dict[Scope, tuple[int, Fraction | None]]:
    """The statistic of each scope, times `times`, rounded half up by `precision` before use."""
    ratios = _ratios_of_sums(step, said) if said["statistic"] == "ratio_of_sums" else {}
    result = {}
    for scope, xs in step.by_scope(said.get("over")).items():
        value = ratios.get(scope) if said["statistic"] == "ratio_of_sums" else _of_values(said, xs)
        if value is not None:
            value *= Fraction(said.get("times", 1))
            if said.get("precision") is not None:
                value = arithmetic.half_up(value, said["precision"])
        result[scope] = (len(xs), value)
    return result


def _of_values(said: dict[str, Any], xs: list[Fraction]) -> Fraction | None:
    match said["statistic"]:
        case "mean":
            return arithmetic.mean(xs)
        case "median":
            return arithmetic.median(xs)
        case "quantile":
            return arithmetic.quantile(xs, Fraction(said.get("q", Fraction(1, 2))))
        case "min":
            return min(xs, default=None)
        case "max":
            return max(xs, default=None)
    raise ValueError(said["statistic"])


def _ratios_of_sums(step: Step, said: dict[str, Any]) -> dict[Scope, Fraction | None]:
    """Σ numerator / Σ denominator of the indicator's own `a / b`, of the units whose own ratio is present."""
    above, below = formula.numerator_and_denominator(step.node["formula"])
    unit = measure(step.node.get("unit"))
    sums: dict[Scope, tuple[Fraction, Fraction]] = {}
    for key in step.x:
        if key in step.own:
            a, b = (formula.part_of(side, step.round.units[key].names) for side in (above, below))
            scope = step.scope(key, said.get("over"))
            so_far = sums.get(scope, (Fraction(0), Fraction(0)))
            sums[scope] = (so_far[0] + a.number * (a.unit or PURE).size, so_far[1] + b.number * (b.unit or PURE).size)
    return {scope: a / b / unit.size if b else None for scope, (a, b) in sums.items()}


# --- the steps of the table ---


def _benchmark_ratio(step: Step) -> Present:
    """x / B, or B / x when lower is better; then clipped."""
    benchmark = yardstick(step, step.rule["benchmark"])
    floor, cap = (formula.number_of(step.rule.get(side), step.round.constants, step.find) for side in ("floor", "cap"))

    def ratio(key: str, x: Fraction) -> Fraction | None:
        b = benchmark.of(key)
        if b is None or b <= 0:
            benchmark.without(key, "benchmark_not_positive")
            return None
        if step.lower and x == 0:
            step.find("division_by_zero")
            return None
        result = b / x if step.lower else x / b
        result = result if floor is None else max(result, floor)
        return result if cap is None else min(result, cap)

    return step.each(ratio)


def _min_max(step: Step) -> Present:
    """(x − L) / (H − L), or from the other end when lower is better; missing where low is not below high."""
    low, high = yardstick(step, step.rule.get("low"), "min"), yardstick(step, step.rule.get("high"), "max")
    start, end = (Fraction(side) for side in step.rule.get("to", (0, 1)))

    def position(key: str, x: Fraction) -> Fraction | None:
        bottom, top = low.of(key), high.of(key)
        if bottom is None or top is None or bottom >= top:
            lacking = low if bottom is None else high if top is None else None
            lacking.without(key, "no_spread") if lacking else step.find("no_spread")
            return None
        share = (top - x if step.lower else x - bottom) / (top - bottom)
        if step.rule.get("clip", False):
            share = min(max(share, Fraction(0)), Fraction(1))
        return start + share * (end - start)

    return step.each(position)


def _z_score(step: Step) -> Present:
    """(x − mean) / standard deviation of the population; negated when lower is better."""
    over = step.rule.get("over")
    means = {scope: (len(xs), arithmetic.mean(xs)) for scope, xs in step.by_scope(over).items()}
    deviations = {scope: (len(xs), arithmetic.standard_deviation(xs)) for scope, xs in step.by_scope(over).items()}
    step.keep("mean", means)
    step.keep("standard_deviation", deviations)

    def score(key: str, x: Fraction) -> Fraction | None:
        n, centre = means[step.scope(key, over)]
        deviation = deviations[step.scope(key, over)][1]
        if n <= 1 or centre is None or not deviation:
            step.find("scope_of_one" if n <= 1 else "no_spread")
            return None
        return (centre - x if step.lower else x - centre) / deviation

    return step.each(score)


def _percentile_rank(step: Step) -> Present:
    """(number strictly worse) / (n − 1)."""
    counted = _counted(step)

    def percentile(key: str, x: Fraction) -> Fraction | None:
        others = counted[step.scope(key, step.rule.get("over"))]
        if len(others) <= 1:
            step.find("scope_of_one")
            return None
        return Fraction(_worse(step, others, x), len(others) - 1)

    return step.each(percentile)


def _rank(step: Step) -> Present:
    """1 is best, ties share the least."""
    counted = _counted(step)

    def place(key: str, x: Fraction) -> Fraction:
        others = counted[step.scope(key, step.rule.get("over"))]
        return Fraction(1 + _worse(replace(step, lower=not step.lower), others, x))

    return step.each(place)


def _counted(step: Step) -> dict[Scope, list[Fraction]]:
    """The sorted values of each scope; their number is kept."""
    counted = {scope: sorted(xs) for scope, xs in step.by_scope(step.rule.get("over")).items()}
    step.keep("count", {scope: (len(xs), Fraction(len(xs))) for scope, xs in counted.items()})
    return counted


def _worse(step: Step, ordered: list[Fraction], x: Fraction) -> int:
    """How many are strictly worse than x."""
    return len(ordered) - bisect_right(ordered, x) if step.lower else bisect_left(ordered, x)


def _bands(step: Step) -> Present:
    """`[[1.5, 2], [2, 4]]`: x ≥ 1.5 earns 2, x ≥ 2 earns 4; below the first, `below`."""
    bands = [(Fraction(at), Fraction(earns)) for at, earns in step.rule["steps"]]
    below = Fraction(step.rule.get("below", 0))

    def earned(key: str, x: Fraction) -> Fraction:
        reached = [band for band in bands if x >= band[0] - abs(band[0]) * NEARLY]
        return max(reached)[1] if reached else below

    return step.each(earned)


def _formula(step: Step) -> Present:
    """Any formula of `x` and of `n`, the number of units in scope."""
    text = str(step.rule["formula"])
    over = step.rule.get("over")
    counts = {scope: len(xs) for scope, xs in step.by_scope(over).items()}
    if formula.uses(text, "n"):
        _counted(step)

    def work(key: str, x: Fraction) -> Fraction | None:
        n = Fraction(counts[step.scope(key, over)])
        names = step.round.constants | {"x": formula.Quantity(x, PURE), "n": formula.Quantity(n, PURE)}
        return formula.number_of(text, names, step.find)

    return step.each(work)


_STEPS: dict[str, Callable[[Step], Present]] = {
    "benchmark_ratio": _benchmark_ratio,
    "min_max": _min_max,
    "z_score": _z_score,
    "percentile_rank": _percentile_rank,
    "rank": _rank,
    "bands": _bands,
    "formula": _formula,
}
