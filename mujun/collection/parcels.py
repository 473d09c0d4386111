"""Whose land is in force at the date, and how a parcel of several users is divided. Adds up nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from attrs import frozen

from mujun.collection.apportion import apportion
from mujun.collection.derived import Problem
from mujun.collection.model import Detail, LandKind, NetLand
from mujun.collection.records import Record, error, written
from mujun.rounding import half_up
from mujun.scheme.fields import one_of


@frozen
class Holding:
    """One record in force: its kind and its area in steps of the last digit."""

    record: Record
    kind: LandKind
    area: int


def in_force(method: NetLand, detail: Detail, record: Record) -> tuple[LandKind | None, list[Problem]]:
    """The kind of a record that counts at the date; None, perhaps with what is wrong, if it does not."""
    label = detail.columns[method.kind].label
    kind = method.kinds.get(record.text(method.kind))
    if kind is None:
        message = f"记录{record.key}的“{label}”是“{record.text(method.kind)}”，方案没有说怎样算，没有计入。"
        return None, [error("unknown_land_kind", record, method.kind, message, one_of(method.kinds))]
    if (record.number(method.area) or 0) < 0:
        message = f"记录{record.key}的面积是负数（{written(record.cells[method.area])}），没有计入。"
        return None, [error("negative_area", record, method.area, message, "面积一律填正数；减项由用地类别决定。")]
    lacking = [name for name in (kind.begins, kind.ends) if kind.dated and name and record.day(name) is None]
    if lacking:
        what = "、".join(detail.columns[name].label for name in lacking)
        message = f"记录{record.key}没有“{what}”，看不出{method.at}是否有效，没有计入。"
        return None, [
            error("no_lease_dates", record, lacking[0], message, "请照合同补上；没有到期日的长期合同填预计日期。")
        ]
    begins, ends = record.day(kind.begins), record.day(kind.ends)
    if begins is not None and ends is not None and ends < begins:
        message = f"记录{record.key}从{begins}起，到{ends}止，止在起之前，没有计入。"
        return None, [error("dates_crossed", record, kind.ends, message, "请核对两个日期，是不是填反了。")]
    started = begins is None or begins <= method.at
    running = ends is None or method.at <= ends
    return (kind if started and running else None), []


def in_steps(method: NetLand, record: Record, conversion: Fraction, precision: int) -> int:
    """The area in the variable's unit, rounded half up once; everything after this is exact."""
    area = (record.number(method.area) or Fraction(0)) * conversion
    return int(half_up(area, precision) * 10**precision)


def divide(
    method: NetLand, detail: Detail, users: Sequence[Holding]
) -> tuple[list[tuple[Holding, int, Fraction]], list[Problem]]:
    """The users of one whole parcel with their steps and shares. Counted once, whoever wrote it down."""
    problems = list(_said_differently(method, detail, users))
    seen: set[str] = set()
    distinct = []
    for user in users:
        if user.record.unit in seen:
            parcel = user.record.text(method.parcel)
            message = f"记录{user.record.key}：同一家在宗地“{parcel}”上有两条整宗的记录，只计第一条。"
            problems.append(error("parcel_twice", user.record, method.parcel, message, "请删去重复的一条。"))
        else:
            seen.add(user.record.unit)
            distinct.append(user)
    weights, wrong = _weights(method, detail, distinct)
    steps = apportion(distinct[0].area, weights)
    total = sum(weights)
    shares = [Fraction(weight, total) for weight in weights]
    return list(zip(distinct, steps, shares, strict=True)), problems + wrong


def _said_differently(method: NetLand, detail: Detail, users: Sequence[Holding]) -> Iterator[Problem]:
    first = users[0]
    for user in users[1:]:
        if user.area != first.area:
            parcel = user.record.text(method.parcel)
            message = (
                f"宗地“{parcel}”的整宗面积，记录{user.record.key}写{written(user.record.cells[method.area])}，"
                f"记录{first.record.key}写{written(first.record.cells[method.area])}，先按后者。"
            )
            mend = "同一宗地请填同一个整宗面积；各家自己的部分请用“份额”一列，或作承租、出租。"
            yield error("parcel_area_differs", user.record, method.area, message, mend, across=True)


def _weights(method: NetLand, detail: Detail, users: Sequence[Holding]) -> tuple[list[int], list[Problem]]:
    """Shares as whole numbers; equal where none is written."""
    shares = [user.record.number(method.share) if method.share else None for user in users]
    given = [share for share in shares if share is not None]
    if not given:
        return [1] * len(users), []
    if len(given) < len(users) or any(share <= 0 for share in given):
        problems = [
            error(
                "share_missing",
                user.record,
                method.share,
                f"宗地“{user.record.text(method.parcel)}”有的写了份额，记录{user.record.key}没有写或不大于0，先各家平分。",
                "请都写上大于0的份额，或都不写（平分）。",
            )
            for user, share in zip(users, shares, strict=True)
            if share is None or share <= 0
        ]
        return [1] * len(users), problems
    common = lcm(*(share.denominator for share in given))
    return [int(share * common) for share in given], []
