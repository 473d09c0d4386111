"""Counts that reconcile: every unit is in exactly one line, and the lines add up to the units."""

from __future__ import annotations

from typing import Any

import polars as pl

from mujun.engine.evaluation import Evaluation


def count_units(evaluation: Evaluation) -> dict[str, Any]:
    """How many units there are, and how many are what, in all and by group.

    units = not_eligible + ranked + exempt + without_score; ranked = Σ tiers (+ no_tier where the scheme has tiers).
    """
    units = evaluation.units.with_columns(
        exempt=_exempt(evaluation),
        group=pl.concat_str([pl.col(name).fill_null("（空）") for name in evaluation.scheme.group_by], separator="/")
        if evaluation.scheme.group_by
        else pl.lit("全部"),
    )
    counts = _count(units, evaluation)
    counts["groups"] = {
        str(name): _count(some, evaluation)
        for (name,), some in sorted(units.filter("eligible").group_by("group"), key=lambda item: str(item[0]))
    }
    return counts


def _exempt(evaluation: Evaluation) -> pl.Series:
    rules = [f"exemption:{rule.id}" for rule in evaluation.scheme.exemptions]
    if not rules:
        return pl.Series("exempt", [False] * evaluation.units.height, dtype=pl.Boolean)
    return evaluation.details.select(pl.any_horizontal(rules).alias("exempt")).to_series()


def _count(units: pl.DataFrame, evaluation: Evaluation) -> dict[str, Any]:
    eligible = units.filter("eligible")
    counts: dict[str, Any] = {
        "units": units.height,
        "not_eligible": units.height - eligible.height,
        "eligible": eligible.height,
        "exempt": eligible.filter("exempt").height,
        "without_score": eligible.filter(~pl.col("exempt") & pl.col("score").is_null()).height,
        "ranked": eligible.filter(pl.col("rank").is_not_null()).height,
        "selected": units.filter("selected").height,
        "reserve": units.filter(pl.col("reserve").is_not_null()).height,
    }
    if evaluation.scheme.tiers is not None:
        ranked = eligible.filter(pl.col("rank").is_not_null())
        counts["tiers"] = {tier: ranked.filter(pl.col("tier") == tier).height for tier in evaluation.scheme.tiers.order}
        counts["no_tier"] = ranked.filter(pl.col("tier").is_null()).height
    return counts
