"""Valid schemes and tables by the hundred: Hypothesis strategies, written from docs/scheme-language.md.

`cases()` draws a scheme, a table and sometimes last round's table; `as_yaml` writes a scheme down. Tables favour what
goes wrong: ties, zeros, negatives, missing cells, groups of one, constant columns, 1e-6 and 1e12.

What doubles cannot do is left out, and `Traits` keeps the account: no rank, spread or sign is asked of numbers whose
equality hangs on the last bit of a sum, unless `hard=True` asks for that too. A total stays below 1e13 units of its
last decimal.
"""

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
Rule = dict[str, Any]


def D(text: str) -> Decimal:
    """A decimal of a scheme."""
    return Decimal(text)


# --- the columns there are ---

PLAIN = ["0", "0.25", "0.5", "1", "1.005", "2", "2.5", "3", "10", "37.5", "98"]
SIGNED = ["-20", "-2", "-1", "-0.5", "0", "0.5", "1", "3", "20"]
TINY = ["0", "0.000001", "0.000002", "0.000015", "0.000123", "0.001"]
HUGE = ["0", "1000000000", "2500000000", "123456789012", "500000000000", "1000000000000"]
COUNTS = ["0", "1", "2", "3", "5"]
EXPONENTS = ["-3", "-1", "0", "0.5", "1", "2", "5"]
CODES = ["25", "2511", "26", "268", "2681", "19", "3"]
PLACES = ["甲县", "乙县", "丙市"]
ZONES = ["开发区", "NO"]  # NO is text in YAML 1.2
DATES = [datetime.date(2016, 2, 29), datetime.date(2017, 4, 9), datetime.date(2017, 4, 10), datetime.date(2019, 1, 1)]

VARIABLES: dict[str, tuple[Rule, list[Any]]] = {
    "tax": ({"unit": "万元", "decimals": 4}, PLAIN),
    "sales": ({"unit": "元"}, PLAIN),
    "profit": ({"unit": "万元"}, SIGNED),
    "fees_tiny": ({"unit": "元", "decimals": 6}, TINY),
    "levy_tiny": ({"unit": "元", "decimals": 6}, TINY),
    "output_huge": ({"unit": "万元"}, HUGE),
    "assets_huge": ({"unit": "万元"}, HUGE),
    "land": ({"unit": "亩"}, PLAIN),
    "energy": ({"unit": "吨标准煤"}, PLAIN),
    "staff": ({"unit": "人", "type": "integer"}, COUNTS),
    "rate": ({"unit": "%"}, PLAIN),
    "index": ({}, PLAIN),
    "balance": ({"unit": "1"}, EXPONENTS),
    "accidents": ({"unit": "起", "type": "integer", "default": 0}, COUNTS),
    "sector_code": ({"type": "text"}, CODES),
    "place": ({"type": "text"}, PLACES),
    "zone": ({"type": "text"}, ZONES),
    "listed": ({"type": "boolean"}, [True, False]),
    "opened": ({"type": "date"}, DATES),
}
CONSTANTS: Rule = {
    "cutoff": datetime.date(2019, 4, 9),
    "pilots": ["甲县", "丙市"],
    "factor": D("2.5"),
}
DERIVED: dict[str, list[Rule]] = {
    "industry": [
        {"classify": {"of": "sector_code", "classes": {"石化": ["25", "26"], "时尚": ["19", "268"]}, "else": "其他"}},
        {"classify": {"of": "sector_code", "classes": {"石化": ["25", "26"], "时尚": ["19", "268"]}}},
    ],
    "land_use": [
        {"choose": [{"when": "land > 2", "then": "大户"}, {"when": "listed", "then": "上市"}], "else": "小户"},
        {"choose": [{"when": "land > 2", "then": "大户"}, {"when": "not listed", "then": "未上市"}]},
    ],
    "yield_per_mu": [
        {"formula": "tax / land", "unit": "万元/亩"},
        {"formula": "tax / land", "unit": "元/平方米"},
    ],
}
VALUES = {  # what the text columns may hold
    "place": PLACES,
    "zone": ZONES,
    "industry": ["石化", "时尚", "其他"],
    "land_use": ["大户", "上市", "小户", "未上市"],
}
CONDITIONS = [
    "land > 0",
    "industry != '其他'",
    "industry == '石化'",
    "place in pilots",
    "place in ['乙县', '丙市']",
    "listed",
    "not listed",
    "not missing(tax)",
    "missing(opened) or opened < cutoff",
    "full_years(opened, cutoff) < 2",
    "tax > sales",
    "tax >= 1 and land < 10",
    "tax > 2 or listed",
    "not (staff > 1 and listed)",
    "coalesce(staff, 0) >= 1",
    "min(tax, profit) > 0",
    "accidents > 0",
    "staff in [1, 2]",
    "index <= factor",
    "abs(profit) >= 1",
]


