"""Keys and names of units that do not exist, and the places they are said to be in.

A credit code here is valid by the check characters of GB 32100-2015 and GB 11714 and yet marks nobody: its division
339999 does not exist in GB/T 2260 (33 is Zhejiang, prefecture 99 was never given out). A name holds Arabic digits,
which the rules for enterprise names do not admit, and ends in （示例）, or （示例·…） where it was put in for a rule.
"""

from __future__ import annotations

import csv
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mujun.law import PROGRAMME
from mujun.yaml_source import read_yaml

_ROUND = PROGRAMME / "2019"
MARK = "（示例）"
NO_DIVISION = "339999"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OUTER = np.array([pow(3, place, 31) for place in range(17)])
_INNER = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_INNER_CHECK = np.array([_ALPHABET.index(sign) for sign in "0123456789X"])

_WORDS = [first + second for first in "云青墨竹石松梧岚溪砚" for second in "芥雀穗蜓葵鹭苔槿鲤蓼"]


def credit_codes(letter: str, n: int) -> pl.Series:
    """n codes 91 339999 <letter><7 digits><check> <check>; a letter per kind of unit keeps the kinds apart."""
    digits = (np.arange(1, n + 1)[:, None] // 10 ** np.arange(6, -1, -1)) % 10
    subject = np.column_stack([np.full(n, _BASE36.index(letter)), digits])
    values = np.empty((n, 18), dtype=np.int64)
    values[:, :9] = [_ALPHABET.index(sign) for sign in f"91{NO_DIVISION}{letter}"]
    values[:, 9:16] = digits
    values[:, 16] = _INNER_CHECK[(11 - subject @ _INNER % 11) % 11]
    values[:, 17] = (31 - values[:, :17] @ _OUTER % 31) % 31
    return pl.Series(np.array(list(_ALPHABET))[values].view("U18").ravel())


def plain_codes(prefix: str, n: int) -> pl.Series:
    """Keys of what has no credit code: XZ-0001, XZ-0002 …"""
    return pl.Series([f"{prefix}-{number:04d}" for number in range(1, n + 1)])


def invented_names(nouns: pl.Series, marks: pl.Series) -> pl.Series:
    """云芥1号…, 青雀2号…: an invented word, a number, what it is, and a mark such as （示例）."""
    numbers = np.arange(1, len(nouns) + 1)
    words = pl.Series(_WORDS).gather(numbers * 37 % len(_WORDS))
    table = pl.DataFrame({"word": words, "number": numbers, "noun": nouns, "mark": marks})
    return table.select(pl.format("{}{}号{}{}", "word", "number", "noun", "mark")).to_series()


@cache
def divisions() -> tuple[tuple[str, str, str], ...]:
    """Code, name and kind of the 89 of April 2019, and last of 龙港市, which is not yet one of them."""
    with (_ROUND / "divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["valid_from"] in ("", "2019-09-25")]
    rows.sort(key=lambda row: (row["valid_from"], row["code"]))
    return tuple((row["code"], row["name"], row["kind"]) for row in rows)


def county_names() -> list[str]:
    """The 89."""
    return [name for _, name, _ in divisions()[:-1]]


@cache
def industry_codes() -> tuple[str, ...]:
    """Four-digit codes of GB/T 4754-2017 that the round's table holds."""
    with (_ROUND / "industries.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["code"] for row in csv.DictReader(file) if row["level"] == "小类")


def draw_places(rng: np.random.Generator, n: int) -> NDArray[np.int64]:
    """A county's number (in the order of the 89) for each of n units: unequal shares, nobody left out."""
    size = len(county_names())
    share = np.exp(0.6 * rng.standard_normal(size))
    drawn = rng.choice(size, n, p=share / share.sum())
    everybody = min(2 * size, n)
    drawn[:everybody] = np.arange(everybody) % size
    return drawn.astype(np.int64)


@cache
def incentive_counties() -> tuple[str, ...]:
    """The twenty of the round, which are an assumption there."""
    data, _ = read_yaml(_ROUND / "round.yaml")
    return tuple(str(name) for name in data["incentive_counties"])
