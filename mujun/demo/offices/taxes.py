"""Tax by kinds, so that by the plan's signs each firm pays what it should. Counts in hundredths of a 万元."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from mujun.dataset import KEY
from mujun.demo.offices.parcels import Cells

VALUE_ADDED_TAX, REFUND = "增值税", "即征即退"
SHARES = {"企业所得税": 0.30, "城市维护建设税": 0.05, "房产税": 0.06, "城镇土地使用税": 0.05, "印花税": 0.02}
"""What is not value added tax: assumed."""
NOT_COUNTED = {"出口退税": 0.15, "教育费附加": 0.20, "代扣代缴个人所得税": 0.10}
"""How many firms have an amount that the plan knows and leaves out: assumed."""
REFUNDED = 0.08
"""How many firms get tax back at once: assumed."""


def draw_taxes(rng: np.random.Generator, firms: pl.DataFrame) -> list[Cells]:
    """Records of all firms whose tax is known, county by county."""
    able = firms.filter(pl.col("tax").is_not_null()).sort("county", KEY)
    taxes = (able["tax"] * 100).round().cast(pl.Int64)
    records: list[Cells] = []
    for key, county, tax in zip(able[KEY], able["county"], taxes, strict=True):
        parts = _parts(rng, tax) if tax > 0 else iter([(VALUE_ADDED_TAX, 0), *([(REFUND, -tax)] if tax else [])])
        records += (
            {"unit": key, "component": name, "amount": amount / 100, "county": county} for name, amount in parts
        )
    return records


def _parts(rng: np.random.Generator, tax: int) -> Iterator[tuple[str, int]]:
    drawn = rng.random(len(SHARES) + len(NOT_COUNTED) + 1)
    refund = 1 + tax // 10 if drawn[-1] < REFUNDED else 0
    others = [
        int(tax * share * (0.4 + 1.2 * one)) for share, one in zip(SHARES.values(), drawn[: len(SHARES)], strict=True)
    ]
    yield VALUE_ADDED_TAX, tax + refund - sum(others)
    yield from ((name, amount) for name, amount in zip(SHARES, others, strict=True) if amount)
    if refund:
        yield REFUND, refund
    for (name, share), one in zip(NOT_COUNTED.items(), drawn[len(SHARES) : -1], strict=True):
        if one < share:
            yield name, 1 + int(tax * one)
