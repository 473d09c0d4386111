"""`manage.py reset_second_factor 用户名 --why …`: where the last security administrator has lost phone and paper."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mujun.web.actions.refused import Refused
from mujun.web.actions.second_factor import reset_second_factor
from mujun.web.clock import read_clock
from mujun.web.models import Account


class Command(BaseCommand):
    help = "重设一个账号的动态口令；平时由安全管理员办，只在没有一位安全管理员能办的时候用"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="用户名")
        parser.add_argument("--why", required=True, help="理由，记入审计记录")

    def handle(self, *args: Any, username: str, why: str, **options: Any) -> None:
        account = Account.objects.select_related("person").filter(username=username).first()
        if account is None:
            raise CommandError(f"没有用户名“{username}”。")
        try:
            reset_second_factor(account=account, why=why, by=None, now=read_clock())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"已重设{username}的动态口令，已记入审计记录。请本人登录后在“我的账号”里重新设置。")
