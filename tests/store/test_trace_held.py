"""What holds now is walked back as a sealed value is: same cells, same corrections."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from attrs import evolve

from mujun.law import Law
from mujun.scheme import load_scheme
from mujun.store import Store, open_sealed
from mujun.store.derived import DerivedValues
from mujun.store.seal import Sealing, seal
from mujun.store.trace import trace
from mujun.store.trace_held import trace_held
from tests.store.batches import LAND, TAX, make_batch
from tests.store.conftest import SCHEME

SEALED = datetime(2019, 6, 1, tzinfo=UTC)


def store_with(folder: Path) -> Store:
    store = Store(folder / "store")
    for day, cells, form, file in (
        (1, "A.name=示例甲 A.tax=1402.85 B.name=示例乙 B.tax=5", TAX, "税务.xlsx"),
        (2, "A.name=示例甲 A.tax=1204.85", TAX, "税务更正.xlsx"),
        (3, "A.name=示例甲 A.land=40", LAND, "土地.xlsx"),
    ):
        store.put(f"{file}: {cells}".encode())
        batch = make_batch(cells, form=form, file=file)
        store.commit([batch], by="张三", now=datetime(2019, 5, day, 9, tzinfo=UTC))
    return store


def test_walks_of_what_holds_are_those_of_the_sealed_dataset(tmp_path: Path) -> None:
    path = tmp_path / "firms.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    store, scheme = store_with(tmp_path), load_scheme(path, Law({}))

    held = trace_held(store.look("2019/firms"), scheme, "A", "", DerivedValues())

    what = Sealing("2019/firms", scheme, SCHEME.encode(), DerivedValues())
    sealed, _ = seal(store, store.look("2019/firms"), what, by="李四", now=SEALED)
    assert [evolve(one, sealed=sealed.hash) for one in held] == [
        trace(store, sealed, scheme, "A", variable) for variable in scheme.variables
    ]
    assert [(one.value, one.standing) for one in held[0].sightings] == [("1204.85", "holds"), ("1402.85", "superseded")]


def test_a_unit_left_out_is_not_sealed_and_the_manifest_says_why(tmp_path: Path) -> None:
    path = tmp_path / "firms.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    store, scheme = store_with(tmp_path), load_scheme(path, Law({}))
    what = Sealing("2019/firms", scheme, SCHEME.encode(), DerivedValues(), left_out={"B": "已注销"})

    sealed, _ = seal(store, store.look("2019/firms"), what, by="李四", now=SEALED)

    assert (sealed.manifest["units"], sealed.manifest["left_out"]) == (1, {"B": "已注销"})
    assert open_sealed(sealed.folder).hash == sealed.hash
