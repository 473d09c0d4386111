"""Say in words, in one column, how a unit came by its result: what was filled in, left out, vetoed, tied."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import add

import polars as pl

from mujun.engine.backend import pick
from mujun.engine.missing import Status
from mujun.engine.unusual import Look, Unusual
from mujun.scheme.model import Scheme

FLAGS = {
    Status.FILLED: "赋分",
    Status.SKIPPED: "跳过",
    Status.NOT_APPLICABLE: "不适用",
    Status.ERROR: "缺数",
    Status.EXCLUDED: "不定等级",
}
_BITS = 60
_FEW = 8
Mark = tuple[pl.Expr, str]
"""When a flag is set, and its text."""


def flag_marks(scheme: Scheme, columns: Collection[str], unusual: Unusual) -> list[Mark]:
    """All flags: nodes in tree order, then rules in the scheme's order, then ties."""
    ties = [(pl.col("tied_at_tier"), "档次线并列"), (pl.col("tied_at_cut"), "入选线并列")]
    return [*_of_nodes(scheme, columns, unusual), *_of_rules(scheme), *ties]


def exclusion_marks(scheme: Scheme) -> list[Mark]:
    """The labels of the eligibility rules that a unit fails."""
    return [(~pl.col(f"eligibility:{rule.id}"), rule.label) for rule in scheme.eligibility]


def in_words(marks: Sequence[Mark], separator: str, look: Look) -> pl.Expr:
    """The texts of each row's marks, joined. Few combinations occur, so each is put into words once."""
    if not marks:
        return pl.lit("")
    occurring = look([marked.any().alias(str(place)) for place, (marked, _) in enumerate(marks)], False).row(0)
    present = [mark for mark, occurs in zip(marks, occurring, strict=True) if occurs]
    parts = [_words(present[start : start + _BITS], separator, look) for start in range(0, len(present), _BITS)]
    if len(parts) < 2:
        return parts[0].fill_null("") if parts else pl.lit("")
    return pl.concat_str(parts, separator=separator, ignore_nulls=True)


def _words(marks: Sequence[Mark], separator: str, look: Look) -> pl.Expr:
    """Missing where a row has none of the marks."""
    if len(marks) <= _FEW:
        few = [marked.fill_null(False).cast(pl.UInt32) * (1 << place) for place, (marked, _) in enumerate(marks)]
        return pick(_spelt_out([text for _, text in marks], separator), reduce(add, few))
    bits = [marked.fill_null(False).cast(pl.Int64) * (1 << place) for place, (marked, _) in enumerate(marks)]
    code = reduce(add, bits)
    codes = look([code.alias("code")], True).to_series()
    texts = [_joined(number, [text for _, text in marks], separator) for number in codes.to_list()]
    return code.replace_strict(codes, pl.Series(texts, dtype=pl.String), return_dtype=pl.String)


def _spelt_out(texts: Sequence[str], separator: str) -> pl.Series:
    """The words of every combination."""
    return pl.Series([_joined(number, texts, separator) for number in range(1 << len(texts))], dtype=pl.String)


def _joined(number: int, texts: Sequence[str], separator: str) -> str | None:
    return separator.join(text for place, text in enumerate(texts) if number >> place & 1) or None


def _of_nodes(scheme: Scheme, columns: Collection[str], unusual: Unusual) -> Iterator[Mark]:
    parents = {child.id: node for node in scheme.nodes() for child in node.children}
    for node in scheme.nodes():
        if f"imputed:{node.id}" in columns:
            yield pl.col(f"imputed:{node.id}"), f"插补:{node.id}"
        if node.id not in unusual.statuses:
            continue
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
