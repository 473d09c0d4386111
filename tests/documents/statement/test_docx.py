"""The statement as a document: every value with its source, a box for each, a place to sign."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest
from attrs import evolve
from docx import Document
from docx.shared import Mm

from mujun.documents.statement import Statement, write_statement_docx


@pytest.fixture
def path(statement: Statement, tmp_path: Path) -> Path:
    write_statement_docx(tmp_path / "s.docx", statement)
    return tmp_path / "s.docx"


def rows(path: Path, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[number].rows]


def test_each_value_stands_with_its_source_corrections_and_boxes(path: Path) -> None:
    boxes = "□属实\n□有异议"
    assert rows(path, 0) == [
        ["序号", "数据项", "数值", "来源", "核对", "应为、证据"],
        ["税务提供（1项）"] * 6,
        [
            "1",
            "税收实际贡献",
            "1,204.85\n万元",
            "税务《税务数据.xlsx，填报!C17》，2019-05-20收到。\n"
            "原报，已更正：1,402.85，税务《税务数据.xlsx，填报!C17》，2019-05-10收到。\n"
            "比上年增长五成，缓缴税款入库（示例科长核准）。",
            boxes,
            "",
        ],
        ["自然资源提供（1项）"] * 6,
        [
            "2",
            "实际用地面积",
            "40.5\n亩",
            "由明细“宗地”算出：登记用地＋承租－出租（假设：示例），共2条，见附表1。",
            boxes,
            "",
        ],
        ["统计提供（2项）"] * 6,
        ["3", "行业代码", "0394", "统计《统计数据.csv，C17》，2019-05-21收到。", boxes, ""],
        ["4", "年平均职工人数", "（没有数据）", "没有部门报过这个数，按评价方案的缺失规则处理。", boxes, ""],
    ]


def test_records_behind_a_derived_value_are_annexed(path: Path) -> None:
    source = "自然资源《宗地明细.xlsx，填报!E8》，2019-05-22收到"
    assert rows(path, 1) == [
        ["记录", "数量", "乘以", "计入", "来源"],
        ["浙（2016）示例不动产权第0001号", "30.5", "登记", "30.5", source],
        ["租0007", "10", "承租", "10", source],
    ]


def test_it_says_whom_by_when_and_where_to_sign(path: Path) -> None:
    lines = [paragraph.text for paragraph in Document(str(path)).paragraphs if paragraph.text]
    assert lines[:7] == [
        "2019年浙江省“亩均效益”领跑者行动",
        "数据确认单（一企一单）",
        "企业名称：示例甲机械有限公司",
        "统一社会信用代码：91330100MAEX000011",
        "核对截止：2019年6月14日",
        "联系人：示例县亩均办 王某某，0571-00000000",
        "下面是制造业“亩均效益”领跑者评价中用到的你单位全部4项数据及其来源。请于2019年6月14日前逐项核对："
        "对的勾“属实”；不对的勾“有异议”，写明应为多少，并附证据。签字盖章后交回示例县亩均办。逾期不交回的，视为无异议。",
    ]
    assert "法定代表人（负责人）签字：                    （单位公章）" in lines
    assert "2019年6月3日生成，数据集 0123456789abcdef。" in lines


def test_what_is_not_known_is_left_out(statement: Statement, tmp_path: Path) -> None:
    bare = evolve(statement, deadline=None, contact="", return_to="", silence="", mark="", dataset="")
    write_statement_docx(tmp_path / "s.docx", bare)
    document = Document(str(tmp_path / "s.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert [word for word in ("核对截止", "联系人", "视为", "数据集", "None") if word in text] == []
    assert document.sections[0].header.paragraphs[0].text == ""


def test_page_is_a4_with_office_margins_faces_and_page_numbers(path: Path) -> None:
    section = Document(str(path)).sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin)
    assert [round(measure / Mm(1)) for measure in measures if measure] == [210, 297, 37, 28, 26]
    assert section.header.paragraphs[0].text == "示例数据　试算"
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    with zipfile.ZipFile(path) as package:
        fonts, styles = package.read("word/fontTable.xml").decode(), package.read("word/styles.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in fonts
    assert 'w:eastAsia="仿宋_GB2312"' in styles


def test_same_statement_same_bytes(path: Path, statement: Statement, tmp_path: Path) -> None:
    write_statement_docx(tmp_path / "again.docx", statement)
    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_program_prints_it(path: Path, tmp_path: Path) -> None:
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    printed = ["pdftotext", "-layout", str(tmp_path / "s.pdf"), "-"]
    text = subprocess.run(printed, check=True, capture_output=True, timeout=60).stdout.decode().replace(" ", "")
    assert [word for word in ("1,204.85", "0394", "□属实", "（单位公章）", "附表1", "—1—") if word not in text] == []
