"""A small round to plan a collection for, and tables of records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from mujun.dataset import KEY

SCHEME = """\
scheme: small
domain: manufacturing
label: 小方案
basis: {assumption: 测试}
unit: {label: 企业, key: uscc, name: name}
variables:
  county: {label: 所在县, type: text, required: false, source: 经信}
  code: {label: 行业代码, type: text, source: 统计}
  tax: {label: 税收, unit: 万元, source: 税务}
  land: {label: 用地面积, unit: 亩, source: 自然资源}
  energy: {label: 综合能耗, unit: 吨标准煤, source: 统计}
  emissions: {label: 排放, unit: 当量吨, source: 生态环境}
  revenue: {label: 收入, unit: 万元, source: 统计}
  staff: {label: 人数, unit: 人, source: 统计}
  since: {label: 投产日期, type: date, required: false, source: 经信}
score:
  id: per_mu
  label: 亩均税收
  formula: tax / land
  unit: 万元/亩
  normalise: {method: benchmark_ratio, benchmark: 20}
"""
ENERGY = """\
coefficients: energy
label: 折标系数
year: 2018
result: 吨标准煤
items:
  原煤: {unit: 吨, times: 0.7143, basis: {assumption: 测试}}
  电力: {unit: 万千瓦时, times: 2.9, basis: {assumption: 测试}}
"""
POLLUTANTS = """\
coefficients: pollutants
label: 污染当量
year: 2018
result: 当量吨
items:
  氨氮: {unit: 吨, divide: 0.8, basis: {assumption: 测试}}
  二氧化硫: {unit: 吨, divide: 0.95, basis: {assumption: 测试}}
"""
PLAN = """\
round: 2018
label: 小计划
basis: {clause: zhe-mujunban-2019-4#3.2}
data_year: 2018
data_year_basis: {assumption: 测试}
details:
  - id: parcels
    label: 用地明细
    schemes: [small]
    source: 自然资源
    key: 记录号
    columns:
      unit: {label: 单位代码, type: text}
      parcel: {label: 宗地号, type: text}
      kind: {label: 用地类别, type: text}
      area: {label: 面积, unit: 亩}
      share: {label: 份额, required: false}
      issued: {label: 发证日期, type: date, required: false}
      lease_start: {label: 起租日, type: date, required: false}
      lease_end: {label: 止租日, type: date, required: false}
    basis: {assumption: 测试}
  - id: taxes
    label: 税收明细
    schemes: [small]
    source: 税务
    key: 记录号
    columns: {unit: {label: 单位代码, type: text}, kind: {label: 税种, type: text}, amount: {label: 金额, unit: 元}}
    basis: {assumption: 测试}
  - id: carriers
    label: 能源明细
    schemes: [small]
    source: 统计
    key: 记录号
    columns:
      unit: {label: 单位代码, type: text}
      item: {label: 品种, type: text}
      quantity: {label: 数量}
      measure: {label: 计量单位, type: text, required: false}
    basis: {assumption: 测试}
derivations:
  - variable: land
    schemes: [small]
    detail: parcels
    method: net_land
    at: 2018-12-31
    kind: kind
    parcel: parcel
    area: area
    share: share
    kinds:
      登记: {sign: 1, whole: true, begins: issued}
      承租: {sign: 1, begins: lease_start, ends: lease_end, dated: true}
      出租: {sign: -1, begins: lease_start, ends: lease_end, dated: true}
    shared: apart
    precision: 4
    basis: {assumption: 测试}
  - variable: tax
    schemes: [small]
    detail: taxes
    method: signed_sum
    component: kind
    amount: amount
    components: {增值税: 1, 所得税: 0.4, 退税: -1, 代扣: 0}
    precision: 2
    basis: {assumption: 测试}
  - variable: energy
    schemes: [small]
    detail: carriers
    method: coefficients
    item: item
    quantity: quantity
    measure: measure
    table: energy
    precision: 2
    basis: {assumption: 测试}
checks:
  - id: sound
    label: 不为负
    tables: [small]
    rule: in_range
    variables: [land]
    at_least: 0
    severity: error
    basis: {assumption: 测试}
  - id: tax_over
    label: 税大于收入
    tables: [small]
    rule: at_most
    left: tax
    right: revenue
    severity: warning
    needs_reason: true
    basis: {assumption: 测试}
"""


def write_round(root: Path, plan: str) -> Path:
    """A round 2018 with one scheme and two tables of coefficients."""
    folder = root / "2018"
    for inside, name, text in (
        ("schemes", "small", SCHEME),
        ("coefficients", "energy", ENERGY),
        ("coefficients", "pollutants", POLLUTANTS),
        ("", "collection", plan),
    ):
        (folder / inside).mkdir(parents=True, exist_ok=True)
        (folder / inside / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def table(columns: str, *rows: Sequence[object]) -> pl.DataFrame:
    """`table("unit parcel", ["r1", "A", "P"])`: records, the first cell of each its number."""
    names = [KEY, *columns.split()]
    whole = [[*row, *[None] * (len(names) - len(row))] for row in rows]
    return pl.DataFrame(whole, schema=names, orient="row", infer_schema_length=None)
