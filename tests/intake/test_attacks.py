"""The attacks X07 to X11 of the acceptance checks, as far as reading goes: refused with their reason, or harmless."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from mujun.findings import CannotGoOn
from mujun.intake import open_cells, read_dataset
from mujun.intake.file_name import LONGEST, content_disposition, display_name, download_name
from mujun.intake.open_here import open_here
from mujun.scheme import Scheme

Workbook = Callable[..., Path]
TextFile = Callable[..., Path]
ASK = "请向报送人核实文件来源，用 WPS 或 Excel 重新另存一份。"
MARKUP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(path: Path) -> list[tuple[str, str]]:
    """Code and text of each reason."""
    with pytest.raises(CannotGoOn) as stopped:
        open_cells(path)
    return [(finding.code, str(finding)) for finding in stopped.value.findings]


def with_parts(path: Path, parts: Mapping[str, bytes], name: str | None = None) -> Path:
    """The workbook with more parts, or others."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()} | dict(parts)
    target = path if name is None else path.with_name(name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return target


def relation(kind: str, target: str, mode: str = "") -> bytes:
    mode = f' TargetMode="{mode}"' if mode else ""
    one = f'<Relationship Id="rId9" Type="{MARKUP}/{kind}" Target="{target}"{mode}/>'
    head = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f"{head}{one}</Relationships>".encode()


def test_x07_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<c r='A1'>" + bytes(range(64)) * 7_000 + b"0" * (183 << 20))
    ratio = zipfile.ZipFile(path).infolist()[0]
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(CannotGoOn) as stopped:
        open_here(path)
    taken, memory = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (taken < 0.05, memory < 10 << 20) == (True, True)
    assert str(stopped.value) == (
        f"a.xlsx 压缩比是{ratio.file_size // ratio.compress_size:,}倍，超过200倍，可能是恶意文件，没有打开。{ASK}"
    )


def test_x07_entries_over_one_another_are_refused(workbook: Workbook) -> None:
    path = workbook([["代码"]])
    content = bytearray(path.read_bytes())
    places = [place for place in range(len(content)) if content[place : place + 4] == b"PK\x01\x02"]
    first = content[places[1] + 42 : places[1] + 46]
    content[places[2] + 42 : places[2] + 46] = first
    path.write_bytes(content)
    message = "data.xlsx 压缩包里的文件互相重叠，可能是恶意文件，没有打开。"
    assert refused(path) == [("zip_bomb", message + ASK)]


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    "entry",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/theme/theme1.xml",
        "docProps/core.xml",
        "docProps/app.xml",
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "customXml/item1.xml",
        "xl/media/image1.png",
    ],
)
def test_x08_document_type_is_refused_in_every_part(entry: str, workbook: Workbook) -> None:
    path = workbook([["代码", "x"]], more=["说明"])
    with zipfile.ZipFile(path) as archive:
        old = archive.read(entry) if entry in archive.namelist() else b"<?xml version='1.0'?>\n<a/>"
    assert old.count(b"?>") == 1
    message = "data.xlsx 工作簿里夹带了文档类型定义（DTD），可能是恶意文件，没有打开。"
    with_parts(path, {entry: old.replace(b"?>", b"?>" + DOCTYPE.encode(), 1)})
    assert refused(path) == [("doctype", message + ASK)]
    with_parts(path, {entry: old})
    assert open_cells(path).top == (("代码", "x"),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("before", ["", " \n<!-- " + "x" * 200_000 + " -->"])
def test_x08_document_type_in_other_encodings_and_far_behind(encoding: str, before: str, workbook: Workbook) -> None:
    declared = "utf-16" if encoding == "utf-16" else "utf-8"
    text = f'<?xml version="1.0" encoding="{declared}"?>{before}{DOCTYPE}<a/>'
    path = with_parts(workbook([["代码"]]), {"docProps/core.xml": text.encode(encoding)})
    assert [code for code, _ in refused(path)] == ["doctype"]


def test_x08_encoding_that_readers_disagree_on_is_refused(workbook: Workbook) -> None:
    text = '<?xml version="1.0" encoding="utf-7"?><a/>'
    assert [code for code, _ in refused(with_parts(workbook([[1]]), {"docProps/core.xml": text.encode()}))] == [
        "broken_file"
    ]


MACRO = "data.xlsx 工作簿里有宏或控件（程序代码）：{}。没有打开。请用 WPS 或 Excel 打开，另存为不带宏的 .xlsx，再报。"
LINK = (
    "data.xlsx 工作簿链接着别的文件或数据库：{}。数会跟着别处变，没有打开。"
    "请用 WPS 或 Excel 打开，在“数据”里断开链接、删去数据连接（或粘贴为数值），保存后再报。"
)
OBJECT = "data.xlsx 工作簿里嵌有别的文件：{}。没有打开。请删去嵌入的对象；要一起报的材料请单独作附件。"


@pytest.mark.parametrize(
    ("entry", "content", "code", "text"),
    [
        ("xl/vbaProject.bin", b"x", "macro", MACRO.format("xl/vbaproject.bin")),
        ("xl/macrosheets/sheet1.xml", b"<a/>", "macro", MACRO.format("xl/macrosheets/sheet1.xml")),
        ("xl/activeX/activeX1.bin", b"x", "macro", MACRO.format("xl/activex/activex1.bin")),
        ("xl/a.rels", relation("vbaProject", "x.bin"), "macro", MACRO.format("x.bin")),
        ("xl/externalLinks/link1.xml", b"<a/>", "external_link", LINK.format("xl/externallinks/link1.xml")),
        ("xl/connections.xml", b"<a/>", "external_link", LINK.format("xl/connections.xml")),
        ("xl/a.rels", relation("image", "file:///a.png", "External"), "external_link", LINK.format("file:///a.png")),
        ("xl/a.rels", relation("externalLinkPath", "a.xlsx"), "external_link", LINK.format("a.xlsx")),
        ("xl/embeddings/oleObject1.bin", b"x", "embedded_object", OBJECT.format("xl/embeddings/oleobject1.bin")),
        ("xl/a.rels", relation("oleObject", "o.bin"), "embedded_object", OBJECT.format("o.bin")),
    ],
)  # fmt: skip
def test_x09_programs_links_and_objects_are_refused(
    entry: str, content: bytes, code: str, text: str, workbook: Workbook
) -> None:
    assert refused(with_parts(workbook([["代码"]]), {entry: content})) == [(code, text)]


def test_x09_every_reason_is_told_at_once(workbook: Workbook) -> None:
    parts = {"xl/vbaProject.bin": b"x", "xl/embeddings/o.bin": b"x", "xl/connections.xml": b"<a/>"}
    codes = [code for code, _ in refused(with_parts(workbook([["代码"]]), parts))]
    assert codes == ["macro", "embedded_object", "external_link"]


def test_x09_workbook_with_macros_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    project = tmp_path / "vbaProject.bin"
    project.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    with xlsxwriter.Workbook(tmp_path / "data.xlsm") as book:
        book.add_worksheet("填报").write(0, 0, "代码")
        book.add_vba_project(str(project))
    (tmp_path / "data.xlsm").rename(path)
    assert refused(path) == [("macro", MACRO.format("xl/vbaproject.bin"))]
    content = zipfile.ZipFile(path).read("[Content_Types].xml")
    only_type = workbook_without(path, "xl/vbaProject.bin", {"[Content_Types].xml": content})
    assert [code for code, _ in refused(only_type)] == ["macro"]


def workbook_without(path: Path, gone: str, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist() if entry != gone} | dict(parts)
    entries["xl/_rels/workbook.xml.rels"] = entries["xl/_rels/workbook.xml.rels"].replace(b"vbaProject", b"other")
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return path


def test_x09_name_of_a_workbook_with_macros(tmp_path: Path) -> None:
    (tmp_path / "a.xlsm").write_bytes(b"PK\x03\x04")
    assert refused(tmp_path / "a.xlsm") == [
        (
            "wrong_format",
            "a.xlsm 不能读 .xlsm 文件：这种格式可以带宏（程序代码）。请用 WPS 或 Excel 打开，另存为 .xlsx。"
            "只接受 .csv（UTF-8 或 GB18030）、.xlsx、.xls 和 .parquet。",
        )
    ]


def test_x09_a_link_to_click_is_no_external_link(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("填报")
        page.write(0, 0, "代码")
        page.write_url(1, 0, "mailto:a@example.com", string="A")
    assert open_cells(path).top == (("代码",), ("A",))


@pytest.mark.parametrize(
    "name", ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:/a.xml", "..\\evil.xml", "a\x01b"]
)
def test_x09_name_that_leads_out_of_the_package(name: str, workbook: Workbook) -> None:
    ((code, text),) = refused(with_parts(workbook([["代码"]]), {name: b"x"}))
    shown = name.replace("\x01", "")
    message = f"data.xlsx 压缩包里有指向别处的文件名“{shown}”，可能是恶意文件，没有打开。{ASK}"
    assert (code, text) == ("unsafe_name", message)


def test_x09_name_of_its_own_in_front_of_an_entry(workbook: Workbook) -> None:
    path = workbook([["代码"]])
    content = path.read_bytes()
    place = content.index(b"xl/workbook.xml")
    path.write_bytes(content[:place] + b"xl/workbooks.xm" + content[place + 15 :])
    assert [code for code, _ in refused(path)] == ["broken_file"]


@pytest.mark.parametrize(("before", "behind"), [(b"x", b""), (b"", b"x"), (b"MZ" + b"\0" * 100, b"")])
def test_x09_package_inside_another_file(before: bytes, behind: bytes, workbook: Workbook) -> None:
    path = workbook([["代码"]])
    path.write_bytes(b"PK\x03\x04"[: 4 if before else 0] + before + path.read_bytes() + behind)
    assert [code for code, _ in refused(path)] == ["broken_file"]


def test_x09_more_than_a_thousand_entries(tmp_path: Path) -> None:
    for number, code in ((1_000, "broken_file"), (1_001, "zip_bomb")):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for place in range(number):
                archive.writestr(str(place), b"")
        assert [found for found, _ in refused(path)] == [code]


def test_x09_number_of_entries_that_lies(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for place in range(1_001):
            archive.writestr(str(place), b"")
    content = bytearray(path.read_bytes())
    content[-14:-10] = struct.pack("<HH", 5, 5)
    path.write_bytes(content)
    assert [code for code, _ in refused(path)] == ["zip_bomb"]


DANGEROUS = [
    '=HYPERLINK("http://example.com","x")',
    "+1+cmd|'/c calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "'=1",
]


def test_x10_text_that_begins_like_a_formula_is_text(workbook: Workbook, scheme: Scheme, tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("填报")
        page.write_row(0, 0, ["代码", "名称", "税收", "行业代码"])
        for row, text in enumerate(DANGEROUS, 1):
            page.write_string(row, 0, f"K{row}")
            page.write_string(row, 1, text)
            page.write(row, 2, 1)
            page.write_string(row, 3, text)
    frame = read_dataset(path, scheme).dataset.frame
    shown = [text.strip() for text in DANGEROUS]
    assert (frame["unit:name"].to_list(), frame["gb_code"].to_list()) == (shown, shown)


def test_x10_text_in_a_csv_file_is_text_and_negative_numbers_are_numbers(text_file: TextFile, scheme: Scheme) -> None:
    rows = [f'K{row},"{text.replace(chr(34), 2 * chr(34))}",-{row}.5' for row, text in enumerate(DANGEROUS, 1)]
    frame = read_dataset(text_file("代码,名称,税收", *rows), scheme).dataset.frame
    assert frame["unit:name"].to_list() == [text.strip() for text in DANGEROUS]
    assert frame["tax"].to_list() == [-1.5, -2.5, -3.5, -4.5, -5.5, -6.5, -7.5]


def test_x10_formula_where_a_number_belongs_is_an_error(text_file: TextFile, scheme: Scheme) -> None:
    findings = read_dataset(text_file("代码,名称,税收", "A,甲,=1+1", "B,乙,+5", "C,丙,-5"), scheme)
    assert [(finding.code, finding.cell) for finding in findings.findings] == [("not_a_number", "C2")]
    assert findings.dataset.frame["tax"].to_list() == [None, 5.0, -5.0]


@pytest.mark.parametrize(
    ("name", "shown", "offered"),
    [
        ("税务.xlsx", "税务.xlsx", "attachment; filename=\"__.xlsx\"; filename*=UTF-8''%E7%A8%8E%E5%8A%A1.xlsx"),
        ("a b.xlsx", "a b.xlsx", 'attachment; filename="a b.xlsx"'),
        ("../../x.xlsx", "x.xlsx", 'attachment; filename="x.xlsx"'),
        ("..\\..\\x.xlsx", "x.xlsx", 'attachment; filename="x.xlsx"'),
        ("C:\\报表\\x.xlsx", "x.xlsx", 'attachment; filename="x.xlsx"'),
        ("甲\u202excod.csv", "甲xcod.csv", "attachment; filename=\"_xcod.csv\"; filename*=UTF-8''%E7%94%B2xcod.csv"),
        ('a"\r\nSet-Cookie: x.xlsx', 'a"Set-Cookie: x.xlsx', 'attachment; filename="a_Set-Cookie_ x.xlsx"'),
        ("a%41.xlsx", "a%41.xlsx", 'attachment; filename="a_41.xlsx"'),
        ("CON.xlsx", "CON.xlsx", 'attachment; filename="_CON.xlsx"'),
        ("", "未命名", "attachment; filename=\"___\"; filename*=UTF-8''%E6%9C%AA%E5%91%BD%E5%90%8D"),
        ("..", "未命名", "attachment; filename=\"___\"; filename*=UTF-8''%E6%9C%AA%E5%91%BD%E5%90%8D"),
        ("\u202e\u200b\0", "未命名", "attachment; filename=\"___\"; filename*=UTF-8''%E6%9C%AA%E5%91%BD%E5%90%8D"),
    ],
)  # fmt: skip
def test_x11_name_is_shown_and_offered_without_tricks(name: str, shown: str, offered: str) -> None:
    assert (display_name(name), content_disposition(name)) == (shown, offered)


def test_x11_long_name_keeps_its_extension() -> None:
    name = display_name("表" * 300 + ".xlsx")
    assert (len(name), name[:3], name[-6:]) == (LONGEST, "表表表", "….xlsx")
    assert len(download_name("x" * 300)) == LONGEST
    assert content_disposition("表" * 300 + ".xlsx").isascii()
