"""Read out of a package what the measures need: lines with their effective face, size and indent. Judges nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from attrs import frozen
from docx import Document
from docx.oxml.ns import qn

from mujun.findings import CannotGoOn, Finding, Severity

_TWIPS_PER_MM = 1440 / 25.4


@frozen
class Run:
    text: str
    face: str
    latin: str
    size: float
    colour: str
    spacing: int


@frozen
class Line:
    """A paragraph. Indents and spaces are twips, `indents` has the ones in characters too."""

    text: str
    style: str
    align: str
    runs: tuple[Run, ...]
    indents: dict[str, int]
    before: int
    exact: int | None
    element: Any

    @property
    def shown(self) -> str:
        return self.text if len(self.text) <= 18 else f"{self.text[:18]}…"


@frozen
class Sheet:
    """`body` are the lines outside tables and boxes; `cells` those in tables; `boxed` those of text boxes."""

    form: str
    comments: str
    document: Any
    section: Any
    body: tuple[Line, ...]
    cells: tuple[Line, ...]
    boxed: tuple[Line, ...]

    def styled(self, *names: str) -> list[Line]:
        return [line for line in (*self.body, *self.boxed) if line.style in names]

    @property
    def texts(self) -> list[str]:
        return [line.text for line in (*self.body, *self.cells, *self.boxed)]


def read_sheet(package: bytes) -> Sheet:
    """Raises CannotGoOn when it is no DOCX."""
    try:
        document = Document(io.BytesIO(package))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        message = "不是DOCX文件，打不开。"
        raise CannotGoOn([Finding(Severity.ERROR, "not_docx", message, "请选Word文档（.docx）。")]) from error
    body = document.element.body
    boxes = [one for box in body.iter(qn("w:txbxContent")) for one in box.iter(qn("w:p"))]
    in_tables = [one for table in body.findall(qn("w:tbl")) for one in table.iter(qn("w:p"))]
    properties = document.core_properties
    return Sheet(
        form=properties.category or "",
        comments=properties.comments or "",
        document=document,
        section=document.sections[0],
        body=tuple(read_lines(document, body.findall(qn("w:p")))),
        cells=tuple(read_lines(document, in_tables)),
        boxed=tuple(read_lines(document, boxes)),
    )


def read_lines(document: Any, elements: list[Any]) -> Iterator[Line]:
    styles = {style.style_id: style for style in document.styles}
    default = next(style for style in styles.values() if style.name == "Normal")
    for one in elements:
        own = one.find(qn("w:pPr"))
        named = own.find(qn("w:pStyle")) if own is not None else None
        style = styles.get(named.get(qn("w:val")), default) if named is not None else default
        chain = [own, *(link.element.find(qn("w:pPr")) for link in _bases(style))]
        runs = tuple(_run(run, style) for run in one.findall(qn("w:r")))
        exact = _first(chain, "w:spacing", "w:line") if _first(chain, "w:spacing", "w:lineRule") == "exact" else None
        yield Line(
            text="".join(run.text for run in runs),
            style=style.name,
            align=_first(chain, "w:jc", "w:val") or "left",
            runs=tuple(run for run in runs if run.text.strip()),
            indents=_indents(chain),
            before=int(_first(chain, "w:spacing", "w:before") or 0),
            exact=int(exact) if exact else None,
            element=one,
        )


def _run(run: Any, style: Any) -> Run:
    chain = [run.find(qn("w:rPr")), *(link.element.find(qn("w:rPr")) for link in _bases(style))]
    text = "".join(
        one.text or "" if one.tag == qn("w:t") else "\t"
        for one in run
        if one.tag in {qn("w:t"), qn("w:tab"), qn("w:br")}
    )
    return Run(
        text=text,
        face=_first(chain, "w:rFonts", "w:eastAsia") or "",
        latin=_first(chain, "w:rFonts", "w:ascii") or "",
        size=int(_first(chain, "w:sz", "w:val") or 0) / 2,
        colour=(_first(chain, "w:color", "w:val") or "").upper(),
        spacing=int(_first(chain, "w:spacing", "w:val") or 0),
    )


def _bases(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def _first(chain: list[Any], tag: str, attribute: str) -> str | None:
    """The nearest value: of the run or paragraph itself, else of its style, else of what that is based on."""
    for properties in chain:
        found = properties.find(qn(tag)) if properties is not None else None
        value = found.get(qn(attribute)) if found is not None else None
        if value is not None:
            return str(value)
    return None


def _indents(chain: list[Any]) -> dict[str, int]:
    sides = ("firstLine", "firstLineChars", "left", "leftChars", "right", "rightChars", "hanging", "hangingChars")
    return {side: int(_first(chain, "w:ind", f"w:{side}") or 0) for side in sides}


def millimetres(twips: float) -> float:
    return twips / _TWIPS_PER_MM
