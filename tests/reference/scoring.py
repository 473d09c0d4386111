"""The score tree: applies, value, impute, treat, normalise, missing, precision; and what children make together."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from . import arithmetic, formula
from .columns import Scope, Unit
from .measures import measure
from .normalisation import normalise
from .rounds import Present, Round


@dataclass
class Scored:
    """What became of one node. A unit without an entry in `value` or `score` has none."""

    node: dict[str, Any]
    children: list["Scored"] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # units whose parent applies
    exists: set[str] = field(default_factory=set)  # units it applies to
    value: Present = field(default_factory=dict)  # before impute and treat
    points: dict[str, Present] = field(default_factory=dict)  # child id → its points
    imputed: set[str] = field(default_factory=set)
    also: dict[str, Present] = field(default_factory=dict)
    unrounded: Present = field(default_factory=dict)
    score: Present = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)  # missing under `error`
    excluded: set[str] = field(default_factory=set)  # missing under `exclude`
    blocked: set[str] = field(default_factory=set)  # under either, here or below

    @property
    def id(self) -> str:
        """The node's id."""
        return str(self.node["id"])

    def in_tree_order(self) -> list["Scored"]:
        """Root first."""
        return [self] + [below for child in self.children for below in child.in_tree_order()]


def score_tree(round: Round) -> Scored:
    """The whole tree over the eligible units. Its root is the total; the root's default precision is 4."""
    root: dict[str, Any] = {"precision": 4} | round.scheme["score"]
    return _score(round, root, set(round.units))


def _score(round: Round, node: dict[str, Any], asked: set[str]) -> Scored:
    made = Scored(node, asked=asked)
    made.exists = {key for key in asked if _applies(round, node, round.units[key])}
    made.children = [_score(round, child, made.exists) for child in node.get("children") or []]
    made.blocked = {key for child in made.children for key in child.blocked}
    made.value = _indicator(round, made) if "formula" in node else _dimension(round, made)
    worked = _treat(round, made, _impute(round, made))
    made.score = normalise(round, made.id, node, node.get("normalise"), worked, made.exists, set(made.value))
    for shown in node.get("also") or []:
        further = normalise(round, shown["id"], node, shown.get("normalise"), worked, made.exists, set(made.value))
        made.also[shown["id"]] = _rounded(further, shown.get("precision"))
    _fill_missing(round, made)
    made.unrounded = made.score
    made.score = _rounded(made.score, node.get("precision"))
    return made


def _applies(round: Round, node: dict[str, Any], unit: Unit) -> bool:
    """0. For other units the node does not exist."""
    if "applies" not in node:
        return True
    return formula.holds(node["applies"], unit.names, lambda code: round.find(code, node["id"]))


def _indicator(round: Round, made: Scored) -> Present:
    """1. An indicator's formula over the variables, in its declared unit."""
    unit = measure(made.node.get("unit"))
    values = {
        key: formula.number_of(
            made.node["formula"], round.units[key].names, lambda code: round.find(code, made.id), unit
        )
        for key in made.exists
    }
    return {key: value for key, value in values.items() if value is not None}


def _impute(round: Round, made: Scored) -> Present:
    """2. Fills a missing raw value; by default within the group; where nobody there has a value it stays missing."""
    rule = made.node.get("impute")
    values = dict(made.value)
    if not rule:
        return values
    scopes = round.by_scope(made.value, rule.get("by"), made.exists)
    method = rule["method"]
    if method != "value":
        known = {scope: (len(xs), _middle(method, xs)) for scope, xs in scopes.items()}
        round.keep(made.id, f"impute_{method}", known)
    for key in made.exists - set(made.value):
        scope = round.units[key].scope(round.over(rule.get("by")))
        filling = _number(round, rule["value"]) if method == "value" else known[scope][1]
        if filling is not None:
            values[key] = filling
            made.imputed.add(key)
    return values


def _middle(method: str, xs: list[Fraction]) -> Fraction | None:
    return arithmetic.mean(xs) if method == "mean" else arithmetic.median(xs)


def _number(round: Round, said: Any) -> Fraction | None:
    """A number of the scheme, or a constant formula in quotes."""
    return formula.number_of(said, round.constants, lambda code: None)


def _treat(round: Round, made: Scored, values: Present) -> Present:
    """3. `clip` to fixed ends, or `winsorise` to the group's quantiles of own values."""
    rule = made.node.get("treat")
    if not rule:
        return values
    if rule["method"] == "clip":
        low, high = _number(round, rule.get("low")), _number(round, rule.get("high"))
        return {key: _between(value, low, high) for key, value in values.items()}
    over = rule.get("over")
    ends: dict[str, dict[Scope, tuple[int, Fraction | None]]] = {}
    for side in ("lower", "upper"):
        q = Fraction(rule.get(side, 0 if side == "lower" else 1))
        scopes = round.by_scope(made.value, over, made.exists)
        ends[side] = {scope: (len(xs), arithmetic.quantile(xs, q)) for scope, xs in scopes.items()}
        round.keep(made.id, f"winsorise_{side}", ends[side])
    treated = {}
    for key, value in values.items():
        scope = round.units[key].scope(round.over(over))
        treated[key] = _between(value, ends["lower"][scope][1], ends["upper"][scope][1])
    return treated


