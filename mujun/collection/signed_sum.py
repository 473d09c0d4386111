"""Add up signed components: the plan says which taxes count, which are taken off, which are known and left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mujun.collection.derived import Outcome, Problem
from mujun.collection.model import Detail, SignedSum
from mujun.collection.records import Record, error, usable, warning, written
from mujun.collection.weighted import Weighted, add_up
from mujun.rounding import shortest_exact
from mujun.scheme.fields import one_of


def add_components(
    method: SignedSum, detail: Detail, records: Sequence[Record], conversion: Fraction, precision: int
) -> Outcome:
    """`conversion` brings amounts into the variable's unit."""
    good, problems = usable(records, detail, (method.component, method.amount), method.amount)
    weights = {name: (one * conversion, factor_in_words(one, conversion)) for name, one in method.components.items()}
    entries = []
    for record in good:
        component = record.text(method.component)
        if component not in weights:
            problems.append(_unknown(method, detail, record))
            continue
        weight, text = weights[component]
        amount = record.number(method.amount) or Fraction(0)
        if amount < 0:
            problems += _doubtful_sign(method, detail, record, weight)
        counted = amount if weight == 1 else amount * weight
        entries.append(Weighted(record.unit, record.key, written(record.cells[method.amount]), text, counted))
    return Outcome(add_up(entries, precision), problems)


def factor_in_words(factor: Fraction, conversion: Fraction) -> str:
    """＋, －, 不计, ×0.5, and the conversion of units behind it."""
    signs = {Fraction(1): "＋", Fraction(-1): "－", Fraction(0): "不计"}
    sign = signs.get(factor, f"×{shortest_exact(factor)}")
    return sign if conversion == 1 or factor == 0 else f"{sign}×{shortest_exact(conversion)}"


def _unknown(method: SignedSum, detail: Detail, record: Record) -> Problem:
    label = detail.columns[method.component].label
    message = f"记录{record.key}的“{label}”是“{record.text(method.component)}”，方案没有说怎样算，没有计入。"
    mend = f"请改成方案里的写法，{one_of(method.components)}方案确实漏了的，请告诉方案的制定部门。"
    return error("unknown_component", record, method.component, message, mend)


def _doubtful_sign(method: SignedSum, detail: Detail, record: Record, weight: Fraction) -> Iterator[Problem]:
    """A component that is taken off has to be written as a positive number, else it would be added."""
    component, label = record.text(method.component), detail.columns[method.amount].label
    shown = written(record.cells[method.amount])
    if weight < 0:
        message = f"记录{record.key}的“{component}”是减项，应填正数，填的是{shown}：减去负数等于加上。"
        yield error("sign_twice", record, method.amount, message, f"请把“{label}”改成正数。")
    elif weight > 0:
        message = f"记录{record.key}的“{component}”是负数（{shown}）。"
        yield warning("negative_component", record, method.amount, message, "确是退库或冲减的可以不管；否则请改正。")
