"""The command line. Reads files, calls the core, prints; decides nothing."""

from __future__ import annotations

import sys

from mujun.cli.app import app
from mujun.cli.show import console, show_findings
from mujun.findings import CannotGoOn

__all__ = ["main"]


def main() -> None:
    """Entry point. Exit codes: 0 done; 1 findings that block; 2 wrong usage or unreadable file."""
    try:
        app()
    except CannotGoOn as error:
        show_findings(error.findings)
        sys.exit(2)
    except OSError as error:
        where = f"“{error.filename}”" if error.filename else ""
        console.print(
            f"[red]错误[/red] 读写{where}失败：{error.strerror or error}。请核对路径、权限和磁盘空间。", highlight=False
        )
        sys.exit(2)
    except KeyboardInterrupt:
        console.print("已中断，没有写完的文件不会留下。")
        sys.exit(130)
