"""What each column asks for."""

from __future__ import annotations

from datetime import date

import pytest

from mujun.intake.template.columns import TemplateColumn, template_columns
from tests.intake.template.conftest import FormOf

DAY = date(2019, 4, 9)


def column(form_of: FormOf, scheme_id: str, source: str, variable: str, day: date = DAY) -> TemplateColumn:
    form, scheme = form_of(scheme_id, source)
    return next(one for one in template_columns(form, scheme, day) if one.variable.id == variable)


@pytest.mark.parametrize(
    ("scheme_id", "source", "variable", "hint"),
    [
        ("manufacturing", "税务", "tax", "填数字，单位万元，可以是负数。没有数据就空着，不要填0。"),
        ("manufacturing", "自然资源", "land", "填数字，单位亩，不能是负数。没有数据就空着，不要填0。"),
        ("manufacturing", "应急", "accidents", "填整数，单位起，不能是负数。没有的填0；空着也按0计。"),
        ("manufacturing", "经信", "production_since", "填日期，如2019-04-09。没有数据就空着，不要填0。"),
        (
            "manufacturing",
            "经信",
            "tech_centre",
            "从下拉表中选：国家级、省级。都不是的可以另填。没有数据就空着，不要填0。",
        ),
        ("characteristic_town", "发展改革", "named", "选“是”或“否”。空着按否计。"),
        ("services", "企业申报", "occupies_land", "选“是”或“否”。没有数据就空着，不要填0。"),
    ],
)
def test_hint(form_of: FormOf, scheme_id: str, source: str, variable: str, hint: str) -> None:
    assert column(form_of, scheme_id, source, variable).hint == hint


def test_header_has_the_unit_in_brackets(form_of: FormOf) -> None:
    assert column(form_of, "manufacturing", "税务", "tax").header == "税收实际贡献\n（万元）"
    assert column(form_of, "manufacturing", "经信", "production_since").header == "投产日期"


def test_divisions_are_those_of_the_day(form_of: FormOf) -> None:
    then = column(form_of, "manufacturing", "经信", "county").words
    later = column(form_of, "manufacturing", "经信", "county", date(2020, 1, 1)).words
    assert (len(then), len(later), set(later) - set(then)) == (89, 90, {"龙港市"})


def test_industry_is_one_of_the_complete_codes(form_of: FormOf) -> None:
    words = column(form_of, "manufacturing", "统计", "gb_code").words
    assert (len(words), {len(word) for word in words}, "3973" in words) == (921, {4}, True)
