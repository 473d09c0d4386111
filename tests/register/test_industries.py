"""Codes of GB/T 4754—2017."""

from __future__ import annotations

import pytest

from mujun.register import load_industries


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("3973", None),
        ("39", "industry_short"),
        ("397", "industry_short"),
        ("3999", "industry_unknown"),
        ("0111", "industry_outside"),
        ("C39", "industry_form"),
        ("39730", "industry_form"),
        ("", "industry_form"),
    ],
)
def test_code(code: str, finding: str | None) -> None:
    industries = load_industries()
    assert industries is not None
    found = industries.check(code)
    assert (found and found.code) == finding


def test_short_code_is_told_what_stands_below_it() -> None:
    industries = load_industries()
    assert industries is not None
    found = industries.check("384")
    assert found is not None
    assert found.message == "行业代码“384”（电池制造）只到中类，应填四位小类。"
    assert found.mend.startswith("请改填其下的小类：3841")


def test_a_round_without_a_table_checks_nothing() -> None:
    assert load_industries("huangyan") is None
