"""Whatever is changed behind the store's back is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.findings import Finding, Severity
from mujun.store import Receipt, Store, Waiver
from mujun.store.verify import verify
from tests.store.batches import make_batch
from tests.store.conftest import NOW

Commit = Callable[..., Receipt]


@pytest.fixture
def three(store: Store, commit: Commit) -> Store:
    """A store of three batches."""
    for number in (1, 2, 3):
        commit(f"A.tax={number}", file=f"{number}.xlsx")
    return store


def tamper(store: Store, *statements: str) -> None:
    """As somebody with the database file would: the triggers are only a fence."""
    with sqlite3.connect(store.folder / "journal.sqlite") as connection:
        for table in ("journal", "batches", "waivers"):
            for act in ("UPDATE", "DELETE"):
                connection.execute(f"DROP TRIGGER {table}_{act}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def told(store: Store) -> list[tuple[str, str, int | None]]:
    errors = [finding for finding in verify(store) if finding.severity is Severity.ERROR]
    return [(finding.code, finding.file, finding.line) for finding in errors]


def test_an_untouched_store_is_whole(three: Store) -> None:
    assert verify(three) == []


@pytest.mark.parametrize("column", ["at", "by", "act", "content"])
def test_a_changed_row_is_named(three: Store, column: str) -> None:
    tamper(three, f"UPDATE journal SET {column} = replace({column}, substr({column}, 1, 1), '7') WHERE seq = 2")
    assert ("row_changed", "journal.sqlite", 2) in told(three)


def test_a_row_changed_together_with_its_hash_is_named_by_the_next(three: Store) -> None:
    entry = three.entries()[1]
    from mujun.store.journal import chained

    forged = chained(2, entry.at, "王五", entry.act, entry.content, entry.previous)
    tamper(three, f"UPDATE journal SET by = '王五', hash = '{forged}' WHERE seq = 2")
    assert told(three) == [("chain_broken", "journal.sqlite", 3)]


def test_a_deleted_row_is_named(three: Store) -> None:
    tamper(three, "DELETE FROM journal WHERE seq = 2")
    assert told(three)[0] == ("row_missing", "journal.sqlite", 2)


def test_a_row_cut_off_at_the_end_is_named(three: Store) -> None:
    tamper(three, "DELETE FROM journal WHERE seq = 3", "DELETE FROM batches WHERE seq = 3")
    assert told(three) == [("tail_missing", "journal.sqlite", 2)]


def test_reordered_rows_are_named(three: Store) -> None:
    tamper(
        three,
        "UPDATE journal SET seq = 9 WHERE seq = 2",
        "UPDATE journal SET seq = 2 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 9",
    )
    assert told(three)[:3] == [
        ("chain_broken", "journal.sqlite", 2),
        ("row_changed", "journal.sqlite", 2),
        ("chain_broken", "journal.sqlite", 3),
    ]


def test_a_row_put_in_is_named(three: Store) -> None:
    tamper(three, "INSERT INTO journal SELECT 4, at, by, act, content, previous, 'f' FROM journal WHERE seq = 3")
    assert told(three)[:2] == [("chain_broken", "journal.sqlite", 4), ("row_changed", "journal.sqlite", 4)]


def test_a_batch_moved_to_another_form_is_named(three: Store) -> None:
    tamper(three, "UPDATE batches SET form = '2019/firms/统计' WHERE seq = 2")
    assert told(three) == [("table_changed", "journal.sqlite", 2)]


def test_a_waiver_whose_reason_was_changed_is_named(store: Store) -> None:
    waiver = Waiver("renamed", "2019/firms/税务", "张三", "已更名", "2019-04-12", ("A",), 1)
    batch = make_batch("A.tax=1", waivers=(waiver,))
    store.put("税务.xlsx: A.tax=1".encode())
    store.commit([batch], by="张三", now=NOW)
    assert told(store) == []
    tamper(store, "UPDATE waivers SET why = '领导同意'")
    assert told(store) == [("table_changed", "journal.sqlite", 1)]


@pytest.mark.parametrize("room", ["evidence", "observations"])
def test_a_file_changed_by_a_byte_is_named(three: Store, room: str) -> None:
    path = sorted((three.folder / room).glob("*/*"))[1]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(data))
    assert told(three) == [("file_changed", path.relative_to(three.folder).as_posix(), None)]


@pytest.mark.parametrize("room", ["evidence", "observations"])
def test_a_file_that_is_gone_is_named(three: Store, room: str) -> None:
    path = sorted((three.folder / room).glob("*/*"))[0]
    path.unlink()
    assert told(three) == [("file_missing", path.relative_to(three.folder).as_posix(), None)]


def test_bytes_received_and_never_committed_are_a_note(three: Store) -> None:
    three.put(b"refused")
    (note,) = verify(three)
    assert isinstance(note, Finding)
    assert (note.severity, note.code) == (Severity.INFO, "not_committed")


def test_a_crash_between_commit_and_head_is_no_fault(three: Store) -> None:
    """The head may be a commit behind, never ahead."""
    entry = three.entries()[1]
    (three.folder / "journal.head").write_text(f"{entry.seq} {entry.hash}\n", encoding="utf-8")
    assert verify(three) == []
    (three.folder / "journal.head").write_text(f"{entry.seq} {'0' * 64}\n", encoding="utf-8")
    assert told(three) == [("head_changed", "journal.sqlite", 2)]
    (three.folder / "journal.head").unlink()
    assert told(three) == [("head_missing", "journal.sqlite", None)]


def test_the_database_itself_refuses_changes(three: Store, tmp_path: Path) -> None:
    with sqlite3.connect(three.folder / "journal.sqlite") as connection:
        for statement in ("UPDATE journal SET by = '王五'", "DELETE FROM batches", "DELETE FROM journal"):
            with pytest.raises(sqlite3.IntegrityError, match="nothing is overwritten"):
                connection.execute(statement)
    connection.close()
