"""The elements of WordprocessingML that python-docx has no call for. Knows no document."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TWIPS_PER_MM = 1440 / 25.4


def element(tag: str, **attributes: object) -> Any:
    """`element("w:ind", firstLine=632)` is <w:ind w:firstLine="632"/>."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def set_faces(properties: Any, face: str, latin: str) -> None:
    """Chinese in `face`, figures and letters in `latin`; the hint keeps “” and — Chinese between Latin words."""
    faces = properties.get_or_add_rFonts()
    for name in list(faces.attrib):
        del faces.attrib[name]
    for name, value in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", face), ("hint", "eastAsia")):
        faces.set(qn(f"w:{name}"), value)


def set_indent(paragraph_properties: Any, size: float, **characters: float) -> None:
    """An indent in characters, and beside it in twips for programs that do not know characters."""
    indent = paragraph_properties.get_or_add_ind()
    for side, count in characters.items():
        indent.set(qn(f"w:{side}Chars"), str(round(count * 100)))
        indent.set(qn(f"w:{side}"), str(round(count * size * 20)))


def insert_after(parent: Any, made: Any, *before: str) -> None:
    """Put `made` where the schema wants it: in front of the first of `before` that is there, else at the end."""
    for tag in before:
        found = parent.find(qn(tag))
        if found is not None:
            found.addprevious(made)
            return
    parent.append(made)


def add_field(run: Any, code: str) -> None:
    """A field such as PAGE."""
    for kind in ("begin", "", "end"):
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            made = OxmlElement("w:instrText")
            made.text = code
            run._r.append(made)
