"""Let LibreOffice recalculate workbooks whose cached values were spoiled first, and read what it found."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from mujun.documents.workbook.cells import CALC, FIRST, MARKS, RAW
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.write import lay_out, write_workbook
from mujun.engine import Evaluation
from mujun.law import Law

SPOILT = "-987654"
_CACHED = re.compile(rb"(</f>)<v>[^<]*</v>")
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Recalculate on load, always: by default a converter believes the cached values."""


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def spoil(path: Path) -> int:
    """Replace every cached value of a formula by a wrong one. Returns how many there were."""
    spoilt, count = path.with_suffix(".spoilt"), 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                data, n = _CACHED.subn(rb"\g<1><v>" + SPOILT.encode() + b"</v>", data)
                count += n
            target.writestr(name, data)
    spoilt.replace(path)
    return count


def recalculate(paths: Sequence[Path], out: Path, profile: Path, timeout: int = 900) -> list[Path]:
    """Open and save every workbook in one run of LibreOffice that recalculates everything."""
    registry = profile / "user" / "registrymodifications.xcu"
    registry.parent.mkdir(parents=True, exist_ok=True)
    if not registry.exists():
        registry.write_text(_ALWAYS, encoding="utf-8")
    if not paths:
        return []
    program = office()
    assert program is not None
    command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    made = [out / path.name for path in paths]
    lacking = [path.name for path in made if not path.exists()]
    assert not lacking, (lacking, done.stdout, done.stderr)
    return made


def calculated(path: Path, desk: Desk) -> list[list[Any]]:
    """The columns of 计算 as they stand in a file; an empty text is None."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(CALC).to_python(skip_empty_area=False)
    wanted = rows[FIRST - 1 : FIRST - 1 + desk.size]
    return [[_plain(row[place]) if place < len(row) else None for row in wanted] for place in range(len(desk.columns))]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.date()
    return None if value == "" else value


def differences(evaluation: Evaluation, law: Law, path: Path, everything: bool = True) -> list[str]:
    """What a recalculated workbook says otherwise than the engine; empty where all is equal.

    Scores with a precision, ranks, tiers and selection must be the same. With `everything` every other cell of 计算
    must be what the engine cached, too. Units are matched by key: a changed cell changes the order of a new workbook.
    """
    desk = lay_out(evaluation, law)
    found = _by_key(calculated(path, desk), desk.get("key"))
    wrong: list[str] = []

    def compare(name: str, place: int, expected: Sequence[Any], decimals: int | None) -> None:
        for key, mine, other in zip(desk.get("key"), found[place], expected, strict=True):
            if not same(mine, other, decimals):
                wrong.append(f"{key} {name}: workbook {mine!r}, engine {other!r}")

    decimals = evaluation.decimals
    for node in desk.scheme.nodes():
        name = f"score:{node.id}"
        compare(name, desk.scores[node.id][0].index, desk.get(name), decimals.get(name))
    assert desk.total is not None
    assert desk.rank is not None
    compare("score", desk.total.index, desk.get("score"), decimals["score"])
    compare("rank", desk.rank.index, desk.get("rank"), 0)
    if desk.tier is not None:
        compare("tier", desk.tier.index, desk.get("tier"), None)
    if desk.chosen is not None:
        compare("selected", desk.chosen.index, ["是" if one else "否" for one in desk.get("selected")], None)
    if desk.reserve is not None:
        compare("reserve", desk.reserve.index, desk.get("reserve"), 0)
    if everything and not wrong:
        for place, column in enumerate(desk.columns):
            compare(column.head, place, [None if one == "" else one for one in column.values], None)
        wrong += _mark_differences(desk, path)
    return wrong


def _mark_differences(desk: Desk, path: Path) -> list[str]:
    """基准: how many units each statistic counts, what it is, what is used of it."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(MARKS).to_python(skip_empty_area=False)
    found = {(row[0], row[1], row[2]): [_plain(one) for one in row[4:7]] for row in rows[FIRST - 1 :]}
    expected = {(one.subject, one.use, one.scope): [one.counted, one.raw_value, one.used_value] for one in desk.marks}
    return [
        f"基准 {name}: workbook {found.get(name)}, engine {numbers}"
        for name, numbers in expected.items()
        if name not in found or not all(same(a, b, None) for a, b in zip(found[name], numbers, strict=True))
    ]


def _by_key(columns: list[list[Any]], keys: list[str]) -> list[list[Any]]:
    places = {key: place for place, key in enumerate(columns[0])}
    return [[column[places[key]] for key in keys] for column in columns]


def change(path: Path, out: Path, changes: Mapping[tuple[str, str], Any]) -> None:
    """Type other values into 原始数据, by unit and head; every cached value is spoilt."""
    book = CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_name(RAW).to_python(skip_empty_area=False)
    units = {row[0]: number for number, row in enumerate(rows, 1) if number >= FIRST}
    heads = {str(head).partition("（")[0]: place for place, head in enumerate(rows[FIRST - 3])}
    member = f"xl/worksheets/sheet{book.sheet_names.index(RAW) + 1}.xml"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == member:
                for (key, head), value in changes.items():
                    data = _typed(data, xl_rowcol_to_cell(units[key] - 1, heads[head]), value)
            target.writestr(name, data)
    spoil(out)


def _typed(sheet: bytes, cell: str, value: Any) -> bytes:
    """The sheet with another value in one cell."""
    inner = "" if value is None else f"<v>{value!r}</v>"
    kind = ""
    if isinstance(value, str):
        kind, inner = ' t="inlineStr"', f"<is><t>{value}</t></is>"
    pattern = re.compile(rf'<c r="{cell}"( s="\d+")[^>]*?(?:/>|>.*?</c>)'.encode())
    changed, count = pattern.subn(rf'<c r="{cell}"\g<1>{kind}>{inner}</c>'.encode(), sheet)
    assert count == 1
    return changed


def same(mine: Any, other: Any, decimals: int | None) -> bool:
    """Equal; rounded numbers in every printed digit, others to eleven digits (and to 1e-11 around zero)."""
    if mine is None or other is None or isinstance(other, str | datetime.date | bool):
        return bool(mine == other)
    if isinstance(mine, datetime.date):  # a number shown as a date
        mine = (mine - datetime.date(1899, 12, 30)).days
    if not isinstance(mine, int | float):
        return False
    if decimals is not None:
        return f"{mine + 0.0:.{decimals}f}".removeprefix("-") == f"{other + 0.0:.{decimals}f}".removeprefix("-") and (
            (mine < 0) == (other < 0) or abs(mine) < 1e-12
        )
    return abs(mine - other) <= max(abs(other) * 1e-10, 1e-11)


def written(path: Path, evaluation: Evaluation, law: Law) -> Path:
    """A workbook with every cached value spoilt."""
    assert write_workbook(path, evaluation, law) is None
    assert spoil(path) > 0 or evaluation.units.height == 0
    return path
