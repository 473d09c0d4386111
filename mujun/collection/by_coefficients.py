"""Bring different things to one measure: energy carriers to standard coal, pollutants to equivalents."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mujun.collection.derived import Outcome, Problem
from mujun.collection.model import Coefficient, Coefficients, Detail
from mujun.collection.records import Record, error, usable, written
from mujun.collection.weighted import Weighted, add_up
from mujun.rounding import shortest_exact
from mujun.scheme.fields import one_of
from mujun.scheme.units import conversion as between
from mujun.scheme.units import parse_unit


def weigh_by_coefficients(
    method: Coefficients, detail: Detail, records: Sequence[Record], conversion: Fraction, precision: int
) -> Outcome:
    """`conversion` brings the table's result into the variable's unit."""
    good, problems = usable(records, detail, (method.item, method.quantity), method.quantity)
    entries = []
    for record in good:
        coefficient = method.table.items.get(record.text(method.item))
        quantity = record.number(method.quantity) or Fraction(0)
        problem, measured = _judge(method, detail, record, coefficient, quantity)
        if problem is not None or coefficient is None or measured is None:
            problems += [problem] if problem else []
            continue
        rest = measured * conversion
        text = coefficient.text if rest == 1 else f"{coefficient.text}×{shortest_exact(rest)}"
        amount = quantity * coefficient.factor * rest
        entries.append(Weighted(record.unit, record.key, written(record.cells[method.quantity]), text, amount))
    return Outcome(add_up(entries, precision), problems)


def _judge(
    method: Coefficients, detail: Detail, record: Record, coefficient: Coefficient | None, quantity: Fraction
) -> tuple[Problem | None, Fraction | None]:
    """What is wrong with a record, or what brings its quantity into the coefficient's unit."""
    label = detail.columns[method.item].label
    item = record.text(method.item)
    if coefficient is None:
        message = f"记录{record.key}的“{label}”是“{item}”，《{method.table.label}》里没有，没有计入。"
        return error(
            "unknown_item", record, method.item, message, f"请改成表里的写法。{one_of(method.table.items)}"
        ), None
    if quantity < 0:
        message = f"记录{record.key}的“{item}”是负数（{written(record.cells[method.quantity])}），没有计入。"
        return error("negative_quantity", record, method.quantity, message, "请核对后改正。"), None
    measure = record.text(method.measure) if method.measure else ""
    if not measure or measure == coefficient.unit_text:
        return None, Fraction(1)
    written_unit, wanted = parse_unit(measure), parse_unit(coefficient.unit_text)
    factor = between(written_unit, wanted) if written_unit is not None and wanted is not None else None
    if factor is None:
        message = f"记录{record.key}的“{item}”按“{measure}”填，系数是按“{coefficient.unit_text}”的，没有计入。"
        mend = f"请换算成{coefficient.unit_text}，把“{detail.columns[method.measure].label}”也改过来。"
        return error("wrong_measure", record, method.measure, message, mend), None
    return None, factor
