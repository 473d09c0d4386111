from collections import defaultdict
from decimal import Decimal

import numpy as np
import polars as pl

from mujun.collection.derive import derive_one
from mujun.collection.records import Record
from mujun.dataset import KEY
from mujun.demo.offices.parcels import CO_USERS, draw_parcels, square_metres
from mujun.intake.submit import FormBook
from mujun.law import load_law


def test_a_hundredth_of_a_mu_comes_back_from_square_metres() -> None:
    """1 亩 is 666.67 平方米; 0.0015 of that, at four decimals, is 1 亩 again."""
    assert (square_metres(100), square_metres(1), square_metres(3)) == (666.67, 6.67, 20.0)


def test_by_the_plan_each_firm_has_the_land_it_should() -> None:
    land = [*(0.05 + number * 3.17 for number in range(600)), 0.0, None]
    firms = pl.DataFrame(
        {
            KEY: [f"F{number:04d}" for number in range(len(land))],
            "land": [None if one is None else round(one, 2) for one in land],
            "county": ["上城区" if number < 300 else "鹿城区" for number in range(len(land))],
        }
    )
    drawn = draw_parcels(np.random.default_rng(1), firms, "规上")
    due = FormBook(load_law()).due("2019/manufacturing")
    assert due.plan is not None
    records = [Record(str(place), str(one["unit"]), one) for place, one in enumerate(drawn)]
    derivation = next(one for one in due.plan.derivations(due.scheme) if one.variable == "land")
    outcome = derive_one(derivation, due.scheme, due.plan.details["land_parcels"], records)
    assert [problem.message for problem in outcome.problems] == []
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for part in outcome.parts:
        sums[part.unit] += Decimal(part.amount) / 10_000
    known = firms.drop_nulls("land")
    assert sums == {key: Decimal(str(value)) for key, value in known.select(KEY, "land").iter_rows()}
    kinds = {str(one["kind"]) for one in drawn}
    assert kinds == {"登记", "共用", "承租", "出租"}
    plots: dict[object, int] = defaultdict(int)
    for one in drawn:
        plots[one["parcel"]] += one["kind"] == "共用"
    assert max(plots.values()) == CO_USERS
