"""The workbook's formulas, recalculated by LibreOffice, say what the engine says; and the file is fit to pass round."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, seed, settings

from mujun.dataset import KEY, Dataset, make_dataset
from mujun.demo import make_province
from mujun.documents.workbook import MOST_UNITS, write_workbook
from mujun.documents.workbook.cells import CALC, CLASSES, FIRST, GUIDE, LISTS, MARKS, RAW
from mujun.documents.workbook.write import lay_out
from mujun.engine import Evaluation, evaluate
from mujun.law import Law
from tests.agreement import dataset_of, evaluate_case, scheme_of
from tests.documents.workbook.conftest import HUANGYAN, LABEL, SCHEMES, Round, demo_rounds
from tests.documents.workbook.recalculation import SPOILT, calculated, change, differences, recalculate, spoil
from tests.generated import Case, cases
from tests.test_agreement import FEW

ALL = [*SCHEMES, *HUANGYAN]


@pytest.mark.parametrize("name", ALL)
def test_e06_spreadsheet_formulas_equal_the_engine_to_the_last_printed_digit(
    name: str, evaluations: dict[str, Evaluation], recalculated: dict[str, Path], law: Law
) -> None:
    """E06: scores, ranks, tiers, selection and every other cell of 计算, for every unit."""
    assert differences(evaluations[name], law, recalculated[name]) == []


def test_e06_would_see_a_formula_that_was_not_recalculated(
    evaluations: dict[str, Evaluation], written: dict[str, Path], law: Law, tmp_path: Path
) -> None:
    path = tmp_path / "spoilt.xlsx"
    path.write_bytes(written["county"].read_bytes())
    spoil(path)
    found = differences(evaluations["county"], law, path)
    assert sum(f" score:total: workbook {SPOILT}.0, engine" in one for one in found) == 90


@pytest.mark.parametrize("name", ALL)
def test_cached_values_are_the_engines(
    name: str, evaluations: dict[str, Evaluation], written: dict[str, Path], law: Law
) -> None:
    """Previews recalculate nothing."""
    assert differences(evaluations[name], law, written[name]) == []


def test_cached_numbers_that_countif_compares_are_read_back_whole(evaluations: dict[str, Evaluation], law: Law) -> None:
    """An edited workbook counts with cached neighbours: `">"&x` writes 15 digits, so x must have no more."""
    desk = lay_out(evaluations["manufacturing_below_scale"], law)
    keys = [column.values for column in desk.columns if column.head.endswith("·比较用")]
    assert len(keys) == 2
    assert [x for values in keys for x in values if x is not None and float(f"{x:.15g}") != x] == []


def generated(start: int, count: int) -> list[Evaluation]:
    drawn: list[Evaluation] = []

    @seed(start)
    @settings(FEW, max_examples=count)
    @given(cases())
    def collect(case: Case) -> None:
        drawn.append(evaluate_case(case))

    collect()
    return drawn


def recalculated_differences(some: list[Evaluation], law: Law, folder: Path) -> dict[int, list[str]]:
    """Which of the evaluations a recalculated workbook contradicts; one start of LibreOffice for all."""
    paths = [folder / f"{number:03}.xlsx" for number in range(len(some))]
    for one, path in zip(some, paths, strict=True):
        assert write_workbook(path, one, law) is None
        spoil(path)
    made = recalculate(paths, folder / "out", folder / "profile")
    found = {place: differences(one, law, path) for place, (one, path) in enumerate(zip(some, made, strict=True))}
    return {place: wrong for place, wrong in found.items() if wrong}


def test_e06_generated_schemes_are_recalculated_alike(tmp_path: Path) -> None:
    """12 schemes with all normalisations, missing rules, ties, shares, on tables of ties, zeros and gaps."""
    assert recalculated_differences(generated(20, 12), Law({}), tmp_path) == {}


@pytest.mark.acceptance
@pytest.mark.parametrize("start", range(200, 210))
def test_e06_hundreds_of_generated_schemes_are_recalculated_alike(start: int, tmp_path: Path) -> None:
    assert recalculated_differences(generated(start, 50), Law({}), tmp_path) == {}


@pytest.mark.acceptance
def test_e06_every_unit_of_the_whole_demo_is_recalculated_alike(tmp_path: Path, law: Law) -> None:
    """12,000 manufacturers and all the other domains."""
    make_province(tmp_path / "province", manufacturers=12_000)
    rounds = demo_rounds(tmp_path / "province", law, None)
    assert recalculated_differences([one.evaluate(one.dataset) for one in rounds.values()], law, tmp_path) == {}


def changed(dataset: Dataset, key: str, values: dict[str, object]) -> Dataset:
    """The dataset with other values for one unit."""
    frame = dataset.frame.with_columns(
        pl.when(pl.col(KEY) == key).then(pl.lit(value, dataset.frame.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in values.items()
    )
    return make_dataset(frame)


CHANGES: list[tuple[str, str, dict[str, object]]] = [
    ("manufacturing", "last", {"tax": 99999.5}),  # the benchmark of its industry moves, and everybody with it
    ("manufacturing", "first", {"accidents": 1.0}),  # vetoed
    ("manufacturing_below_scale", "first", {"land": 0.0}),  # 不参评
    ("manufacturing_below_scale", "last", {"tax": None}),  # 不定等级
    ("services", "last", {"tax": 99999.5}),
]
MOVED = "3951"


@pytest.fixture(scope="module")
def edited(
    tmp_path_factory: pytest.TempPathFactory,
    rounds: dict[str, Round],
    evaluations: dict[str, Evaluation],
    written: dict[str, Path],
) -> list[tuple[str, str, Evaluation, Path]]:
    """For each change: the unit, the engine's word on the changed data, the workbook edited and recalculated."""
    folder = tmp_path_factory.mktemp("edited")
    cases, paths = [], []
    for number, (name, which, values) in enumerate([*CHANGES, ("manufacturing", "first", {"gb_code": MOVED})]):
        ranked = evaluations[name].units.filter(pl.col("rank").is_not_null())
        ranked = ranked.sort(pl.col("selected").not_(), "rank", "key")
        key = str(ranked["key"][0 if which == "first" else -1])
        one = rounds[name]
        paths.append(folder / f"{number}.xlsx")
        change(written[name], paths[-1], {(key, one.scheme.variables[id].label): value for id, value in values.items()})
        cases.append((name, key, one.evaluate(changed(one.dataset, key, values))))
    made = recalculate(paths, folder / "out", folder / "profile")
    return [(*case, path) for case, path in zip(cases, made, strict=True)]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_changed_raw_cell_changes_the_whole_table_as_the_engine_does(
    number: int, edited: list[tuple[str, str, Evaluation, Path]], evaluations: dict[str, Evaluation], law: Law
) -> None:
    name, key, evaluation, path = edited[number]
    assert differences(evaluation, law, path) == []
    before = evaluations[name].units.filter(pl.col("key") == key).row(0, named=True)
    after = evaluation.units.filter(pl.col("key") == key).row(0, named=True)
    assert (before["rank"], before["selected"]) != (after["rank"], after["selected"])


