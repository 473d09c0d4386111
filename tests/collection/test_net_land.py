"""Net land at 2018-12-31 in 亩: registered, leased in, leased out; several firms on one parcel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from mujun.collection import CollectionPlan, Derived, derive
from tests.collection.plans import table

Plans = Callable[..., CollectionPlan]
COLUMNS = "unit parcel kind area share issued lease_start lease_end"
START, END = date(2018, 1, 1), date(2020, 12, 31)


def land(plan: CollectionPlan, records: pl.DataFrame) -> Derived:
    return derive(plan, plan.schemes["small"], {"parcels": records})


def messages(derived: Derived) -> list[str]:
    return [finding.message for finding in derived.findings]


def test_firm_with_leased_in_and_leased_out_land(plan_with: Plans) -> None:
    """甲 has 40 亩 of its own (P1), rents 12.5 on P2 until 2020, rented 5 on P3 until mid-2018, and lets 7.25 of P1
    from 2018 on: 40 + 12.5 + 0 − 7.25 = 45.25. Land certified on 2019-02-01 (P4, 30 亩) is not yet its own.
    """
    records = table(
        COLUMNS,
        ["r1", "甲", "P1", "登记", 40.0, None, date(2010, 5, 1)],
        ["r2", "甲", "P2", "承租", 12.5, None, None, START, END],
        ["r3", "甲", "P3", "承租", 5.0, None, None, date(2016, 7, 1), date(2018, 6, 30)],
        ["r4", "甲", "P1", "出租", 7.25, None, None, START, END],
        ["r5", "甲", "P4", "登记", 30.0, None, date(2019, 2, 1)],
    )
    derived = land(plan_with(), records)
    assert derived.values["land"] == {"甲": Decimal("45.2500")}
    told = [(one.record, one.quantity, one.factor, str(one.amount)) for one in derived.contributions("甲", "land")]
    assert told == [
        ("r1", "40", "＋", "40.0000"),
        ("r2", "12.5", "＋", "12.5000"),
        ("r3", "5", "2018-12-31不在有效期", "0.0000"),
        ("r4", "7.25", "－", "-7.2500"),
        ("r5", "30", "2018-12-31不在有效期", "0.0000"),
    ]
    assert derived.findings == ()


def test_lease_holds_on_its_first_and_its_last_day(plan_with: Plans) -> None:
    records = table(
        COLUMNS,
        ["r1", "甲", "P1", "承租", 1.0, None, None, date(2018, 12, 31), END],
        ["r2", "乙", "P2", "承租", 1.0, None, None, START, date(2018, 12, 31)],
        ["r3", "丙", "P3", "承租", 1.0, None, None, date(2019, 1, 1), END],
        ["r4", "丁", "P4", "承租", 1.0, None, None, START, date(2018, 12, 30)],
    )
    values = land(plan_with(), records).values["land"]
    assert values == {"甲": Decimal("1.0000"), "乙": Decimal("1.0000"), "丙": Decimal(0), "丁": Decimal(0)}


def test_e09_park_with_twelve_tenants_on_one_plot(plan_with: Plans) -> None:
    """E09: land counted once; sum of shares = plot area exactly. 100 ÷ 12 = 8.33333…: at four decimals twelve times
    8.3333 lack 0.0004, so four of them get 8.3334.
    """
    plot = Decimal("100.0000")
    records = table(COLUMNS, *([f"r{n:02}", f"租户{n:02}", "园区一号", "登记", float(plot)] for n in range(1, 13)))
    shares = land(plan_with(), records).values["land"]
    assert len(shares) == 12
    assert sum(shares.values()) == plot
    assert sorted(shares.values()) == [Decimal("8.3333")] * 8 + [Decimal("8.3334")] * 4


def test_e09_tenants_with_unequal_shares_of_square_metres(plan_with: Plans) -> None:
    """E09 in 平方米: 12345.67 × 0.0015 = 18.518505, at four decimals 18.5185 亩, divided 3 : 2 : 2."""
    plan = plan_with({"area: {label: 面积, unit: 亩}": "area: {label: 面积, unit: 平方米}"})
    rows = [["r1", "甲", "P", "登记", 12345.67, 3.0], ["r2", "乙", "P", "登记", 12345.67, 2.0]]
    records = table(COLUMNS, *rows, ["r3", "丙", "P", "登记", 12345.67, 2.0])
    derived = land(plan, records)
    assert derived.values["land"] == {"甲": Decimal("7.9365"), "乙": Decimal("5.2910"), "丙": Decimal("5.2910")}
    assert sum(derived.values["land"].values()) == Decimal("18.5185")
    assert derived.contributions("甲", "land")[0].factor == "×3/7×0.0015"


def test_firms_on_one_parcel_taken_together(plan_with: Plans) -> None:
    """Merged, the parcel is the first firm's, with what the others hold elsewhere: 10 + 4. D stands alone."""
    records = table(
        COLUMNS,
        ["r1", "A", "P", "登记", 10.0],
        ["r2", "B", "P", "登记", 10.0],
        ["r3", "B", "Q", "登记", 4.0],
        ["r4", "D", "R", "登记", 2.0],
    )
    derived = land(plan_with({"shared: apart": "shared: merged"}), records)
    assert derived.values["land"] == {"A": Decimal("14.0000"), "D": Decimal("2.0000")}
    assert derived.groups == {"A": "A", "B": "A"}


