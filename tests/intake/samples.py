"""Good files of every kind, to make bad ones from; and old workbooks, which LibreOffice makes from new ones."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

ROWS = [
    ["代码", "名称", "税收（万元）", "增长率（%）", "事故数", "行业代码", "投产日期", "是否上市"],
    ["330100", "甲公司（示例数据）", 1234.5, 0.125, 0, "0250", datetime.date(2019, 4, 9), True],
    ["330200", "乙公司（示例数据）", 88, -0.5, 2, "2511", datetime.date(2010, 1, 31), False],
    ["合计", "", 1322.5, "", 2, "", "", ""],
    ["注：示例数据", "", "", "", "", "", "", ""],
]


def write_workbook(path: Path, *, in_place: bool = False) -> Path:
    """With a title, merged cells, per cent, formulas, an error and a second sheet. `in_place`: no shared strings."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2019, 4, 9)})
        if in_place:
            book.constant_memory = True
        page = book.add_worksheet("填报")
        percent = book.add_format({"num_format": "0.0%"})
        if not in_place:
            page.merge_range(0, 0, 0, 7, "企业数据（示例数据）")
        for number, row in enumerate(ROWS, 1):
            for column, value in enumerate(row):
                style = percent if column == 3 and isinstance(value, float) else None
                page.write(number, column, value, style)
        page.write_formula(6, 2, "=SUM(C3:C4)", None, 1322.5)
        page.write_formula(6, 3, "=1/0", None, "#DIV/0!")
        book.add_worksheet("说明").write(0, 0, "请先读说明")
    return path


def write_parquet(path: Path, compression: str) -> Path:
    pl.DataFrame(
        {
            "代码": ["330100", "330200"] * 20,
            "名称": [f"示例{number}" for number in range(40)],
            "tax": [1.5, None] * 20,
            "since": [datetime.date(2019, 4, 9), None] * 20,
            "listed": [True, False] * 20,
            "more": [[1, 2], None] * 20,
        }
    ).write_parquet(path, compression=compression)  # type: ignore[arg-type]
    return path


def make_samples(folder: Path, old: Sequence[Path] = ()) -> dict[str, bytes]:
    """A few of each kind, by name."""
    text = '代码,名称,税收（万元）\r\nA,甲（示例数据）,1234.5\r\nB,乙,"1,234"\r\n合计,,1\r\n注：示例数据,,\r\n'
    paths = [
        write_workbook(folder / "shared.xlsx"),
        write_workbook(folder / "in_place.xlsx", in_place=True),
        write_parquet(folder / "zstd.parquet", "zstd"),
        write_parquet(folder / "plain.parquet", "uncompressed"),
        *old,
    ]
    texts = {f"{encoding}.csv": text.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16")}
    return {path.name: path.read_bytes() for path in paths} | texts


def to_old(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The same workbooks as XLS, by LibreOffice, in one call; with a profile of its own."""
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "xls",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=180)
    return [folder / f"{path.stem}.xls" for path in paths]