# --- what is known of a node's numbers ---

NEAREST, EVERYWHERE, IN_GROUP, NOT_SURE = 3, 2, 1, 0


@dataclass(frozen=True)
class Traits:
    """What doubles make of a number."""

    size: int = 3  # |x| < 10^size
    spread: int = 3  # the largest over the smallest but 0, as a power of ten
    equal: int = NEAREST  # where equal numbers are equal doubles; NEAREST: the double nearest to the number
    zero: bool = True  # it is 0, above or below exactly when its double is
    signed: bool = False
    whole: bool = False
    plain: bool = True  # of everyday size, so that constants and formulas of x make sense


@dataclass(frozen=True)
class Formula:
    """An indicator's formula, a unit it may be declared in, and what its values are like."""

    text: str
    unit: str | None
    traits: Traits
    ratio: bool = False


_RATIO = Traits(size=4, spread=6)
_SIGNED = Traits(size=2, signed=True)
_SUM = Traits(size=4, spread=5, equal=NOT_SURE)
_HUGE = Traits(size=13, spread=4, plain=False)
_TINY = Traits(size=0, spread=4, plain=False)


def _converted(traits: Traits, by: int) -> Traits:
    return replace(traits, size=traits.size + by, equal=min(traits.equal, EVERYWHERE), plain=False)


FORMULAS = [
    Formula("tax", "万元", Traits()),
    Formula("tax", "元", _converted(Traits(), 4)),
    Formula("profit", "万元", _SIGNED),
    Formula("fees_tiny", "元", _TINY),
    Formula("fees_tiny / levy_tiny", "1", _RATIO, ratio=True),
    Formula("output_huge", "万元", _HUGE),
    Formula("output_huge", "亿元", _converted(_HUGE, -4)),
    Formula("output_huge / assets_huge", None, _RATIO, ratio=True),
    Formula("output_huge / staff", "万元/人", replace(_HUGE, spread=5), ratio=True),
    Formula("tax / land", "万元/亩", _RATIO, ratio=True),
    Formula("tax / land", "亿元/公顷", _converted(_RATIO, -2), ratio=True),
    Formula("tax / staff", "元/人", _converted(_RATIO, 4), ratio=True),
    Formula("sales / tax", "%", _converted(_RATIO, -2), ratio=True),
    Formula("energy / tax", "吨标准煤/万元", _RATIO, ratio=True),
    Formula("energy / tax", "吨标准煤/亿元", _converted(_RATIO, 4), ratio=True),
    Formula("profit / land", "万元/亩", replace(_RATIO, signed=True), ratio=True),
    Formula("(tax + profit) / land", "万元/亩", replace(_SUM, signed=True, zero=True), ratio=True),
    Formula("tax + sales", "万元", replace(_SUM, zero=True)),
    Formula("tax - profit", "万元", replace(_SUM, signed=True)),
    Formula("max(profit, 0)", "万元", Traits(size=2)),
    Formula("min(tax, sales)", "万元", replace(_SUM, spread=7)),
    Formula("abs(profit) / land", "万元/亩", _RATIO, ratio=True),
    Formula("coalesce(tax / land, 1)", "万元/亩", _RATIO),
    Formula("coalesce(tax, profit)", "万元", replace(_SIGNED, size=3)),
    Formula("index * staff", "人", _SUM),
    Formula("yield_per_mu", "万元/亩", replace(_RATIO, equal=EVERYWHERE)),
    Formula("staff", "人", Traits(size=1, spread=1, whole=True)),
    Formula("accidents", "起", Traits(size=1, spread=1, whole=True)),
    Formula("rate", "%", Traits()),
    Formula("rate", "1", replace(_converted(Traits(), -2), plain=True)),
    Formula("index", None, Traits()),
    Formula("balance", "1", replace(_SIGNED, size=1)),
    Formula("sqrt(index)", None, Traits(size=1, spread=2, equal=EVERYWHERE)),
    Formula("ln(index)", None, Traits(size=1, equal=EVERYWHERE, signed=True)),
    Formula("sqrt(balance)", None, Traits(size=1, spread=2, equal=EVERYWHERE)),
    Formula("exp(balance)", None, Traits(size=3, spread=4, equal=EVERYWHERE)),
]


# --- normalisation ---


