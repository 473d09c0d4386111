"""`manage.py backup --to DIR`: the whole home, as it was at one moment, while people work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mujun.web.actions.backup import MANIFEST, take_backup


class Command(BaseCommand):
    help = "备份：数据库、证据库、运行结果和密钥，办理中也可以做"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=Path, help="放备份的文件夹，最好在另一台机器的盘上")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        if to.resolve().is_relative_to(settings.HOME):
            raise CommandError("备份不能放在站点自己的文件夹里。请换一个地方，最好在另一台机器的盘上。")
        try:
            folder = take_backup(to.resolve(), timezone.localtime())
        except OSError as error:
            raise CommandError(f"备份没有做成：{error}。请检查磁盘空间和权限，然后重做。") from None
        self.stdout.write(f"已备份到 {folder} 。里面有站点的密钥，请像数据库一样保管。")
        self.stdout.write(f"清单在 {MANIFEST}；请每月用 restore_drill 试着恢复一次。")
