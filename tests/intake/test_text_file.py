from __future__ import annotations

import codecs
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.intake.text_file import open_text

TextFile = Callable[..., Path]


def refused(path: Path) -> str:
    with pytest.raises(CannotGoOn) as stopped:
        open_text(path)
    return str(stopped.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encoding_is_told_apart(encoding: str, text_file: TextFile) -> None:
    cells = open_text(text_file("代码,名称", "A,萧山", encoding=encoding))
    assert cells.top == (("代码", "名称"), ("A", "萧山"))


def test_utf16_of_either_order_and_tabs(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(codecs.BOM_UTF16_BE + "代码\t名称\r\nA\t甲,乙\r\n".encode("utf-16-be"))
    assert open_text(path).top == (("代码", "名称"), ("A", "甲,乙"))


def test_neither_encoding(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("代码,名称\nA,甲\n".encode() + b"B,\xff\xff\n")
    assert refused(path) == (
        "data.csv 第3行有认不出的字：不是 UTF-8，也不是 GB18030（或 GBK）编码的文本。"
        "请用 WPS 或 Excel 打开，另存为“CSV UTF-8”或 .xlsx。"
    )


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(b"a,b\n1,\0\0\n")
    assert refused(path).startswith("data.csv 第2行有认不出的字")


def test_rows_count_as_in_a_spreadsheet(text_file: TextFile) -> None:
    cells = open_text(text_file("a,b", '"1\n2",3', "", "4"))
    assert [column.to_list() for column in cells.columns] == [["a", "1\n2", None, "4"], ["b", "3", None, None]]
    assert cells.below(2).first_row == 3


def test_more_rows_than_a_chunk(text_file: TextFile) -> None:
    cells = open_text(text_file("a", *map(str, range(120_000))))
    assert (cells.height, cells.columns[0][120_000], len(cells.top)) == (120_001, "119999", 20)


def test_quote_that_is_never_closed(text_file: TextFile) -> None:
    assert refused(text_file("a,b", '1,"2', "3,4")) == (
        "data.csv 第2行的引号没有配对，后面的内容分不清是哪一格。"
        "请在这一行补上或去掉多余的英文双引号；内容里的双引号要写两个。"
    )


def test_too_many_columns(text_file: TextFile) -> None:
    assert refused(text_file(",".join(["x"] * 2001))) == (
        "data.csv 有2,001列，超过2,000列，没有读。请核对是不是拿错了文件，或行列颠倒；删去不用的列再试。"
    )


def test_a_million_columns_are_refused_at_once(text_file: TextFile) -> None:
    path = text_file(",".join(f"column{number}" for number in range(1_000_000)), ",".join(["1"] * 1_000_000))
    tracemalloc.start()
    started = time.process_time()
    message = refused(path)
    assert time.process_time() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 32 << 20
    tracemalloc.stop()
    assert message == "data.csv 超过2,000列，没有读。请核对是不是拿错了文件，或行列颠倒；删去不用的列再试。"


def test_absurdly_long_line(text_file: TextFile) -> None:
    assert refused(text_file("代码", "x" * 1_048_577)) == (
        "data.csv 第2行超过1,048,576个字，不像表格，没有读。请核对是不是拿错了文件，或缺少换行。"
    )
