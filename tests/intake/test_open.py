from __future__ import annotations

from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.intake.open import open_cells

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
ACCEPTED = "只接受 .csv（UTF-8 或 GB18030）、.xlsx、.xls 和 .parquet。"


def refused(path: Path, content: bytes | None = None) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(path)
    return str(stopped.value)


def test_no_such_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "税务.csv") == "税务.csv 没有这个文件。请核对路径。"


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "税务.csv").mkdir()
    assert refused(tmp_path / "税务.csv") == "税务.csv 这是文件夹，不是文件。请核对路径。"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\r\n"])
def test_empty_file(name: str, content: bytes, tmp_path: Path) -> None:
    assert refused(tmp_path / name, content) == f"{name} 文件是空的。请核对是不是没有保存好，重新导出一次。"


def test_extension_that_is_not_accepted(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.docx", b"x") == f"a.docx 不能读 .docx 文件。{ACCEPTED}"
    assert refused(tmp_path / "a", b"x") == f"a 文件名没有扩展名，不知是什么格式。{ACCEPTED}"
    assert refused(tmp_path / "a.et", b"x") == f"a.et 不能读 .et 文件。请用 WPS 或 Excel 打开，另存为 .xlsx。{ACCEPTED}"


def test_old_excel_renamed(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.xlsx", OLE) == (
        f"a.xlsx 内容是老式 Excel（.xls）或 Word 文件。请用 WPS 或 Excel 打开，另存为 .xlsx，不要只改扩展名。{ACCEPTED}"
    )


def test_encrypted_workbook(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")) == (
        "a.xlsx 文件加了密码，读不了。请用 WPS 或 Excel 打开，取消打开密码后另存。"
    )


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.parametrize(
    "content", [b"<html><table>", b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>", b'<meta charset="gbk"><table>']
)
def test_html_in_disguise(name: str, content: bytes, tmp_path: Path) -> None:
    assert refused(tmp_path / name, content) == (
        f"{name} 内容是网页（HTML），不是表格文件。请用 WPS 或 Excel 打开，另存为 .xlsx。{ACCEPTED}"
    )


def test_content_of_another_format(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.csv", b"PK\x03\x04xxxx") == (
        "a.csv 扩展名是 .csv，内容却是.xlsx的格式。请把扩展名改成 .xlsx，或另存为 .csv 格式。"
    )
    assert refused(tmp_path / "a.xlsx", b"PAR1xxxx") == (
        "a.xlsx 扩展名是 .xlsx，内容却是.parquet的格式。请把扩展名改成 .parquet，或另存为 .xlsx 格式。"
    )
    assert refused(tmp_path / "a.xlsx", b"a,b\n1,2\n") == (
        "a.xlsx 不是 XLSX 文件：不是 zip 压缩包。请重新下载或另存一次；原来是文本的，请把扩展名改成 .csv。"
    )
    assert (
        refused(tmp_path / "a.parquet", b"a,b\n1,2\n") == "a.parquet 不是 Parquet 文件：开头没有 PAR1。请重新导出一次。"
    )


def test_extension_in_capitals(tmp_path: Path) -> None:
    path = tmp_path / "A.CSV"
    path.write_bytes(b"a,b\n")
    assert open_cells(path).top == (("a", "b"),)
