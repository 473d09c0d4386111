"""Which rules a scheme has, and which of them an evaluation has seen at work: two sets of the same names."""

from collections.abc import Iterator
from fractions import Fraction

import polars as pl

from mujun.engine.evaluation import Evaluation
from mujun.scheme.model import Bands, BenchmarkRatio, Choose, Classify, Scheme, TierLevel

FILLING = {"zero": "赋分", "group_mean": "赋分", "mean_by": "赋分", "skip": "跳过", "exclude": "不定等级"}


def rules_of(scheme: Scheme) -> set[str]:
    """Everything that can happen to a unit under this scheme."""
    return set(_conditions(scheme)) | set(_scoring(scheme)) | set(_ranking(scheme))


def rules_seen(evaluation: Evaluation) -> set[str]:
    """What did happen to at least one unit."""
    scheme, units, details = evaluation.scheme, evaluation.units, evaluation.details
    eligible = units["eligible"]
    seen = {f"不参评:{rule.id}" for rule in scheme.eligibility if not details[f"eligibility:{rule.id}"].all()}
    seen |= {flag for flags in units["flags"] for flag in flags.split(";")}
    for column in scheme.derived:
        seen |= {f"{column.id}={value or '（空）'}" for value in details[f"column:{column.id}"].unique()}
    for node in scheme.nodes():
        reached = units.filter(eligible)[f"score:{node.id}"].unique()
        for step in node.normalise:
            if isinstance(step, BenchmarkRatio) and step.cap is not None and float(step.cap) in reached:
                seen.add(f"封顶:{node.id}")
            if isinstance(step, Bands):
                seen |= {f"分档:{node.id}:{float(points)}" for points in _points(step) if float(points) in reached}
    if scheme.adjustments_between is not None:
        low, high = scheme.adjustments_between
        seen |= {f"加减分到限:{bound}" for bound in (low, high) if float(bound) in units["adjustment"]}
    ranked = units.filter(pl.col("rank").is_not_null())
    if scheme.group_by:
        seen |= {f"有名次:{'/'.join(group)}" for group in ranked.select(scheme.group_by).unique().iter_rows()}
    if ranked.group_by([*scheme.group_by, "score"]).agg(pl.col("rank").n_unique())["rank"].max() != 1:
        seen.add("同分分先后")
    if scheme.tiers is not None:
        seen |= {_level(place, level) for place, level in enumerate(scheme.tiers.levels) if _used(level, evaluation)}
    if scheme.selection is not None:
        chosen = ranked.filter("selected")
        seen |= {f"入选:{'/'.join(group)}" for group in chosen.select(scheme.group_by).unique().iter_rows()}
        if ranked["reserve"].is_not_null().any():
            seen.add("备选")
        least = scheme.selection.minimum_score
        if (
            least is not None
            and ranked.filter(pl.col("score") < float(least), pl.col("rank") <= _places(scheme)).height
        ):
            seen.add("最低分")
    return seen


def _conditions(scheme: Scheme) -> Iterator[str]:
    for word, rules in (
        ("不参评", scheme.eligibility),
        ("豁免", scheme.exemptions),
        ("否决", scheme.vetoes),
        ("加减分", scheme.adjustments),
    ):
        yield from (f"{word}:{rule.id}" for rule in rules)
    if scheme.adjustments_between is not None:
        yield from (f"加减分到限:{bound}" for bound in scheme.adjustments_between)
    for column in scheme.derived:
        if isinstance(column, Classify):
            yield from (f"{column.id}={label}" for label in column.classes)
        if isinstance(column, Choose):
            yield from (f"{column.id}={then}" for _, then in column.choices)
        if isinstance(column, Classify | Choose):
            yield f"{column.id}={column.otherwise or '（空）'}"


def _scoring(scheme: Scheme) -> Iterator[str]:
    for node in scheme.nodes():
        if node.is_indicator:
            yield f"{FILLING[node.missing.rule]}:{node.id}"
        if node.applies is not None:
            yield f"不适用:{node.id}"
        for step in node.normalise:
            if isinstance(step, BenchmarkRatio) and step.cap is not None and len(node.normalise) == 1:
                yield f"封顶:{node.id}"
            if isinstance(step, Bands):
                yield from (f"分档:{node.id}:{float(points)}" for points in _points(step))


def _ranking(scheme: Scheme) -> Iterator[str]:
    if scheme.tie_break:
        yield "同分分先后"
    if scheme.tiers is not None:
        yield from (_level(place, level) for place, level in enumerate(scheme.tiers.levels))
        yield "档次线并列"
    if scheme.root.children[0].weight.by is not None:
        yield from (f"有名次:{value}" for value in scheme.root.children[0].weight.values)
    if scheme.selection is not None and scheme.selection.quota is not None:
        yield "入选线并列"
        yield from (f"入选:{group}" for group in scheme.selection.quota.by_group)
        if scheme.selection.reserve:
            yield "备选"
        if scheme.selection.minimum_score is not None:
            yield "最低分"


def _points(step: Bands) -> list[Fraction]:
    return [step.below, *(points for _, points in step.steps)]


def _level(place: int, level: TierLevel) -> str:
    return f"档次:{place}:{level.tier}"


def _used(level: TierLevel, evaluation: Evaluation) -> bool:
    """Levels outside the quota are told apart by stars, the only such condition of 2019."""
    units = evaluation.units.with_columns(evaluation.details.select("^column:.*$"))
    starred = pl.col("column:stars") >= 4 if "column:stars" in units.columns else pl.lit(False)
    return units.filter(pl.col("tier") == level.tier, starred == level.outside_quota).height > 0


def _places(scheme: Scheme) -> int:
    quota = scheme.selection.quota if scheme.selection else None
    return quota.default or 0 if quota else 0
