"""Which differences of writing make no other name."""

from __future__ import annotations

import polars as pl
import pytest

from mujun.register.names import plain_name, plain_names

WRITTEN = [
    "*ST示例（浙江）股份有限公司 ",
    "示例(浙江)股份有限公司",
    "＊ＳＴ示例（浙江）股份有限公司",
    "ST示例（ 浙江 ）股份有限公司",
]


def test_brackets_blanks_width_and_st_do_not_count() -> None:
    assert {plain_name(name) for name in WRITTEN} == {"示例(浙江)股份有限公司"}


@pytest.mark.parametrize("other", ["示例（浙江）有限公司", "示例浙江股份有限公司", "示例（杭州）股份有限公司"])
def test_other_words_do(other: str) -> None:
    assert plain_name(other) != plain_name(WRITTEN[0])


def test_a_column_gives_what_single_names_give() -> None:
    names = [*WRITTEN, "“示例”·乙·厂", "ａｂｃ有限公司", "", "示例\u200b丙【集团】"]
    assert plain_names(pl.Series(names)).to_list() == [plain_name(name) for name in names]
