"""Words that a scheme declares."""

from __future__ import annotations

import pytest

from mujun.intake.template.words import known_words
from tests.intake.template.conftest import FormOf


@pytest.mark.parametrize(
    ("scheme_id", "source", "variable", "words"),
    [
        ("manufacturing", "经信", "tech_centre", ("国家级", "省级")),
        ("economic_zone", "商务", "zone_level", ("国家级", "省级", "参照省级管理")),
        ("hightech_zone", "科技", "zone_level", ("国家级", "省级")),
        ("micro_park", "经信", "park_kind", ("生产制造类", "生产服务类")),
        (
            "characteristic_town",
            "发展改革",
            "town_industry",
            ("环保", "时尚", "高端装备", "信息", "健康", "旅游", "金融", "历史经典"),
        ),
    ],
)
def test_classes_and_compared_words(
    form_of: FormOf, scheme_id: str, source: str, variable: str, words: tuple[str, ...]
) -> None:
    assert known_words(form_of(scheme_id, source)[1])[variable] == words


def test_prefixes_of_codes_are_no_words(form_of: FormOf) -> None:
    assert "gb_code" not in known_words(form_of("manufacturing", "统计")[1])
