"""A store in a folder: put bytes, commit batches, ask what holds. Decides nothing about what a file says.

evidence/ab/<sha256>                the bytes as they came
observations/ab/<sha256>.parquet    what they said, one file per batch
journal.sqlite, journal.head        who committed what and when; the commit point is one transaction
sealed/<sha256>/                    datasets fixed at a moment
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import polars as pl
from attrs import evolve

from mujun.digest import Digest, canonical_json
from mujun.store.batch import Batch, Receipt
from mujun.store.files import keep_bytes, keep_file
from mujun.store.holding import Holding
from mujun.store.journal import Entry, Journal, append, read_entries
from mujun.store.observations import as_parquet, count_cells, variables_in
from mujun.store.refusals import refusing

BATCH, SEAL = "batch", "seal"
_PARQUET = ".parquet"


class Moved(Exception):
    """Another batch of the same scheme was committed since the caller looked: look again."""


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder)

    @property
    def exists(self) -> bool:
        """Whether anything was ever committed."""
        with refusing(self.folder):
            return self.journal.begun

    def put(self, source: bytes | Path) -> Digest:
        """Store bytes, or a file's, before anyone reads them."""
        with refusing(self.folder):
            folder = self.folder / "evidence"
            return keep_bytes(folder, source) if isinstance(source, bytes) else keep_file(folder, source)

    def evidence(self, sha256: str) -> Path:
        return self.folder / "evidence" / sha256[:2] / sha256

    def observations(self, sha256: str) -> Path:
        return self.folder / "observations" / sha256[:2] / f"{sha256}{_PARQUET}"

    def commit(
        self, batches: Sequence[Batch], *, by: str, now: datetime, expected: int | None = None
    ) -> tuple[Receipt, ...]:
        """All of them or none. A batch that is there already is answered with its receipt.

        `expected` is the journal's place at which the caller looked; raises Moved when a scheme of these went on since.
        """
        for batch in batches:
            if not self.evidence(batch.digest.sha256).exists():
                raise ValueError(f"put the bytes of {batch.file} first")
        with refusing(self.folder):
            kept = [
                keep_bytes(self.folder / "observations", as_parquet(one.observations, _about(one)), _PARQUET)
                for one in batches
            ]
            with self.journal.writing() as connection:
                if expected is not None:
                    _check_unmoved(connection, {batch.scheme for batch in batches}, expected)
                receipts = tuple(
                    _commit_one(connection, batch, file, by, moment(now))
                    for batch, file in zip(batches, kept, strict=True)
                )
            self._note_head()
        return receipts

    def receipt(self, batch_key: str) -> Receipt | None:
        """The receipt of a batch that was committed before."""
        if not self.exists:
            return None
        with refusing(self.folder), self.journal.reading() as connection:
            return _receipt_before(connection, batch_key)

    def entries(self, upto: int | None = None) -> tuple[Entry, ...]:
        with refusing(self.folder):
            return self.journal.entries(upto)

    def head(self) -> int:
        """The journal's place; 0 before the first act."""
        return self.entries()[-1].seq if self.exists and self.entries() else 0

    def look(self, scheme: str, at: int | datetime | None = None) -> Holding:
        """What is known of a scheme, such as `2019/manufacturing`: now, at a place of the journal, or at a time."""
        entries = self.entries(at if isinstance(at, int) else None) if self.exists else ()
        if isinstance(at, datetime):
            upto = max((one.seq for one in entries if datetime.fromisoformat(one.at) <= at), default=0)
            entries = tuple(one for one in entries if one.seq <= upto)
        batches = tuple(one for one in entries if one.act == BATCH and one.facts["scheme"] == scheme)
        files = tuple(self.observations(one.facts["observations"]) for one in batches)
        return Holding(batches, files, entries[-1].seq if entries else 0)

    def holding(self, scheme: str, at: int | datetime | None = None) -> pl.DataFrame:
        """The observations that hold, with the number of their batch."""
        with refusing(self.folder):
            return self.look(scheme, at).frame()

    def latest_seal(self, scheme: str) -> Path | None:
        """The folder of the dataset that was sealed last of a scheme, such as `2019/manufacturing`."""
        seals = (
            [one for one in self.entries() if one.act == SEAL and one.facts["scheme"] == scheme] if self.exists else []
        )
        return self.folder / "sealed" / seals[-1].facts["seal"] if seals else None

    def record(self, act: str, facts: dict[str, Any], *, by: str, now: datetime) -> Entry:
        """Note an act that is no batch."""
        with refusing(self.folder):
            with self.journal.writing() as connection:
                entry = append(connection, moment(now), by, act, facts)
            self._note_head()
        return entry

    def _note_head(self) -> None:
        """The commit stands already, so that a disk which has no room for this is no reason to say otherwise."""
        try:
            self.journal.note_head()
        except OSError:
            return


def moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def receipt_of(entry: Entry, again: bool = False) -> Receipt:
    facts = entry.facts
    counts = {"cells": facts["cells"], "units": facts["units"], "again": again}
    return Receipt(
        entry.seq, entry.hash, facts["form"], facts["file"], facts["digest"]["sha256"], entry.by, entry.at, **counts
    )


def _about(batch: Batch) -> dict[str, str]:
    return {"mujun": canonical_json([batch.form, batch.form_version, batch.digest.sha256]).decode()}


def _check_unmoved(connection: Connection, schemes: set[str], expected: int) -> None:
    for entry in read_entries(connection):
        if entry.seq > expected and entry.act == BATCH and entry.facts["scheme"] in schemes:
            raise Moved


def _commit_one(connection: Connection, batch: Batch, file: Digest, by: str, at: str) -> Receipt:
    before = _receipt_before(connection, batch.key)
    if before is not None:
        return before
    frame = batch.observations
    facts = {
        "key": batch.key,
        "form": batch.form,
        "form_version": batch.form_version,
        "form_label": batch.form_label,
        "scheme": batch.scheme,
        "source": batch.source,
        "file": batch.file,
        "sheet": batch.sheet,
        "digest": batch.digest.as_dict(),
        "observations": file.sha256,
        "cells": count_cells(frame),
        "units": frame["unit"].n_unique(),
        "variables": [list(one) for one in variables_in(frame)],
        "waivers": [waiver.as_dict() for waiver in batch.waivers],
        "details": dict(batch.details),
    }
    entry = append(connection, at, by, BATCH, facts)
    row = (batch.key, entry.seq, batch.scheme, batch.form, batch.digest.sha256, file.sha256)
    connection.execute("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?)", row)
    for place, waiver in enumerate(batch.waivers):
        units = canonical_json(list(waiver.units)).decode()
        told = (waiver.code, waiver.form, waiver.who, waiver.why, waiver.at, units, waiver.findings)
        connection.execute("INSERT INTO waivers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (entry.seq, place, *told))
    return receipt_of(entry)


def _receipt_before(connection: Connection, key: str) -> Receipt | None:
    query = "SELECT journal.* FROM journal JOIN batches USING (seq) WHERE key = ?"
    row = connection.execute(query, (key,)).fetchone()
    return None if row is None else evolve(receipt_of(Entry(*row)), again=True)
