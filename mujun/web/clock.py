"""What time it is for the site. Actions get it as an argument; only views and commands ask here.

A site of fictitious data (示例数据) may have its clock moved forward, so that a year's round can be lived in an hour;
its pages say so. A real site has no other clock than the machine's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

FILE = "demo_clock"


def read_clock() -> datetime:
    """Now, with its zone."""
    return timezone.now() + _shift() if settings.DEMO else timezone.now()


def move_clock(to: datetime) -> None:
    """Set the clock of a demo site; it goes on from there. A real site refuses."""
    if not settings.DEMO:
        raise ValueError("only the clock of a demo site can be moved")
    file = _file()
    half = file.with_suffix(".half")
    half.write_text(str((to - timezone.now()).total_seconds()), encoding="ascii")
    half.replace(file)


def _file() -> Path:
    return Path(settings.HOME) / FILE


def _shift() -> timedelta:
    try:
        return timedelta(seconds=float(_file().read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta()
