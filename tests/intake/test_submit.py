"""The orchestration: what is looked at is what is stored, and nobody is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mujun.findings import Severity
from mujun.intake.submit import FormBook, Submission, Wanted, read_wishes, submit
from mujun.law import load_law
from mujun.store import Store
from mujun.store.derived import derive_values, kin
from mujun.store.seal import Sealing, seal
from mujun.store.trace import trace

NOW = datetime(2019, 4, 12, 9, 30, tzinfo=UTC)
TAX = "2019/manufacturing/税务/tax_components"
Submit = Callable[..., Submission]


@pytest.fixture(scope="module")
def book() -> FormBook:
    return FormBook(load_law())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def send(tmp_path: Path, store: Store, book: FormBook) -> Submit:
    """`send("统计", "代码,…", "A,…")` submits a CSV file of these rows for 2019/manufacturing and commits it."""

    def send_rows(
        agency: str, *rows: str, name: str = "报表.csv", waive: tuple[str, ...] = (), **more: object
    ) -> Submission:
        path = tmp_path / name
        path.write_text("\r\n".join(rows), encoding="utf-8")
        wanted = Wanted(agency, "2019/manufacturing", wishes=read_wishes(waive))
        return submit([path], store, book, wanted, by="张三", now=NOW, commit=True, **more)  # type: ignore[arg-type]

    return send_rows


def held(store: Store) -> dict[str, str]:
    frame = store.holding("2019/manufacturing").filter(record="")
    return {f"{unit}.{variable}": value for unit, variable, value in frame.select("unit", "variable", "value").rows()}


def test_who_is_overtaken_looks_again_before_he_commits(send: Submit, store: Store) -> None:
    """F08 for files: the other's value is seen as what is corrected, not overwritten unseen."""

    def overtaken(what: str, done: int, end: int | None) -> None:
        if what == "入库" and not store.exists:
            send("经信", "企业代码,企业名称,所在县（市、区）", "A,甲厂,鹿城区", name="抢先.csv")

    done = send("经信", "企业代码,企业名称,所在县（市、区）", "A,甲厂,龙湾区", tell=overtaken)
    (file,) = done.files
    assert file.receipt is not None
    assert file.receipt.seq == 2
    corrected = [finding for finding in file.findings if finding.code == "corrects"]
    assert [finding.message.partition("（抢先")[0] for finding in corrected] == ["“所在县（市、区）”更正：原来是鹿城区"]
    assert held(store)["A.county"] == "龙湾区"


def test_a_check_that_wants_a_reason_stops_until_it_has_one(send: Submit, store: Store) -> None:
    rows = ("企业代码,企业名称,行业代码,工业增加值,综合能耗,年平均职工人数,主营业务收入", "A,甲厂,3973,9000,10,20,5000")
    stopped = send("统计", *rows)
    assert [finding.code for finding in stopped.files[0].open] == ["value_added_over_revenue"]
    assert not store.exists
    done = send("统计", *rows, waive=("value_added_over_revenue=当年大量积压存货",))
    assert done.committed
    (waiver,) = store.entries()[0].facts["waivers"]
    assert (waiver["code"], waiver["who"], waiver["why"]) == ("value_added_over_revenue", "张三", "当年大量积压存货")
    assert (waiver["form"], waiver["units"]) == ("2019/manufacturing/统计", ["A"])


def test_details_become_a_derived_value_that_is_walked_back_to_its_records(
    send: Submit, store: Store, book: FormBook
) -> None:
    head = "记录号,单位代码,税种,金额"
    first = send("tax_components", head, "1,A,增值税,100.5", "2,A,即征即退,20", "3,B,增值税,7", name="税收.csv")
    assert first.committed, first.files[0].findings
    assert send("tax_components", head, "2,A,即征即退,30", name="更正.csv").committed
    due = book.due("2019/manufacturing")
    assert due.plan is not None
    holding = store.look(due.name)
    derived = derive_values(store, holding, due.scheme, due.plan)
    what = Sealing(due.name, due.scheme, due.file.read_bytes(), derived)
    sealed, _ = seal(store, holding, what, by="李四", now=NOW)
    walk = trace(store, sealed, due.scheme, "A", "tax")
    assert walk.value == 70.5
    assert [(one.record, one.quantity, one.amount) for one in walk.given] == [
        ("1", "100.5", "100.5"),
        ("2", "30", "-30"),
    ]
    amounts = [one for one in walk.given[1].sightings if one.variable == "amount"]
    assert [(one.standing, one.value, one.file, one.row) for one in amounts] == [
        ("holds", "30", "更正.csv", 2),
        ("superseded", "20", "税收.csv", 3),
    ]
    assert walk.rule is not None
    assert walk.rule["assumption"].startswith("通知没有写口径")


