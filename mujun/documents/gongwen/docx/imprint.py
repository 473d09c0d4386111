"""版记 (copies, printer, day of printing) at the foot of the last page. Knows nothing of what stands above.

It stands in a text box that is tied to the lower edge of the type area: a table placed there is put back into the text
by some office programs, since it is as wide as the text, and a frame of paragraphs lets its lines go in with the text.
"""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mujun.documents.content.wording import chinese_day
from mujun.documents.gongwen.docx.elements import element, insert_after, set_indent, twips
from mujun.documents.gongwen.docx.text import add_text
from mujun.documents.gongwen.measure import copies_lines
from mujun.documents.gongwen.norm import INNER_LINE, OUTER_LINE, SIZE_4, STYLES, TYPE_AREA
from mujun.documents.gongwen.parts import Imprint

_EIGHTHS_PER_MM = 8 * 72 / 25.4
_LINE, _AIR = 24, 4
"""Points: a line of text, and the air of a row. Heights are fixed, so that the box is as high as what stands in it."""

_BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="9001" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""


def add_imprint(document: Any, part: Imprint) -> None:
    heights = [*([_LINE * copies_lines(part.copies) + _AIR] if part.copies else []), _LINE + _AIR]
    table = document.add_table(len(heights), 1)
    _measure(table)
    for row, height in zip(table.rows, heights, strict=True):
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, Pt(height)
        row.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if part.copies:
        line = table.cell(0, 0).paragraphs[0]
        line.style = document.styles[STYLES["copies"]]
        add_text(line, f"抄送：{part.copies}")
        set_indent(line._p.get_or_add_pPr(), SIZE_4, left=4, right=1, hanging=3)
    line = table.cell(len(heights) - 1, 0).paragraphs[0]
    line.style = document.styles[STYLES["printed"]]
    line.paragraph_format.tab_stops.add_tab_stop(Mm(TYPE_AREA[0]) - Pt(SIZE_4), WD_TAB_ALIGNMENT.RIGHT)
    day = chinese_day(part.printed_on) if part.printed_on else "　　年　月　日"
    add_text(line, f"{part.printed_by}\t{day}印发")
    _rule(table)
    _place(document, table, sum(heights) + 2)


def _place(document: Any, table: Any, height: float) -> None:
    anchor, end = _point_line(document), _point_line(document)
    box = parse_xml(_BOX.format(wide=Mm(TYPE_AREA[0]), high=Pt(height)))
    content = next(box.iter(qn("w:txbxContent")))
    content.append(table._tbl)
    content.append(end._p)
    anchor._p.append(box)


def _point_line(document: Any) -> Any:
    """A line of one point: a table must not come last, and a box must hang on something."""
    line = document.add_paragraph(style=STYLES["line"])
    line.paragraph_format.line_spacing_rule, line.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    return line


def _measure(table: Any) -> None:
    """As wide as the type area, edge to edge."""
    properties, width = table._tbl.tblPr, twips(TYPE_AREA[0])
    for tag in ("w:tblW", "w:tblLayout"):
        found = properties.find(qn(tag))
        if found is not None:
            properties.remove(found)
    insert_after(properties, element("w:tblW", w=width, type="dxa"), "w:jc", "w:tblCellSpacing", "w:tblLook")
    insert_after(properties, element("w:tblLayout", type="fixed"), "w:tblCellMar", "w:tblLook")
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=0, type="dxa"))
    insert_after(properties, margins, "w:tblLook")
    for row in table.rows:
        row.cells[0].width = Mm(TYPE_AREA[0])


def _rule(table: Any) -> None:
    """首条、末条0.35毫米, 中间0.25毫米."""
    last = len(table.rows) - 1
    for place, row in enumerate(table.rows):
        borders = element("w:tcBorders")
        weights = {
            "top": OUTER_LINE if place == 0 else INNER_LINE,
            "bottom": OUTER_LINE if place == last else INNER_LINE,
        }
        for side, weight in weights.items():
            eighths = round(weight * _EIGHTHS_PER_MM)
            borders.append(element(f"w:{side}", val="single", sz=eighths, space=0, color="000000"))
        insert_after(row.cells[0]._tc.get_or_add_tcPr(), borders, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")
