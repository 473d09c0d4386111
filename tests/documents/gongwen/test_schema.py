"""The order of elements that the schema of WordprocessingML (ISO/IEC 29500) demands: some programs refuse any other."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from tests.documents.conftest import all_specimens, specimen_docx
from tests.documents.gongwen.test_check import spoil

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERS = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "pgBorders": "top left bottom right",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tc": "tcPr p tbl",
}
REFERENCES = {"headerReference", "footerReference"}


def misplaced(package: bytes) -> list[str]:
    """parent: elements, wherever they do not stand in the order of the schema, or one stands twice."""
    wrong = []
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        for name in opened.namelist():
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            for element in etree.fromstring(opened.read(name)).iter():
                order = ORDERS.get(str(element.tag).removeprefix(W), "").split()
                if not order or not str(element.tag).startswith(W):
                    continue
                tags = [str(child.tag).removeprefix(W) for child in element]
                places = [
                    -1 if tag in REFERENCES else order.index(tag) for tag in tags if tag in order or tag in REFERENCES
                ]
                unknown = [tag for tag in tags if tag not in order and tag not in REFERENCES]
                if places != sorted(places) or unknown:
                    wrong.append(f"{name} {str(element.tag).removeprefix(W)}: {' '.join(tags)}")
    return wrong


@pytest.mark.parametrize("file", list(all_specimens()))
def test_elements_stand_in_the_order_of_the_schema(file: str) -> None:
    assert misplaced(specimen_docx(file)) == []


def test_one_out_of_order_is_seen() -> None:
    spoiled = spoil(specimen_docx("公示"), "word/document.xml", r"(<w:docGrid[^>]*/>)(</w:sectPr>)", r"\1<w:cols/>\2")
    assert [one.split(":")[0] for one in misplaced(spoiled)] == ["word/document.xml sectPr"]