def test_list_shows_what_has_become_of_a_listed_unit(edited: list[tuple[str, str, Evaluation, Path]]) -> None:
    _, key, _, path = edited[1]
    rows = openpyxl.load_workbook(path, data_only=True, read_only=True)[LISTS].iter_rows(values_only=True)
    row = next(row for row in rows if row[1] == key)
    assert (row[7], row[9]) == ("入选", "未入选")


def test_unit_that_changes_its_group_is_marked(
    edited: list[tuple[str, str, Evaluation, Path]], evaluations: dict[str, Evaluation], law: Law
) -> None:
    """Ranges end with the group's block, so such a unit has to be evaluated anew; the sheet says so."""
    _, key, _, path = edited[-1]
    desk = lay_out(evaluations["manufacturing"], law)
    at = desk.get("key").index(key)
    assert desk.group_labels[at] != ("数字经济核心制造业",)
    found = dict(zip((column.head for column in desk.columns), calculated(path, desk), strict=True))
    assert found["行业"][at] == "数字经济核心制造业"
    assert [place for place, word in enumerate(found["组别核对"]) if word] == [at]


ADOPTED = "参照“省政府办公厅“亩均论英雄”改革工作督查激励县（市、区）名单”的名单"


@pytest.mark.parametrize("name", ALL)
def test_shipped_schemes_hold_no_fixed_results_but_the_adopted_list(
    name: str, evaluations: dict[str, Evaluation], law: Law
) -> None:
    desk = lay_out(evaluations[name], law)
    assert desk.not_live == ([ADOPTED] if name == "county" else [])


def test_same_input_gives_the_same_bytes(
    tmp_path: Path, evaluations: dict[str, Evaluation], written: dict[str, Path], law: Law
) -> None:
    write_workbook(tmp_path / "again.xlsx", evaluations["services"], law, LABEL)
    assert (tmp_path / "again.xlsx").read_bytes() == written["services"].read_bytes()


