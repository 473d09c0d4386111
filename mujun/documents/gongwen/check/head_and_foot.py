"""版头, 主送, signature with 代章 and day, 版记, and that no seal is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from mujun.documents.gongwen.check.measure import Measure, every, near
from mujun.documents.gongwen.check.read import Line, Sheet, millimetres
from mujun.documents.gongwen.norm import (
    FANG,
    INNER_LINE,
    LINE_TWIPS,
    MARK_BELOW_TOP,
    OUTER_LINE,
    RED,
    RED_LINE_BELOW_NUMBER,
    SIZE_4,
    SONG_TITLE,
    STYLES,
    TYPE_AREA,
)

_NUMBER = re.compile(r"[一-鿿]*〔[1-9]\d{3}〕[1-9]\d*号|（发文字号待编）")
_SEALED = re.compile(r"[（(].+代章[）)]")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|　　年　月　日")
_EMU_PER_MM = 36000
_EIGHTHS_PER_MM = 8 * 72 / 25.4


def measure_letterhead(sheet: Sheet) -> Iterator[Measure]:
    mark = next(iter(sheet.styled(STYLES["mark"])), None)
    number = next(iter(sheet.styled(STYLES["number"])), None)
    if mark is None or number is None:
        yield Measure("版头", "发文机关标志、发文字号", "没有", False)
        return
    run = mark.runs[0]
    said = f"{run.face}，{'红' if run.colour == RED else '不是红色'}，{_ALIGN.get(mark.align, mark.align)}"
    wanted = f"{SONG_TITLE}，红，居中"
    yield Measure("发文机关标志", wanted, said, said == wanted)
    first = sheet.body[0] is mark
    yield near("标志距版心上边", MARK_BELOW_TOP, millimetres(mark.before) if first else None, 1)
    yield Measure("发文字号", "机关代字〔年份〕序号号", number.text, bool(_NUMBER.fullmatch(number.text)))
    gap = number.before / LINE_TWIPS
    yield Measure("发文字号位置", "标志下空二行，居中", f"空{gap:g}行，{_ALIGN.get(number.align, number.align)}",
                  gap == 2 and number.align == "center")  # fmt: skip
    line = number.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}")
    colour = "没有" if line is None else (line.get(qn("w:color")) or "").upper()
    yield Measure("红色分隔线", RED, colour, colour == RED)
    space = None if line is None else int(line.get(qn("w:space")) or 0) / 72 * 25.4
    yield near("分隔线距文号", RED_LINE_BELOW_NUMBER, space, 0.5)


def measure_recipients(sheet: Sheet) -> Iterator[Measure]:
    lines = sheet.styled(STYLES["to"])
    wrong = [line.shown for line in lines if line.indents["firstLine"] or line.indents["left"] or line.text[-1] != "："]
    yield every("主送机关", "顶格，末尾为全角冒号", wrong, len(lines))


def measure_signature(sheet: Sheet) -> Iterator[Measure]:
    """Whose name ends in 领导小组办公室 has no seal of its own: the next line says who seals."""
    lines = list(sheet.body)
    for place, line in enumerate(lines):
        if line.style != STYLES["issuer"]:
            continue
        following = [one for one in lines[place + 1 : place + 3] if one.runs]
        sealed = next((one for one in following if one.style == STYLES["sealed"]), None)
        if line.text.endswith("领导小组办公室"):
            found = sealed.text if sealed else "没有"
            yield Measure("代章", "署名下写明（××代章）", found, bool(sealed and _SEALED.fullmatch(sealed.text)))
        dated = next((one for one in following if one.style == STYLES["dated"]), None)
        yield Measure("成文日期", "署名之下，阿拉伯数字", dated.text if dated else "没有",
                      bool(dated and _DAY.fullmatch(dated.text)))  # fmt: skip
        right = dated.indents["rightChars"] / 100 if dated else 0
        yield Measure("成文日期位置", "右空四字以上", f"右空{right:g}字", right >= 4)
    pictures = len(list(sheet.document.element.body.iter(qn("a:blip"))))
    yield Measure("印章图样", "没有", f"{pictures}个图" if pictures else "没有", pictures == 0)


def measure_imprint(sheet: Sheet) -> Iterator[Measure]:
    printed = next(iter(sheet.styled(STYLES["printed"])), None)
    if printed is None:
        yield Measure("版记", "有", "没有", False)
        return
    table = next(one for one in printed.element.iterancestors(qn("w:tbl")))
    edges = [
        (border.tag, int(border.get(qn("w:sz"))) / _EIGHTHS_PER_MM)
        for cell in table.iter(qn("w:tc"))
        for border in cell.iter(qn("w:top"), qn("w:bottom"))
        if border.getparent().tag == qn("w:tcBorders")
    ]
    yield near("版记首条线", OUTER_LINE, edges[0][1], 0.02)
    yield near("版记末条线", OUTER_LINE, edges[-1][1], 0.02)
    for _, weight in edges[1:-1]:
        yield near("版记中间线", INNER_LINE, weight, 0.02)
    width = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    yield near("版记宽", TYPE_AREA[0], millimetres(int(width.get(qn("w:w")))), 0.5)
    yield from _place(printed)
    yield from _copies(sheet)
    yield _line(
        "印发机关和日期", printed, r"\S+\t(\d{4}年\d{1,2}月\d{1,2}日|　　年　月　日)印发", "左空一字，机关、日期“印发”"
    )
    issuers = {line.text for line in sheet.styled(STYLES["issuer"])}
    printer = printed.text.partition("\t")[0]
    yield Measure("印发机关不同于发文机关", "不同", printer, printer not in issuers)


def _place(printed: Line) -> Iterator[Measure]:
    anchor = next(printed.element.iterancestors(qn("wp:anchor")), None)
    align = ""
    if anchor is not None:
        vertical = anchor.find(qn("wp:positionV"))
        align = f"{vertical.get('relativeFrom')} {''.join(vertical.itertext()).strip()}"
    yield Measure("版记位置", "版心下边缘", "版心下边缘" if align == "margin bottom" else align or "正文之中",
                  align == "margin bottom")  # fmt: skip


def _copies(sheet: Sheet) -> Iterator[Measure]:
    for line in sheet.styled(STYLES["copies"]):
        yield _line("抄送", line, r"抄送：.+。", "四号仿宋，左右各空一字，全角冒号，末尾句号")


def _line(name: str, line: Line, pattern: str, wanted: str) -> Measure:
    """四号仿宋, one character in on both sides: of a hanging line the first one counts."""
    left = (line.indents["leftChars"] - line.indents["hangingChars"]) / 100
    right = line.indents["rightChars"] / 100
    faces = {(run.face, run.size) for run in line.runs}
    said = "、".join(f"{face} {size:g}磅" for face, size in sorted(faces))
    fine = bool(re.fullmatch(pattern, line.text)) and (left, right) == (1, 1) and faces == {(FANG, SIZE_4)}
    return Measure(name, wanted, f"{said}，左空{left:g}右空{right:g}字，{line.shown}", fine)


def measure_code(sheet: Sheet) -> Iterator[Measure]:
    """Of a certificate: one picture, and it says where it leads."""
    says = [one.get("descr") or "" for one in sheet.document.element.body.iter(qn("wp:docPr"))]
    found = "、".join(says) or "没有"
    yield Measure("核验码", "一个，附网址文字", found, len(says) == 1 and "://" in says[0])


_ALIGN = {"center": "居中", "left": "居左", "right": "居右", "both": "两端"}