@dataclass
class Builder:
    """One scheme being drawn."""

    draw: Draw
    group_by: list[str]
    previous: bool
    hard: bool
    nodes: dict[str, tuple[Traits, Traits]]  # id → traits of its value, of its score

    def one(self, *choices: Any) -> Any:
        """One of these."""
        return self.draw(st.sampled_from(choices))

    def chance(self, out_of: int) -> bool:
        """True once in so many; shrinks to False."""
        return bool(self.draw(st.integers(0, out_of - 1)) == out_of - 1)

    def over(self, rule: Rule) -> int:
        """Perhaps another scope than the group; says how far equality must reach for it."""
        choice = self.one(None, None, None, "group", "all", ["place"], ["industry", "zone"])
        if choice is not None:
            rule["over"] = choice
        return IN_GROUP if choice in (None, "group") else EVERYWHERE

    def sure(self, traits: Traits, reach: int) -> bool:
        """Whether equal numbers in that scope are equal doubles (or that does not matter today)."""
        return self.hard or traits.equal >= reach


def _steps(b: Builder, traits: Traits, formula: Formula | None, lower: bool) -> tuple[Any, Traits]:
    """One step or a list of steps, and what comes out."""
    rules = []
    for place in range(b.one(1, 1, 1, 2, 3)):
        rule, traits = _step(b, traits, formula, lower, first=place == 0)
        rules.append(rule)
        lower = lower and rule.get("method", "formula") in ("formula", "bands")
    return (rules[0] if len(rules) == 1 and not b.chance(3) else rules), traits


def _step(b: Builder, x: Traits, formula: Formula | None, lower: bool, first: bool) -> tuple[Rule, Traits]:
    makers: list[Callable[..., tuple[Rule, Traits] | None]] = [_percentile_rank, _rank, _min_max, _z_score, _bands]
    makers = [_benchmark_ratio, *makers, _formula, _benchmark_ratio, _benchmark_ratio]
    maker = b.one(*makers)
    made: tuple[Rule, Traits] | None = maker(b, x, formula if first else None, lower)
    if made is None:
        made = _benchmark_ratio(b, x, formula if first else None, lower) or _bounded(b, x)
    return made


def _bounded(b: Builder, x: Traits) -> tuple[Rule, Traits]:
    """A step that always works."""
    rule = {"formula": b.one("x / (1 + abs(x))", "x / (factor + abs(x))")}
    return rule, replace(x, size=0, equal=min(x.equal, EVERYWHERE), whole=False, plain=True)


def _statistic(b: Builder, x: Traits, formula: Formula | None, names: list[str]) -> tuple[Rule, int]:
    rule: Rule = {"statistic": b.one(*names)}
    if rule["statistic"] == "quantile":
        rule["q"] = b.one(D("0.5"), D("0.25"), D("0.9"), D("0.333"), 1)
    reach = b.over(rule)
    if b.chance(4):
        rule["times"] = b.one(2, D("0.8"))
    if x.plain and b.chance(3):
        rule["precision"] = b.one(0, 2, 4)
    if b.previous and formula is not None and b.chance(2):
        rule["from"] = "previous"
    return rule, reach


