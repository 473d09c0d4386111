"""Look over a sheet's XML before it is read: how far it reaches, and the cells the reader would pass over.

A sheet is read into a full rectangle, so two cells far apart could fill the memory. The reader also leaves out errors
and formulas nobody worked out, and gives 0.25 for a cell that shows 25%.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mujun.intake.cells import Progress, silent
from mujun.intake.markup import parse_entry
from mujun.intake.package import Package
from mujun.intake.scan import NOT_CALCULATED, Scan, shows_per_cent

_PERCENT_FORMATS = {"9", "10"}
_LONGEST_VALUE = 100
"""Characters that are looked at: whether there is a result, and which error it is."""


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

    parse_entry(package, "xl/workbook.xml", sheet)
    parse_entry(package, "xl/_rels/workbook.xml.rels", relationship)
    return {name: targets.get(related, "") for name, related in sheets.items()}


def scan_sheet(package: Package, entry: str, progress: Progress = silent) -> Scan:
    """One pass, in little memory."""
    scan = Scan()
    percent_styles = _percent_styles(package)
    row = column = 0
    kind = style = value = ""
    formula = False
    parser: Any = None

    def collect(text: str) -> None:
        nonlocal value
        if len(value) < _LONGEST_VALUE:
            value += text

    def finish() -> None:
        nonlocal formula, value
        if formula and not value.strip() and kind != "str":
            scan.mark(row, column, NOT_CALCULATED)
        elif kind == "e" and value.strip():
            scan.mark(row, column, value.strip())
        formula, value = False, ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula
        parser.CharacterDataHandler = None
        if name == "c":
            finish()
            column = _column(attributes["r"].rstrip("0123456789")) if "r" in attributes else column + 1
            kind, style = attributes.get("t", "n"), attributes.get("s", "")
        elif name in ("v", "is", "f"):
            scan.reach(row, column)
            formula = formula or name == "f"
            if name == "v" and (formula or kind == "e"):
                parser.CharacterDataHandler = collect
            elif kind == "n" and style in percent_styles:
                scan.mark_percent(row, column)
        elif name == "row":
            finish()
            kind = ""
            row = int(attributes["r"]) if "r" in attributes else row + 1
            column = -1

    def watch(made: Any) -> None:
        nonlocal parser
        parser = made

    parse_entry(package, entry, start, watch, progress)
    finish()
    return scan


@lru_cache(20_000)
def _column(text: str) -> int:
    if len(text) > 3:  # XFD is the last
        raise ValueError(text)
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
        if name == "numFmt" and shows_per_cent(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", ""))
        elif name == "cellStyles":
            inside = False

    if "xl/styles.xml" in package.entries:
        parse_entry(package, "xl/styles.xml", start)
    return {str(number) for number, style in enumerate(styles) if style in formats}
