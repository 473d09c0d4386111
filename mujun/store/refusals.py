"""What a clerk is told when the disk or the database refuses. What was stored before is untouched in any case."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from polars.exceptions import PolarsError

from mujun.findings import CannotGoOn, Finding, Severity

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_UNTOUCHED = "这次什么也没有入库，原有的数据没有动，仍可查询。"


@contextmanager
def refusing(folder: Path) -> Iterator[None]:
    """Turn errors of the disk and the database into a refusal in words."""
    try:
        yield
    except OSError as error:
        raise _of_disk(folder, error) from error
    except sqlite3.DatabaseError as error:
        raise _of_database(folder, error) from error
    except PolarsError as error:
        raise damaged(folder, "观测值文件读不出来") from error


def refused(folder: Path, code: str, message: str, mend: str = "") -> CannotGoOn:
    return CannotGoOn([Finding(Severity.ERROR, code, message, mend, file=str(folder))])


def no_store(folder: Path) -> CannotGoOn:
    message = "这里没有数据库（找不到 journal.sqlite）。"
    return refused(folder, "no_store", message, "请核对 --store 的路径；第一次入库时会自动建立。")


def damaged(folder: Path, what: str) -> CannotGoOn:
    mend = f"请运行 mujun verify-store {folder} 查明是哪一份，再从备份恢复；不要继续入库。"
    return refused(folder, "store_damaged", f"数据库损坏：{what}。", mend)


def _of_disk(folder: Path, error: OSError) -> CannotGoOn:
    if error.errno in _FULL:
        return _full(folder)
    if error.errno in _READ_ONLY:
        return _read_only(folder)
    what = f"“{Path(error.filename).name}”" if isinstance(error.filename, str) else ""
    reason = {errno.ENOENT: "文件不见了", errno.EIO: "磁盘读写出错"}.get(error.errno or 0, error.strerror or str(error))
    return refused(folder, "store_failed", f"读写{what}失败：{reason}。{_UNTOUCHED}", "请核对磁盘后再报一次。")


def _of_database(folder: Path, error: sqlite3.DatabaseError) -> CannotGoOn:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL") or name in ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_FSYNC"):
        return _full(folder)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _read_only(folder)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        message = f"别人正在入库，等了一分钟还没有轮到。{_UNTOUCHED}"
        return refused(folder, "store_busy", message, "请稍后再报一次。")
    return damaged(folder, f"日志读不出来（{name or error}）")


def _full(folder: Path) -> CannotGoOn:
    return refused(folder, "store_full", f"磁盘满了。{_UNTOUCHED}", "请清出空间，再把同一批文件报一次。")


def _read_only(folder: Path) -> CannotGoOn:
    message = f"没有写入的权限，或磁盘是只读的。{_UNTOUCHED}"
    return refused(folder, "store_read_only", message, "请管理员核对文件夹的权限，再把同一批文件报一次。")
