"""Facts from a file: every mistake at once with its line; and back again without loss."""

from __future__ import annotations

import json

import pytest

from mujun.documents.content.listed import FullList
from mujun.documents.content.read import read_facts, tell_facts
from mujun.documents.kinds import KINDS
from mujun.findings import CannotGoOn
from mujun.yaml_source import parse_yaml
from tests.documents.conftest import all_specimens

LIST = """\
stated: 3
domains:
  - label: 制造业
    agency: 省经信厅
    classes:
      - label: 甲类
        entries:
          - {name: 示例甲}
          - {nam: 示例乙}
        stated: 二
"""


def test_every_mistake_is_told_with_its_line() -> None:
    value, _ = parse_yaml(LIST, "名单.yaml")
    with pytest.raises(CannotGoOn) as refused:
        read_facts(FullList, value, "名单.yaml")
    assert [str(one) for one in refused.value.findings] == [
        "名单.yaml:9 “domains[1].classes[1].entries[2]”里没有“nam”这一项。可用：name、place。",
        "名单.yaml:9 “domains[1].classes[1].entries[2]”里缺少“name”。请补上。",
        "名单.yaml:10 “domains[1].classes[1].stated”是'二'，应为整数。请改正。",
    ]


def test_what_does_not_hold_together_is_told_with_its_line() -> None:
    value, _ = parse_yaml(LIST.replace("nam:", "name:").replace("二", "2"), "名单.yaml")
    with pytest.raises(CannotGoOn) as refused:
        read_facts(FullList, value, "名单.yaml")
    assert [one.place for one in refused.value.findings] == ["名单.yaml:1"]
    assert refused.value.findings[0].message == "名单总数写的是3，逐行数出来是2（制造业2）。"


@pytest.mark.parametrize("file", list(all_specimens()))
def test_facts_written_and_read_again_are_the_same(file: str) -> None:
    one = all_specimens()[file]
    value, _ = parse_yaml(json.dumps(tell_facts(one.facts), ensure_ascii=False, indent=1), "f.json")
    assert read_facts(KINDS[one.kind].facts, value, "f.json") == one.facts
