"""One evaluation from rows to the columns of `units.csv`, the benchmarks and the findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import arithmetic, formula
from .columns import Unit
from .measures import PURE
from .ranking import Placed, comparable, place_in_tiers, rank, select
from .rounds import Round
from .scoring import Scored, score_tree


@dataclass(frozen=True)
class Result:
    """What the contract calls results out: numbers as Fraction, None for an empty cell."""

    units: list[dict[str, Any]]
    benchmarks: list[dict[str, Any]]
    findings: set[tuple[str, str]]


def evaluate(
    scheme: dict[str, Any],
    rows: list[dict[str, Any]],
    previous: list[dict[str, Any]] | None = None,
    adopted: Sequence[str] | None = None,
) -> Result:
    """Evaluate the rows under a valid scheme, with last round's rows for `from: previous`."""
    last = None
    if previous is not None:
        last = Round(scheme, previous, None)
        score_tree(last)
    round = Round(scheme, rows, last)
    root = score_tree(round)
    adjustments = {key: _adjustment(round, unit) for key, unit in round.units.items()}
    totals = _totals(root, adjustments)
    placed = [
        Placed(unit, totals[key], _tie_break(round, root, totals, unit))
        for key, unit in round.units.items()
        if key in totals and not unit.exempt
    ]
    rank(round, placed)
    place_in_tiers(round, placed, lambda one, level: _meets(round, root, totals, one, level))
    select(round, placed)
    places = {one.unit.key: one for one in placed}
    units = [_row(round, root, unit, adjustments, totals, places.get(unit.key)) for unit in round.all_units]
    if "adopt" in (scheme.get("selection") or {}):
        for row in units:
            row["selected"] = row["key"] in (adopted or ())
    labels = [label for made in root.in_tree_order() for label in (made.id, *made.also)]
    benchmarks = [row for label in labels for row in round.benchmarks.get(label, [])]
    return Result(units, benchmarks, round.findings)


def _totals(root: Scored, adjustments: dict[str, tuple[Fraction, list[str]]]) -> dict[str, Fraction]:
    """`score`: the root with adjustments, which are added before it is rounded."""
    totals = {key: value + adjustments[key][0] for key, value in root.unrounded.items()}
    precision = root.node["precision"]
    if precision is None:
        return totals
    return {key: arithmetic.half_up(value, precision) for key, value in totals.items()}


def _adjustment(round: Round, unit: Unit) -> tuple[Fraction, list[str]]:
    """加分、扣分 within `adjustments_between`, and those that apply. Missing points count 0 and are a finding."""
    points = Fraction(0)
    made = []
    for rule in round.scheme.get("adjustments") or []:

        def note(code: str, subject: str = rule["id"]) -> None:
            round.find(code, subject)

        if "when" in rule and not formula.holds(rule["when"], unit.names, note):
            continue
        made.append(rule["id"])
        number = formula.number_of(rule["points"], unit.names, note)
        if number is None:
            note("points_missing")
        else:
            points += number
    if between := round.scheme.get("adjustments_between"):
        points = min(max(points, Fraction(between[0])), Fraction(between[1]))
    return points, made


def _tie_break(round: Round, root: Scored, totals: dict[str, Fraction], unit: Unit) -> tuple[Any, ...]:
    """A node's raw value in that node's direction, the root's score, a variable from high to low."""
    nodes = {made.id: made for made in root.in_tree_order()}
    values: list[Any] = []
    for name in (round.scheme.get("ranking") or {}).get("tie_break") or []:
        if name == root.id:
            values.append(totals[unit.key])
        elif name in nodes:
            value = nodes[name].value.get(unit.key)
            lower = nodes[name].node.get("direction") == "lower"
            values.append(-value if lower and value is not None else value)
        else:
            values.append(comparable(unit.names[name]))
    return tuple(values)


def _meets(round: Round, root: Scored, totals: dict[str, Fraction], one: Placed, level: dict[str, Any]) -> bool:
    """A level's `when` may also ask scores; the root's id means `score`."""
    if "when" not in level:
        return True
    names = dict(one.unit.names)
    for made in root.in_tree_order():
        score = made.score.get(one.unit.key)
        names[made.id] = None if score is None else formula.Quantity(score, PURE)
    names[root.id] = formula.Quantity(totals[one.unit.key], PURE)
    return formula.holds(level["when"], names, lambda code: round.find(code, level["tier"]))


def _row(
    round: Round,
    root: Scored,
    unit: Unit,
    adjustments: dict[str, tuple[Fraction, list[str]]],
    totals: dict[str, Fraction],
    place: Placed | None,
) -> dict[str, Any]:
    """The columns of one unit. Ineligible units have empty values, scores, points and rank."""
    key = unit.key
    row: dict[str, Any] = {"key": key, "name": unit.columns["name"]}
    row |= {column: unit.columns[column] for column in round.group_by}
    row |= {"eligible": unit.eligible, "excluded_because": "；".join(unit.excluded_because)}
    nodes = root.in_tree_order()
    row |= {f"value:{made.id}": made.value.get(key) for made in nodes if "formula" in made.node}
    for made in nodes:
        row[f"score:{made.id}"] = made.score.get(key)
        row |= {f"score:{further}": scores.get(key) for further, scores in made.also.items()}
    root_has_value = key in root.value
    for child in root.children:
        points = None if root.node["aggregate"] == "geometric_mean" else root.points[child.id].get(key)
        row[f"points:{child.id}"] = points if root_has_value else None
    row |= {
        "adjustment": adjustments[key][0] if unit.eligible else None,
        "score": totals.get(key),
        "rank": place.rank if place else None,
        "group_size": place.group_size if place else None,
        "tier": place.tier if place else None,
        "selected": place.selected if place else False,
        "reserve": place.reserve if place else None,
        "flags": _flags(nodes, unit, adjustments[key][1], place) if unit.eligible else "",
    }
    return row


def _flags(nodes: list[Scored], unit: Unit, adjusted: list[str], place: Placed | None) -> str:
    """Joined by `;`: for each node in tree order, then for each rule, then the ties."""
    flags = []
    for made in nodes:
        for name, units in (
            ("插补", made.imputed),
            ("赋分", made.filled),
            ("跳过", made.skipped),
            ("不适用", made.asked - made.exists),
            ("缺数", made.failed),
            ("不定等级", made.excluded),
        ):
            if unit.key in units:
                flags.append(f"{name}:{made.id}")
    flags += [f"豁免:{rule}" for rule in unit.exempt]
    flags += [f"否决:{rule}" for rule in unit.vetoed]
    flags += [f"加减分:{rule}" for rule in adjusted]
    ties = place.flags if place else []
    flags += [tie for tie in ("档次线并列", "入选线并列") if tie in ties]
    return ";".join(flags)
