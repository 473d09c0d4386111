"""Read one list back from its JSON, CSV, XLSX and HTML, and see whether all say the same rows."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from mujun.proof.offline.account import Account
from mujun.proof.offline.hashes import read_canonical

GUARDED = "=+-@\t\r\n＝＋－＠'"
"""What a spreadsheet program could take for a formula at the start of a CSV cell: it gets a ' before it."""
GROUP, NUMBER, STANDING = "分类", "序号", "状态"
MOST_OF_A_WORKBOOK = 1 << 27
FORMS = ("csv", "xlsx", "html")


def row_values(listed: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows as records to be proved: list, group, number, cells."""
    return [
        {"list": f"{listed['year']}/{listed['id']}", "group": group["label"], "number": number, "cells": list(cells)}
        for group in listed["groups"]
        for number, cells in enumerate(group["rows"], 1)
    ]


def list_table(listed: dict[str, Any]) -> list[list[str]]:
    """Header and rows as text, as every form has them."""
    header = [GROUP, NUMBER, *(column["label"] for column in listed["columns"])]
    rows = [
        [row["group"], str(row["number"]), *("" if cell is None else str(cell) for cell in row["cells"])]
        for row in row_values(listed)
    ]
    return [header, *rows]


def guard(text: str) -> str:
    """Text as it may stand in a CSV cell."""
    return "'" + text if text[:1] and text[0] in GUARDED and (text[0] != "'" or text[1:2] in tuple(GUARDED)) else text


def unguard(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text[:1] == "'" and len(text) > 1 and text[1] in GUARDED else text


def read_csv(data: bytes, listed: dict[str, Any]) -> list[list[str]]:
    """Header and rows; every row must end in the list's state, which is taken off."""
    numbers = {2 + at for at, column in enumerate(listed["columns"]) if column["type"] == "number"} | {1}
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    if any(row[-1] != (STANDING if at == 0 else listed["standing"]) for at, row in enumerate(rows)):
        raise ValueError("another state")
    return [
        row[:-1] if at == 0 else [text if place in numbers else unguard(text) for place, text in enumerate(row[:-1])]
        for at, row in enumerate(rows)
    ]


_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_xlsx(data: bytes, listed: dict[str, Any]) -> list[list[str]]:
    """Header and rows of the first sheet, from the row that starts with the header on."""
    with zipfile.ZipFile(io.BytesIO(data)) as workbook:
        if sum(part.file_size for part in workbook.infolist()) > MOST_OF_A_WORKBOOK:
            raise ValueError("too large for a list")
        texts = [_text_of(item) for item in _xml(workbook, "xl/sharedStrings.xml").iter(f"{_SHEET}si")]
        sheet = _xml(workbook, "xl/worksheets/sheet1.xml")
    if sheet.find(f".//{_SHEET}f") is not None:
        raise ValueError("a formula")
    head = list_table(listed)[0]
    rows: list[list[str]] = []
    for row in sheet.iter(f"{_SHEET}row"):
        cells = [""] * len(head)
        for cell in row.iter(f"{_SHEET}c"):
            place, value = _place(cell.get("r", "")), cell.findtext(f"{_SHEET}v", "")
            if place < len(head):
                cells[place] = texts[int(value)] if cell.get("t") == "s" else value
        if rows or cells == head:
            rows.append(cells)
    numbers = [2 + at for at, column in enumerate(listed["columns"]) if column["type"] == "number"]
    for cells, said in zip(rows[1:], list_table(listed)[1:]):
        for place in numbers:
            if cells[place] and said[place] and _same_number(Decimal(cells[place]), Decimal(said[place])):
                cells[place] = said[place]
    return rows


def _same_number(held: Decimal, said: Decimal) -> bool:
    """105.7 in a sheet is 105.7000 in the list; and sheets hold fifteen digits of a number, no more."""
    return abs(held - said) <= abs(said) * Decimal("1e-14")


def _xml(workbook: zipfile.ZipFile, name: str) -> ElementTree.Element:
    data = workbook.read(name)
    if b"<!" in data:
        raise ValueError("a document type")
    return ElementTree.fromstring(data)


def _text_of(item: ElementTree.Element) -> str:
    text = "".join(part.text or "" for part in item.iter(f"{_SHEET}t"))
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def _place(address: str) -> int:
    place = 0
    for letter in re.sub("[0-9]", "", address):
        place = 26 * place + ord(letter) - 64
    return place - 1


class _Tables(HTMLParser):
    """The cells of tables that are a group of the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heads: list[list[str]] = []
        self.rows: list[list[str]] = []
        self.group: str | None = None
        self.row: list[str] = []
        self.cell: list[str] | None = None
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        named = dict(attrs)
        self.scripts += tag == "script" or any(name.startswith("on") for name in named)
        if tag == "table":
            self.group = named.get("data-group")
        elif self.group is not None and tag == "tr":
            self.row = [self.group]
            (self.heads if "data-head" in named else self.rows).append(self.row)
        elif self.group is not None and tag in ("td", "th"):
            self.cell = []

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.row.append("".join(self.cell))
            self.cell = None
        elif tag == "table":
            self.group = None


def read_html(data: bytes, listed: dict[str, Any]) -> list[list[str]]:
    """Header and rows of the tables that are the list's groups."""
    page = _Tables()
    page.feed(data.decode("utf-8"))
    page.close()
    head = list_table(listed)[0]
    if page.scripts or any(heads[1:] != head[1:] for heads in page.heads):
        raise ValueError("another header, or a script")
    return [head, *page.rows]


def check_forms(list_id: str, files: dict[str, bytes], account: Account) -> None:
    """Whether the list's files all say what its JSON says."""
    readers = {"csv": read_csv, "xlsx": read_xlsx, "html": read_html}
    try:
        listed = read_canonical(files[f"lists/{list_id}/list.json"])
        table, title = list_table(listed), listed["title"]
    except (KeyError, ValueError, TypeError):
        return  # told where the list was compared with the checkpoint
    same = []
    for form in FORMS:
        path = f"lists/{list_id}/list.{form}"
        if path not in files:
            account.cannot(f"{title}没有 {form.upper()} 格式的名单。")
            continue
        try:
            rows = readers[form](files[path], listed)
        except _UNREADABLE_FORM:
            account.fails("form_unreadable", path, f"{title}的 {form.upper()} 读不出名单来。")
            continue
        if rows == table:
            same.append(form.upper())
        else:
            wrong = next((at for at, pair in enumerate(zip(rows, table)) if pair[0] != pair[1]), 0)
            wrong = wrong or min(len(rows), len(table))
            text = f"{title}的 {form.upper()} 与 list.json 从第{wrong}行起不同（不算表头）。"
            account.fails("form_differs", path, text)
    if same:
        account.holds(f"{title}的{'、'.join(same)}与 JSON 逐行相同，{len(table) - 1}行。")


_UNREADABLE_FORM = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AssertionError,
    InvalidOperation,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    csv.Error,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    ElementTree.ParseError,
)
