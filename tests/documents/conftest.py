"""The specimens of every document, set once."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from mujun.documents.gongwen import write_docx
from mujun.documents.kinds import KINDS
from mujun.documents.samples import Specimen, specimens
from mujun.law import load_law
from mujun.scheme import load_round


@cache
def all_specimens() -> dict[str, Specimen]:
    """By file name, without the number in front."""
    law = load_law()
    return {one.file[2:]: one for one in specimens(load_round("2019", law), law)}


@cache
def specimen_docx(file: str) -> bytes:
    one = all_specimens()[file]
    return write_docx(KINDS[one.kind].lay_out(one.facts))


def facts_of(file: str) -> Any:
    return all_specimens()[file].facts


def text_of(package: bytes) -> str:
    """All text of the body in its order, tables and boxes too, a paragraph a line."""
    body = Document(io.BytesIO(package)).element.body
    lines = (
        "".join(piece.text or "" for run in line.findall(qn("w:r")) for piece in run.findall(qn("w:t")))
        for line in body.iter(qn("w:p"))
    )
    return "\n".join(lines)
