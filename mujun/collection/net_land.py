"""Net land at a date: registered and leased in, less leased out. A parcel is counted once, whoever stands on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from mujun.collection.derived import Outcome, Part, Problem
from mujun.collection.model import Detail, NetLand
from mujun.collection.parcels import Holding, divide, in_force, in_steps
from mujun.collection.records import Record, error, usable, written
from mujun.rounding import fixed, shortest_exact


def add_up_land(
    method: NetLand, detail: Detail, records: Sequence[Record], conversion: Fraction, precision: int
) -> Outcome:
    """`conversion` brings areas into the variable's unit. Records not in force stand among the parts with nothing."""
    good, problems = usable(records, detail, (method.kind, method.parcel, method.area), method.area)
    parcels: dict[str, list[Holding]] = defaultdict(list)
    parts: list[Part] = []
    for record in good:
        kind, wrong = in_force(method, detail, record)
        problems += wrong
        if kind is not None:
            area = in_steps(method, record, conversion, precision)
            parcels[record.text(method.parcel)].append(Holding(record, kind, area))
        elif not wrong:
            parts.append(_part(method, record, f"{method.at}不在有效期", 0))
    groups = _together(parcels) if method.merged else {}
    for name, holdings in parcels.items():
        own, wrong = _parcel(method, detail, holdings, conversion)
        parts += own
        problems += [*wrong, *_counted_twice(method, name, holdings, own, precision, groups)]
    if groups:
        parts = [_of(part, groups) for part in parts]
    return Outcome(parts, problems, groups)


def _parcel(
    method: NetLand, detail: Detail, holdings: list[Holding], conversion: Fraction
) -> tuple[list[Part], list[Problem]]:
    whole = [one for one in holdings if one.kind.whole]
    scale = "" if conversion == 1 else f"×{shortest_exact(conversion)}"
    parts = [
        _part(method, one.record, f"{'＋' if one.kind.sign > 0 else '－'}{scale}", one.kind.sign * one.area)
        for one in holdings
        if not one.kind.whole
    ]
    if not whole:
        return parts, []
    users, problems = divide(method, detail, whole)
    if method.merged:
        first, *others = users
        parts.append(_part(method, first[0].record, f"＋{scale}", first[0].area))
        return parts + [_part(method, one.record, "同一宗地合并，只计一次", 0) for one, _, _ in others], problems
    for one, steps, share in users:
        text = f"＋{scale}" if share == 1 else f"×{share.numerator}/{share.denominator}{scale}"
        parts.append(_part(method, one.record, text, steps))
    return parts, problems


def _part(method: NetLand, record: Record, factor: str, amount: int) -> Part:
    return Part(record.unit, record.key, written(record.cells[method.area]), factor, amount)


def _of(part: Part, groups: Mapping[str, str]) -> Part:
    return Part(groups.get(part.unit, part.unit), part.record, part.quantity, part.factor, part.amount)


def _counted_twice(
    method: NetLand, name: str, holdings: list[Holding], parts: list[Part], precision: int, groups: Mapping[str, str]
) -> Iterator[Problem]:
    """Nobody leases out more than he has, and all together have no more than there is."""
    nets: dict[str, int] = defaultdict(int)
    for part in parts:
        nets[groups.get(part.unit, part.unit)] += part.amount
    by_unit = {groups.get(one.record.unit, one.record.unit): one.record for one in reversed(holdings)}
    for unit, net in nets.items():
        if net < 0:
            short = fixed(Fraction(-net, 10**precision), precision)
            message = f"宗地“{name}”：{unit}租出的比登记、租入的还多{short}。"
            mend = "请补上登记或承租的记录，或核对出租面积和宗地号。"
            yield error("leased_out_too_much", by_unit[unit], method.area, message, mend, across=True)
    whole = [one for one in holdings if one.kind.whole]
    total = sum(nets.values())
    if whole and total > whole[0].area:
        there = fixed(Fraction(whole[0].area, 10**precision), precision)
        counted = fixed(Fraction(total, 10**precision), precision)
        message = f"宗地“{name}”整宗{there}，各家合计{counted}，有一部分算了两次。"
        mend = "有承租的，出租一方也要有同样面积的出租记录；请核对双方的面积和起止日期。"
        tenant = next((one for one in holdings if not one.kind.whole), whole[0])
        yield error("land_counted_twice", tenant.record, method.area, message, mend, across=True)


def _together(parcels: Mapping[str, list[Holding]]) -> dict[str, str]:
    """Units that share a whole parcel, directly or through others, each with the first key among them."""
    leader: dict[str, str] = {}

    def find(unit: str) -> str:
        while leader.setdefault(unit, unit) != unit:
            unit = leader[unit]
        return unit

    for holdings in parcels.values():
        units = sorted({one.record.unit for one in holdings if one.kind.whole})
        for unit in units[1:]:
            first, second = sorted((find(units[0]), find(unit)))
            leader[second] = first
    groups = {unit: find(unit) for unit in sorted(leader)}
    shared = {lead for unit, lead in groups.items() if unit != lead}
    return {unit: lead for unit, lead in groups.items() if lead in shared}
