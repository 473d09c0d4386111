"""Time one rival in a process of its own: seconds of the clock (least and median) and of the processor, peak MiB."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from statistics import median

from bench.rivals import RIVALS

LONG = 20.0
"""Seconds: what takes longer is run once only."""


def main(name: str, data: str, runs: str) -> None:
    work = RIVALS[name](Path(data))
    seconds: list[float] = []
    processor: list[float] = []
    while len(seconds) < int(runs) and not (seconds and seconds[-1] > LONG):
        start, busy = time.perf_counter(), time.process_time()
        work()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"seconds": min(seconds), "median": median(seconds), "processor": min(processor), "peak": peak}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
