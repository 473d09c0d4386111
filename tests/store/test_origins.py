"""Where a sealed unit's values come from, from the seal alone; and which seal is the last."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from mujun.scheme import Scheme
from mujun.store import Receipt, Store, open_sealed
from mujun.store.derived import DerivedValues
from mujun.store.origins import origins_of
from mujun.store.seal import Sealing, seal
from mujun.store.sealed import sealed_beside
from tests.store.batches import LAND
from tests.store.conftest import NOW, SCHEME

Commit = Callable[..., Receipt]
TAXES = "2019/firms/税务/taxes"


def sealed_now(store: Store, scheme: Scheme, derived: DerivedValues | None = None) -> object:
    what = Sealing("2019/firms", scheme, SCHEME.encode(), derived or DerivedValues())
    return seal(store, store.look("2019/firms"), what, by="李四", now=NOW)[0]


def test_each_value_names_its_cell_file_and_office(store: Store, scheme: Scheme, commit: Commit) -> None:
    commit("A.tax=300 B.tax=200", file="税务.xlsx")
    commit("A.land=10", form=LAND, file="用地.xlsx")
    corrected = commit("A.tax=310", file="更正.xlsx")
    sealed_now(store, scheme)
    folder = store.latest_seal("2019/firms")
    assert folder is not None
    found = origins_of(open_sealed(folder), "A")
    assert {
        name: (one.value, one.file, one.sheet, one.row, one.column, one.source) for name, one in found.cells.items()
    } == {
        "tax": ("310", "更正.xlsx", "填报", 2, 2, "税务"),
        "land": ("10", "用地.xlsx", "填报", 2, 2, "自然资源"),
    }
    assert found.cells["tax"].receipt == corrected.number
    assert (found.rules, found.given) == ({}, {})


def test_a_derived_value_names_what_each_record_gave_and_its_cells(
    store: Store, scheme: Scheme, commit: Commit
) -> None:
    commit(
        "r1@A.kind=增值税 r1@A.amount=5 r2@A.kind=即征即退 r2@A.amount=2", form=TAXES, table="taxes", file="明细.xlsx"
    )
    inputs = pl.DataFrame(
        {
            "variable": ["tax", "tax"],
            "unit": ["A", "A"],
            "table": ["taxes", "taxes"],
            "record": ["r1", "r2"],
            "quantity": ["5", "2"],
            "factor": ["＋", "－"],
            "amount": ["5", "-2"],
        }
    )
    values = {"tax": pl.DataFrame({"unit": ["A"], "value": ["3"]})}
    sealed_now(store, scheme, DerivedValues(values, inputs, {"tax": {"detail": "税收明细", "method": "SignedSum"}}))
    folder = store.latest_seal("2019/firms")
    assert folder is not None
    given = origins_of(open_sealed(folder), "A").given["tax"]
    assert [(one.record, one.quantity, one.factor, one.amount) for one in given] == [
        ("r1", "5", "＋", "5"),
        ("r2", "2", "－", "-2"),
    ]
    assert {name: (cell.value, cell.row, cell.column) for name, cell in given[1].cells.items()} == {
        "kind": ("即征即退", 3, 2),
        "amount": ("2", 3, 3),
    }


def test_the_seal_that_counts_is_the_last_one_of_the_scheme(store: Store, scheme: Scheme, commit: Commit) -> None:
    assert store.latest_seal("2019/firms") is None
    commit("A.tax=300")
    sealed_now(store, scheme)
    first = store.latest_seal("2019/firms")
    commit("A.tax=310", file="更正.xlsx")
    sealed_now(store, scheme)
    last = store.latest_seal("2019/firms")
    assert first is not None
    assert last is not None
    assert first != last
    assert store.latest_seal("2019/others") is None
    beside = sealed_beside(last / "data.parquet")
    assert beside is not None
    assert beside.hash == last.name
    assert sealed_beside(last / "sources.parquet") is None
