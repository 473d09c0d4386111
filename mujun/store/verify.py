"""Go over a store from the first row to the last byte and name everything that is not as it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from mujun.digest import canonical_json, digest_file
from mujun.findings import Finding, Severity
from mujun.store.journal import FILE, HEAD, START, Entry, read_entries
from mujun.store.refusals import refusing
from mujun.store.sealed import check_sealed
from mujun.store.store import BATCH, SEAL, Store

Progress = Callable[[int, int], None]


def verify(store: Store, progress: Progress = lambda now, end: None) -> list[Finding]:
    """Errors for what was changed, lost or put in; notes for what was received and never committed."""
    with refusing(store.folder):
        with store.journal.reading() as connection:
            entries = read_entries(connection)
            findings = [*_chain(entries), *_head(store.folder, entries)]
            doubted = {entry.seq for entry in entries if entry.hash != entry.true_hash}
            entries = tuple(entry for entry in entries if entry.seq not in doubted)  # the others may say anything
            findings += _tables(connection, entries, doubted)
        files = sorted(path for room in ("evidence", "observations") for path in (store.folder / room).glob("*/*"))
        for number, path in enumerate(files):
            progress(number, len(files))
            findings += _bytes(store.folder, path)
        return [*findings, *_referred(store, entries, files), *_seals(store, entries)]


def _chain(entries: tuple[Entry, ...]) -> list[Finding]:
    """Each row's number, its own hash, the hash it carries of the one before. After the first break the rest is told
    by its own hashes only.
    """
    findings = []
    expected, previous = 1, START
    for entry in entries:
        if entry.seq != expected:
            gone = f"第{expected}行" if entry.seq == expected + 1 else f"第{expected}至{entry.seq - 1}行"
            findings.append(_error("row_missing", f"日志少了{gone}。", expected))
        elif entry.previous != previous:
            what = f"第{entry.seq}行接不上前一行：行被改过、换过次序，或是后来插入的。"
            findings.append(_error("chain_broken", f"日志{what}", entry.seq))
        if entry.hash != entry.true_hash:
            findings.append(_error("row_changed", f"日志第{entry.seq}行被改过：内容与指纹不符。", entry.seq))
        expected, previous = entry.seq + 1, entry.hash
    return findings


def _head(folder: Path, entries: tuple[Entry, ...]) -> list[Finding]:
    """The last row that is known from outside the database must be there."""
    path = folder / HEAD
    if not path.exists():
        return [_error("head_missing", f"少了 {HEAD}，无从知道日志末尾有没有被截去。")] if entries else []
    seq, _, last = path.read_text(encoding="utf-8").strip().partition(" ")
    if not seq.isdigit():
        return [_error("head_changed", f"{HEAD} 被改过，读不出行号。")]
    found = next((entry for entry in entries if entry.seq == int(seq)), None)
    if found is None and int(seq):
        last_seq = entries[-1].seq if entries else 0
        return [_error("tail_missing", f"日志末尾被截去：应到第{seq}行，只到第{last_seq}行。", last_seq)]
    if found is not None and found.hash != last:
        return [_error("head_changed", f"日志第{seq}行与 {HEAD} 记下的指纹不符。", int(seq))]
    return []


def _tables(connection: Connection, entries: tuple[Entry, ...], doubted: set[int]) -> list[Finding]:
    """The tables beside the journal say nothing that the journal does not, of the rows that can be believed."""
    batches: set[tuple[Any, ...]] = set()
    waivers: set[tuple[Any, ...]] = set()
    for entry in entries:
        if entry.act != BATCH:
            continue
        facts = entry.facts
        digests = (facts["digest"]["sha256"], facts["observations"])
        batches.add((facts["key"], entry.seq, facts["scheme"], facts["form"], *digests))
        for place, one in enumerate(facts["waivers"]):
            told = (one["code"], one["form"], one["who"], one["why"], one["at"])
            waivers.add((entry.seq, place, *told, canonical_json(one["units"]).decode(), one["findings"]))
    findings = []
    for table, label, expected in (("batches", "批次", batches), ("waivers", "特批", waivers)):
        column = 1 if table == "batches" else 0
        found = set(connection.execute(f"SELECT * FROM {table}").fetchall())
        for seq in sorted({row[column] for row in found ^ expected} - doubted):
            findings.append(_error("table_changed", f"{label}表与日志第{seq}行不一致：有行被改、被删或被添。", seq))
    return findings


def _bytes(folder: Path, path: Path) -> list[Finding]:
    if path.name.startswith(".") and path.name.endswith(".part"):
        message = "写到一半的文件，没有入库，可以删去。"
        return [Finding(Severity.INFO, "part_left", message, file=path.relative_to(folder).as_posix())]
    if digest_file(path).sha256 == path.name.partition(".")[0]:
        return []
    message = "内容被改过：与文件名上的指纹不符。"
    return [_error("file_changed", message, file=path.relative_to(folder).as_posix())]


def _referred(store: Store, entries: tuple[Entry, ...], files: list[Path]) -> list[Finding]:
    """Files that rows point at, and files that no row points at."""
    wanted: dict[Path, int] = {}
    for entry in entries:
        facts = entry.facts
        for sha256 in [facts["digest"]["sha256"]] if entry.act == BATCH else facts.get("evidence", []):
            wanted.setdefault(store.evidence(sha256), entry.seq)
        if entry.act == BATCH:
            wanted.setdefault(store.observations(facts["observations"]), entry.seq)
            for sha256 in facts["details"].values():
                wanted.setdefault(store.evidence(sha256), entry.seq)
    there = set(files)
    findings = [
        _error("file_missing", f"文件不见了，日志第{seq}行要用它。", seq, path.relative_to(store.folder).as_posix())
        for path, seq in wanted.items()
        if path not in there
    ]
    spare = [path for path in files if path not in wanted and not path.name.startswith(".")]
    if spare:
        message = f"有{len(spare):,}份文件收到过而没有入库（校验没有通过，或中途停下），不影响数据。"
        findings.append(Finding(Severity.INFO, "not_committed", message, file=store.folder.name))
    return findings


def _seals(store: Store, entries: tuple[Entry, ...]) -> list[Finding]:
    findings = []
    known = {entry.facts["seal"]: entry.seq for entry in entries if entry.act == SEAL}
    for seal, seq in known.items():
        folder = store.folder / "sealed" / seal
        if not folder.is_dir():
            findings.append(_error("seal_missing", f"封存的数据集不见了，日志第{seq}行记着它。", seq, f"sealed/{seal}"))
        else:
            findings += check_sealed(folder)
    return findings


def _error(code: str, message: str, seq: int | None = None, file: str = FILE) -> Finding:
    mend = "请保留现场，报管理员查明，从备份恢复。"
    return Finding(Severity.ERROR, code, message, mend, file=file, line=seq if file == FILE else None)