def _benchmark_ratio(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    if lower and not x.zero and not b.hard:
        return None
    rule: Rule = {"method": "benchmark_ratio"}
    reach = EVERYWHERE
    if x.plain and b.chance(3):
        rule["benchmark"] = b.one(2, D("0.5"), D("10"), D("1.005"), "ln(100)", "exp(1) / factor")
        size = x.spread + 2
    else:
        names = ["median", "quantile", "max", "min"] if x.zero or b.hard else []
        if not x.signed:
            names += ["mean", "mean"]
        if formula is not None and formula.ratio:
            names += ["ratio_of_sums"] * 5
        if not names:
            return None
        rule["benchmark"], reach = _statistic(b, x, formula, names)
        size = max(x.spread, 1) + 2
    equal = min(x.equal, IN_GROUP if reach == IN_GROUP else EVERYWHERE) if "over" not in rule else NOT_SURE
    if isinstance(rule["benchmark"], dict) and isinstance(rule["benchmark"].get("over"), list):
        equal = NOT_SURE
    if size > 4 or b.chance(3):
        rule["cap"] = b.one(D("1.5"), 2, 10)
        size, equal = 1, NOT_SURE
    if x.signed or b.chance(3):
        rule["floor"] = 0 if x.signed else b.one(0, D("0.5"))
        equal = NOT_SURE
    return rule, Traits(size=size, spread=size + 3, equal=equal, zero=x.zero, signed=False)


def _min_max(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    rule: Rule = {"method": "min_max"}
    reach, constants = IN_GROUP, False
    if x.plain and x.equal == NEAREST and b.chance(3):
        rule["low"], rule["high"] = b.one((0, 10), (D("0.25"), 98), ("ln(1)", "ln(100)"), (-20, 20))
        reach, constants = NOT_SURE, True
    elif b.chance(3):
        rule["low"], first = _statistic(b, x, formula, ["min", "quantile"])
        rule["high"], second = _statistic(b, x, formula, ["max", "quantile"])
        for side in ("low", "high"):  # their rounding or scaling may make them meet by a hair
            rule[side] = {k: v for k, v in rule[side].items() if k not in ("times", "precision")}
        reach = max(first, second)
    else:
        reach = b.over(rule)
    if not b.sure(x, reach):
        return None
    if b.chance(2):
        rule["to"] = b.one([0, 100], [D("0.1"), 1], [1, 7], [0, 1])
    straight = not constants and "low" not in rule
    if b.chance(2) or not straight:
        rule["clip"] = b.one(True, True, False) if straight or constants else True
    equal = min(x.equal, EVERYWHERE) if constants else min(x.equal, IN_GROUP)
    if isinstance(rule.get("over"), list) or (rule.get("clip") and not straight) or "from" in str(rule):
        equal = NOT_SURE
    clean = (straight or rule.get("clip", False)) and "to" not in rule
    signed = not (straight or rule.get("clip", False))
    return rule, Traits(size=3, spread=5, equal=equal, zero=clean, signed=signed)


def _z_score(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    rule: Rule = {"method": "z_score"}
    if not b.sure(x, b.over(rule)):
        return None
    equal = NOT_SURE if isinstance(rule.get("over"), list) else min(x.equal, IN_GROUP)
    return rule, Traits(size=2, spread=20, equal=equal, zero=False, signed=True)


def _percentile_rank(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    rule: Rule = {"method": "percentile_rank"}
    return (rule, Traits(size=1, spread=2)) if b.sure(x, b.over(rule)) else None


def _rank(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    rule: Rule = {"method": "rank"}
    return (rule, Traits(size=2, spread=2, whole=True)) if b.sure(x, b.over(rule)) else None


def _bands(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    if not x.plain:
        return None
    rule: Rule = {
        "method": "bands",
        "steps": b.one([[1, 2], [2, 4], [10, 7]], [[D("0.5"), 1]], [[0, 1], [D("1.005"), 3]], [[D("-1"), 5], [3, 0]]),
    }
    if b.chance(2):
        rule["below"] = b.one(0, 1, -1)
    return rule, Traits(size=1, spread=1, signed=rule.get("below") == -1, whole=True)


def _formula(b: Builder, x: Traits, formula: Formula | None, lower: bool) -> tuple[Rule, Traits] | None:
    if not x.plain or x.size > 4:
        return None
    keep = replace(x, equal=min(x.equal, EVERYWHERE), whole=False)
    in_group = replace(keep, equal=min(x.equal, IN_GROUP))
    away = replace(keep, equal=NOT_SURE, zero=False, signed=True)
    choices = [
        ("x / (1 + abs(x))", replace(keep, size=1)),
        ("100 * x", replace(keep, size=x.size + 2)),
        ("x * factor", replace(keep, size=x.size + 1)),
        ("ln(1 + abs(x))", replace(keep, size=1, signed=False)),
        ("exp(-abs(x) / 100)", replace(keep, size=1, signed=False)),
        ("x / n", in_group),
        ("(n - x) / n", replace(away, size=x.size + 1)),
        ("1 - x", replace(away, size=x.size + 1)),
        ("-23 * ln(1 - min(abs(x), 1) * (1 - exp(-100 / 23)))", replace(away, size=3, signed=False)),
        ("coalesce(exp(1000 + x * x), x)", keep),
    ]
    if x.zero:
        choices += [
            ("max(x, 0)", replace(keep, signed=False)),
            ("sqrt(x)", replace(keep, signed=False)),
            ("coalesce(sqrt(x), 0 - 1)", replace(keep, equal=NOT_SURE, signed=True)),
            ("1 / x", replace(keep, size=x.spread + 1)),
            ("coalesce(1 / x, n)", replace(keep, equal=NOT_SURE, size=max(x.spread, 2) + 1)),
            ("ln(x)", replace(keep, size=2, zero=False, signed=True)),
        ]
    text, traits = b.one(*choices)
    rule: Rule = {"formula": text}
    if re.search(r"\bn\b", text) and b.over(rule) == EVERYWHERE:
        traits = replace(traits, equal=NOT_SURE)
    return rule, replace(traits, plain=traits.size <= 4)


# --- nodes ---


def _weight(b: Builder, small: bool) -> Any:
    def number() -> Any:
        return b.one(1, 1, 2, D("0.5"), D("0.125"), 0, 3) if small else b.one(1, 10, 20, 30, 70, D("2.5"), 0)

    if b.chance(4):
        column = b.one("place", "industry", "zone")
        named = {value: number() for value in VALUES[column] if b.chance(2)}
        return {"by": column} | named | {"default": b.one(1, 2, 10)}
    return number()


def _missing(b: Builder, node: Rule, score: Traits) -> Traits:
    usual = ["group_mean", "skip", "zero", "mean_by"]
    rule = b.one("group_mean", *usual, *usual, None, "error", "exclude")
    if rule is None:
        return score
    node["missing"] = {"mean_by": b.one(["place"], ["zone", "industry"])} if rule == "mean_by" else rule
    if rule in ("group_mean", "mean_by"):
        return replace(score, equal=NOT_SURE, zero=score.zero and not score.signed, whole=False)
    return replace(score, equal=score.equal if score.zero else NOT_SURE) if rule == "zero" else score


def _finish(b: Builder, node: Rule, value: Traits, worked: Traits, score: Traits, root: bool) -> Traits:
    """`also`, missing, precision: the same for indicators and dimensions."""
    if b.chance(6):
        further, traits = _steps(b, worked, None, node.get("direction") == "lower")
        shown: Rule = {"id": f"{node['id']}_also", "normalise": further}
        if traits.size <= 8 and b.chance(2):
            shown["precision"] = b.one(0, 2)
        node["also"] = [shown]
    score = _missing(b, node, score)
    most = min(4, 12 - score.size)
    if root or (most >= 0 and b.chance(2)):
        node["precision"] = b.draw(st.integers(0, most))
    if node.get("precision") is not None:
        score = replace(score, equal=NEAREST, zero=True, whole=node["precision"] == 0, plain=score.size <= 4)
    b.nodes[node["id"]] = (value, score)
    return score


def _indicator(b: Builder, id: str, weightless: bool = False) -> tuple[Rule, Traits]:
    chosen: Formula = b.one(*FORMULAS)
    value = worked = chosen.traits
    node: Rule = {"id": id, "label": id, "formula": chosen.text}
    if chosen.unit:
        node["unit"] = chosen.unit
    if b.chance(3):
        node["direction"] = b.one("lower", "higher")
    if b.chance(6):
        node["applies"] = b.one(*CONDITIONS)
    if b.chance(5):
        node["impute"], worked = _impute(b, worked)
    if b.chance(5):
        node["treat"], worked = _treat(b, worked)
    score = worked
    lower = node.get("direction") == "lower"
    if worked.size > 4 or not worked.plain or not b.chance(5):
        node["normalise"], score = _steps(b, worked, chosen, lower)
    if score.size > 4:
        rules = node["normalise"] if isinstance(node["normalise"], list) else [node["normalise"]]
        last, score = _bounded(b, score)
        node["normalise"] = [*rules, last]
    if b.chance(6):
        node["of"] = b.one(1, 2, 10)
    return node, _finish(b, node, value, worked, score, root=False)


def _impute(b: Builder, x: Traits) -> tuple[Rule, Traits]:
    rule: Rule = {"method": b.one("mean", "median", "value")}
    if rule["method"] == "value":
        rule["value"] = b.one(0, 1, D("2.5")) if x.plain else 0
        return rule, x
    if b.chance(2):
        rule["by"] = b.one(["place"], ["industry", "zone"])
    return rule, replace(x, equal=NOT_SURE, zero=x.zero and not x.signed, whole=False)


def _treat(b: Builder, x: Traits) -> tuple[Rule, Traits]:
    if x.plain and x.equal == NEAREST and b.chance(2):
        sides = {"low": b.one(D("0.5"), 0, 1), "high": b.one(10, D("37.5"))}
        kept = b.one(["low"], ["high"], ["low", "high"])
        return {"method": "clip"} | {side: sides[side] for side in kept}, replace(x, whole=False)
    lower, upper = b.one((D("0.05"), D("0.95")), (D("0.25"), D("0.75")), (0, D("0.9")), (D("0.01"), D("0.99")))
    return {"method": "winsorise", "lower": lower, "upper": upper}, x


def _dimension(b: Builder, id: str, depth: int, root: bool = False) -> tuple[Rule, Traits]:
    node: Rule = {"id": id, "label": id, "aggregate": b.one("sum", "mean", "geometric_mean")}
    children, traits = [], []
    for place in range(b.draw(st.integers(1, 4 if root else 3))):
        child_id = f"{id}_{place + 1}" if not root else f"item_{place + 1}"
        deeper = depth > 1 and b.chance(2)
        child, score = _dimension(b, child_id, depth - 1) if deeper else _indicator(b, child_id)
        child["weight"] = _weight(b, small=not root or score.signed)
        if b.chance(8):
            del child["weight"]
        children.append(child)
        traits.append(score)
    node["children"] = children
    signed, zero = any(t.signed for t in traits), all(t.zero for t in traits)
    if node["aggregate"] == "geometric_mean" and not zero and not b.hard:
        node["aggregate"] = "sum"
    exact = all(t.whole for t in traits) and all(isinstance(c.get("weight", 1), int) for c in children)
    exact = exact and all(c.get("missing", "error") not in ("skip", "group_mean") for c in children)
    exact = exact and not any("applies" in c or isinstance(c.get("missing"), dict) for c in children)
    exact = exact and node["aggregate"] != "geometric_mean"
    size = max(t.size for t in traits) + (1 if node["aggregate"] == "sum" and not root else 0)
    size += 3 if root and node["aggregate"] == "sum" else 0
    value = Traits(
        size=size,
        spread=size + 6,
        equal=NEAREST if exact else NOT_SURE,
        zero=exact or (zero and not signed),
        signed=signed and node["aggregate"] != "geometric_mean",
        whole=exact and node["aggregate"] == "sum",
        plain=size <= 4,
    )
    if b.chance(4):
        node["at_least"] = b.one(1, 2, len(children))
        node["at_least"] = min(node["at_least"], len(children))
    if b.chance(6):
        node["direction"] = b.one("lower", "higher")
    if not root and b.chance(6):
        node["applies"] = b.one(*CONDITIONS)
    score = value
    if b.chance(4) or value.size > (8 if root else 5):
        node["normalise"], score = _steps(b, value, None, node.get("direction") == "lower")
    if score.size > (8 if root else 5):
        rules = node["normalise"] if isinstance(node["normalise"], list) else [node["normalise"]]
        last, score = _bounded(b, score)
        node["normalise"] = [*rules, last]
    if "normalise" not in node and node["aggregate"] == "sum" and (full := _full_marks(node)) is not None:
        if full > 0 and b.chance(2):
            node["of"] = _decimal(full)
    elif ("normalise" in node or node["aggregate"] == "geometric_mean") and b.chance(4):
        node["of"] = b.one(1, 10)
    return node, _finish(b, node, value, value, score, root)


def _full_marks(node: Rule) -> Fraction | None:
    """Full marks where they are the same for every unit and a finite decimal, else None."""
    if "formula" in node or "normalise" in node or node["aggregate"] == "geometric_mean":
        return Fraction(node.get("of", 1))
    pairs = [(child.get("weight", 1), _full_marks(child)) for child in node["children"]]
    if any(isinstance(weight, dict) or full is None for weight, full in pairs):
        return None
    marks = sum((Fraction(weight) * (full or 0) for weight, full in pairs), Fraction(0))
    weights = sum((Fraction(weight) for weight, _ in pairs), Fraction(0))
    if node["aggregate"] == "mean":
        marks = marks / weights if weights else Fraction(0)
    denominator = marks.denominator
    return marks if 10**12 % denominator == 0 else None


def _decimal(number: Fraction) -> Any:
    return int(number) if number.denominator == 1 else Decimal(number.numerator) / Decimal(number.denominator)


# --- rules about whole units ---


def _rules(b: Builder, prefix: str, most: int, **more: list[Any]) -> list[Rule]:
    made = []
    for place in range(b.draw(st.integers(0, most))):
        id = f"{prefix}_{place + 1}"
        rule = {"id": id, "label": f"条件{id}", "when": b.one(*CONDITIONS)}
        made.append(rule | {name: b.one(*choices) for name, choices in more.items()})
    return made


def _adjustments(b: Builder) -> list[Rule]:
    points = ["-3 * accidents", "balance", 2, D("-1.5"), "staff", "coalesce(balance, 0) + 1", "max(profit, 0)"]
    return _rules(b, "bonus", 2, points=points)


def _tie_break(b: Builder) -> list[str]:
    """Variables, derived columns, indicators, and dimensions whose equality is sure."""
    names = ["tax", "staff", "opened", "sector_code", "profit", "land", "output_huge", "place", "total"]
    for id, (value, _) in b.nodes.items():
        if b.sure(value, EVERYWHERE):
            names.append(id)
    chosen: list[str] = b.draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    return chosen


def _level_condition(b: Builder) -> str:
    """Tiers may ask scores; only such as are rounded or counted."""
    asked = [f"{id} >= {b.one('0', '0.5', '1', '10')}" for id, (_, score) in b.nodes.items() if score.equal == NEAREST]
    return str(b.one("accidents == 0", "total >= 1", "total > 0 and not listed", "not (total < 10)", *asked))


def _tiers(b: Builder) -> Rule:
    names = ["A", "B", "C", "D"]
    levels: list[Rule] = []
    if b.chance(4):
        levels.append({"tier": "A", "when": _level_condition(b), "outside_quota": True})
    for tier in names[: b.one(1, 2, 2, 3)]:
        level: Rule = {"tier": tier}
        if b.chance(4):
            level["up_to"] = b.one(D("0.1"), D("0.3"), D("0.5"), D("0.29"), 1)
        else:
            level["share"] = b.one(D("0.2"), D("0.4"), D("0.05"), D("0.5"), D("0.29"), D("0.333"), 1)
            if b.chance(2):
                level["rounding"] = b.one("floor", "ceil", "half_up")
        if b.chance(5):
            level["when"] = _level_condition(b)
        if b.chance(4):
            level["ties"] = "up"
        levels.append(level)
    if b.chance(5):
        levels.append({"tier": b.one("B", "C"), "when": _level_condition(b)})
    if b.chance(2):
        bottom: Rule = {"tier": "D", "share": b.one(D("0.05"), D("0.2"), D("0.34")), "from": "bottom"}
        bottom["rounding"] = b.one("ceil", "floor", "half_up")
        if b.chance(4):
            bottom["ties"] = "up"
        if b.chance(6):
            bottom["when"] = _level_condition(b)
        levels.insert(b.one(len(levels), 0), bottom)
    if not b.chance(4):
        levels.append({"tier": b.one("C", "D")})
    rule: Rule = {"order": names, "levels": levels}
    if b.chance(2):
        rule["over"] = b.one("group", "all", ["place"], ["zone", "industry"])
    return rule


def _selection(b: Builder, tiers: bool) -> Rule:
    rule: Rule = {"quota": b.one(1, 2, 3, 0, 5)}
    if b.group_by and b.chance(3):
        parts = [[*VALUES[column], "（空）"] for column in b.group_by]
        named = {"/".join(b.one(*part) for part in parts): b.one(0, 1, 2) for _ in range(2)}
        rule["quota"] = {"by_group": named | {"default": b.one(0, 1, 3)}}
    elif b.chance(3):
        rule["quota"] = {"share": b.one(D("0.1"), D("0.5"), D("0.29")), "rounding": b.one("floor", "ceil", "half_up")}
    if tiers and b.chance(2):
        rule["from_tiers"] = b.one(["A"], ["A", "B"], ["C"])
    if b.chance(3):
        rule["minimum_score"] = b.one(0, 1, D("0.5"), 60)
    if b.chance(2):
        rule["at_the_cut"] = b.one("stop", "include_ties")
    if b.chance(2):
        rule["reserve"] = b.one(1, 2, 3)
    return rule


# --- whole schemes, tables, cases ---

_RULES = ["eligibility", "exemptions", "vetoes", "score", "adjustments", "adjustments_between"]
_RULES += ["ranking", "tiers", "selection"]


@st.composite
def schemes(draw: Draw, hard: bool = False) -> Rule:
    """A valid scheme. `hard` also asks for ranks of sums, which need equality beyond the last bit."""
    groups: list[list[str]] = [[], ["place"], ["industry"], ["place", "zone"], ["industry", "land_use"], ["land_use"]]
    group_by = draw(st.sampled_from(groups))
    b = Builder(draw, group_by, previous=draw(st.integers(0, 2)) == 2, hard=hard, nodes={})
    scheme: Rule = {
        "scheme": "generated",
        "domain": "manufacturing",
        "label": "生成的方案",
        "lead_agency": "省经济和信息化厅",
        "basis": {"assumption": "练习"},
        "trial": False,
        "unit": {"label": "企业", "key": "key", "name": "name"},
        "group_by": group_by,
    }
    scheme["score"], _ = _dimension(b, "total", draw(st.sampled_from([1, 2, 2, 3])), root=True)
    scheme["score"].pop("weight", None)
    for name, made in (
        ("eligibility", _rules(b, "eligible", b.one(0, 0, 1, 2))),
        ("exemptions", _rules(b, "exempt", b.one(0, 0, 1))),
        ("vetoes", _rules(b, "veto", b.one(0, 1, 2), effect=["not_selected", "lowest_tier"])),
        ("adjustments", _adjustments(b)),
    ):
        if made:
            scheme[name] = made
    if "adjustments" in scheme and b.chance(2):
        scheme["adjustments_between"] = b.one([-10, 10], [-2, D("0.5")])
    if ties := _tie_break(b):
        scheme["ranking"] = {"ties": "min", "tie_break": ties}
    if not b.chance(4):
        scheme["tiers"] = _tiers(b)
    else:
        for veto in scheme.get("vetoes", []):
            veto["effect"] = "not_selected"  # there is no lowest tier
    if not b.chance(4):
        scheme["selection"] = _selection(b, "tiers" in scheme)
    return _declare(b, scheme)


def _declare(b: Builder, scheme: Rule) -> Rule:
    """Only the columns and constants that are used."""
    derive = {column: b.one(*choices) for column, choices in DERIVED.items() if column in _words(scheme)}
    words = _words(scheme | {"derive": derive})
    constants = {name: value for name, value in CONSTANTS.items() if name in words}
    used = {name: declared for name, (declared, _) in VARIABLES.items() if name in words}
    variables = {
        name: {"label": f"数据项{place}"} | declared | ({"required": False} if "default" in declared else {})
        for place, (name, declared) in enumerate(used.items(), 1)
    }
    before: Rule = {name: part for name, part in scheme.items() if name not in ("group_by", *_RULES)}
    made = {"constants": constants, "variables": variables, "derive": derive}
    after = {name: part for name, part in scheme.items() if name in ("group_by", *_RULES)}
    return before | {name: part for name, part in made.items() if part or name == "variables"} | after


def _words(scheme: Rule) -> set[str]:
    return set(re.findall(r"\w+", as_yaml(scheme)))


@st.composite
def tables(draw: Draw, scheme: Rule, most: int = 25) -> list[Rule]:
    """Rows for a scheme, in any order: few different values, so that ties and constant columns are common."""
    count = draw(st.integers(0, most))
    keys = draw(st.permutations([f"U{place:02}" for place in range(count)])) if count else []
    rows: list[Rule] = [{"key": key, "name": f"企业{key[1:]}"} for key in keys]
    for variable in scheme["variables"]:
        declared, values = VARIABLES[variable]
        pool = draw(st.lists(st.sampled_from(values), min_size=1, max_size=4, unique=True))
        cells = st.sampled_from([*pool, *pool, None]) if draw(st.booleans()) else st.sampled_from(pool)
        if draw(st.integers(0, 19)) == 19:
            cells = st.none()
        for row in rows:
            row[variable] = _cell(declared, draw(cells))
    return rows


def _cell(declared: Rule, value: Any) -> Any:
    """Numbers exact: Fraction, or int in an integer column."""
    if value is None or declared.get("type") in ("text", "date", "boolean"):
        return value
    return int(value) if declared.get("type") == "integer" else Fraction(value)


@dataclass(frozen=True)
class Case:
    """A scheme with data. `previous` is last round's data, where the scheme asks for it and somebody kept it."""

    scheme: Rule
    rows: list[Rule]
    previous: list[Rule] | None


@st.composite
def cases(draw: Draw, hard: bool = False, most: int = 25) -> Case:
    """A scheme, a table, and perhaps last round's table."""
    scheme = draw(schemes(hard=hard))
    previous = None
    if "previous" in as_yaml(scheme) and draw(st.integers(0, 5)):
        previous = draw(tables(scheme, most))
    return Case(scheme, draw(tables(scheme, most)), previous)


# --- YAML ---


def as_yaml(scheme: Rule) -> str:
    """The scheme as YAML 1.2 text: blocks for mappings, one line for lists of plain things, all text quoted."""
    return "\n".join(_lines(scheme)) + "\n"


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict) and value:
        lines = []
        for key, item in value.items():
            name = key if re.fullmatch(r"[a-z_]+", key) and key not in ("null", "true", "false") else _scalar(key)
            inner = _lines(item)
            if len(inner) == 1 and not (isinstance(item, dict | list) and item and not inner[0].startswith("[")):
                lines.append(f"{name}: {inner[0]}")
            else:
                lines += [f"{name}:"] + ["  " + line for line in inner]
        return lines
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [("- " if place == 0 else "  ") + line for item in value for place, line in enumerate(_lines(item))]
    return [_scalar(value)]


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)