def test_owner_and_tenant_together_have_the_parcel_once(plan_with: Plans) -> None:
    records = table(
        COLUMNS,
        ["r1", "业主", "P", "登记", 20.0],
        ["r2", "业主", "P", "出租", 8.0, None, None, START, END],
        ["r3", "租户", "P", "承租", 8.0, None, None, START, END],
    )
    derived = land(plan_with(), records)
    assert derived.values["land"] == {"业主": Decimal("12.0000"), "租户": Decimal("8.0000")}
    assert derived.findings == ()


def test_lease_that_the_owner_did_not_report_counts_land_twice(plan_with: Plans) -> None:
    records = table(
        COLUMNS, ["r1", "业主", "P", "登记", 20.0], ["r3", "租户", "P", "承租", 8.0, None, None, START, END]
    )
    assert messages(land(plan_with(), records)) == ["宗地“P”整宗20.0000，各家合计28.0000，有一部分算了两次。"]


def test_leasing_out_more_than_one_has(plan_with: Plans) -> None:
    records = table(COLUMNS, ["r1", "业主", "P", "登记", 5.0], ["r2", "业主", "P", "出租", 8.0, None, None, START, END])
    assert messages(land(plan_with(), records)) == ["宗地“P”：业主租出的比登记、租入的还多3.0000。"]


def test_records_that_cannot_be_judged_are_told_and_not_counted(plan_with: Plans) -> None:
    records = table(
        COLUMNS,
        ["r1", "甲", "P", "登记", 5.0],
        ["r2", "甲", "P", "借用", 1.0],
        ["r3", "甲", "Q", "承租", 1.0, None, None, START],
        ["r4", "甲", "Q", "承租", 1.0, None, None, END, START],
        ["r5", "甲", "Q", "承租", -1.0, None, None, START, END],
        ["r6", "甲", None, "登记", 1.0],
    )
    derived = land(plan_with(), records)
    assert derived.values["land"] == {"甲": Decimal("5.0000")}
    assert messages(derived) == [
        "记录r6没有“宗地号”，没有计入。",
        "记录r2的“用地类别”是“借用”，方案没有说怎样算，没有计入。",
        "记录r3没有“止租日”，看不出2018-12-31是否有效，没有计入。",
        "记录r4从2020-12-31起，到2018-01-01止，止在起之前，没有计入。",
        "记录r5的面积是负数（-1），没有计入。",
    ]


def test_one_parcel_said_twice_or_differently(plan_with: Plans) -> None:
    records = table(
        COLUMNS,
        ["r1", "甲", "P", "登记", 10.0],
        ["r2", "甲", "P", "登记", 10.0],
        ["r3", "乙", "P", "登记", 9.0],
    )
    derived = land(plan_with(), records)
    assert derived.values["land"] == {"甲": Decimal("5.0000"), "乙": Decimal("5.0000")}
    assert messages(derived) == [
        "宗地“P”的整宗面积，记录r3写9，记录r1写10，先按后者。",
        "记录r2：同一家在宗地“P”上有两条整宗的记录，只计第一条。",
    ]


def test_shares_written_by_some_only(plan_with: Plans) -> None:
    records = table(COLUMNS, ["r1", "甲", "P", "登记", 10.0, 3.0], ["r2", "乙", "P", "登记", 10.0])
    derived = land(plan_with(), records)
    assert derived.values["land"] == {"甲": Decimal("5.0000"), "乙": Decimal("5.0000")}
    assert messages(derived) == ["宗地“P”有的写了份额，记录r2没有写或不大于0，先各家平分。"]


def test_order_of_rows_leaves_no_trace(plan_with: Plans) -> None:
    rows = [[f"r{n}", f"户{n}", "P", "登记", 10.0] for n in range(7)]
    plan = plan_with()
    first, second = land(plan, table(COLUMNS, *rows)), land(plan, table(COLUMNS, *reversed(rows)))
    assert first.values == second.values
    assert first.inputs.equals(second.inputs)


RECORDS = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙丁"),
        st.sampled_from(["登记", "承租", "出租"]),
        st.integers(0, 10**6),
        st.sampled_from([START, date(2019, 6, 1)]),
        st.sampled_from([END, date(2018, 3, 1)]),
    ),
    min_size=1,
    max_size=12,
)


@seed(2019)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS)
def test_land_is_that_of_the_slow_way(
    small_plan: CollectionPlan, drawn: list[tuple[str, str, int, date, date]]
) -> None:
    """The slow way: every parcel one owner's, so that the net is a plain sum over the records in force."""
    rows = [
        [f"r{n:02}", unit, f"P{n}", kind, steps / 10_000, None, None, begins, max(begins, ends)]
        for n, (unit, kind, steps, begins, ends) in enumerate(drawn)
    ]
    slow: dict[str, Fraction] = defaultdict(Fraction)
    for (unit, kind, steps, begins, ends), _ in zip(drawn, rows, strict=True):
        day, sign = date(2018, 12, 31), -1 if kind == "出租" else 1
        inside = kind == "登记" or begins <= day <= max(begins, ends)
        slow[unit] += sign * Fraction(steps, 10_000) * inside
    derived = land(small_plan, table(COLUMNS, *rows))
    assert {unit: Fraction(value) for unit, value in derived.values["land"].items()} == dict(slow)
    for unit, value in derived.values["land"].items():
        assert sum(one.amount for one in derived.contributions(unit, "land")) == value
