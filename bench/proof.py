"""What proving costs: a tree over a million units, one proof, one check. Figures into docs/bench.md, section Proof."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mujun.digest import canonical_record
from mujun.proof import add_link, build_tree, check_inclusion, derive_salt, verify_chain
from mujun.proof.offline.hashes import SM3_AT_HAND, sm3_by_hand

UNITS = 1_000_000
EVENTS = 100_000
START, END = "<!-- proof -->", "<!-- /proof -->"
PURPOSE, SECRET = "mujun/units/1/2019/manufacturing", bytes(range(32))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.proof", description=__doc__)
    parser.add_argument("--units", type=lambda text: int(float(text)), default=UNITS)
    parser.add_argument("--write", type=Path, help=f"put the table into this file, between {START} and {END}")
    asked = parser.parse_args()
    text = f"{conditions()}\n\n{table(measure(asked.units))}\n"
    print(text)
    if asked.write:
        before = asked.write.read_text(encoding="utf-8")
        between = re.compile(f"{START}.*?{END}", re.DOTALL)
        asked.write.write_text(between.sub(f"{START}\n\n{text}\n{END}", before), encoding="utf-8")


def measure(units: int) -> list[tuple[str, str]]:
    """What was done, and how long it took."""
    keys = [f"91330{number:013d}" for number in range(units)]
    records, writing = timed(lambda: [canonical_record(record(number, key)) for number, key in enumerate(keys)])
    salts, salting = timed(lambda: [derive_salt(SECRET, PURPOSE, key) for key in keys])
    tree, building = timed(lambda: build_tree(PURPOSE, records, salts))
    place = units * 7 // 9
    proof, proving = timed(lambda: tree.prove(place))
    checks = 200
    held, checking = timed(
        lambda: all(check_inclusion(PURPOSE, records[place], proof, tree.root, salts[place]) for _ in range(checks))
    )
    assert held
    events: list[Any] = []
    _, chaining = timed(lambda: chain(events))
    findings, walking = timed(lambda: verify_chain(events))
    assert findings == []
    _, by_hand = timed(lambda: sm3_by_hand(bytes(1 << 17)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(map(len, records)) // units
    return [
        (f"{units:,} records of about {size} bytes put into canonical form", f"{writing:.1f} s"),
        (f"{units:,} salts", f"{salting:.1f} s"),
        (f"both trees (SHA-256 and SM3) over {units:,} salted records", f"{building:.1f} s"),
        (f"one proof taken out ({len(proof.path)} neighbours, both hashes)", f"{proving * 1e3:.2f} ms"),
        ("one proof checked, both hashes", f"{checking / checks * 1e3:.2f} ms"),
        (f"{EVENTS:,} audit events chained", f"{chaining:.1f} s"),
        (f"{EVENTS:,} audit events verified", f"{walking:.1f} s"),
        ("SM3 by hand in verify.py, where Python has none", f"{128 / by_hand:.0f} KiB/s"),
        ("peak memory, records and trees together", f"{peak:,.0f} MiB"),
    ]


def record(number: int, key: str) -> dict[str, Any]:
    """A unit's result, invented."""
    values = {name: f"{(number * step) % 100_000 / 100:.2f}" for name, step in (("tax", 7), ("land", 3), ("staff", 11))}
    return {
        "key": key,
        "name": f"{number}号厂（示例）",
        "values": values,
        "result": {"score": values["tax"], "rank": "1"},
    }


def chain(events: list[Any]) -> None:
    for number in range(EVENTS):
        events.append(add_link(events[-1] if events else None, {"action": "confirm", "by": "王", "row": number}))


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def conditions() -> str:
    whose = "OpenSSL's SM3 by hashlib" if SM3_AT_HAND else "the SM3 of the package cryptography"
    day, load = datetime.date.today().isoformat(), os.getloadavg()[0]
    machine = f"{os.cpu_count()} cores ({platform.machine()}), one of them used, Python {platform.python_version()}"
    return f"Measured on {day}: {machine}, {whose}; one run; the machine's load at the end was {load:.1f}."


def table(figures: list[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|--:|", *(f"| {what} | {long} |" for what, long in figures)])


if __name__ == "__main__":
    main()
