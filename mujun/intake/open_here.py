"""Open a data file in this process. Only the worker does so: a damaged file can end the process that opens it."""

from __future__ import annotations

from pathlib import Path

from mujun.intake.cells import Cells, Progress, refusal, silent
from mujun.intake.kind import check_kind, unreadable
from mujun.intake.old_workbook import open_old_workbook
from mujun.intake.parquet import open_parquet
from mujun.intake.text_file import open_text
from mujun.intake.workbook import open_workbook


def open_here(path: Path, sheet: str | None = None, progress: Progress = silent) -> Cells:
    """The cells of a file, of one sheet if it has sheets. Raises CannotGoOn when it cannot be read at all."""
    kind = check_kind(path)
    try:
        if kind == ".csv":
            return open_text(path, progress)
        if kind == ".parquet":
            return open_parquet(path)
        return (open_workbook if kind == ".xlsx" else open_old_workbook)(path, sheet, progress)
    except (OSError, MemoryError) as error:
        raise unreadable(path, error) from error
    except UnicodeError as error:  # it decoded when its encoding was found out
        raise refusal(path.name, "unreadable", "文件在读的时候被改动了。", "请等别的程序保存完再试。") from error
