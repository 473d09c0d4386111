"""Look over an old Excel workbook (BIFF8) before it is read: what it may not bring, and what its reader leaves out.

Walks the records of the workbook and of one sheet. Reads no values but errors, results of formulas and per cent.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from attrs import define, field

from mujun.intake.cells import Progress, silent
from mujun.intake.package import broken
from mujun.intake.scan import Scan, shows_per_cent

_BOF, _END, _FILEPASS, _SHEET, _SUPBOOK, _XF, _FORMAT = 0x809, 0x0A, 0x2F, 0x85, 0x1AE, 0xE0, 0x41E
_PROJECT, _CONNECTION = 0xD3, 0x876
_NUMBER, _RK, _MANY_RK, _FORMULA, _STRING, _TRUTH_OR_ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x205
_TEXTS = (0xFD, 0x204, 0xD6)
_BIFF8 = 0x0600
_WORKSHEET, _MACRO_SHEET, _MODULE = 0, 1, 6
_OWN, _ADD_IN = 0x0401, 0x3A01
"""What stands for the length of a name where a workbook refers to itself or to functions of the program."""
_PERCENT_FORMATS = {9, 10}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_EVERY = 5_000


@define
class OldWorkbook:
    """What the records before the sheets say. `sheets` are where the worksheets begin, by name."""

    sheets: dict[str, int] = field(factory=dict)
    encrypted: bool = False
    macros: bool = False
    links: list[str] = field(factory=list)
    styles: list[int] = field(factory=list)
    percent_formats: set[int] = field(factory=lambda: set(_PERCENT_FORMATS))


def read_globals(path: Path, stream: bytes) -> OldWorkbook:
    """Raises CannotGoOn when it is damaged, or older than Excel 97."""
    book = OldWorkbook()
    try:
        for number, (kind, start, length) in enumerate(_records(stream, 0)):
            if number == 0 and (kind != _BOF or struct.unpack_from("<H", stream, start)[0] != _BIFF8):
                raise ValueError("not BIFF8")
            if kind == _FILEPASS:
                book.encrypted = True
                return book  # all that follows is scrambled
            _read_global(book, kind, stream, start, length)
    except (struct.error, IndexError, ValueError) as error:
        raise broken(path) from error
    return book


def scan_old_sheet(path: Path, stream: bytes, book: OldWorkbook, sheet: str, progress: Progress = silent) -> Scan:
    """One pass over the sheet's records."""
    scan = Scan()
    percent = {style for style, number in enumerate(book.styles) if number in book.percent_formats}
    waiting: tuple[int, int] | None = None
    try:
        for number, (kind, start, length) in enumerate(_records(stream, book.sheets[sheet])):
            if kind == _STRING and waiting is not None:
                text = _text(stream, start, length)
                if text is not None:
                    scan.mark(*waiting, text)
                waiting = None
            elif kind == _MANY_RK:
                row, first = struct.unpack_from("<HH", stream, start)
                for place in range((length - 6) // 6):
                    (style,) = struct.unpack_from("<H", stream, start + 4 + 6 * place)
                    _see(scan, row + 1, first + place, style in percent)
            elif kind in (_NUMBER, _RK, _FORMULA, _TRUTH_OR_ERROR, *_TEXTS):
                row, column, style = struct.unpack_from("<3H", stream, start)
                _see(scan, row + 1, column, style in percent and kind in (_NUMBER, _RK, _FORMULA))
                if kind == _FORMULA:
                    waiting = _result(scan, row + 1, column, stream[start + 6 : start + 14])
                elif kind == _TRUTH_OR_ERROR and stream[start + 7]:
                    scan.mark(row + 1, column, _ERRORS.get(stream[start + 6], "#N/A"))
            if number % _EVERY == 0:
                progress(start, len(stream))
    except (KeyError, struct.error, IndexError, ValueError) as error:
        raise broken(path) from error
    return scan


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record up to the end of this part; parts inside it, such as charts, are not."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if place + length > len(stream):
            raise ValueError("record cut off")
        depth += kind == _BOF
        if depth <= 1:
            yield kind, place, length
        depth -= kind == _END
        if depth <= 0:
            return
        place += length
    raise ValueError("no end")


def _read_global(book: OldWorkbook, kind: int, stream: bytes, start: int, length: int) -> None:
    if kind == _SHEET:
        offset, _, sort, count, wide = struct.unpack_from("<IBBBB", stream, start)
        if sort in (_MACRO_SHEET, _MODULE):
            book.macros = True
        elif sort == _WORKSHEET:
            book.sheets[_signs(stream, start + 8, count, wide)] = offset
    elif kind == _SUPBOOK:
        _, count = struct.unpack_from("<HH", stream, start)
        if count not in (_OWN, _ADD_IN) and count > 1:
            name = _signs(stream, start + 5, count, stream[start + 4])
            book.links.append(name.lstrip("\1\2\3\4"))
    elif kind == _CONNECTION:
        book.links.append("数据连接")
    elif kind == _PROJECT:
        book.macros = True
    elif kind == _XF:
        book.styles.append(struct.unpack_from("<HH", stream, start)[1])
    elif kind == _FORMAT:
        number, count, wide = struct.unpack_from("<HHB", stream, start)
        if shows_per_cent(_signs(stream, start + 5, count, wide)):
            book.percent_formats.add(number)
        else:
            book.percent_formats.discard(number)


def _see(scan: Scan, row: int, column: int, percent: bool) -> None:
    scan.reach(row, column)
    if percent:
        scan.mark_percent(row, column)


def _result(scan: Scan, row: int, column: int, value: bytes) -> tuple[int, int] | None:
    """What a formula came to, unless it is a number. A text follows in a record of its own."""
    if value[6:] != b"\xff\xff":
        return None
    kind, what = value[0], value[2]
    if kind == 1:
        scan.mark(row, column, "TRUE" if what else "FALSE")
    elif kind == 2:
        scan.mark(row, column, _ERRORS.get(what, "#N/A"))
    elif kind == 0:
        return row, column
    return None


def _text(stream: bytes, start: int, length: int) -> str | None:
    """None for a text that goes on in the next record."""
    count, wide = struct.unpack_from("<HB", stream, start)
    size = count * (2 if wide & 1 else 1)
    return None if 3 + size > length else _signs(stream, start + 3, count, wide)


def _signs(stream: bytes, start: int, count: int, wide: int) -> str:
    size, encoding = (2 * count, "utf-16-le") if wide & 1 else (count, "latin-1")
    return stream[start : start + size].decode(encoding, "replace")
