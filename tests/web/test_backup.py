"""A backup taken while people work comes back whole in a fresh place; one that was touched does not pass."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from mujun.web.actions.backup import CHECKPOINT, DATABASE, MANIFEST, drill, take_backup
from mujun.web.actions.record import record_event
from mujun.web.evidence import keep
from mujun.web.living.people import settle_people
from mujun.web.living.round import live_begun, live_planned
from mujun.web.models import AuditEvent
from mujun.workflow.moment import CHINA
from tests.web.conftest import PASSWORD

NOW = datetime(2019, 5, 6, 9, tzinfo=CHINA)


@pytest.fixture
def busy(threads: None) -> Iterator[None]:
    """Somebody who does not stop working."""
    settle_people(PASSWORD)
    live_planned(live_begun())
    stop = Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with transaction.atomic():
                sha256 = keep(f"第{number}份".encode())
                record_event("work", "办一件事", by=None, now=NOW + timedelta(seconds=number), facts={"scan": sha256})
        connection.close()

    worker = Thread(target=work)
    worker.start()
    while AuditEvent.objects.filter(act="work").count() < 5:
        pass
    yield
    stop.set()
    worker.join()


def test_f03_a_backup_under_load_comes_back_whole(busy: None, tmp_path: Path) -> None:
    backup = take_backup(tmp_path / "backups", NOW)
    went_on = AuditEvent.objects.count()

    found = drill(backup, tmp_path / "fresh")

    told = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    assert found.problems == ()
    assert told["rows"]["mujunweb_auditevent"] <= went_on
    with closing(sqlite3.connect(tmp_path / "fresh" / DATABASE)) as opened:
        scans = [
            json.loads(one)["scan"]
            for (one,) in opened.execute("SELECT facts FROM mujunweb_auditevent WHERE act = 'work'")
        ]
        last = opened.execute("SELECT max(seq) FROM mujunweb_auditevent").fetchone()[0]
    assert [one for one in scans if not list((tmp_path / "fresh" / "store").rglob(f"*{one[4:]}*"))] == []
    assert json.loads((tmp_path / "fresh" / CHECKPOINT).read_bytes())["sequence"] == last
    assert (tmp_path / "fresh" / "secret.key").read_text() == (Path(settings.HOME) / "secret.key").read_text()


@pytest.fixture
def backup(threads: None, tmp_path: Path) -> Path:
    settle_people(PASSWORD)
    live_planned(live_begun())
    return take_backup(tmp_path / "backups", NOW)


def test_f03_a_backup_that_somebody_touched_does_not_pass(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(backup / DATABASE)) as opened:
        opened.execute("DROP TRIGGER unchanged_mujunweb_auditevent")
        opened.execute("UPDATE mujunweb_auditevent SET who = '别人' WHERE seq = 2")
        opened.execute("DELETE FROM mujunweb_message")
        opened.execute("INSERT INTO mujunweb_oncekey VALUES ('x', '1', 'x', '2019-01-01', '')")
        opened.commit()

    problems = drill(backup, tmp_path / "fresh").problems

    assert [one.split("：")[0] for one in problems] == [
        "文件不见了或变了",
        "数据库各表的行数与备份时不同。",
        "审计记录核验不通过",
    ]


def test_f03_a_file_that_is_gone_is_named(backup: Path, tmp_path: Path) -> None:
    (backup / "secret.key").unlink()

    assert drill(backup, tmp_path / "fresh").problems == ("文件不见了或变了：secret.key",)


def test_the_drill_says_what_would_be_lost_and_how_long_it_takes(
    backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("restore_drill", str(backup))

    said = capsys.readouterr().out
    assert [word in said for word in ("恢复演练通过", "（RPO）", "（RTO）")] == [True] * 3


def test_a_backup_does_not_lie_in_the_home_it_is_of(threads: None) -> None:
    with pytest.raises(CommandError, match="不能放在站点自己的文件夹里"):
        call_command("backup", "--to", str(Path(settings.HOME) / "backups"))
