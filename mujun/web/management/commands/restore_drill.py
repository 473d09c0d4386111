"""`manage.py restore_drill DIR`: bring a backup into a fresh place, verify it, say what it costs to come back."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mujun.web.actions.backup import MANIFEST, drill
from mujun.web.clock import read_clock


class Command(BaseCommand):
    help = "恢复演练：在新的地方恢复一份备份，核验审计记录、行数和名单指纹"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="一份备份的文件夹")
        parser.add_argument("--to", type=Path, help="恢复到这里并留下（须是还没有的文件夹）；不写就用过即删")

    def handle(self, *args: Any, backup: Path, to: Path | None, **options: Any) -> None:
        if not (backup / MANIFEST).is_file():
            raise CommandError(f"{backup} 不是一份备份：里面没有 {MANIFEST}。")
        if to is not None and to.exists():
            raise CommandError(f"{to} 已经有了。请写一个还没有的文件夹。")
        began = monotonic()
        with tempfile.TemporaryDirectory(prefix="mujun-drill-") as scratch:
            found = drill(backup.resolve(), to.resolve() if to is not None else Path(scratch) / "home")
        took = monotonic() - began
        if found.problems:
            raise CommandError("恢复演练没有通过：\n" + "\n".join(f"  {one}" for one in found.problems))
        self.stdout.write(f"恢复演练通过：{found.files}个文件、{found.rows}行相符，审计记录首尾相接。")
        if found.last_event:
            lost = read_clock() - datetime.fromisoformat(found.last_event).replace(tzinfo=UTC)
            seconds = int(lost.total_seconds())
            self.stdout.write(
                f"若此刻失去站点：会丢失最近{seconds}秒里办的事（RPO）；恢复和核验用时{took:.1f}秒（RTO）。"
            )
