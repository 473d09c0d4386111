"""Say in words, in one column, how a unit came by its result: what was filled in, left out, vetoed, tied."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mujun.engine.missing import Status
from mujun.scheme.model import Scheme

FLAGS = {
    Status.FILLED: "赋分",
    Status.SKIPPED: "跳过",
    Status.NOT_APPLICABLE: "不适用",
    Status.ERROR: "缺数",
    Status.EXCLUDED: "不定等级",
}

Mark = tuple[pl.Expr, str]
"""When a flag is set, and its text."""


def flags(scheme: Scheme, frame: pl.DataFrame) -> pl.Expr:
    """All flags of a unit, joined by `;`: nodes in tree order, then rules in the scheme's order, then ties."""
    marks = [*_of_nodes(scheme, frame), *_of_rules(scheme)]
    marks += [(pl.col("tied_at_tier"), "档次线并列"), (pl.col("tied_at_cut"), "入选线并列")]
    occurring = frame.select(marked.any().alias(text) for marked, text in marks).row(0, named=True)
    return _joined([mark for mark in marks if occurring[mark[1]]], ";")


def excluded_because(scheme: Scheme) -> pl.Expr:
    """The labels of all eligibility rules that a unit fails, joined by `；`."""
    return _joined([(~pl.col(f"eligibility:{rule.id}"), rule.label) for rule in scheme.eligibility], "；")


def _joined(marks: list[Mark], separator: str) -> pl.Expr:
    texts = [pl.when(marked).then(pl.lit(text)) for marked, text in marks]
    return pl.concat_str(texts, separator=separator, ignore_nulls=True) if texts else pl.lit("")


def _of_nodes(scheme: Scheme, frame: pl.DataFrame) -> Iterator[Mark]:
    parents = {child.id: node for node in scheme.nodes() for child in node.children}
    for node in scheme.nodes():
        if f"imputed:{node.id}" in frame.columns:
            yield pl.col(f"imputed:{node.id}"), f"插补:{node.id}"
        status = pl.col(f"status:{node.id}")
        for value, word in FLAGS.items():
            marked = status == int(value)
            if value is Status.NOT_APPLICABLE:
                if node.applies is None:
                    continue
                if node.id in parents:
                    marked = marked & (pl.col(f"status:{parents[node.id].id}") != int(value))
            yield marked, f"{word}:{node.id}"


def _of_rules(scheme: Scheme) -> Iterator[Mark]:
    for word, kind, rules in (
        ("豁免", "exemption", scheme.exemptions),
        ("否决", "veto", scheme.vetoes),
        ("加减分", "adjustment", scheme.adjustments),
    ):
        for rule in rules:
            yield pl.col("eligible") & pl.col(f"{kind}:{rule.id}"), f"{word}:{rule.id}"
