"""A copy of the whole home that fits together, taken while people work; and the proof that one can be gone back to.

The database is copied first, as it was at one moment; then the files, which are only ever added. The event noted
outside the database is that of the copy.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen
from django.conf import settings
from django.db import connection

from mujun.digest import canonical_json, digest_file
from mujun.web.queries.audit import CHECKPOINT

DATABASE = "mujun.sqlite3"
MANIFEST = "backup.json"
_LEFT = ("-wal", "-shm", "-journal")


@frozen
class Drill:
    """What coming back from a backup showed: the last event it holds, how long it took, what does not fit."""

    last_event: str
    rows: int
    files: int
    problems: tuple[str, ...]


def take_backup(to: Path, now: datetime) -> Path:
    """A new folder in `to`. It becomes visible when it is whole."""
    home = Path(settings.HOME)
    folder = to / f"mujun-{now:%Y%m%dT%H%M%S%z}"
    half = to / f".{folder.name}.half"
    half.mkdir(parents=True)
    os.chmod(half, 0o700)
    _copy_database(half / DATABASE)
    for found in sorted(home.iterdir()):
        if found.name.startswith((".", DATABASE, "test.sqlite3", CHECKPOINT)):
            continue
        if found.is_dir():
            shutil.copytree(found, half / found.name, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copy2(found, half / found.name)
    last = _last_event(half / DATABASE)
    if last:
        (half / CHECKPOINT).write_bytes(canonical_json({name: last[name] for name in ("sequence", "sha256", "sm3")}))
    told = {
        "taken_at": now.isoformat(),
        "last_event": last.get("at", ""),
        "rows": _rows(half / DATABASE),
        "lists": _lists(half / DATABASE),
        "files": {
            str(one.relative_to(half)): digest_file(one).sha256 for one in sorted(half.rglob("*")) if one.is_file()
        },
    }
    (half / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    half.rename(folder)
    return folder


def drill(backup: Path, fresh: Path) -> Drill:
    """Bring a backup into a fresh home and hold it against what was noted when it was taken."""
    shutil.copytree(backup, fresh)
    told = json.loads((fresh / MANIFEST).read_text(encoding="utf-8"))
    problems = [f"文件不见了或变了：{name}" for name in sorted(_changed(fresh, told["files"]))]
    try:
        if _rows(fresh / DATABASE) != told["rows"]:
            problems.append("数据库各表的行数与备份时不同。")
        if _lists(fresh / DATABASE) != told["lists"]:
            problems.append("名单的指纹与备份时不同。")
    except sqlite3.Error as error:
        problems.append(f"数据库读不出来：{error}")
    environment = {**os.environ, "MUJUN_HOME": str(fresh), "DJANGO_SETTINGS_MODULE": "mujun.web.settings"}
    command = [sys.executable, "-m", "django", "verify_audit", "--no-color"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if said.returncode:
        problems.append(f"审计记录核验不通过：{said.stderr.strip().splitlines()[-1]}")
    return Drill(told["last_event"], sum(told["rows"].values()), len(told["files"]), tuple(problems))


def _copy_database(to: Path) -> None:
    """In one read of one moment; those who write go on meanwhile."""
    source = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(source, timeout=60)) as read, closing(sqlite3.connect(to)) as written:
        read.backup(written)
    with closing(sqlite3.connect(to)) as written:
        written.execute("PRAGMA journal_mode=DELETE")
    for tail in _LEFT:
        to.with_name(to.name + tail).unlink(missing_ok=True)


def _last_event(database: Path) -> dict[str, Any]:
    sql = "SELECT seq, sha256, sm3, at FROM mujunweb_auditevent ORDER BY seq DESC LIMIT 1"
    found = _ask(database, sql)
    return dict(zip(("sequence", "sha256", "sm3", "at"), found[0], strict=True)) if found else {}


def _rows(database: Path) -> dict[str, int]:
    tables = [name for (name,) in _ask(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: _ask(database, f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}


def _lists(database: Path) -> list[list[Any]]:
    """The hash of every list that was signed or published."""
    signed = _ask(database, "SELECT 'nomination', id, content_hash FROM mujunweb_nomination ORDER BY id")
    published = _ask(database, "SELECT 'publication', id, list_hash FROM mujunweb_publication ORDER BY id")
    return [list(one) for one in [*signed, *published]]


def _ask(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        return opened.execute(sql).fetchall()


def _changed(folder: Path, files: dict[str, str]) -> set[str]:
    return {
        name
        for name, sha256 in files.items()
        if not (folder / name).is_file() or digest_file(folder / name).sha256 != sha256
    }
