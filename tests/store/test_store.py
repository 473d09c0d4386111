from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest
from attrs import evolve

from mujun.findings import CannotGoOn
from mujun.store import Moved, Receipt, Store
from tests.store.batches import LAND, make_batch
from tests.store.conftest import NOW

Commit = Callable[..., Receipt]


def held(store: Store, at: object = None) -> dict[str, str | None]:
    frame = store.holding("2019/firms", at)  # type: ignore[arg-type]
    return {f"{unit}.{variable}": value for unit, variable, value in frame.select("unit", "variable", "value").rows()}


def test_bytes_are_named_by_their_hash_and_written_once(store: Store) -> None:
    digest = store.put(b"abc")
    assert digest.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    before = store.evidence(digest.sha256).stat().st_mtime_ns
    assert store.put(b"abc") == digest
    assert store.evidence(digest.sha256).stat().st_mtime_ns == before
    assert store.evidence(digest.sha256).read_bytes() == b"abc"


def test_a_commit_is_answered_with_a_receipt_and_holds(store: Store, commit: Commit) -> None:
    receipt = commit("A.tax=300 A.name=甲厂 B.tax=200")
    assert (receipt.seq, receipt.cells, receipt.units, receipt.by, receipt.again) == (1, 2, 2, "张三", False)
    assert receipt.number == f"000001-{receipt.hash[:8]}"
    assert held(store) == {"A.tax": "300", "B.tax": "200", "A.unit:name": "甲厂"}


def test_f07_the_same_file_twice_is_one_import_with_the_same_receipt(store: Store, commit: Commit) -> None:
    """F07 Same file uploaded twice, and double click → one import."""
    first = commit("A.tax=300")
    again = commit("A.tax=300", now=NOW + timedelta(days=3), by="李四")
    assert again == evolve(first, again=True)
    assert len(store.entries()) == 1
    assert str(again).endswith("这份文件那时已经入库，没有再入一次。")


def test_the_same_bytes_for_another_form_are_another_import(store: Store) -> None:
    batch = make_batch("A.tax=300")
    store.put(b"\xe7\xa8\x8e\xe5\x8a\xa1.xlsx: A.tax=300")
    store.commit([batch], by="张三", now=NOW)
    (receipt,) = store.commit([evolve(batch, form=LAND)], by="张三", now=NOW)
    assert (receipt.seq, receipt.again) == (2, False)


def test_a_correction_supersedes_and_the_old_observation_stays(store: Store, commit: Commit) -> None:
    commit("A.tax=300 B.tax=200")
    commit("A.tax=310", file="更正.xlsx")
    assert held(store) == {"A.tax": "310", "B.tax": "200"}
    assert held(store, at=1) == {"A.tax": "300", "B.tax": "200"}
    every = store.look("2019/firms").every.collect().filter(unit="A").select("value", "batch").rows()
    assert every == [("300", 1), ("310", 2)]


def test_an_emptied_cell_holds_as_empty(store: Store, commit: Commit) -> None:
    commit("A.tax=300")
    commit("A.tax=", file="撤回.xlsx")
    assert held(store) == {"A.tax": None}


def test_what_held_can_be_asked_by_the_clock(store: Store, commit: Commit) -> None:
    commit("A.tax=300")
    commit("A.tax=310", file="更正.xlsx", now=NOW + timedelta(hours=2))
    assert held(store, at=NOW + timedelta(hours=1)) == {"A.tax": "300"}
    assert held(store, at=NOW - timedelta(hours=1)) == {}


def test_forms_do_not_touch_each_others_cells(store: Store, commit: Commit) -> None:
    commit("A.tax=300")
    commit("A.land=10", form=LAND, file="用地.xlsx")
    assert held(store) == {"A.tax": "300", "A.land": "10"}


def test_several_batches_are_committed_all_or_none(store: Store) -> None:
    good, bad = make_batch("A.tax=300"), make_batch("A.land=10", form=LAND, file="用地.xlsx")
    for batch, cells in ((good, "A.tax=300"), (bad, "A.land=10")):
        store.put(f"{batch.file}: {cells}".encode())
    with pytest.raises(TypeError):  # while the second is written
        store.commit([good, evolve(bad, form=object())], by="张三", now=NOW)  # type: ignore[arg-type]
    assert not store.exists
    assert held(store) == {}
    receipts = store.commit([good, bad], by="张三", now=NOW)
    assert [receipt.seq for receipt in receipts] == [1, 2]


def test_a_batch_whose_bytes_were_not_put_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="put the bytes"):
        store.commit([make_batch("A.tax=300")], by="张三", now=NOW)


def test_a_commit_on_an_outdated_look_is_refused(store: Store, commit: Commit) -> None:
    """F08, for files: who looked before another committed has to look again."""
    commit("A.tax=300")
    batch = make_batch("A.tax=310", file="更正.xlsx")
    store.put("更正.xlsx: A.tax=310".encode())
    with pytest.raises(Moved):
        store.commit([batch], by="李四", now=NOW, expected=0)
    assert store.commit([batch], by="李四", now=NOW, expected=1)[0].seq == 2


def test_records_of_a_detail_are_rows_and_an_emptied_one_is_gone(store: Store, commit: Commit) -> None:
    from mujun.scheme.model import Variable

    commit("1@A.area=15 2@A.area=20 1@A.kind=登记 2@A.kind=承租", table="land_parcels")
    commit("2@A.area= 2@A.kind=", table="land_parcels", file="撤回.xlsx")
    columns = [Variable("unit", "单位", "text"), Variable("area", "面积"), Variable("kind", "类别", "text")]
    records = store.look("2019/firms").records("land_parcels", columns)
    assert records.rows(named=True) == [{"unit:key": "1", "unit": "A", "area": 15.0, "kind": "登记"}]


def test_a_store_that_is_not_there_is_told(store: Store) -> None:
    assert store.holding("2019/firms").is_empty()
    with pytest.raises(CannotGoOn) as stopped:
        store.entries()
    assert [finding.code for finding in stopped.value.findings] == ["no_store"]
    assert not store.folder.exists()


def test_observations_say_once_whose_they_are(store: Store, commit: Commit) -> None:
    commit("A.tax=300")
    (path,) = (store.folder / "observations").glob("*/*.parquet")
    sha256 = store.entries()[0].facts["digest"]["sha256"]
    assert pl.read_parquet_metadata(path)["mujun"] == f'["2019/firms/税务","v1","{sha256}"]'
