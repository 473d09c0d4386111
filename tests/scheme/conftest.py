"""A small scheme without mistakes, and what is said once there are some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.law import Law, load_law
from mujun.scheme import Scheme, load_scheme, read_scheme

GOOD = """\
scheme: small
domain: manufacturing
label: 小方案
basis: {clause: zhe-mujunban-2019-4#2.6}
unit: {label: 企业, key: uscc, name: name}
variables:
  code: {label: 行业代码, type: text}
  tax: {label: 税收, unit: 万元}
  land: {label: 用地面积, unit: 亩}
  staff: {label: 职工, unit: 人}
derive:
  industry: {classify: {of: code, classes: {石化: ["25"], 时尚: ["19"]}, else: 其他}}
group_by: [industry]
score:
  id: total
  label: 总分
  of: 100
  children:
    - id: per_mu
      label: 亩均税收
      formula: tax / land
      unit: 万元/亩
      weight: 60
      normalise: {method: benchmark_ratio, benchmark: 20}
    - id: per_head
      label: 人均税收
      formula: tax / staff
      unit: 万元/人
      weight: 40
      normalise: {method: benchmark_ratio, benchmark: 5}
"""
Mistakes = Callable[..., list[str]]


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture
def scheme_with(tmp_path: Path, law: Law) -> Callable[[str], Scheme]:
    """The small scheme with something added."""

    def load(more: str) -> Scheme:
        path = tmp_path / "small.yaml"
        path.write_text(GOOD + more, encoding="utf-8")
        return load_scheme(path, law)

    return load


@pytest.fixture
def mistakes(tmp_path: Path, law: Law) -> Mistakes:
    """`mistakes({"weight: 60": "weight: 59"}, "tiers: …")`: what is said of the small scheme so changed."""

    def read(changes: dict[str, str] | None = None, more: str = "") -> list[str]:
        text = GOOD
        for old, new in (changes or {}).items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "small.yaml"
        path.write_text(text + more, encoding="utf-8")
        return [str(finding) for finding in read_scheme(path, law).findings]

    return read
