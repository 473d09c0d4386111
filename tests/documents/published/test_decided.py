"""From decided items to the list: exactly those, in the order of the rules, whatever an evaluation selected."""

from __future__ import annotations

from pathlib import Path

import pytest

from mujun.documents.published import Decided, DecidedItem, list_decided
from mujun.findings import CannotGoOn
from mujun.law import load_law
from mujun.proof.published_list import ListGroup, Status, list_bytes, read_list
from mujun.scheme import load_scheme
from mujun.scheme.publication import load_publication
from tests.documents.published.test_collect import PUBLICATION, SCHEME, SCORE

ITEMS = [
    DecidedItem(key="1", name="丙厂", county="长兴县", group="时尚", strengths=("税收", "产出", "能耗"), rank=2),
    DecidedItem(key="2", name="乙厂", county="安吉县", group="时尚", rank=1, score="120.5000"),
    DecidedItem(key="3", name="甲厂", county="长兴县", group="石化", rank=1),
]


def decided(tmp_path: Path, items: list[DecidedItem] = ITEMS, *, is_open: bool = False, columns: str = ""):
    folder = tmp_path / "small" / "schemes"
    folder.mkdir(parents=True)
    (folder / "firms.yaml").write_text(SCHEME, encoding="utf-8")
    text = PUBLICATION.replace("OPEN", str(is_open).lower()).replace("ORDER", "rank" if is_open else "place")
    text += (SCORE if is_open else "") + columns
    (folder.parent / "publication.yaml").write_text(text, encoding="utf-8")
    law = load_law()
    return list_decided(
        load_scheme(folder / "firms.yaml", law),
        load_publication("small", law, tmp_path),
        items,
        Decided(status=Status.NOTICE),
        year=2019,
        round_title="2019年行动",
        labels=["示例数据"],
        places=["安吉县", "长兴县"],
    )


def test_firms_stand_by_class_then_place_and_show_two_strengths(tmp_path: Path) -> None:
    found = decided(tmp_path)

    assert found.published.groups == (
        ListGroup("石化", 1, (("甲厂", "长兴县", ""),)),
        ListGroup("时尚", 2, (("乙厂", "安吉县", ""), ("丙厂", "长兴县", "税收、产出"))),
    )
    assert [one.key for one in found.items] == ["3", "2", "1"]
    assert (found.published.count, found.published.standing) == (3, "公示（示例数据、试算）")


def test_an_open_list_stands_by_rank_with_the_score_as_printed(tmp_path: Path) -> None:
    found = decided(tmp_path, is_open=True)

    assert [list(map(str, row)) for row in found.published.groups[1].rows] == [
        ["乙厂", "安吉县", "", "120.5000"],
        ["丙厂", "长兴县", "税收、产出", "None"],
    ]


def test_a_list_is_read_back_from_its_bytes_and_not_from_others(tmp_path: Path) -> None:
    published = decided(tmp_path, is_open=True).published
    data = list_bytes(published)

    assert read_list(data) == published
    with pytest.raises(ValueError, match="not a published list"):
        read_list(data + b" ")


def test_a_column_that_no_decision_holds_is_refused(tmp_path: Path) -> None:
    column = '      - {id: code, label: 行业代码, from: "column:code", basis: {assumption: 为测试而设}}\n'
    with pytest.raises(CannotGoOn) as stopped:
        decided(tmp_path, columns=column)

    assert [one.code for one in stopped.value.findings] == ["not_decided"]
