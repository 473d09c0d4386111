"""A small scheme with a variable of every kind, and files to try it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mujun.law import Law
from mujun.scheme import Scheme, load_scheme

SCHEME = """
scheme: firms
domain: manufacturing
label: 企业
basis: {assumption: 测试}
unit: {label: 企业, key: uscc, name: name}
variables:
  tax: {label: 税收, unit: 万元, decimals: 2, missing_values: ["-999"], source: 税务局}
  growth: {label: 增长率, unit: "%", required: false}
  accidents: {label: 事故数, unit: 起, type: integer, required: false, default: 0}
  gb_code: {label: 行业代码, type: text, required: false}
  since: {label: 投产日期, type: date, required: false}
  listed: {label: 是否上市, type: boolean, required: false}
score:
  id: total
  label: 总分
  aggregate: sum
  of: 100
  children:
    - id: taxes
      label: 税收得分
      formula: tax
      unit: 万元
      weight: 100
      normalise: {method: benchmark_ratio, benchmark: 10}
"""


@pytest.fixture(scope="session")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    path = tmp_path_factory.mktemp("scheme") / "firms.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return load_scheme(path, Law({}))


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """`text_file("代码,税收", "A,1")` is a CSV file of these rows."""

    def write(*rows: str, encoding: str = "utf-8", name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """`workbook([["代码"], ["A"]])` is a workbook whose sheet 填报 has these rows."""

    def write(
        rows: Sequence[Sequence[Any]], sheet: str = "填报", name: str = "data.xlsx", more: Sequence[str] = ()
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            for other in more:
                book.add_worksheet(other)
        return path

    return write
