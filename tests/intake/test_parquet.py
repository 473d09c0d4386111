from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from mujun.findings import CannotGoOn
from mujun.intake import read_dataset
from mujun.scheme import Scheme


def write(tmp_path: Path, **columns: object) -> Path:
    path = tmp_path / "data.parquet"
    pl.DataFrame(columns).write_parquet(path)
    return path


def test_typed_columns(tmp_path: Path, scheme: Scheme) -> None:
    path = write(
        tmp_path,
        uscc=[330100, 330200],
        name=["甲", "乙"],
        tax=[Decimal("1.10"), None],
        growth=[1.5, float("nan")],
        accidents=pl.Series([1, 2], dtype=pl.Int8),
        gb_code=["0250", "无"],
        since=[date(2019, 4, 9), None],
        listed=[True, False],
    )
    assert read_dataset(path, scheme).dataset.frame.rows() == [
        ("330100", "甲", 1.1, 1.5, 1.0, "0250", date(2019, 4, 9), True),
        ("330200", "乙", None, None, 2.0, None, None, False),
    ]


def test_text_is_parsed_as_in_csv_and_cells_count_the_header(tmp_path: Path, scheme: Scheme) -> None:
    path = write(tmp_path, 代码=["A", "B"], 名称=["甲", "乙"], tax=["1,234", "约1"], growth=[1.0, float("inf")])
    reading = read_dataset(path, scheme)
    assert reading.dataset.frame["tax"].to_list() == [1234.0, None]
    assert [(finding.code, finding.cell) for finding in reading.findings] == [
        ("not_a_number", "C3"),
        ("not_finite", "D3"),
    ]


def test_list_column(tmp_path: Path, scheme: Scheme) -> None:
    path = write(tmp_path, 代码=["A"], 名称=["甲"], tax=[[1.0, 2.0]])
    assert [str(finding) for finding in read_dataset(path, scheme).findings] == [
        "data.parquet!C1 “税收”一列每格有不止一个值，没有读入。请改成每格一个值。"
    ]


def test_too_many_columns(tmp_path: Path, scheme: Scheme) -> None:
    path = write(tmp_path, **{f"c{number}": [1] for number in range(2001)})
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(path, scheme)
    assert str(stopped.value).startswith("data.parquet 有2,001列，超过2,000列，没有读。")


@pytest.mark.parametrize("kept", [8, 100, -1])
def test_cut_off_file(kept: int, tmp_path: Path, scheme: Scheme) -> None:
    path = write(tmp_path, 代码=["A"], tax=[1.0])
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(path, scheme)
    assert str(stopped.value) == "data.parquet Parquet 文件不完整或已损坏。请重新导出一次。"


def test_damaged_description(tmp_path: Path, scheme: Scheme) -> None:
    path = write(tmp_path, 代码=["A"], tax=[1.0])
    content = bytearray(path.read_bytes())
    content[-60:-12] = b"\xff" * 48
    path.write_bytes(content)
    with pytest.raises(CannotGoOn) as stopped:
        read_dataset(path, scheme)
    assert str(stopped.value) == "data.parquet Parquet 文件不完整或已损坏。请重新导出一次。"
