"""`manage.py first_admins`: the three administrators of a new site, each with a password that works once."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mujun.web.actions.accounts import settle_first
from mujun.web.clock import read_clock

_CHAIRS = (("SA", "系统管理员"), ("SE", "安全管理员"), ("AU", "审计管理员"))


class Command(BaseCommand):
    help = "新站点的三员：系统管理员、安全管理员、审计管理员各一人，初始密码只显示一次"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", required=True, help="三员所在的单位")
        for role, label in _CHAIRS:
            parser.add_argument(f"--{role.lower()}", required=True, metavar="姓名:用户名", help=label)

    def handle(self, *args: Any, office: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        seats = []
        for role, label in _CHAIRS:
            name, mark, username = options[role.lower()].replace("：", ":").partition(":")
            if not (mark and name.strip() and username.strip()):
                raise CommandError(f"--{role.lower()} 要写成“姓名:用户名”，例如 --{role.lower()} 张三:zhangsan。")
            seats.append((role, name.strip(), username.strip(), label))
        if len({one[1] for one in seats}) < 3 or len({one[2].lower() for one in seats}) < 3:
            raise CommandError("三员必须是三个人，用户名也各不相同。")
        handed = settle_first(seats, office, read_clock())
        if not handed:
            raise CommandError("这里已经有人了。请由系统管理员在“人员账号”里建立账号。")
        self.stdout.write("三员已就位。下面的密码只显示这一次，72小时内各自登录一次并改掉：")
        for (_, name, username, label), one in zip(seats, handed, strict=True):
            self.stdout.write(f"  {label} {name}  用户名 {username}  初始密码 {one.secret}")
