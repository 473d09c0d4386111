"""`manage.py settle`: note as 视同确认 what nobody confirmed in time. To be run every day, after closing time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from mujun.web.actions.values.confirm import settle_due
from mujun.web.clock import read_clock
from mujun.web.models import Track


class Command(BaseCommand):
    help = "核对期满、没有人确认的，记为视同确认"

    def handle(self, *args: Any, **options: Any) -> None:
        now = read_clock()
        for track in Track.objects.filter(state="COLLECTING").select_related("round"):
            count = settle_due(track, now=now)
            self.stdout.write(f"{track}：视同确认{count}个单位")
