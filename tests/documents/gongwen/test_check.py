"""P06: every document passes every measure, and a copy spoiled in one measure fails in that one."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from mujun.documents.gongwen.check import check_layout
from mujun.findings import CannotGoOn
from tests.documents.conftest import all_specimens, specimen_docx

ISSUED, DRAFT = "印发通知", "年度工作方案"
MAIN, STYLES, ODD, EVEN, SETTINGS = (
    "word/document.xml",
    "word/styles.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    "word/settings.xml",
)


def spoil(package: bytes, part: str, pattern: str, instead: str) -> bytes:
    """The package with one part changed; that the pattern was there is made sure of."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                text, times = re.subn(pattern, instead, content.decode(), flags=re.S)
                assert times, f"{pattern} not in {part}"
                content = text.encode()
            new.writestr(entry.filename, content)
    return made.getvalue()


def failed(package: bytes) -> list[str]:
    return [one.name for one in check_layout(package).measures if not one.passed]


def style(name: str) -> str:
    """Up to what follows in the definition of a named style."""
    return rf'(<w:name w:val="{name}"/>(?:(?!</w:style>).)*?)'


@pytest.mark.parametrize("file", list(all_specimens()))
def test_p06_every_document_passes(file: str) -> None:
    assert [str(one) for one in check_layout(specimen_docx(file)).findings] == []


def test_p06_measures_of_the_notice_of_2019() -> None:
    """Retyped from the standard by hand: what is measured does not follow from what was laid out."""
    measures = check_layout(specimen_docx("年度工作方案（2019年原文重排）")).measures
    assert [(one.name, one.found) for one in measures] == [
        ("纸张宽", "210.01毫米"),
        ("纸张高", "297.00毫米"),
        ("版心宽", "156.02毫米"),
        ("版心高", "225.00毫米"),
        ("天头", "37.01毫米"),
        ("订口", "27.99毫米"),
        ("每面行数", "22行"),
        ("每行字数", "28字"),
        ("页码单双页", "分开"),
        ("单页码一字线", "— 1 —"),
        ("单页码字体", "宋体 14磅"),
        ("单页码位置", "居右，空1字"),
        ("双页码一字线", "— 1 —"),
        ("双页码字体", "宋体 14磅"),
        ("双页码位置", "居左，空1字"),
        ("一字线距版心", "7.01毫米"),
        ("正文字体", "5处，都相符"),
        ("首行缩进", "19处，都相符"),
        ("一级标题", "4处，都相符"),
        ("二级标题", "11处，都相符"),
        ("三级标题", "没有这一项"),
        ("文号括号", "1处，都相符"),
        ("日期", "2处，都相符"),
        ("每页标记", "2处，都相符"),
        ("标题字体", "4处，都相符"),
        ("标题位置", "4处，都相符"),
        ("发文机关标志", "方正小标宋简体，红，居中"),
        ("标志距版心上边", "35.00毫米"),
        ("发文字号", "浙亩均办〔2019〕4号"),
        ("发文字号位置", "空2行，居中"),
        ("红色分隔线", "FF0000"),
        ("分隔线距文号", "3.88毫米"),
        ("主送机关", "1处，都相符"),
        ("代章", "(浙江省经济和信息化厅代章)"),
        ("成文日期", "2019年4月9日"),
        ("成文日期位置", "右空8.5字"),
        ("印章图样", "没有"),
        ("版记首条线", "0.35毫米"),
        ("版记末条线", "0.35毫米"),
        ("版记中间线", "0.26毫米"),
        ("版记中间线", "0.26毫米"),
        ("版记宽", "156.00毫米"),
        ("版记位置", "版心下边缘"),
        ("抄送", "仿宋_GB2312 14磅，左空1右空1字，抄送：省政府办公厅，各设区市人民政府…"),
        ("印发机关和日期", "仿宋_GB2312 14磅，左空1右空1字，浙江省经济和信息化厅办公室\t2019…"),
        ("印发机关不同于发文机关", "浙江省经济和信息化厅办公室"),
    ]


