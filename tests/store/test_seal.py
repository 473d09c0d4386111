from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest

from mujun.findings import CannotGoOn, Finding
from mujun.scheme import Scheme
from mujun.store import Receipt, Sealed, Store, Waiver, open_sealed
from mujun.store.derived import DerivedValues
from mujun.store.seal import Sealing, seal
from mujun.store.trace import trace
from tests.store.batches import LAND, TAX, make_batch
from tests.store.conftest import NOW, SCHEME

Commit = Callable[..., Receipt]


def sealed(store: Store, scheme: Scheme, hours: int = 0) -> tuple[Sealed, tuple[Finding, ...]]:
    forms = ((TAX, "税务表"), (LAND, "用地表"))
    what = Sealing("2019/firms", scheme, SCHEME.encode(), DerivedValues(), forms)
    return seal(store, store.look("2019/firms"), what, by="李四", now=NOW + timedelta(hours=hours))


def test_the_data_are_typed_headed_as_the_scheme_says_and_ordered(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("B.tax=200.50 A.tax=300 A.name=甲厂")
    commit("A.since=2018-01-31 B.listed=否", form="2019/firms/经信", file="经信.xlsx")
    done, _ = sealed(store, scheme)
    frame = pl.read_parquet(done.data)
    assert frame.columns == ["uscc", "name", "tax", "land", "gb_code", "since", "listed"]
    assert frame.select("uscc", "name", "tax", "land", "listed").rows() == [
        ("A", "甲厂", 300.0, None, None),
        ("B", "B", 200.5, None, False),
    ]
    assert str(frame["since"][0]) == "2018-01-31"


def test_the_manifest_names_files_senders_waivers_and_the_journal(store: Store, scheme: Scheme, commit: Commit) -> None:
    waiver = Waiver("renamed", TAX, "张三", "已更名", "2019-04-12T09:30:00+00:00", ("A",), 1)
    store.put("税务.xlsx: A.tax=300".encode())
    (receipt,) = store.commit([make_batch("A.tax=300", waivers=(waiver,))], by="张三", now=NOW)
    done, _ = sealed(store, scheme)
    manifest = json.loads((done.folder / "manifest.json").read_bytes())
    assert (manifest["sealed_by"], manifest["units"], manifest["values"]) == ("李四", 1, 1)
    assert manifest["journal"] == {"seq": 1, "hash": receipt.hash}
    (batch,) = manifest["batches"]
    assert (batch["file"], batch["by"], batch["receipt"], batch["digest"]["sha256"]) == (
        "税务.xlsx",
        "张三",
        receipt.number,
        receipt.sha256,
    )
    assert [(one["code"], one["why"], one["units"], one["batch"]) for one in manifest["waivers"]] == [
        ("renamed", "已更名", ["A"], 1)
    ]


def test_the_same_state_gives_the_same_data_and_another_moment_another_seal(
    store: Store, scheme: Scheme, commit: Commit
) -> None:
    commit("A.tax=300 B.tax=200")
    first, _ = sealed(store, scheme)
    again, _ = sealed(store, scheme)
    later, _ = sealed(store, scheme, hours=1)
    assert first.hash == again.hash
    assert first.hash != later.hash
    assert first.data.read_bytes() == later.data.read_bytes()


def test_a_seal_stays_when_a_correction_comes(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("A.tax=300")
    before, _ = sealed(store, scheme)
    commit("A.tax=310", file="更正.xlsx")
    after, _ = sealed(store, scheme)
    assert pl.read_parquet(open_sealed(before.folder).data)["tax"].to_list() == [300.0]
    assert pl.read_parquet(after.data)["tax"].to_list() == [310.0]


def test_forms_not_sent_and_units_without_values_are_told(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("A.tax=300 B.tax=")
    _, findings = sealed(store, scheme)
    assert [(finding.code, finding.variable) for finding in findings] == [
        ("form_not_sent", ""),
        ("units_without_value", "tax"),
    ]
    assert "“税收”有1个单位没有数据：B。" in findings[1].message


def test_nothing_in_the_store_is_nothing_to_seal(store: Store, scheme: Scheme) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        sealed(store, scheme)
    assert [finding.code for finding in stopped.value.findings] == ["nothing_holds"]


@pytest.mark.parametrize("name", ["data.parquet", "sources.parquet", "manifest.json"])
def test_a_seal_changed_by_a_byte_is_not_opened(store: Store, scheme: Scheme, commit: Commit, name: str) -> None:
    commit("A.tax=300")
    done, _ = sealed(store, scheme)
    assert open_sealed(done.data).hash == done.hash
    path = done.folder / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(CannotGoOn) as stopped:
        open_sealed(done.folder)
    assert [finding.message for finding in stopped.value.findings] == [f"{name} 与封存时的指纹不符。"]


def test_a_value_is_walked_back_through_every_correction(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("A.tax=300 A.name=甲厂")
    commit("A.tax=310", file="更正.xlsx", by="李四")
    done, _ = sealed(store, scheme)
    commit("A.tax=320", file="再更正.xlsx")
    walk = trace(store, done, scheme, "甲厂", "税收")
    assert (walk.unit, walk.variable, walk.value) == ("A", "tax", 310.0)
    assert [(one.standing, one.value, one.file, one.sheet, one.row, one.column, one.by) for one in walk.sightings] == [
        ("later", "320", "再更正.xlsx", "填报", 2, 2, "张三"),
        ("holds", "310", "更正.xlsx", "填报", 2, 2, "李四"),
        ("superseded", "300", "税务.xlsx", "填报", 2, 2, "张三"),
    ]
    assert [store.evidence(one.sha256).exists() for one in walk.sightings] == [True, True, True]


def test_a_derived_value_is_walked_back_to_its_records(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("1@A.area=10000 2@A.area=5000 3@B.area=1", table="land_parcels", form=f"{LAND}/land_parcels")
    commit("2@A.area=6000", table="land_parcels", form=f"{LAND}/land_parcels", file="更正.xlsx")
    inputs = pl.DataFrame(
        {
            "variable": ["land", "land"],
            "unit": ["A", "A"],
            "table": ["land_parcels", "land_parcels"],
            "record": ["1", "2"],
            "quantity": ["10000", "6000"],
            "factor": ["×0.0015", "×0.0015"],
            "amount": ["15", "9"],
        }
    )
    derived = DerivedValues(
        {"land": pl.DataFrame({"unit": ["A"], "value": ["24"]})},
        inputs,
        {
            "land": {
                "table": "land_parcels",
                "detail": "用地明细",
                "method": "NetLand",
                "clause": "",
                "assumption": "试",
            }
        },
    )
    what = Sealing("2019/firms", scheme, SCHEME.encode(), derived)
    done, _ = seal(store, store.look("2019/firms"), what, by="李四", now=NOW)
    walk = trace(store, done, scheme, "A", "land")
    assert (walk.value, walk.rule is not None and walk.rule["assumption"]) == (24.0, "试")
    assert [(one.record, one.quantity, one.factor, one.amount) for one in walk.given] == [
        ("1", "10000", "×0.0015", "15"),
        ("2", "6000", "×0.0015", "9"),
    ]
    assert [(one.standing, one.value, one.file) for one in walk.given[1].sightings] == [
        ("holds", "6000", "更正.xlsx"),
        ("superseded", "5000", "税务.xlsx"),
    ]


def test_an_unknown_unit_or_variable_names_what_there_is(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("A.tax=300 A.name=甲厂")
    done, _ = sealed(store, scheme)
    with pytest.raises(CannotGoOn, match="是不是A（甲厂）？"):
        trace(store, done, scheme, "甲", "tax")
    with pytest.raises(CannotGoOn, match="tax（税收）、land（用地面积）"):
        trace(store, done, scheme, "A", "利润")
