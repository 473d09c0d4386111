"""From an evaluation of six firms to what the public sees of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mujun.digest import digest_bytes
from mujun.documents.published import Decided, collect_list
from mujun.engine import Evaluation, evaluate
from mujun.law import Law, load_law
from mujun.proof.published_list import ListGroup, PublishedList, Status, list_bytes
from mujun.proof.reconcile import reconcile
from mujun.scheme import load_scheme
from mujun.scheme.publication import load_publication
from tests.agreement import dataset_of

SCHEME = """\
scheme: firms
domain: manufacturing
label: 小方案
lead_agency: 某厅
basis: {clause: zhe-mujunban-2019-4#2.6}
unit: {label: 企业, key: uscc, name: name}
variables:
  county: {label: 所在县, type: text}
  code: {label: 行业代码, type: text}
  tax: {label: 税收}
derive:
  industry:
    classify: {of: code, classes: {石化: ["25"], 时尚: ["19"]}, else: 其他}
    basis: {assumption: 为测试而设}
group_by: [industry]
score:
  id: total
  label: 总分
  children:
    - {id: tax_score, label: 税收, formula: tax, weight: 100, normalise: {method: benchmark_ratio, benchmark: 10}}
selection: {quota: 2}
"""
PUBLICATION = """\
round: small
strengths: {most: 2, basis: {assumption: 为测试而设}}
lists:
  - scheme: firms
    published: true
    basis: {clause: zhe-mujunban-2019-4#3.4}
    open: OPEN
    order: ORDER
    order_basis: {assumption: 为测试而设}
    columns:
      - {id: name, label: 企业, from: name, basis: {clause: zhe-mujunban-2019-4#2.6}}
      - {id: county, label: 所在县, from: "column:county", basis: {assumption: 为测试而设}}
      - {id: strengths, label: 突出之处, from: strengths, basis: {assumption: 为测试而设}}
"""
SCORE = "      - {id: score, label: 总分, from: score, basis: {assumption: 为测试而设}}\n"
FIRMS: list[dict[str, Any]] = [
    {"key": "1", "name": "丙厂", "county": "长兴县", "code": "1951", "tax": 12},
    {"key": "2", "name": "乙厂", "county": "安吉县", "code": "1952", "tax": 30},
    {"key": "3", "name": "甲厂", "county": "长兴县", "code": "2511", "tax": 9},
    {"key": "4", "name": "丁厂", "county": "长兴县", "code": "1953", "tax": 11},
    {"key": "5", "name": "戊厂", "county": "长兴县", "code": "2522", "tax": 15},
]
Collect = Callable[..., PublishedList]


@pytest.fixture
def collect(tmp_path: Path) -> Collect:
    law = load_law()

    def make(*, is_open: bool = False, **more: Any) -> PublishedList:
        folder = tmp_path / "small" / "schemes"
        folder.mkdir(parents=True)
        (folder / "firms.yaml").write_text(SCHEME, encoding="utf-8")
        text = PUBLICATION.replace("OPEN", str(is_open).lower()).replace("ORDER", "rank" if is_open else "place")
        (folder.parent / "publication.yaml").write_text(text + (SCORE if is_open else ""), encoding="utf-8")
        publication = load_publication("small", law, tmp_path)
        return collect_list(evaluated(folder, law), publication, year=2019, round_title="2019年行动", **more)

    return make


def evaluated(folder: Path, law: Law) -> Evaluation:
    scheme = load_scheme(folder / "firms.yaml", law)
    return evaluate(scheme, dataset_of(scheme, FIRMS))


def test_list_of_firms_has_names_places_and_strengths_by_place(collect: Collect) -> None:
    """In the order of the counties as given, then of names; the classes in the scheme's order."""
    published = collect(places=["长兴县", "安吉县"])

    assert published.groups == (
        ListGroup("石化", 2, (("戊厂", "长兴县", "税收"), ("甲厂", "长兴县", ""))),
        ListGroup("时尚", 2, (("丙厂", "长兴县", "税收"), ("乙厂", "安吉县", "税收"))),
    )
    assert (published.count, published.notes) == (4, ("排名不分先后。",))
    assert (published.status, published.marks) == (Status.DRAFT, ("试算",))
    assert reconcile(published) == []


def test_p07_no_value_score_or_code_of_a_firm_is_in_its_list(collect: Collect) -> None:
    """All that could show: the codes, the taxes, the scores, which are ten times the taxes."""
    text = list_bytes(collect()).decode()

    for hidden in ("1951", "1952", "2511", "2522", "120.0", "300.0", "150.0", "1.2", "3.0", '"rank"', '"score"'):
        assert hidden not in text
    for firm in FIRMS:
        assert f'"{firm["key"]}"' not in text
        assert f'"{firm["tax"]}"' not in text


def test_list_of_an_open_domain_shows_scores_in_order_of_rank(collect: Collect) -> None:
    published = collect(is_open=True)

    assert published.groups[1].rows == (
        ("乙厂", "安吉县", "税收", Decimal("300.0000")),
        ("丙厂", "长兴县", "税收", Decimal("120.0000")),
    )
    assert published.notes == ()


def test_what_was_decided_goes_before_what_was_computed(collect: Collect) -> None:
    decided = Decided(
        status=Status.NOTICE,
        keys=["1", "4"],
        counts={"石化": 0, "时尚": 2},
        decision=digest_bytes(b"minutes"),
    )

    published = collect(decided=decided)

    assert [(group.label, group.count, [row[0] for row in group.rows]) for group in published.groups] == [
        ("石化", 0, []),
        ("时尚", 2, ["丁厂", "丙厂"]),
    ]
    assert reconcile(published) == []


def test_w25_counts_of_the_minutes_have_to_agree(collect: Collect) -> None:
    published = collect(decided=Decided(counts={"石化": 1, "时尚": 2}))

    assert [finding.message for finding in reconcile(published)] == [
        "“石化”审定1个，名单里有2个。",
        "共3个，各类相加却是2＋2＝4个。",
    ]
