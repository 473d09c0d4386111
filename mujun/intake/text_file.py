"""Open a CSV file: its encoding, its separator, its rows. Row numbers are those a spreadsheet program shows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path

from mujun.intake.cells import MOST_COLUMNS, TOP, Cells, Progress, refusal, silent, text_columns, too_many_columns

LONGEST_LINE = 1 << 20
"""Characters. A longer line has too many columns, or is not a table."""

_CHUNK = 1 << 20
_ROWS = 50_000
_SEPARATORS = ",\t;"


def open_text(path: Path, progress: Progress = silent) -> Cells:
    """All rows, blank ones too, so that row numbers stay."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        separator = _separator(file, path.name)
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=encoding, newline="") as file:
        rows = csv.reader(_lines(file, path.name), delimiter=separator, strict=True)
        return _read(rows, path.name, lambda: progress(100 * raw.tell() // size, 100))


def _read(rows: Iterator[list[str]], file: str, tell: Callable[[], None]) -> Cells:
    top: list[tuple[str, ...]] = []

    def chunks() -> Iterator[list[list[str]]]:
        done = 0
        while chunk := _next_rows(rows, done, file):
            if not done:
                top.extend(tuple(row) for row in chunk)
            done += len(chunk)
            width = max(map(len, chunk))
            if width > MOST_COLUMNS:
                raise too_many_columns(file, number=width)
            tell()
            yield chunk

    columns = text_columns(chunks())
    return Cells(file, "", tuple(top), columns, ragged=True)


def _next_rows(rows: Iterator[list[str]], done: int, file: str) -> list[list[str]]:
    chunk: list[list[str]] = []
    try:
        for row in rows:
            chunk.append(row)
            if len(chunk) == _ROWS or (len(chunk) == TOP and not done):
                break
    except csv.Error as error:
        message = f"第{done + len(chunk) + 1}行的引号没有配对，后面的内容分不清是哪一格。"
        mend = "请在这一行补上或去掉多余的英文双引号；内容里的双引号要写两个。"
        raise refusal(file, "unbalanced_quote", message, mend) from error
    return chunk


def _lines(file: TextIOWrapper, name: str) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            if max(line.count(separator) for separator in _SEPARATORS) >= MOST_COLUMNS:
                raise too_many_columns(name)
            message = f"第{number}行超过{LONGEST_LINE:,}个字，不像表格，没有读。"
            raise refusal(name, "line_too_long", message, "请核对是不是拿错了文件，或缺少换行。")
        yield line


def _separator(file: TextIOWrapper, name: str) -> str:
    """The sign that the first rows hold most of; a comma unless another is more frequent."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    for number, line in enumerate(_lines(file, name)):
        if number == TOP:
            break
        for separator in _SEPARATORS:
            counts[separator] += line.count(separator)
    return max(_SEPARATORS, key=lambda separator: counts[separator])


def _encoding(path: Path) -> str:
    """UTF-8, or UTF-16 when it says so, or GB18030: the first that decodes the whole file."""
    with path.open("rb") as file:
        start = file.read(3)
    if start == codecs.BOM_UTF8:
        candidates = ["utf-8-sig"]
    elif start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "gb18030"]
    lines = []
    for encoding in candidates:
        line = _undecodable_line(path, encoding)
        if line is None:
            return encoding
        lines.append(line)
    message = f"第{max(lines)}行有认不出的字：不是 UTF-8，也不是 GB18030（或 GBK）编码的文本。"
    raise refusal(path.name, "unknown_encoding", message, "请用 WPS 或 Excel 打开，另存为“CSV UTF-8”或 .xlsx。")


def _undecodable_line(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if "\0" in text:
                return line + text[: text.index("\0")].count("\n")
            if not chunk:
                return None
            line += text.count("\n")
