"""One unit's walk as a page: the same numbers as the evaluation, and other units only as a crowd."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from mujun.documents.report import write_explanation
from mujun.engine.explain import explain
from mujun.engine.result import read_result
from mujun.law import Law
from tests.browser import DESK, PHONE, visit
from tests.documents.report.conftest import FIRMS, Written


@pytest.fixture(scope="module")
def manufacturing(province: Path) -> Path:
    return province / "manufacturing"


@pytest.fixture
def page(manufacturing: Path, tmp_path: Path, law: Law) -> Callable[[str], Path]:
    result = read_result(manufacturing, law)

    def write(key: str) -> Path:
        write_explanation(tmp_path / "unit.html", explain(result, key, law), result)
        return tmp_path / "unit.html"

    return write


@pytest.fixture(scope="module")
def winner(manufacturing: Path) -> dict[str, str]:
    """The first of the largest industry, as units.csv prints it."""
    units = pl.read_csv(manufacturing / "units.csv", infer_schema=False)
    return units.filter((pl.col("industry") == "纺织服装产业") & (pl.col("rank") == "1")).row(0, named=True)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_page_stands_alone_and_everyone_can_use_it(
    page: Callable[[str], Path], winner: dict[str, str], width: int
) -> None:
    with visit(page(winner["key"]), width) as visited:
        assert visited.too_wide() == 0
        assert visited.violations() == []
        assert (visited.complaints, visited.requests) == ([], [])
        assert visited.texts(".top .mark") == ["内部资料", "示例数据", "试算"]


def test_numbers_are_those_of_the_evaluation(page: Callable[[str], Path], winner: dict[str, str]) -> None:
    with visit(page(winner["key"])) as visited:
        assert visited.texts("h1") == [winner["name"]]
        assert visited.texts(".big b") == [winner["score"], "第 1 名", f"{winner['tier']} 档", "入选"]
        *parts, total = visited.texts("#sum tbody td")
        assert total == winner["score"]
        assert sum(Fraction(part) for part in parts) == Fraction(total)
        points = visited.texts(".scroll[aria-label='各项指标与基准值'] tbody td:last-child")
        labels = visited.texts(".scroll[aria-label='各项指标与基准值'] tbody th")
        assert dict(zip(labels, points, strict=True)) == dict(
            zip(visited.texts("#sum tbody th")[: len(labels)], parts[: len(labels)], strict=True)
        )
        multiples = visited.texts(".scroll[aria-label='各项指标与基准值'] tbody td:nth-child(5)")
        assert float(multiples[0]) == round(float(winner["score:tax_per_mu"]), 4)


def test_every_step_leads_to_its_basis(page: Callable[[str], Path], winner: dict[str, str]) -> None:
    with visit(page(winner["key"])) as visited:
        numbers = visited.numbers(".walk .why a")
        assert sorted(set(numbers)) == list(range(1, len(visited.texts("ol.plain li")) + 1))


def test_other_units_appear_only_as_a_crowd(
    page: Callable[[str], Path], winner: dict[str, str], manufacturing: Path
) -> None:
    html = page(winner["key"]).read_text(encoding="utf-8")
    others = pl.read_csv(manufacturing / "units.csv", infer_schema=False).filter(pl.col("key") != winner["key"])
    assert winner["score"] in html
    assert [unit["name"] for unit in others.iter_rows(named=True) if unit["name"] in html or unit["key"] in html] == []
    scores = others.filter(pl.col("industry") == winner["industry"], pl.col("score") != winner["score"])["score"]
    assert [score for score in scores if score and f">{score}<" in html] == []


def test_unit_that_does_not_take_part_is_told_why(report: Callable[..., Written], law: Law, tmp_path: Path) -> None:
    written = report(FIRMS)
    write_explanation(tmp_path / "five.html", explain(written.result, "5", law), written.result)
    with visit(tmp_path / "five.html") as visited:
        assert visited.texts("h1") == ["五厂<b>&"]
        assert visited.texts(".act-says") == ["不参评：有用地。"]
        assert visited.page.locator("svg").count() == 0


def test_same_unit_same_bytes(page: Callable[[str], Path], winner: dict[str, str]) -> None:
    first = page(winner["key"]).read_bytes()
    assert page(winner["key"]).read_bytes() == first
