"""The stamp of a template: which form it is, and of which version. Read from the package, without opening the workbook.

It stands twice, since programs drop one or the other on saving: as custom properties of the document, and on a sheet
that is hidden for good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from attrs import frozen

from mujun.collection import Form
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.package import Package, broken, open_package
from mujun.intake.sheet_scan import sheet_entries

FORM, VERSION = "mujun_form", "mujun_version"
"""Names of the custom properties, and the words beside the values on the hidden sheet."""
SHEET = "_mujun"

_LONGEST = 1 << 20
"""Bytes of an entry that are looked at: a stamp stands at the beginning."""


@frozen
class Stamp:
    """What a template says of itself. It is no proof of anything: the cells are checked all the same."""

    form: str
    version: str


class _Enough(Exception):
    """Both words were found; the rest need not be parsed."""


def read_stamp(path: Path) -> Stamp | None:
    """The stamp of a workbook; None if it has none or is none. Raises CannotGoOn when the package is not safe."""
    if path.suffix.lower() != ".xlsx":
        return None
    package = open_package(path)
    return _stamp(_properties(package)) or _stamp(_hidden_sheet(package))


def stale_template(stamp: Stamp, forms: Iterable[Form]) -> Finding | None:
    """None when the stamp is that of a form as it is now."""
    by_id = {form.id: form for form in forms}
    form = by_id.get(stamp.form)
    if form is None:
        known = "、".join(by_id) or "（没有）"
        message = f"这份模板是报表“{stamp.form}”，现在没有这张报表。"
        mend = f"请核对是不是别的年度或领域的模板，重新领取。现有报表：{known}。"
        return Finding(Severity.ERROR, "unknown_form", message, mend)
    if form.version != stamp.version:
        message = f"这份模板是报表“{form.label}”的旧版（{stamp.version}），现行版是{form.version}，栏目已有改动。"
        mend = "请重新领取模板，把已填的数复制过去（只粘贴数值），再报送。"
        return Finding(Severity.ERROR, "stale_template", message, mend)
    return None


def _stamp(words: dict[str, str]) -> Stamp | None:
    return Stamp(words[FORM], words[VERSION]) if words.get(FORM) and words.get(VERSION) else None


def _properties(package: Package) -> dict[str, str]:
    """The custom properties: the name is an attribute, the value the text of an element inside."""
    found: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag == "property":
            name = attributes.get("name", "")

    def text(words: str) -> None:
        if name in (FORM, VERSION):
            found[name] = found.get(name, "") + words

    def end(tag: str) -> None:
        nonlocal name
        if tag == "property":
            name = ""

    _parse(package, "docProps/custom.xml", start, text, end)
    return {key: value.strip() for key, value in found.items()}


def _hidden_sheet(package: Package) -> dict[str, str]:
    """A1 and A2 of the hidden sheet are the words, B1 and B2 the values; they are or name shared strings."""
    try:
        entry = sheet_entries(package).get(SHEET, "")
    except CannotGoOn:  # a package without a workbook: reading will say so
        return {}
    cells: dict[str, tuple[str, str]] = {}
    place = kind = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal place, kind
        if tag == "c":
            place, kind = attributes.get("r", ""), attributes.get("t", "n")
        elif tag == "row" and attributes.get("r", "1") not in ("1", "2"):
            raise _Enough

    def text(words: str) -> None:
        if place:
            cells[place] = kind, cells.get(place, ("", ""))[1] + words

    def end(tag: str) -> None:
        nonlocal place
        if tag == "c":
            place = ""

    _parse(package, entry, start, text, end)
    wanted = {int(value) for kind, value in cells.values() if kind == "s" and value.strip().isdigit()}
    shared = _shared_strings(package, wanted)
    texts = {
        place: shared.get(int(value), "") if kind == "s" and value.strip().isdigit() else value.strip()
        for place, (kind, value) in cells.items()
    }
    return {texts.get("A1", ""): texts.get("B1", ""), texts.get("A2", ""): texts.get("B2", "")}


def _shared_strings(package: Package, wanted: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    number, inside = -1, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number, inside
        if tag == "si":
            number += 1
            if number > max(wanted):
                raise _Enough
        inside = tag == "t"

    def text(words: str) -> None:
        if inside and number in wanted:
            found[number] = found.get(number, "") + words

    def end(tag: str) -> None:
        nonlocal inside
        inside = False

    if wanted:
        _parse(package, "xl/sharedStrings.xml", start, text, end)
    return found


def _parse(
    package: Package,
    entry: str,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None],
    end: Callable[[str], None],
) -> None:
    """Nothing for an entry that is not there; a document type is refused, since it can name files and explode."""
    if entry.lower() not in package.entries:
        return

    def doctype(*_: object) -> None:
        raise broken(package.path)

    parser: Any = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        for piece in package.inflate(entry):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _Enough:
        return
    except (expat.ExpatError, LookupError, ValueError, TypeError) as error:
        raise broken(package.path) from error
