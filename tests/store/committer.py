"""A process that commits two forms of one command at a time, and says the receipts' numbers after each commit.

`committer.py STORE COUNT [same]` says `ready`, waits for a line and commits COUNT times from the number in that line
on; `same` commits one and the same file over and over. `committer.py STORE fork` does so in a child for every line,
until the child is killed: loading everything takes far longer than a commit.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from mujun.store import Store
from tests.store.batches import LAND, TAX, make_batch

NOW = datetime(2019, 4, 12, 9, 30, tzinfo=UTC)


def main() -> None:
    store = Store(Path(sys.argv[1]))
    say("ready")
    if sys.argv[2] == "fork":
        for line in sys.stdin:
            fork(store, int(line))
    else:
        commit(store, int(sys.stdin.readline()), int(sys.argv[2]), "same" in sys.argv[3:])


def fork(store: Store, first: int) -> None:
    """Nothing of Polars may have run before: its threads do not survive a fork."""
    child = os.fork()
    if not child:
        say(f"child {os.getpid()}")
        commit(store, first, 1_000_000, False)
        os._exit(0)
    os.waitpid(child, 0)
    say("gone")


def commit(store: Store, first: int, count: int, same: bool) -> None:
    for number in range(first, first + count):
        cells = {
            TAX: "A.tax=1 B.tax=1" if same else f"A.tax={number} B.tax={number}",
            LAND: "A.land=1" if same else f"A.land={number}",
        }
        batches = [make_batch(text, form, f"{form.split('/')[2]}.xlsx") for form, text in cells.items()]
        for batch, text in zip(batches, cells.values(), strict=True):
            store.put(f"{batch.file}: {text}".encode())
        receipts = store.commit(batches, by=f"第{number}次", now=NOW)
        say(f"{number} " + " ".join(f"{receipt.number}{'again' if receipt.again else ''}" for receipt in receipts))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
