"""XLS beside its XLSX twin: what LibreOffice makes of one workbook reads as the same cells."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from mujun.findings import CannotGoOn
from mujun.intake import open_cells, read_dataset
from mujun.intake.compound import open_compound
from mujun.intake.old_scan import OldWorkbook, read_globals, scan_old_sheet
from mujun.scheme import Scheme
from tests.intake.samples import ROWS, to_old, write_workbook

SAVE_ANEW = "请用 WPS 或 Excel 打开，另存为 .xlsx。只接受 .csv（UTF-8 或 GB18030）、.xlsx、.xls 和 .parquet。"
BROKEN = "工作簿不完整或已损坏。请重新下载，或用 WPS 或 Excel 打开后另存一份。"


def write_every_kind(path: Path) -> Path:
    """Dates, per cent, errors, formulas, merged cells, long numbers, a hidden sheet, more than one block of strings."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("代码表").hide()
        page = book.add_worksheet("填报")
        page.activate()
        percent, own = book.add_format({"num_format": 10}), book.add_format({"num_format": "0.0%;[Red]-0.0%"})
        quoted = book.add_format({"num_format": '0.0"%"'})
        page.merge_range("A1:D1", "示例数据")
        page.write_row(2, 1, ["001", 1234.5, 0.1 + 0.2, -7, 913301000000000000, "文字 ’½", "  前后空格 "])
        page.write_row(3, 1, [0.29, 0.5, 1], percent)
        page.write_row(4, 1, [0.29, -0.5], own)
        page.write_row(5, 1, [0.29, 0.5], quoted)
        page.write_row(6, 1, [datetime.date(2019, 4, 9), True, False])
        page.write_datetime(
            6, 4, datetime.datetime(2019, 4, 9, 12, 30), book.add_format({"num_format": "yyyy-m-d h:mm"})
        )
        page.write_formula(7, 1, "=1+1", None, 2)
        page.write_formula(7, 2, "=1/4", own, 0.25)
        page.write_formula(7, 3, "=1=1", None, True)
        for column, (formula, error) in enumerate(
            [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ('="a"+1', "#VALUE!"), ("=NOSUCH()", "#NAME?")], 4
        ):
            page.write_formula(7, column, formula, None, error)
        page.merge_range("B9:C10", 5)
        page.write_column(10, 2, [f"第{number}行的文字" for number in range(2_000)])
    return path


@pytest.fixture(scope="session")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Workbooks and what LibreOffice made of them, in one call."""
    folder = tmp_path_factory.mktemp("old")
    new = [write_every_kind(folder / "kinds.xlsx"), write_workbook(folder / "sample.xlsx")]
    return {path.stem: (path, old) for path, old in zip(new, to_old(new, folder), strict=True)}


@pytest.mark.parametrize("name", ["kinds", "sample"])
def test_old_workbook_has_the_cells_of_its_twin(name: str, twins: dict[str, tuple[Path, Path]]) -> None:
    new, old = map(open_cells, twins[name])
    assert [column.to_list() for column in old.columns] == [column.to_list() for column in new.columns]
    assert (old.sheet, old.other_sheets, old.merged) == (new.sheet, new.other_sheets, new.merged)


def test_kinds_of_cells_by_hand(twins: dict[str, tuple[Path, Path]]) -> None:
    rows = list(zip(*[column.head(9).to_list() for column in open_cells(twins["kinds"][1]).columns], strict=True))
    assert rows[2:] == [
        (None, "001", "1234.5", "0.3", "-7", "9.13301e+17", "文字 ’½", "  前后空格 "),
        (None, "29%", "50%", "100%", None, None, None, None),
        (None, "29%", "-50%", None, None, None, None, None),
        (None, "0.29", "0.5", None, None, None, None, None),
        (None, "2019-04-09", "TRUE", "FALSE", "2019-04-09 12:30:00", None, None, None),
        (None, "2", "25%", "TRUE", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"),
        (None, "5", None, None, None, None, None, None),
    ]


def test_old_workbook_is_read_into_the_dataset(twins: dict[str, tuple[Path, Path]], scheme: Scheme) -> None:
    new, old = (read_dataset(path, scheme) for path in twins["sample"])
    assert old.dataset.frame.equals(new.dataset.frame)
    assert [finding.cell for finding in old.findings] == [finding.cell for finding in new.findings]
    assert old.dataset.frame["unit:key"].to_list() == [ROWS[1][0], ROWS[2][0]]


def test_sheet_that_is_not_there(twins: dict[str, tuple[Path, Path]]) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(twins["sample"][1], "税务")
    assert str(stopped.value) == "sample.xls 没有叫“税务”的工作表。文件里有：填报、说明。"


def refused(path: Path, change: Callable[[bytearray], object]) -> list[tuple[str, str]]:
    content = bytearray(path.read_bytes())
    change(content)
    target = path.with_name("changed.xls")
    target.write_bytes(content)
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(target)
    return [(finding.code, finding.message) for finding in stopped.value.findings]


def renamed(old: str, new: str) -> Callable[[bytearray], None]:
    """One name in the container's directory becomes another."""

    def change(content: bytearray) -> None:
        name, other = (text.encode("utf-16-le") for text in (old, new))
        place = content.rindex(name + b"\0\0")
        content[place : place + 64] = other.ljust(64, b"\0")
        content[place + 64 : place + 66] = struct.pack("<H", len(other) + 2)

    return change


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("_VBA_PROJECT_CUR", "macro", "工作簿里有宏或控件（程序代码）：_VBA_PROJECT_CUR。没有打开。"),
        ("MBD0001A2B3", "embedded_object", "工作簿里嵌有别的文件：MBD0001A2B3。没有打开。"),
        ("EncryptedPackage", "encrypted", "文件加了密码，读不了。"),
    ],
)
def test_x09_old_workbook_with_forbidden_parts(
    name: str, code: str, message: str, twins: dict[str, tuple[Path, Path]]
) -> None:
    assert refused(twins["sample"][1], renamed("\5SummaryInformation", name)) == [(code, message)]


