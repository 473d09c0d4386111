"""Submit files: their bytes first, then read, compare, check; a dry run unless a commit is wanted and nothing stands
against it. All files of one command, or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from attrs import define, evolve

from mujun.findings import CannotGoOn
from mujun.intake.submit import units
from mujun.intake.submit.beside import Beside
from mujun.intake.submit.book import FormBook
from mujun.intake.submit.look import Tell, batch_of, look
from mujun.intake.submit.read_form import read_form
from mujun.intake.submit.said import OnItsWay, Submission, Wanted
from mujun.intake.submit.stage import Staged, staged
from mujun.store import Moved, Store

MOST_LOOKS = 50
"""Batches that others commit while one looks: more than that, one after the other, nobody does."""


def submit(
    files: Sequence[Path],
    store: Store,
    book: FormBook,
    wanted: Wanted,
    *,
    by: str,
    now: datetime,
    commit: bool,
    beside: Beside | None = None,
    tell: Tell = lambda what, now, end: None,
) -> Submission:
    """Without `commit` the store is read and not written. `beside` is what `wanted` names, for who has read it already.
    Raises CannotGoOn when a file cannot be had at all, or the store refuses.
    """
    with reading(files, store, book, wanted, by=by, now=now, keep=commit, beside=beside, tell=tell) as read:
        for _ in range(MOST_LOOKS):
            looked = read.look()
            if not commit or looked.stopped:
                return looked
            try:
                return read.commit(looked)
            except Moved:
                tell("别人刚入库了一批，重新核对", 0, None)
    raise RuntimeError("others committed faster than we could look")


@contextmanager
def reading(
    files: Sequence[Path],
    store: Store,
    book: FormBook,
    wanted: Wanted,
    *,
    by: str,
    now: datetime,
    keep: bool,
    beside: Beside | None = None,
    tell: Tell = lambda what, now, end: None,
) -> Iterator[Files]:
    """The files, read once, for who looks and commits at moments of his own. `keep`: their bytes go into the store."""
    with staged(files) as copies:
        if keep:
            for copy in copies:
                tell(f"存原件 {copy.name}", 0, None)
                store.put(copy.path)
        beside = beside or Beside(wanted.previous, wanted.register, wanted.controls)
        read = [_read(copy, book, wanted, beside, now, tell) for copy in copies]
        yield Files(read, store, wanted, beside, by, now, tell)


@define(eq=False)
class Files:
    """Files as they were read. Only `look` and `commit` ask what is in the store."""

    read: list[OnItsWay]
    store: Store
    wanted: Wanted
    beside: Beside
    by: str
    now: datetime
    tell: Tell
    _head: int = 0

    def look(self) -> Submission:
        """Held against the store as it is now, and asked whatever the caller wants to ask."""
        self._head = self.store.head()
        return look(self.read, self.store, self.wanted, self.by, self.now, self.tell)

    def commit(self, looked: Submission) -> Submission:
        """What was looked at last, into the store. Raises Moved when the store went on since: look again."""
        self.tell("入库", 0, None)
        fresh = [number for number, one in enumerate(looked.files) if one.receipt is None]
        kept = {what: self.store.put(path).sha256 for what, path in self.beside.files} if fresh else {}
        batches, holdings = [], {}
        for number in fresh:
            due = self.read[number].due
            assert due is not None
            if due.name not in holdings:
                holdings[due.name] = self.store.look(due.name)
            batches.append(batch_of(self.read[number], looked.files[number].waivers, kept, holdings[due.name]))
        answered = self.store.commit(batches, by=self.by, now=self.now, expected=self._head)
        receipts = dict(zip(fresh, answered, strict=True))
        done = (evolve(one, receipt=receipts.get(number, one.receipt)) for number, one in enumerate(looked.files))
        return evolve(looked, files=tuple(done))


def _read(copy: Staged, book: FormBook, wanted: Wanted, beside: Beside, now: datetime, tell: Tell) -> OnItsWay:
    """What does not depend on what is in the store."""
    file = OnItsWay(copy)
    try:
        tell(f"读 {copy.name}", 0, None)
        due, form = file.due, file.form = book.recognise(copy.path, wanted.agency, wanted.scheme)
        reading = read_form(
            copy.path,
            form,
            due.scheme,
            copy.digest,
            wanted.sheet,
            lambda done, end: tell(f"读 {copy.name}", done, end),
        )
        file.findings += reading.findings
        tell(f"对上一轮、名录和合计 {copy.name}", 0, None)
        file.previous, file.register = beside.last_round(due), beside.units(due)
        file.controls = beside.totals(due)
        if file.register is not None:
            declared = units.declared_day(due, form)
            day = declared or now.date()
            reading, asked = units.resolve(reading, form, file.register, day, declared is not None)
            file.findings += asked
        file.reading = reading
    except CannotGoOn as error:
        file.findings += error.findings
        file.unreadable = True
    return file
