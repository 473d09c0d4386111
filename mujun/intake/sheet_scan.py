"""Look over a sheet's XML before it is read: how far it reaches, and the cells the reader would pass over.

A sheet is read into a full rectangle, so two cells far apart could fill the memory. The reader also leaves out errors
and formulas nobody worked out, and gives 0.25 for a cell that shows 25%.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from xml.parsers import expat

from attrs import define, field

from mujun.intake.cells import refusal
from mujun.intake.package import Package, broken

NOT_CALCULATED = "#未计算"
"""Stands for a formula without a result."""

_PERCENT_FORMATS = {"9", "10"}
_QUOTED = re.compile(r'"[^"]*"|\\.')


@define
class Scan:
    """Rows count from 1, columns from 0. `height` and `width` are 0 for an empty sheet."""

    height: int = 0
    width: int = 0
    special: dict[tuple[int, int], str] = field(factory=dict)
    percent: set[tuple[int, int]] = field(factory=set)


def sheet_entries(package: Package) -> dict[str, str]:
    """The entry of each sheet: {"填报": "xl/worksheets/sheet1.xml"}."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            related = [value for key, value in attributes.items() if key.endswith(":id")]
            sheets[attributes.get("name", "")] = related[0] if related else ""

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            inside = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            targets[attributes.get("Id", "")] = inside

    _parse(package, "xl/workbook.xml", sheet)
    _parse(package, "xl/_rels/workbook.xml.rels", relationship)
    return {name: targets.get(related, "") for name, related in sheets.items()}


def scan_sheet(package: Package, entry: str) -> Scan:
    """One pass, in little memory."""
    scan = Scan()
    percent_styles = _percent_styles(package)
    row = column = 0
    kind = style = value = ""
    formula = False
    parser: Any = None

    def collect(text: str) -> None:
        nonlocal value
        value += text

    def finish() -> None:
        nonlocal formula, value
        if formula and not value.strip() and kind != "str":
            scan.special[row, column] = NOT_CALCULATED
        if kind == "e":
            scan.special[row, column] = value.strip()
        formula, value = False, ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula
        parser.CharacterDataHandler = None
        if name == "c":
            finish()
            column = _column(attributes["r"].rstrip("0123456789")) if "r" in attributes else column + 1
            kind, style = attributes.get("t", "n"), attributes.get("s", "")
        elif name in ("v", "is", "f"):
            scan.height, scan.width = max(scan.height, row), max(scan.width, column + 1)
            formula = formula or name == "f"
            if name == "v" and (formula or kind == "e"):
                parser.CharacterDataHandler = collect
            elif kind == "n" and style in percent_styles:
                scan.percent.add((row, column))
        elif name == "row":
            finish()
            kind = ""
            row = int(attributes["r"]) if "r" in attributes else row + 1
            column = -1

    def watch(made: Any) -> None:
        nonlocal parser
        parser = made

    _parse(package, entry, start, watch)
    finish()
    return scan


@cache
def _column(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _percent_styles(package: Package) -> set[str]:
    """Numbers of the cell styles that show per cent."""
    formats = set(_PERCENT_FORMATS)
    styles: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", ""))
        elif name == "cellStyles":
            inside = False

    if "xl/styles.xml" in package.entries:
        _parse(package, "xl/styles.xml", start)
    return {str(number) for number, style in enumerate(styles) if style in formats}


Start = Callable[[str, dict[str, str]], None]


def _parse(package: Package, entry: str, start: Start, watch: Callable[[Any], None] = lambda parser: None) -> None:
    """Call `start` for every element, by its local name. A document type is refused: it can name files and explode."""
    if entry.lower() not in package.entries:
        raise broken(package.path)

    def doctype(*_: object) -> None:
        raise _doctype(package.path)

    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.StartDoctypeDeclHandler = doctype
    parser.buffer_text = True
    watch(parser)
    try:
        _feed(parser, package.inflate(entry))
    except (expat.ExpatError, LookupError, ValueError, TypeError) as error:
        raise broken(package.path) from error


def _feed(parser: Any, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _doctype(path: Path) -> Exception:
    message = "工作簿里夹带了文档类型定义（DTD），可能是恶意文件，没有打开。"
    return refusal(path.name, "doctype", message, "请向报送人核实文件来源，用 WPS 或 Excel 重新另存一份。")
