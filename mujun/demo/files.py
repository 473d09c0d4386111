"""Write tables as offices keep them: workbooks with a title row, CSV in two encodings, Parquet. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from mujun.dataset import KEY, NAME
from mujun.demo.province import Province
from mujun.demo.readme import describe
from mujun.law import load_law
from mujun.scheme import Scheme, find_scheme, load_scheme

Progress = Callable[[int, int], None]
"""How many files of how many are written."""

WORKBOOKS = ("county", "characteristic_town", "economic_zone", "micro_park")
GB18030 = ("hightech_zone",)
MOST_CSV_ROWS = 100_000
_MADE = datetime(2019, 4, 12)
"""A date of making that does not come from the clock: the notice's day of printing."""

NOTE = "说明.txt"
_HEAD = {"uscc": ("统一社会信用代码", "企业名称")}
_MARK = "示例数据：全部虚构，不是任何单位的真实数据"
INSTRUMENT = "（示例）关于公布“亩均论英雄”改革工作督查激励县（市、区）名单的通报（虚构文件，仅供演示）"
DOCUMENT_NUMBER = "示例〔2019〕0号（虚构）"


def write_beside(out: Path, province: Province, seed: int, progress: Progress | None) -> dict[str, Path]:
    """What lies beside the offices' mail: last year's tables, by scheme, the adopted list, the note on it all."""
    law = load_law()
    folder, total = out / "previous", len(province.previous) + 2
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    for name, table in province.previous.items():
        written[name] = write_table(folder, table, load_scheme(find_scheme(f"2019/{name}"), law), 2017)
        if progress is not None:
            progress(len(written), total)
    _write_adopted(out / "county.adopted.xlsx", province)
    (out / NOTE).write_bytes(describe(province, seed).encode("utf-8-sig"))
    if progress is not None:
        progress(total, total)
    return written


def write_province(out: Path, province: Province, seed: int, progress: Progress | None) -> list[Path]:
    """Every file, this year's first. Says after each how far it is."""
    law = load_law()
    schemes = {name: load_scheme(find_scheme(f"2019/{name}"), law) for name in province.tables}
    written: list[Path] = []
    total = 2 * len(schemes) + 2

    def done(path: Path) -> None:
        written.append(path)
        if progress is not None:
            progress(len(written), total)

    for folder, tables, year in ((out, province.tables, 2018), (out / "previous", province.previous, 2017)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            done(write_table(folder, table, schemes[name], year))
    done(_write_adopted(out / "county.adopted.xlsx", province))
    path = out / NOTE
    path.write_bytes(describe(province, seed).encode("utf-8-sig"))
    done(path)
    return written


def write_table(folder: Path, table: pl.DataFrame, scheme: Scheme, year: int) -> Path:
    """One table in the form its office keeps, named after its scheme."""
    name = scheme.id
    table = _typed(table, scheme)
    if name in WORKBOOKS:
        path = folder / f"{name}.xlsx"
        _write_workbook(
            path, f"{scheme.label}{year}年度数据（{_MARK}）", table, _labels(table, scheme, with_units=True)
        )
        return path
    table = table.rename(_labels(table, scheme, with_units=False))
    if table.height > MOST_CSV_ROWS:
        path = folder / f"{name}.parquet"
        table.write_parquet(path)
        return path
    path = folder / f"{name}.csv"
    text = table.write_csv(float_precision=2, line_terminator="\r\n")
    path.write_bytes(text.encode("gb18030" if name in GB18030 else "utf-8-sig"))
    return path


def _typed(table: pl.DataFrame, scheme: Scheme) -> pl.DataFrame:
    """Key, name and the scheme's variables in its order; whole numbers as such, yes and no as words."""
    columns = [pl.col(KEY), pl.col(NAME)]
    for name, variable in scheme.variables.items():
        column = pl.col(name)
        if variable.type == "integer" or name == "staff":
            column = column.cast(pl.Int64)
        if variable.type == "boolean":
            column = pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否")).alias(name)
        columns.append(column)
    return table.select(columns)


def _labels(table: pl.DataFrame, scheme: Scheme, with_units: bool) -> dict[str, str]:
    key, name = _HEAD.get(scheme.key, ("代码", "名称"))
    labels = {KEY: key, NAME: name}
    for variable in scheme.variables.values():
        unit = f"（{variable.unit_text}）" if with_units and variable.unit_text else ""
        labels[variable.id] = variable.label + unit
    return {column: labels[column] for column in table.columns}


def _write_workbook(path: Path, title: str, table: pl.DataFrame, labels: Mapping[str, str]) -> None:
    """A title, the header, the rows; what is not there is “/”, as offices write it."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": title, "comments": _MARK, "created": _MADE})
        sheet = workbook.add_worksheet("填报")
        bold, head = (
            workbook.add_format({"bold": True}),
            workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        )
        formats = {pl.Date: "yyyy-mm-dd", pl.Float64: "0.00", pl.Int64: "0"}
        sheet.write_string(0, 0, title, bold)
        sheet.freeze_panes(2, 2)
        for place, (column, kind) in enumerate(table.schema.items()):
            style = workbook.add_format({"num_format": formats.get(type(kind), "@")})
            sheet.set_column(place, place, 22 if place < 2 else 14)
            sheet.write_string(1, place, labels[column], head)
            for row, value in enumerate(table[column], start=2):
                if value is None:
                    sheet.write_string(row, place, "/")
                elif isinstance(value, str):
                    sheet.write_string(row, place, value)
                elif kind == pl.Date:
                    sheet.write_datetime(row, place, value, style)
                else:
                    sheet.write_number(row, place, value, style)


def _write_adopted(path: Path, province: Province) -> Path:
    counties = province.tables["county"].filter(pl.col(KEY).is_in(province.adopted)).select(KEY, NAME).sort(KEY)
    table = counties.with_columns(
        pl.lit(INSTRUMENT).alias("instrument"),
        pl.lit(DOCUMENT_NUMBER).alias("document_number"),
        pl.lit(_MADE.date()).alias("issued_on"),
    )
    labels = {KEY: "代码", NAME: "名称", "instrument": "依据文件", "document_number": "文号", "issued_on": "印发日期"}
    _write_workbook(path, f"督查激励县（市、区）名单（{_MARK}）", table, labels)
    return path