def test_a_record_that_moves_to_another_unit_leaves_the_first(send: Submit, store: Store, book: FormBook) -> None:
    head = "记录号,单位代码,税种,金额"
    assert send("tax_components", head, "1,A,增值税,100", "2,B,增值税,7", name="税收.csv").committed
    moved = (head, "1,B,增值税,100")
    stopped = send("tax_components", *moved, name="改归.csv")
    assert [finding.code for finding in stopped.files[0].open] == ["record_moved"]
    assert "记录“1”原来属于单位A" in stopped.files[0].open[0].message
    assert send("tax_components", *moved, name="改归.csv", waive=("record_moved=原先填错了单位",)).committed
    due = book.due("2019/manufacturing")
    assert due.plan is not None
    derived = derive_values(store, store.look(due.name), due.scheme, due.plan)
    assert derived.values["tax"].rows() == [("B", "107")]


def test_a_record_is_taken_back_by_sending_it_empty(send: Submit, store: Store, book: FormBook) -> None:
    head = "记录号,单位代码,税种,金额"
    assert send("tax_components", head, "1,A,增值税,100", "2,B,增值税,7", name="税收.csv").committed
    stopped = send("tax_components", head, "2,B,,", name="撤回.csv")
    assert sorted(finding.variable for finding in stopped.files[0].open) == ["amount", "component"]
    assert send("tax_components", head, "2,B,,", name="撤回.csv", waive=("value_withdrawn=重复登记",)).committed
    due = book.due("2019/manufacturing")
    assert due.plan is not None
    derived = derive_values(store, store.look(due.name), due.scheme, due.plan)
    assert derived.values["tax"].rows() == [("A", "100")]


def test_a_cell_is_kept_as_written_and_as_understood(send: Submit, store: Store) -> None:
    rows = ("企业代码,企业名称,环保行政处罚起数", "A,甲厂,０２", "B,乙厂,/")
    assert send("生态环境", *rows).committed
    frame = store.holding("2019/manufacturing").filter(variable="penalties")
    assert frame.select("unit", "value", "text", "row", "column").rows() == [
        ("A", "2", "０２", 2, 2),
        ("B", None, "/", 3, 2),
    ]


def test_a_first_years_wrong_unit_is_seen_beside_what_other_units_hold(send: Submit, store: Store) -> None:
    """E07 without last year: forty firms hold 100 to 139 (万元); ten others come in 元, 10,000 times as much."""
    head = "企业代码,企业名称,行业代码,工业增加值,综合能耗,年平均职工人数,主营业务收入"
    first = send("统计", head, *(f"A{n},甲{n}厂,2511,{100 + n},50,20,500" for n in range(40)))

    second = send("统计", head, *(f"B{n},乙{n}厂,2511,{100 + n}0000,50,20,500" for n in range(10)), name="二.csv")

    assert errors(first) == []
    assert errors(second) == [("unit_scale", "value_added")]


def errors(done: Submission) -> list[tuple[str, str]]:
    found = [finding for file in done.files for finding in file.findings]
    return [(one.code, one.variable) for one in found if one.severity is Severity.ERROR]


def test_what_is_derived_of_one_unit_rests_on_those_it_shares_land_with(
    send: Submit, store: Store, book: FormBook
) -> None:
    """A and B on one plot, B and C on another, D alone: A's share needs all three of them, and nobody else."""
    head = "记录号,单位代码,宗地号,用地类别,面积"
    rows = ("1,A,P1,登记,900", "2,B,P1,登记,900", "3,B,P2,登记,600", "4,C,P2,登记,600", "5,D,P3,登记,50")
    assert send("land_parcels", head, *rows, name="用地.csv").committed
    due = book.due("2019/manufacturing")
    assert due.plan is not None
    holding = store.look(due.name)
    whole = derive_values(store, holding, due.scheme, due.plan)
    families = {unit: kin(store, holding, due.scheme, due.plan, unit) for unit in "ABCDE"}
    assert families == {**dict.fromkeys("ABC", frozenset("ABC")), "D": frozenset("D"), "E": frozenset("E")}
    assert dict(whole.values["land"].rows()) == {"A": "0.675", "B": "1.125", "C": "0.45", "D": "0.075"}
    for unit, family in families.items():
        mine = derive_values(store, holding.only(family), due.scheme, due.plan)
        for name, values in mine.values.items():
            assert values.rows() == [row for row in whole.values[name].rows() if row[0] in family], (unit, name)