def test_raw_cells_are_open_and_all_others_locked(written: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(written["services"])
    assert [sheet.title for sheet in book if not sheet.protection.sheet] == []
    open_ = {
        sheet.title: {
            cell.column for row in sheet.iter_rows(min_row=FIRST) for cell in row if not cell.protection.locked
        }
        for sheet in book
    }
    raw = open_.pop(RAW)
    assert min(raw) == 4
    assert raw == set(range(4, book[RAW].max_column + 1))
    assert set(map(len, open_.values())) == {0}


_ACROSS = {"manufacturing": {RAW: 2, CALC: 7}, "services": {RAW: 1, CALC: 5}}
"""Pages side by side, so that the digits stay large enough to read."""


@pytest.mark.parametrize("name", ["manufacturing", "services"])
def test_sheets_are_fit_to_read_and_to_print(name: str, written: dict[str, Path]) -> None:
    """Frozen heads that are repeated on every page, landscape, 试算 and 示例数据 on each sheet."""
    for sheet in openpyxl.load_workbook(written[name]):
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == f"$1:${4 if sheet.title == LISTS else 3 if sheet.title == GUIDE else 5}"
        assert sheet.page_setup.orientation == ("portrait" if sheet.title == GUIDE else "landscape")
        assert (sheet.page_setup.fitToWidth or 1) == (
            1 if sheet.title in (LISTS, GUIDE, MARKS, CLASSES) else _ACROSS[name][sheet.title]
        )
        assert sheet.page_setup.fitToHeight == 0
        assert sheet["A2"].value == (
            "示例数据　试算：有假设未经方案确定，不得发布"
            if name == "manufacturing"
            else "示例数据　试评价　试算：有假设未经方案确定，不得发布"
        )


def test_every_indicator_column_names_its_clause_or_assumption(written: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(written["manufacturing"])[CALC]
    notes = {cell.value: sheet.cell(FIRST - 1, cell.column).value for cell in sheet[FIRST - 2]}
    assert notes["亩均税收（万元/亩）"] == (
        "tax / land；假设：通知二（六）没有列指标；六项取自二（三）和省内规模以上工业企业综合评价的通行做法"
    )
    assert notes["亩均增加值·分值"] == "权重20；假设：20分同黄岩区公布的权重；产出是各行业共同的要求，不分行业"


SCHEME = """
scheme: texts
domain: manufacturing
label: 文字
basis: {assumption: 测试}
unit: {label: 企业, key: uscc, name: name}
variables:
  place: {label: 所在地, type: text}
  tax: {label: 税收, unit: 万元}
group_by: [place]
score:
  id: total
  aggregate: sum
  children:
    - {id: item, formula: tax, unit: 万元, normalise: {method: percentile_rank, over: [place]}}
selection: {quota: 1}
"""
TEXTS = ["=1+1", "+86", "-5", "@x", "a*", "A*", "ab", "（空）"]


def texts() -> Evaluation:
    """Groups whose names begin like formulas, or look alike to a spreadsheet."""
    rows = [
        {"key": f"=K{number}", "name": f"@{place}", "place": place, "tax": number * tax}
        for number, place in enumerate(TEXTS, 1)
        for tax in (1, 2)
        for number in [number * 10 + tax]
    ]
    return evaluate(scheme_of(SCHEME), dataset_of(scheme_of(SCHEME), rows))


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "texts.xlsx"
    assert write_workbook(path, texts(), Law({})) is None
    sheet = openpyxl.load_workbook(path)[RAW]
    cells = [cell for row in sheet.iter_rows(min_row=FIRST, max_col=4) for cell in row if cell.column != 3]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {str(cell.value) for cell in cells if cell.column == 4} == set(TEXTS)


def test_groups_that_a_spreadsheet_cannot_tell_apart_are_kept_apart(tmp_path: Path) -> None:
    assert recalculated_differences([texts()], Law({}), tmp_path) == {}


def test_no_units_give_a_workbook_without_rows(tmp_path: Path) -> None:
    empty = evaluate(scheme_of(SCHEME), dataset_of(scheme_of(SCHEME), []))
    assert write_workbook(tmp_path / "empty.xlsx", empty, Law({})) is None
    assert openpyxl.load_workbook(tmp_path / "empty.xlsx")[CALC].max_row == FIRST - 1


def test_more_units_than_a_spreadsheet_can_do_leave_a_finding_and_no_file(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.xlsx"
    path.write_bytes(b"of another day")
    rows = [{"key": f"{n}", "name": "", "place": "甲", "tax": n} for n in range(MOST_UNITS + 1)]
    finding = write_workbook(path, evaluate(scheme_of(SCHEME), dataset_of(scheme_of(SCHEME), rows)), Law({}))
    assert finding is not None
    assert (finding.code, finding.file) == ("no_workbook", "evaluation.xlsx")
    assert finding.message == "有20001个单位，多于20000个，没有写出 evaluation.xlsx。"
    assert not path.exists()


def test_file_is_a_sound_package(written: dict[str, Path]) -> None:
    for path in written.values():
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            assert {one.date_time for one in package.infolist()} == {(1980, 1, 31, 0, 0, 0)}