SPOILED = [
    ("纸张宽", MAIN, 'w:w="11906"', 'w:w="12240"', ["纸张宽", "版心宽", "每行字数"]),
    ("纸张高", MAIN, 'w:h="16838"', 'w:h="15840"', ["纸张高", "版心高", "每面行数"]),
    ("天头", MAIN, r'(<w:pgMar[^>]*)w:top="\d+"', r'\1w:top="1440"', ["版心高", "天头", "每面行数"]),
    ("订口", MAIN, r'(<w:pgMar[^>]*)w:left="\d+"', r'\1w:left="1440"', ["版心宽", "订口"]),
    ("行网格", MAIN, 'w:linePitch="579"', 'w:linePitch="640"', ["每面行数"]),
    ("没有网格", MAIN, r'(<w:docGrid[^>]*)w:type="lines"', r"\1", ["每面行数"]),
    ("行距", STYLES, style("公文正文") + 'w:line="579"', r'\1w:line="540"', ["每面行数"]),
    ("字距", STYLES, style("公文正文") + r'<w:spacing w:val="-5"/>', r"\1", ["每行字数"]),
    ("单双页不分", SETTINGS, "<w:evenAndOddHeaders/>", "", ["页码单双页"]),
    ("页码用减号", ODD, "—", "-", ["单页码一字线"]),
    ("页码字号", STYLES, style("公文页码") + 'w:sz w:val="28"', r'\1w:sz w:val="24"', ["单页码字体", "双页码字体"]),
    ("双页码居中", EVEN, 'w:jc w:val="left"', 'w:jc w:val="center"', ["双页码位置"]),
    ("页码高低", MAIN, r'w:footer="\d+"', 'w:footer="720"', ["一字线距版心"]),
    ("正文字体", STYLES, style("公文正文") + 'w:eastAsia="仿宋_GB2312"', r'\1w:eastAsia="宋体"', ["正文字体"]),
    ("只有厘米缩进", STYLES, style("公文正文") + ' w:firstLineChars="200"', r"\1", ["首行缩进"]),
    ("只有字符缩进", STYLES, style("公文正文") + ' w:firstLine="[0-9]+"', r"\1", ["首行缩进"]),
    ("一级标题", STYLES, style("公文一级标题") + 'w:eastAsia="黑体"', r'\1w:eastAsia="宋体"', ["一级标题"]),
    ("二级标题", STYLES, style("公文二级标题") + 'w:eastAsia="楷体_GB2312"', r'\1w:eastAsia="黑体"', ["二级标题"]),
    ("方括号", MAIN, "浙亩均办〔2019〕99号", "浙亩均办[2019]99号", ["文号括号", "发文字号"]),
    ("第几号", MAIN, "浙亩均办〔2019〕99号", "浙亩均办〔2019〕第99号", ["文号括号", "发文字号"]),
    ("虚位的日", MAIN, "2019年12月16日", "2019年12月06日", ["日期"]),
    ("标记", MAIN, r'<w:headerReference [^>]*w:type="even"[^>]*/>', "", ["每页标记"]),
    ("标题字号", STYLES, style("公文标题") + 'w:sz w:val="44"', r'\1w:sz w:val="36"', ["标题字体"]),
    ("标题居左", STYLES, style("公文标题") + 'w:jc w:val="center"', r'\1w:jc w:val="left"', ["标题位置"]),
    ("标志不红", STYLES, style("发文机关标志") + 'w:val="FF0000"', r'\1w:val="000000"', ["发文机关标志"]),
    ("标志太低", MAIN, 'w:before="1984"', 'w:before="2984"', ["标志距版心上边"]),
    ("文号太近", STYLES, style("发文字号") + 'w:before="1158"', r'\1w:before="579"', ["发文字号位置"]),
    ("没有红线", MAIN, r"<w:pBdr>.*?</w:pBdr>", "", ["红色分隔线", "分隔线距文号"]),
    ("红线远", MAIN, r'(<w:bottom w:val="single" w:sz="\d+" w:space=)"11"', r'\1"31"', ["分隔线距文号"]),
    ("主送用半角冒号", MAIN, "省商务厅：", "省商务厅:", ["主送机关"]),
    ("没有代章", MAIN, r'<w:p><w:pPr><w:pStyle w:val="代章"/>.*?</w:p>', "", ["代章"]),
    ("日期太右", MAIN, r'(<w:pStyle w:val="成文日期"/><w:ind w:rightChars=)"\d+"', r'\1"200"', ["成文日期位置"]),
    ("汉字日期", MAIN, "2019年12月16日", "二〇一九年十二月十六日", ["成文日期"]),
    ("版记线细", MAIN, '<w:top w:val="single" w:sz="8"', '<w:top w:val="single" w:sz="4"', ["版记首条线"]),
    ("版记线粗", MAIN, '<w:bottom w:val="single" w:sz="8"', '<w:bottom w:val="single" w:sz="18"', ["版记末条线"]),
    ("版记中线", MAIN, '<w:top w:val="single" w:sz="6"', '<w:top w:val="single" w:sz="12"', ["版记中间线"]),
    ("版记窄", MAIN, r'<w:tblW w:w="8844"', '<w:tblW w:w="8000"', ["版记宽"]),
    ("版记不在底", MAIN, r"(<wp:positionV [^>]*><wp:align>)bottom", r"\1top", ["版记位置"]),
    ("抄送没有句号", MAIN, "各设区市亩均办。", "各设区市亩均办", ["抄送"]),
    ("抄送字号", STYLES, style("抄送机关") + 'w:sz w:val="28"', r'\1w:sz w:val="32"', ["抄送"]),
    ("没有印发二字", MAIN, "2019年12月18日印发", "2019年12月18日", ["印发机关和日期"]),
    ("印发机关即发文机关", MAIN, "<w:t>浙江省经济和信息化厅办公室</w:t>",
     "<w:t>浙江省深化“亩均论英雄”改革工作领导小组办公室</w:t>", ["印发机关不同于发文机关"]),
    ("没有版记", MAIN, r"<mc:AlternateContent.*?</mc:AlternateContent>", "", ["版记"]),
    ("没有版头", MAIN, r'<w:pStyle w:val="发文机关标志"/>', "", ["版头"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "pattern", "instead", "expected"), [one[1:] for one in SPOILED], ids=[one[0] for one in SPOILED]
)
def test_p06_spoiled_copy_fails_in_what_was_spoiled(part: str, pattern: str, instead: str, expected: list[str]) -> None:
    assert failed(spoil(specimen_docx(ISSUED), part, pattern, instead)) == expected


def test_p06_draft_without_a_mark_fails() -> None:
    package = specimen_docx(DRAFT)
    for part in ("word/header1.xml", "word/header2.xml", "docProps/core.xml"):
        package = spoil(package, part, "示例数据　试算　拟稿　版式样本，内容虚构", "示例数据")
    assert failed(package) == ["未编文号须标拟稿"]


def test_p06_seal_that_is_drawn_fails() -> None:
    picture = '<w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:blip/></w:drawing>'
    package = spoil(specimen_docx(ISSUED), MAIN, r"(<w:t>〔样章)", rf"{picture}\1")
    assert failed(package) == ["印章图样"]


def test_certificate_without_its_code_fails() -> None:
    package = spoil(specimen_docx("领跑者证书"), MAIN, r"<w:drawing>.*?</w:drawing>", "")
    assert failed(package) == ["核验码"]


def test_certificate_on_other_paper_fails() -> None:
    assert failed(spoil(specimen_docx("领跑者证书"), MAIN, 'w:w="16838"', 'w:w="15840"')) == ["纸张宽"]


def test_what_is_no_docx_is_told() -> None:
    with pytest.raises(CannotGoOn, match="不是DOCX文件"):
        check_layout(b"PK no")
