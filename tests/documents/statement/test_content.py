"""Numbers as people read them."""

from __future__ import annotations

import pytest

from mujun.documents.statement.content import grouped


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1204.85", "1,204.85"),
        ("1234567.10", "1,234,567.10"),
        ("-1200", "-1,200"),
        ("0.5", "0.5"),
        ("0", "0"),
        ("0394", "0394"),
        ("91330100MAEX000011", "91330100MAEX000011"),
        ("2019-04-09", "2019-04-09"),
        ("（没有数据）", "（没有数据）"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_thousands_are_set_apart_and_no_digit_is_lost(value: str, shown: str) -> None:
    assert grouped(value) == shown
