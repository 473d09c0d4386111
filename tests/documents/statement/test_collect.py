"""A statement of the walks through a store: nothing left out, nothing made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mujun.documents.statement import Earlier, Part, Source, collect_statement
from mujun.law import Law
from mujun.scheme import Scheme, load_scheme
from mujun.store import Store
from mujun.store.derived import DerivedValues
from mujun.store.seal import Sealing, seal
from mujun.store.trace import Given, Sighting, Walk, trace
from tests.store.batches import LAND, TAX, make_batch
from tests.store.conftest import SCHEME

MADE = date(2019, 6, 3)


@pytest.fixture(scope="session")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    path = tmp_path_factory.mktemp("scheme") / "firms.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return load_scheme(path, Law({}))


def sighting(value: str | None, standing: str = "holds", **more: object) -> Sighting:
    facts: dict[str, object] = {
        "standing": standing,
        "table": "",
        "record": "",
        "variable": "tax",
        "value": value,
        "text": None,
        "file": "税务.xlsx",
        "sheet": "填报",
        "row": 17,
        "column": 2,
        "source": "税务",
        "by": "张三",
        "at": "2019-05-20T09:30:00+00:00",
        "receipt": "R1",
        "sha256": "0" * 64,
    }
    return Sighting(**(facts | more))  # type: ignore[arg-type]


def walk(variable: str, value: object, *sightings: Sighting, **more: object) -> Walk:
    return Walk("A", "示例甲", variable, value, "f" * 64, "2019/firms", sightings, **more)  # type: ignore[arg-type]


def test_values_out_of_a_store_come_with_cell_file_day_and_correction(tmp_path: Path, scheme: Scheme) -> None:
    store = Store(tmp_path / "store")
    for day, cells, form, file in (
        (1, "A.name=示例甲 A.tax=1402.85", TAX, "税务.xlsx"),
        (2, "A.name=示例甲 A.tax=1204.85", TAX, "税务更正.xlsx"),
        (3, "A.name=示例甲 A.land=40", LAND, "土地.xlsx"),
    ):
        batch = make_batch(cells, form=form, file=file)
        store.put(f"{file}: {cells}".encode())
        store.commit([batch], by="张三", now=datetime(2019, 5, day, 9, tzinfo=UTC))
    sealing = Sealing("2019/firms", scheme, SCHEME.encode(), DerivedValues())
    sealed, _ = seal(store, store.look("2019/firms"), sealing, by="李四", now=datetime(2019, 6, 1, tzinfo=UTC))
    walks = [trace(store, sealed, scheme, "A", variable) for variable in scheme.variables]
    statement = collect_statement(walks, scheme, round_title="示例行动", made_on=MADE)
    assert (statement.key, statement.name, statement.dataset) == ("A", "示例甲", sealed.hash)
    assert [section.office for section in statement.sections] == ["税务", "自然资源", "统计", "经信"]
    assert len(statement.items) == len(scheme.variables)
    tax, land = statement.items[:2]
    assert (tax.label, tax.value, tax.unit_text) == ("税收", "1204.85", "万元")
    assert tax.source == Source("税务", "税务更正.xlsx", "填报!D2", "2019-05-02", "张三")
    assert tax.earlier == (Earlier("1402.85", Source("税务", "税务.xlsx", "填报!D2", "2019-05-01", "张三")),)
    assert (land.value, land.earlier) == ("40", ())
    assert [(item.value, item.source) for item in statement.items[2:]] == [("（没有数据）", None)] * 3


def test_provisional_scheme_marks_the_statement(scheme: Scheme) -> None:
    assert scheme.provisional
    assert collect_statement([walk("tax", 1.0)], scheme, round_title="", made_on=MADE).mark == "试算"
    assert collect_statement([walk("tax", 1.0)], scheme, round_title="", made_on=MADE, mark="示例").mark == "示例"


def test_derived_value_tells_its_rule_and_records(scheme: Scheme) -> None:
    rule = {"detail": "宗地", "method": "NetLand", "clause": "", "assumption": "示例理由"}
    parcel = sighting("30.5", table="parcels", file="宗地.xlsx", source="自然资源", column=4)
    given = (Given("parcels", "证1", "30.5", "登记", "30.5", (parcel, sighting("31", "superseded"))),)
    (item,) = collect_statement(
        [walk("land", 30.5, rule=rule, given=given)], scheme, round_title="", made_on=MADE
    ).items
    assert item.rule == "由明细“宗地”算出：登记用地＋承租－出租（假设：示例理由）"
    source = Source("自然资源", "宗地.xlsx", "填报!E17", "2019-05-20", "张三")
    assert (item.source, item.parts) == (None, (Part("证1", "30.5", "登记", "30.5", (source,)),))


def test_later_report_is_told_as_not_used(scheme: Scheme) -> None:
    tax = walk("tax", 5.0, sighting("9", "later"), sighting("5"))
    (item,) = collect_statement([tax], scheme, round_title="", made_on=MADE).items
    assert [(one.value, one.later) for one in item.earlier] == [("9", True)]
    assert str(item.earlier[0]).startswith("封存后又报，没有采用：9，")


def test_waiver_is_shown(scheme: Scheme) -> None:
    waived = sighting("5", waivers=({"why": "缓缴税款入库", "who": "示例科长", "code": "x"},))
    (item,) = collect_statement([walk("tax", 5.0, waived)], scheme, round_title="", made_on=MADE).items
    assert item.notes == ("缓缴税款入库（示例科长核准）",)


def test_units_taken_together_show_each_report(scheme: Scheme) -> None:
    tax = walk("tax", 12.0, sighting("5"), sighting("7", row=18), members=("A", "B"))
    statement = collect_statement([tax], scheme, round_title="", made_on=MADE)
    assert statement.together_with == ("B",)
    (item,) = statement.items
    assert (item.value, item.rule, [part.amount for part in item.parts]) == ("12", "与合并评价的2家一起计", ["5", "7"])


def test_yes_no_and_dates_read_as_people_write_them(scheme: Scheme) -> None:
    walks = [walk("listed", True, sighting("是")), walk("since", date(2016, 5, 18), sighting("2016-05-18"))]
    items = collect_statement(walks, scheme, round_title="", made_on=MADE).items
    assert [item.value for item in items] == ["2016-05-18", "是"]


def test_walks_of_two_units_are_a_mistake(scheme: Scheme) -> None:
    other = Walk("B", "示例乙", "land", 1.0, "f" * 64, "2019/firms", ())
    with pytest.raises(ValueError, match="several units"):
        collect_statement([walk("tax", 1.0), other], scheme, round_title="", made_on=MADE)
