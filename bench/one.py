"""Time one rival in a process of its own: prints the best of some runs in seconds, and the peak memory in MiB."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from bench.rivals import RIVALS

LONG = 20.0
"""Seconds: what takes longer is run once only."""


def main(name: str, data: str, runs: str) -> None:
    work = RIVALS[name](Path(data))
    seconds: list[float] = []
    while len(seconds) < int(runs) and not (seconds and seconds[-1] > LONG):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": min(seconds), "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