def test_x09_container_of_something_else(twins: dict[str, tuple[Path, Path]]) -> None:
    assert refused(twins["sample"][1], renamed("Workbook", "WordDocument")) == [
        ("wrong_format", "内容不是 Excel 97 以后的工作簿。")
    ]


def test_old_workbook_cut_off(twins: dict[str, tuple[Path, Path]]) -> None:
    def cut(content: bytearray) -> None:
        del content[2_000:]

    assert refused(twins["sample"][1], cut) == [("broken_file", "工作簿不完整或已损坏。")]


def test_loop_of_sectors_ends(twins: dict[str, tuple[Path, Path]]) -> None:
    def tie(content: bytearray) -> None:
        table = (struct.unpack_from("<I", content, 76)[0] + 1) * 512
        for place in range(0, 512, 4):
            content[table + place : table + place + 4] = struct.pack("<I", place // 4)

    assert refused(twins["sample"][1], tie) == [("broken_file", "工作簿不完整或已损坏。")]


def test_xlsx_under_the_old_name(workbook: Callable[..., Path]) -> None:
    path = workbook([["代码"]], name="a.xls")
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(path)
    assert str(stopped.value) == (
        "a.xls 扩展名是 .xls，内容却是.xlsx的格式。请把扩展名改成 .xlsx，或另存为 .xls 格式。"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<html><table>", "内容是网页（HTML），不是表格文件。" + SAVE_ANEW),
        (b"MIME-Version: 1.0\r\n\r\n<x>", "内容是网页（HTML），不是表格文件。" + SAVE_ANEW),
        (b'<?xml version="1.0"?><Workbook/>', "内容是 XML 文本，不是表格文件。" + SAVE_ANEW),
        (
            b"a,b\n",
            "不是 XLS 文件：开头不是老式 Excel 的标记。"
            "请用 WPS 或 Excel 打开，另存为 .xlsx；原来是文本的，请把扩展名改成 .csv。",
        ),
    ],
)
def test_old_name_on_other_content(content: bytes, text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(path)
    assert str(stopped.value) == f"a.xls {text}"


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


BEGIN, END = record(0x809, struct.pack("<HH", 0x0600, 5) + bytes(12)), record(0x0A, b"")


def test_what_the_records_before_the_sheets_say() -> None:
    stream = b"".join(
        [
            BEGIN,
            record(0x41E, struct.pack("<HHB", 170, 2, 0) + b"0%"),
            record(0xE0, struct.pack("<HH", 0, 0) + bytes(16)),
            record(0xE0, struct.pack("<HH", 0, 170) + bytes(16)),
            record(0x85, struct.pack("<IBBBB", 99, 0, 0, 2, 1) + "填报".encode("utf-16-le")),
            record(0x1AE, struct.pack("<HHB", 1, 5, 0) + b"a.xls"),
            record(0x1AE, struct.pack("<HH", 1, 0x0401)),
            END,
        ]
    )
    book = read_globals(Path("a.xls"), stream)
    assert (book.sheets, book.styles, book.percent_formats) == ({"填报": 99}, [0, 170], {9, 10, 170})
    assert (book.links, book.macros, book.encrypted) == (["a.xls"], False, False)


@pytest.mark.parametrize(
    ("kind", "content", "macros", "encrypted"),
    [
        (0x2F, b"\1\0", False, True),
        (0xD3, b"", True, False),
        (0x85, struct.pack("<IBBBB", 99, 0, 1, 1, 0) + b"m", True, False),
        (0x85, struct.pack("<IBBBB", 99, 0, 6, 1, 0) + b"m", True, False),
        (0x85, struct.pack("<IBBBB", 99, 0, 2, 1, 0) + b"c", False, False),
    ],
)
def test_x09_macros_and_encryption_in_the_records(kind: int, content: bytes, macros: bool, encrypted: bool) -> None:
    book = read_globals(Path("a.xls"), BEGIN + record(kind, content) + END)
    assert (book.macros, book.encrypted) == (macros, encrypted)


def test_formula_that_comes_to_a_text_is_that_text() -> None:
    cell = struct.pack("<3H", 4, 2, 0) + b"\0" * 6 + b"\xff\xff" + bytes(6)
    text = record(0x207, struct.pack("<HB", 2, 1) + "甲乙".encode("utf-16-le"))
    stream = BEGIN + record(0x06, cell) + text + END
    scan = scan_old_sheet(Path("a.xls"), stream, OldWorkbook(sheets={"填报": 0}), "填报")
    assert (scan.height, scan.width) == (5, 3)
    assert {column: (rows.tolist(), texts) for column, (rows, texts) in scan.special.items()} == {2: ([5], ["甲乙"])}


@pytest.mark.parametrize("stream", [b"", BEGIN, BEGIN[:-3], BEGIN + b"\3\2\xff\xff", record(0x809, bytes(4)) + END])
def test_broken_records_are_refused(stream: bytes) -> None:
    with pytest.raises(CannotGoOn) as stopped:
        read_globals(Path("a.xls"), stream)
    assert str(stopped.value) == f"a.xls {BROKEN}"


def test_names_in_the_container(twins: dict[str, tuple[Path, Path]]) -> None:
    compound = open_compound(twins["sample"][1], "Workbook")
    assert (compound.names[:2], list(compound.streams)) == (("Root Entry", "Workbook"), ["Workbook"])
    assert compound.streams["Workbook"][:4] == BEGIN[:4]
