from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.findings import CannotGoOn
from mujun.intake.open import open_cells

Workbook = Callable[..., Path]
ASK = "请向报送人核实文件来源，用 WPS 或 Excel 重新另存一份。"
BROKEN = "工作簿不完整或已损坏。请重新下载，或用 WPS 或 Excel 打开后另存一份。"


def refused(path: Path) -> str:
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(path)
    return str(stopped.value)


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one entry changed."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    entries[name] = change(entries[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return path


def test_bomb_that_lies_about_its_size(workbook: Workbook) -> None:
    path = rewritten(workbook([["代码"]]), "xl/worksheets/sheet1.xml", lambda content: b"0" * (100 << 20))
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 100 << 20), struct.pack("<I", 5000)))
    assert refused(path) == f"data.xlsx 压缩包里的内容比它声明的大，可能是恶意文件，没有打开。{ASK}"


def test_too_large_when_inflated(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"0" * 1000)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 1000), struct.pack("<I", 2 << 30)))
    assert refused(path) == f"a.xlsx 解压后有2,048 MiB，超过1,024 MiB，没有打开。{ASK}"


def test_encrypted_entry(workbook: Workbook) -> None:
    path = workbook([["代码"]])
    content = path.read_bytes()
    place = content.index(b"PK\x01\x02")
    path.write_bytes(content[: place + 8] + b"\x01" + content[place + 9 :])
    assert refused(path) == "data.xlsx 文件加了密码，读不了。请用 WPS 或 Excel 打开，取消打开密码后另存。"


@pytest.mark.parametrize("kept", [30, 1000, -1])
def test_cut_off_package(kept: int, workbook: Workbook) -> None:
    path = workbook([["代码"]])
    path.write_bytes(path.read_bytes()[:kept])
    assert refused(path) == f"data.xlsx {BROKEN}"


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refused(path) == f"a.xlsx {BROKEN}"


def test_same_entry_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("XL/workbook.xml", "y")
    message = "压缩包里有两个同名文件“XL/workbook.xml”，分不清以哪个为准，没有打开。"
    assert refused(path) == f"a.xlsx {message}{ASK}"


@pytest.mark.parametrize("entry", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_document_type_is_refused(entry: str, workbook: Workbook) -> None:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = rewritten(workbook([["代码"]]), entry, lambda content: content.replace(b"?>", b"?>" + doctype, 1))
    assert refused(path) == f"data.xlsx 工作簿里夹带了文档类型定义（DTD），可能是恶意文件，没有打开。{ASK}"


@pytest.mark.parametrize(
    "entry", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
@pytest.mark.parametrize("content", [b"", b"x", b"<worksheet", b"\xff\xfe\0"])
def test_broken_entry(entry: str, content: bytes, workbook: Workbook) -> None:
    assert refused(rewritten(workbook([["代码", "x"]]), entry, lambda _: content)) == f"data.xlsx {BROKEN}"
