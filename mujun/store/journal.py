"""The journal: one row per act, each carrying the hash of the row before. SQLite; a commit is one transaction.

Knows nothing of what the acts mean. Besides the database there is `journal.head`, written after each commit: without
it, rows cut off at the end could not be missed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

from mujun.digest import canonical_json, digest_bytes
from mujun.store.files import replace_text
from mujun.store.refusals import damaged, no_store

FILE, HEAD = "journal.sqlite", "journal.head"
START = "0" * 64
_PATIENCE = 60.0
_FORMAT = 1
_TABLES = (
    "CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, act TEXT NOT NULL,"
    " content TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE)",
    "CREATE TABLE batches (key TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE REFERENCES journal, scheme TEXT NOT NULL,"
    " form TEXT NOT NULL, file_sha256 TEXT NOT NULL, observations_sha256 TEXT NOT NULL)",
    "CREATE TABLE waivers (seq INTEGER NOT NULL REFERENCES journal, place INTEGER NOT NULL, code TEXT NOT NULL,"
    " form TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, units TEXT NOT NULL,"
    " findings INTEGER NOT NULL, PRIMARY KEY (seq, place))",
)
_GUARDS = tuple(
    f"CREATE TRIGGER {table}_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'nothing is overwritten'); END"
    for table in ("journal", "batches", "waivers")
    for act in ("UPDATE", "DELETE")
)


@frozen
class Entry:
    """One row. `content` is canonical JSON."""

    seq: int
    at: str
    by: str
    act: str
    content: str
    previous: str
    hash: str

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.content)
        return facts

    @property
    def true_hash(self) -> str:
        return chained(self.seq, self.at, self.by, self.act, self.content, self.previous)


def chained(seq: int, at: str, by: str, act: str, content: str, previous: str) -> str:
    return digest_bytes(canonical_json([seq, at, by, act, content, previous])).sha256


class Journal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / FILE

    @property
    def begun(self) -> bool:
        """False also for a file that a first commit made and did not get to fill."""
        if not self.file.exists():
            return False
        connection = self._open_to_read()
        try:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        finally:
            connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One connection, one moment: a single read transaction."""
        if not self.file.exists():
            raise no_store(self.folder)
        connection = self._open_to_read()
        try:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise no_store(self.folder)  # begun, and not one act in it
            yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing. Waits its turn; the lock is taken before anything is read."""
        if not self.file.exists():  # later it could only hide that it was taken away
            replace_text(self.folder / HEAD, f"0 {START}\n")
        connection = sqlite3.connect(self.file, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._make(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            connection.close()

    def entries(self, upto: int | None = None) -> tuple[Entry, ...]:
        with self.reading() as connection:
            return read_entries(connection, upto)

    def note_head(self) -> None:
        """Put the last row's number and hash beside the database. Behind by a commit after a crash: that is allowed."""
        with self.reading() as connection:
            seq, last = read_head(connection)
        replace_text(self.folder / HEAD, f"{seq} {last}\n")

    def _open_to_read(self) -> sqlite3.Connection:
        """A full or read-only disk has no place for the shared memory of WAL; then the file is read as it lies."""
        waiting = self.folder / f"{FILE}-wal"
        try:
            return _opened(f"{self.file.absolute().as_uri()}?mode=rw")
        except sqlite3.OperationalError:
            if waiting.exists() and waiting.stat().st_size:
                return _opened(f"{self.file.absolute().as_uri()}?mode=ro")
            return _opened(f"{self.file.absolute().as_uri()}?immutable=1")

    def _make(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in (*_TABLES, *_GUARDS):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_FORMAT}")
        elif version != _FORMAT:
            raise damaged(self.folder, f"格式是第{version}版，本程序只认第{_FORMAT}版")


def _opened(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes the shared memory now
    except BaseException:
        connection.close()
        raise
    return connection


def append(connection: sqlite3.Connection, at: str, by: str, act: str, facts: dict[str, Any]) -> Entry:
    """The next row, inside the caller's transaction."""
    seq, previous = read_head(connection)
    content = canonical_json(facts).decode()
    entry = Entry(seq + 1, at, by, act, content, previous, chained(seq + 1, at, by, act, content, previous))
    row = (entry.seq, at, by, act, content, previous, entry.hash)
    connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return entry


def read_head(connection: sqlite3.Connection) -> tuple[int, str]:
    row: Sequence[Any] | None = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, START) if row is None else (row[0], row[1])


def read_entries(connection: sqlite3.Connection, upto: int | None = None) -> tuple[Entry, ...]:
    last = upto if upto is not None else read_head(connection)[0]
    rows = connection.execute("SELECT * FROM journal WHERE seq <= ? ORDER BY seq", (last,)).fetchall()
    return tuple(Entry(*row) for row in rows)
