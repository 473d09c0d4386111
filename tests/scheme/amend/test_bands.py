"""Bands of a scheme are changed, added and taken away as lines; the rest of the text stays."""

from __future__ import annotations

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME
from mujun.scheme.amend import compare, entries_of, put_entries

TAX = "score/tax_per_mu/normalise/1/steps"
PLATFORMS = "score/high_end_factors/platform_count/normalise/steps"
STEPS = "[[1, 0.4], [1.5, 0.6], [2, 0.8], [2.5, 0.9], [3, 1]]"
TYPED = "1 0.4\n1.5 0.6\n2 0.8\n2.5 0.9\n3 1"


@pytest.fixture(scope="module")
def parks() -> str:
    return (PROGRAMME / "2019" / "schemes" / "micro_park.yaml").read_text(encoding="utf-8")


def test_bands_are_offered_with_what_is_reached(parks: str) -> None:
    bands = {one.name: one for one in entries_of(parks) if one.kind == "bands"}

    assert {name: (one.subject, one.heads[0]) for name, one in bands.items()} == {
        TAX: ("亩均税收", "达到基准值的几倍"),
        "score/output_per_mu/normalise/1/steps": ("亩均产出", "达到基准值的几倍"),
        PLATFORMS: ("公共服务平台", "达到（个）"),
    }
    assert (bands[TAX].value, bands[PLATFORMS].shown) == (TYPED, "满1得0.4，满2得0.7，满3得1")


@pytest.mark.parametrize(
    ("typed", "steps", "said"),
    [
        (TYPED.replace("0.6", "0.55"), STEPS.replace("0.6", "0.55"), "满1.5得0.6→满1.5得0.55"),
        (TYPED.replace("1.5", "1.4"), STEPS.replace("1.5", "1.4"), "满1.5得0.6→满1.4得0.6"),
        (f"{TYPED}\n1.2 ０.5", STEPS.replace("[1.5", "[1.2, 0.5], [1.5"), "（无）→满1.2得0.5"),
        (f"{TYPED}\n4 1.1\n5 1.2", STEPS.replace("[3, 1]", "[3, 1], [4, 1.1], [5, 1.2]"), "（无）→满4得1.1，满5得1.2"),
        (TYPED.replace("2 0.8\n", "\n"), STEPS.replace("[2, 0.8], ", ""), "满2得0.8→（无）"),
        ("2 0.8", "[[2, 0.8]]", "满1得0.4，满1.5得0.6，满2.5得0.9，满3得1→（无）"),
    ],
)
def test_only_the_bands_that_differ_are_written(parks: str, typed: str, steps: str, said: str) -> None:
    after = put_entries(parks, {TAX: typed})

    assert after == parks.replace(STEPS, steps, 1)
    assert [str(one) for one in compare(parks, after)] == [f"分档 亩均税收 {said}"]


def test_same_bands_written_otherwise_are_no_change(parks: str) -> None:
    assert put_entries(parks, {TAX: "3.0 1\n1 0.40\n1.5 0.6\n2 0.8\n2.5 0.9"}) == parks


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "一档也没有。"),
        ("1 0.4\n2", "有一档只填了“2”。"),
        ("1 0.4 2", "“1 0.4 2”不是一档。"),
        ("1 四成", "“四成”不是数。"),
        ("1 0.4\n1.0 0.5", "有两档都是达到1。"),
    ],
)
def test_bands_that_cannot_be_written_are_told(parks: str, typed: str, message: str) -> None:
    with pytest.raises(CannotGoOn) as told:
        put_entries(parks, {TAX: typed})

    assert [(one.variable, one.message) for one in told.value.findings] == [(TAX, f"亩均税收的“分档”{message}")]
