"""Open a data file, or refuse it with the reason. Goes by the extension, and checks that the content agrees."""

from __future__ import annotations

import re
from pathlib import Path

from mujun.findings import CannotGoOn
from mujun.intake.cells import Cells, refusal
from mujun.intake.parquet import open_parquet
from mujun.intake.text_file import open_text
from mujun.intake.workbook import open_workbook

ACCEPTED = "只接受 .csv（UTF-8 或 GB18030）、.xlsx 和 .parquet。"

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096
_SEARCHED = 64 << 20
_KINDS = {"text": ".csv", "workbook": ".xlsx", "parquet": ".parquet"}


def open_cells(path: Path, sheet: str | None = None) -> Cells:
    """The cells of a file, of one sheet if it has sheets. Raises CannotGoOn when it cannot be read at all."""
    kind = _kind_by_name(path)
    found = _kind_by_content(path, _head(path))
    if found != kind:
        message = f"扩展名是 {path.suffix}，内容却是{found}的格式。"
        raise refusal(path.name, "wrong_format", message, f"请把扩展名改成 {found}，或另存为 {kind} 格式。")
    try:
        if kind == ".csv":
            return open_text(path)
        return open_workbook(path, sheet) if kind == ".xlsx" else open_parquet(path)
    except (OSError, MemoryError) as error:
        raise _unreadable(path, error) from error
    except UnicodeError as error:  # it decoded when its encoding was found out
        raise refusal(path.name, "unreadable", "文件在读的时候被改动了。", "请等别的程序保存完再试。") from error


def _kind_by_name(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in _KINDS.values():
        return suffix
    if suffix in (".xls", ".et", ".xlsm", ".xlsb", ".ods"):
        mend = f"请用 WPS 或 Excel 打开，另存为 .xlsx。{ACCEPTED}"
        raise refusal(path.name, "wrong_format", f"不能读 {suffix} 文件。", mend)
    shown = f"不能读 {suffix} 文件。" if suffix else "文件名没有扩展名，不知是什么格式。"
    raise refusal(path.name, "wrong_format", shown, ACCEPTED)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise refusal(path.name, "empty_file", "文件是空的。", "请核对是不是没有保存好，重新导出一次。")
    return head


def _unreadable(path: Path, error: OSError | MemoryError) -> CannotGoOn:
    if isinstance(error, FileNotFoundError):
        return refusal(path.name, "unreadable", "没有这个文件。", "请核对路径。")
    if isinstance(error, IsADirectoryError):
        return refusal(path.name, "unreadable", "这是文件夹，不是文件。", "请核对路径。")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "内存不够"
    return refusal(path.name, "unreadable", f"打不开：{reason}。", "请核对权限，并关闭正在使用它的程序。")


def _kind_by_content(path: Path, head: bytes) -> str:
    if head.startswith(_OLE):
        raise _old_or_encrypted(path)
    if _HTML.search(head.replace(b"\0", b"")):
        mend = f"请用 WPS 或 Excel 打开，另存为 .xlsx。{ACCEPTED}"
        raise refusal(path.name, "html_in_disguise", "内容是网页（HTML），不是表格文件。", mend)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _KINDS["workbook"]
    if head.startswith(b"PAR1"):
        return _KINDS["parquet"]
    if path.suffix.lower() == _KINDS["workbook"]:
        mend = "请重新下载或另存一次；原来是文本的，请把扩展名改成 .csv。"
        raise refusal(path.name, "broken_file", "不是 XLSX 文件：不是 zip 压缩包。", mend)
    if path.suffix.lower() == _KINDS["parquet"]:
        raise refusal(path.name, "broken_file", "不是 Parquet 文件：开头没有 PAR1。", "请重新导出一次。")
    return _KINDS["text"]


def _old_or_encrypted(path: Path) -> CannotGoOn:
    with path.open("rb") as file:
        encrypted = _ENCRYPTED in file.read(_SEARCHED)
    if encrypted:
        mend = "请用 WPS 或 Excel 打开，取消打开密码后另存。"
        return refusal(path.name, "encrypted", "文件加了密码，读不了。", mend)
    mend = f"请用 WPS 或 Excel 打开，另存为 .xlsx，不要只改扩展名。{ACCEPTED}"
    return refusal(path.name, "wrong_format", "内容是老式 Excel（.xls）或 Word 文件。", mend)