def _between(x: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    x = x if low is None else max(x, low)
    return x if high is None else min(x, high)


def _rounded(values: Present, precision: int | None) -> Present:
    """6. Half up to so many decimals, and that value goes on. Without it nothing is rounded."""
    if precision is None:
        return values
    return {key: arithmetic.half_up(value, precision) for key, value in values.items()}


# --- 5. missing ---


def _fill_missing(round: Round, made: Scored) -> None:
    """What a missing score becomes. A unit already blocked below is missing here too, whatever the rule."""
    rule = made.node.get("missing", "error")
    means = _mean_scores(round, made, rule) if rule == "group_mean" or isinstance(rule, dict) else {}
    scores = {key: score for key, score in made.score.items() if key not in made.blocked}
    for key in sorted(made.exists - set(scores) - made.blocked):
        if rule == "error":
            made.failed.add(key)
            round.find("missing_score", made.id)
        elif rule == "exclude":
            made.excluded.add(key)
        elif rule == "skip":
            made.skipped.add(key)
        else:
            filling = Fraction(0) if rule == "zero" else means[round.units[key].scope(_mean_columns(round, rule))]
            if filling is None:
                made.skipped.add(key)
                round.find("no_score_in_scope", made.id)
            else:
                scores[key] = filling
                made.filled.add(key)
    made.blocked = made.blocked | made.failed | made.excluded
    made.score = scores


def _mean_scores(round: Round, made: Scored, rule: Any) -> dict[Scope, Fraction | None]:
    """The exact mean of the scores, before `precision`, of the units whose own value and score are present."""
    own = {key: score for key, score in made.score.items() if key in made.value and key not in made.blocked}
    scopes = round.by_scope(own, _mean_columns(round, rule), made.exists)
    means = {scope: (len(scores), arithmetic.mean(scores)) for scope, scores in scopes.items()}
    round.keep(made.id, "mean_score", means)
    return {scope: value for scope, (_, value) in means.items()}


def _mean_columns(round: Round, rule: Any) -> list[str]:
    return round.over(rule["mean_by"] if isinstance(rule, dict) else "group")


# --- dimensions ---


def weight(node: dict[str, Any], unit: Unit) -> Fraction:
    """One number, or by a column of the unit; 1 by default."""
    said = node.get("weight", 1)
    if isinstance(said, dict):
        named = unit.columns[said["by"]]
        said = said.get("default") if named is None else said.get(named, said.get("default"))
    return Fraction(said)


def full_marks(node: dict[str, Any], unit: Unit) -> Fraction:
    """1 for an indicator, or its own `of`; of a sum Σ w·f; of a mean Σ w·f / Σ w; of a geometric mean 1 or its `of`."""
    if "formula" in node or node.get("normalise") or node["aggregate"] == "geometric_mean":
        return Fraction(node.get("of", 1))
    weighted = arithmetic.total(weight(child, unit) * full_marks(child, unit) for child in node["children"])
    if node["aggregate"] == "sum":
        return weighted
    weights = arithmetic.total(weight(child, unit) for child in node["children"])
    return weighted / weights if weights else Fraction(0)


def _dimension(round: Round, made: Scored) -> Present:
    """1. A dimension's aggregate of its children's scores."""
    made.points = {child.id: {} for child in made.children}
    values = {}
    for key in made.exists - made.blocked:
        left = [child for child in made.children if key in child.score]
        if not left or len(left) < made.node.get("at_least", 0):
            continue
        aggregate = {"sum": _sum, "mean": _mean, "geometric_mean": _geometric_mean}[made.node["aggregate"]]
        value = aggregate(round, made, left, key)
        if value is not None:
            values[key] = value
    return values


def _sum(round: Round, made: Scored, left: list[Scored], key: str) -> Fraction | None:
    """Σ w·s; with some skipped, times (full marks of all) / (full marks of those left)."""
    unit = round.units[key]
    rescaling = Fraction(1)
    if len(left) < len(made.children):
        marks = {child.id: weight(child.node, unit) * full_marks(child.node, unit) for child in made.children}
        marks_left = arithmetic.total(marks[child.id] for child in left)
        if not marks_left:
            round.find("division_by_zero", made.id)
            return None
        rescaling = arithmetic.total(marks.values()) / marks_left
    for child in left:
        made.points[child.id][key] = weight(child.node, unit) * child.score[key] * rescaling
    return arithmetic.total(made.points[child.id][key] for child in left)


def _mean(round: Round, made: Scored, left: list[Scored], key: str) -> Fraction | None:
    """Σ w·s / Σ w, both of the children left."""
    unit = round.units[key]
    weights = arithmetic.total(weight(child.node, unit) for child in left)
    if not weights:
        round.find("division_by_zero", made.id)
        return None
    for child in left:
        made.points[child.id][key] = weight(child.node, unit) * child.score[key] / weights
    return arithmetic.total(made.points[child.id][key] for child in left)


def _geometric_mean(round: Round, made: Scored, left: list[Scored], key: str) -> Fraction | None:
    """exp(Σ w·ln s / Σ w): a 0 gives 0, a negative is missing; a child of weight 0 adds nothing."""
    unit = round.units[key]
    weighted = [(weight(child.node, unit), child.score[key]) for child in left if weight(child.node, unit)]
    if not weighted:
        round.find("division_by_zero", made.id)
        return None
    if any(score < 0 for _, score in weighted):
        round.find("negative_in_geometric_mean", made.id)
        return None
    if any(score == 0 for _, score in weighted):
        return Fraction(0)
    return arithmetic.geometric_mean(weighted)
