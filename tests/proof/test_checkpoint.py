"""The short text that documents print."""

from __future__ import annotations

import pytest
from attrs import evolve

from mujun.proof import add_link, point_of
from mujun.proof.checkpoint import make_checkpoint, mark_list
from mujun.proof.published_list import list_digest
from tests.proof.lists import SMALL, issued, sealed_units


def test_text_says_what_the_paper_carries() -> None:
    point = point_of(add_link(None, {"action": "印发"}))
    units = sealed_units().root
    checkpoint = make_checkpoint([(issued(), units)], point)
    mark = checkpoint.lists[0]
    assert mark.rows is not None

    assert checkpoint.text.splitlines() == [
        "校验单　印发（示例数据）",
        "2019年行动",
        "文号　浙亩均办〔2019〕9号　2019-10-15",
        f"审定　SHA-256　{issued().decision.sha256}",  # type: ignore[union-attr]
        f"审定　SM3　{issued().decision.sm3}",  # type: ignore[union-attr]
        f"留痕至第1条　SHA-256　{point.digest.sha256}",
        f"留痕至第1条　SM3　{point.digest.sm3}",
        "",
        "示例领域　3个",
        f"名单　SHA-256　{list_digest(issued()).sha256}",
        f"名单　SM3　{list_digest(issued()).sm3}",
        f"条目　SHA-256　{mark.rows.sha256}",
        f"条目　SM3　{mark.rows.sm3}",
        f"全部4个单位的结果　SHA-256　{units.root.sha256}",
        f"全部4个单位的结果　SM3　{units.root.sm3}",
        "",
        f"校验码　SHA-256　{checkpoint.digest.sha256}",
        f"校验码　SM3　{checkpoint.digest.sm3}",
    ]


def test_code_depends_on_everything_the_checkpoint_says() -> None:
    whole = make_checkpoint([(issued(), sealed_units().root)])
    others = [
        make_checkpoint([(issued(), None)]),
        make_checkpoint([(issued(evolve(SMALL, title="别的")), sealed_units().root)]),
        evolve(whole, document_number="浙亩均办〔2019〕10号"),
        evolve(whole, decision=None),
        evolve(whole, standing="拟"),
    ]

    assert len({one.digest.sm3 for one in [whole, *others]}) == 6


def test_lists_of_one_checkpoint_were_decided_together() -> None:
    with pytest.raises(ValueError, match="does not stand as"):
        make_checkpoint([(SMALL, None), (evolve(issued(), id="other"), None)])


def test_list_without_rows_has_no_root() -> None:
    empty = evolve(SMALL, groups=(), count=0)

    assert mark_list(empty).rows is None
    assert "条目" not in make_checkpoint([(empty, None)]).text
