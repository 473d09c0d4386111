"""The canonical text of a value: the exact decimal the cell says, an ISO date, 是 or 否. Vectorised."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from mujun.intake.words import BLANKS, halve
from mujun.scheme.expression import Kind
from mujun.scheme.model import Variable
from mujun.store.observations import NO, YES

_CANONICAL = r"^(0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9])$"
_PARTS = r"^([+-]?)0*([0-9]*)\.?([0-9]*?)0*$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"


def canonical(texts: pl.Series, values: pl.Series, variable: Variable) -> pl.Series:
    """Of cells that were read as `values`; null where there is no value."""
    if variable.kind is Kind.NUMBER:
        return _numbers(texts, values)
    if variable.kind is Kind.DATE:
        return values.dt.to_string("%Y-%m-%d")
    if variable.kind is Kind.BOOLEAN:
        yes = pl.Series([YES]).new_from_index(0, len(values))
        no = pl.Series([NO]).new_from_index(0, len(values))
        return yes.zip_with(values.fill_null(False), no).set(values.is_null(), None)
    return values


def _numbers(texts: pl.Series, values: pl.Series) -> pl.Series:
    """The digits of the cell, more than a double holds too; where they are not the value's, the value's own."""
    said = plain_decimals(texts)
    wrong = said.cast(pl.Float64, strict=False).ne_missing(values) & values.is_not_null()
    if wrong.any():
        said = said.set(wrong, None)
        rows = wrong.arg_true()
        said = said.scatter(rows, plain_decimals(values.gather(rows).cast(pl.String)))
    return said.set(values.is_null(), None) if values.has_nulls() else said


def plain_decimals(texts: pl.Series) -> pl.Series:
    """1,204.850 becomes 1204.85: no separators, no plus, no needless zeros, no exponent. Null where it is no number."""
    fine = texts.str.contains(_CANONICAL).fill_null(True)
    if fine.all():
        return texts
    rows = (~fine).arg_true()
    tidy = halve(texts.gather(rows)).str.strip_chars(BLANKS + "'").str.strip_suffix("%").str.strip_chars(BLANKS)
    tidy = tidy.str.replace_all(",", "", literal=True)
    tidy = tidy.set(~tidy.str.contains(_NUMBER).fill_null(False), None)
    return texts.clone().scatter(rows, _without_exponents(tidy, _shortened(tidy)))  # scatter changes its series


def _shortened(texts: pl.Series) -> pl.Series:
    parts = pl.DataFrame({"text": texts}).select(
        sign=pl.col("text").str.extract(_PARTS, 1),
        whole=pl.col("text").str.extract(_PARTS, 2),
        fraction=pl.col("text").str.extract(_PARTS, 3),
    )
    has_fraction, zero = pl.col("fraction") != "", (pl.col("whole") == "") & (pl.col("fraction") == "")
    return parts.select(
        pl.when(zero)
        .then(pl.lit("0"))
        .otherwise(
            pl.concat_str(
                pl.when(pl.col("sign") == "-").then(pl.lit("-")).otherwise(pl.lit("")),
                pl.when(pl.col("whole") == "").then(pl.lit("0")).otherwise("whole"),
                pl.when(has_fraction).then(pl.lit(".")).otherwise(pl.lit("")),
                "fraction",
            )
        )
        .alias("text")
    )["text"]


def _without_exponents(texts: pl.Series, shortened: pl.Series) -> pl.Series:
    """1.2E+5, which is rare, one by one."""
    rows = texts.str.contains("[eE]").fill_null(False).arg_true()
    if rows.is_empty():
        return shortened
    plain = pl.Series([format(Decimal(text), "f") for text in texts.gather(rows)], dtype=pl.String)
    return shortened.scatter(rows, _shortened(plain))
