"""`manage.py demo --stage collecting`: a fictitious round at a stage, with one log-in for every chair."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mujun.web.living.office_files import UNITS
from mujun.web.living.stages import PEOPLE, STAGES, live_on, live_to
from mujun.web.models import Round
from mujun.web.queries.last_round import FOLDER

_SHOWN = (
    "a",
    "b",
    "b2",
    "c-manufacturing",
    "d-manufacturing",
    "l1",
    "o1",
    "o2",
    "au",
    "sa",
    "se",
    "t-3301",
    "k-330108",
)


class Command(BaseCommand):
    help = "造一个示例年度，走到指定的阶段"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=[PEOPLE, *(one.id for one in STAGES)], default=STAGES[-1].id)
        parser.add_argument("--stretch", choices=[one.id for one in STAGES], help="已有的示例年度只走这一段")
        parser.add_argument("--password", default="", help="所有示例账号的密码；不写就随机取一个")
        parser.add_argument("--units", type=int, default=UNITS, help=f"规模以上制造业企业多少家，不少于{UNITS}")
        parser.add_argument("--last-round", default="", help="上年数据所在的文件夹（mujun demo 造的 data/previous）")

    def handle(self, *args: Any, stage: str, password: str, last_round: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("只能在示例站点上造示例年度：请先设 MUJUN_DEMO=1。")
        call_command("migrate", verbosity=0)
        if options["stretch"]:
            live_on(options["stretch"])
            return
        if options["units"] < UNITS:
            raise CommandError(f"--units 不少于{UNITS}：再少，有的行业就没有企业可排。")
        if Round.objects.exists():
            raise CommandError(f"这里已有一个年度（{settings.HOME}）。请换一个 MUJUN_HOME，或先删掉它。")
        password = password or "-".join(secrets.token_hex(2) for _ in range(3))
        if last_round:
            shutil.copytree(last_round, Path(settings.HOME) / FOLDER / "2019", dirs_exist_ok=True)
        labels = {PEOPLE: "人员就位", **{one.id: one.label for one in STAGES}}
        logs = live_to(stage, password, lambda what: self.stdout.write(f"  {what} ……"), options["units"])
        self.stdout.write(f"示例年度已就绪：{labels[stage]}。账号{len(logs)}个，密码都是 {password}")
        for log in logs:
            if log.username in _SHOWN:
                self.stdout.write(f"  {log.username:<18}{log.role:<3}{log.office} {log.name}")
        self.stdout.write(
            "确认审定、印发名单、授予角色时要的动态口令，“再次验证身份”那一页上写着（只有示例站点这样）。"
        )
