"""What kind of file it is. Goes by the extension, and checks that the content agrees."""

from __future__ import annotations

import re
from pathlib import Path

from mujun.findings import CannotGoOn
from mujun.intake.cells import refusal

ACCEPTED = "只接受 .csv（UTF-8 或 GB18030）、.xlsx、.xls 和 .parquet。"
SAVE_ANEW = f"请用 WPS 或 Excel 打开，另存为 .xlsx。{ACCEPTED}"

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_XML = re.compile(rb"^[\xef\xbb\xbf\xff\xfe\s]*<\?xml\b")
_MHTML = re.compile(rb"^MIME-Version:", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096
_SEARCHED = 64 << 20
_KINDS = (".csv", ".xlsx", ".xls", ".parquet")


def check_kind(path: Path) -> str:
    """The extension, in lower case. Raises CannotGoOn when the content is of another kind, or of none that is read."""
    kind = _by_name(path)
    found = _by_content(path, kind, _head(path))
    if found != kind:
        message = f"扩展名是 {path.suffix}，内容却是{found}的格式。"
        raise refusal(path.name, "wrong_format", message, f"请把扩展名改成 {found}，或另存为 {kind} 格式。")
    return kind


def unreadable(path: Path, error: OSError | MemoryError) -> CannotGoOn:
    """What the system says, in words of a clerk."""
    if isinstance(error, MemoryError):
        message = "读这个文件要用的内存超过限制，没有读。"
        return refusal(path.name, "too_large", message, "请删去表外的内容和不用的列，或分成几个文件。")
    if isinstance(error, FileNotFoundError):
        return refusal(path.name, "unreadable", "没有这个文件。", "请核对路径。")
    if isinstance(error, IsADirectoryError):
        return refusal(path.name, "unreadable", "这是文件夹，不是文件。", "请核对路径。")
    reason = error.strerror or "系统没有说明原因"
    return refusal(path.name, "unreadable", f"打不开：{reason}。", "请核对权限，并关闭正在使用它的程序。")


def _by_name(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in _KINDS:
        return suffix
    if suffix in (".xlsm", ".xltm", ".xlsb", ".xlam"):
        message = f"不能读 {suffix} 文件：这种格式可以带宏（程序代码）。"
        raise refusal(path.name, "wrong_format", message, SAVE_ANEW)
    if suffix in (".et", ".ett", ".xlt", ".xltx", ".ods", ".numbers"):
        raise refusal(path.name, "wrong_format", f"不能读 {suffix} 文件。", SAVE_ANEW)
    shown = f"不能读 {suffix} 文件。" if suffix else "文件名没有扩展名，不知是什么格式。"
    raise refusal(path.name, "wrong_format", shown, ACCEPTED)


def _head(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device never ends
            raise refusal(path.name, "unreadable", "这不是普通的文件。", "请核对路径。")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise unreadable(path, error if isinstance(error, OSError) else FileNotFoundError()) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise refusal(path.name, "empty_file", "文件是空的。", "请核对是不是没有保存好，重新导出一次。")
    return head


def _by_content(path: Path, kind: str, head: bytes) -> str:
    if head.startswith(_OLE):
        if kind == ".xls":
            return kind
        raise _old_or_encrypted(path)
    if _HTML.search(head.replace(b"\0", b"")) or _MHTML.match(head):
        raise refusal(path.name, "html_in_disguise", "内容是网页（HTML），不是表格文件。", SAVE_ANEW)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ".xlsx"
    if head.startswith(b"PAR1"):
        return ".parquet"
    if _XML.match(head.replace(b"\0", b"")):
        raise refusal(path.name, "wrong_format", "内容是 XML 文本，不是表格文件。", SAVE_ANEW)
    if kind == ".xlsx":
        mend = "请重新下载或另存一次；原来是文本的，请把扩展名改成 .csv。"
        raise refusal(path.name, "broken_file", "不是 XLSX 文件：不是 zip 压缩包。", mend)
    if kind == ".xls":
        mend = "请用 WPS 或 Excel 打开，另存为 .xlsx；原来是文本的，请把扩展名改成 .csv。"
        raise refusal(path.name, "broken_file", "不是 XLS 文件：开头不是老式 Excel 的标记。", mend)
    if kind == ".parquet":
        raise refusal(path.name, "broken_file", "不是 Parquet 文件：开头没有 PAR1。", "请重新导出一次。")
    return ".csv"


def _old_or_encrypted(path: Path) -> CannotGoOn:
    with path.open("rb") as file:
        encrypted = _ENCRYPTED in file.read(_SEARCHED)
    if encrypted:
        return password_needed(path)
    mend = f"请用 WPS 或 Excel 打开，另存为 .xlsx，不要只改扩展名。{ACCEPTED}"
    return refusal(path.name, "wrong_format", "内容是老式 Excel（.xls）或 Word 文件。", mend)


def password_needed(path: Path) -> CannotGoOn:
    mend = "请用 WPS 或 Excel 打开，取消打开密码后另存。"
    return refusal(path.name, "encrypted", "文件加了密码，读不了。", mend)
