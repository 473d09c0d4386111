"""`python -m bench.site`: how long each type of internal page takes alone, on a round with 60,000 firms.

Two demo rounds are lived, each in a home and a process of its own: one that collects, one at public notice. Their
manufacturing tracks are given 60,000 sets of values more (all still being entered), the frozen run 60,000 units more,
as rows of the database. The pages are asked for by Django's own test client: no network and no server is in the
figures. The run's result files stay the demo's 400 units, so a unit's walk is measured on those.

`--home PATH` measures a round at public notice that was really lived, every cell brought in and evaluated:
`manage.py demo --stage notice --units 60000` makes one in some ten minutes.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

FIRMS, RUNS, AIM = 60_000, 7, 200
BEGIN, END = "<!-- site -->", "<!-- /site -->"
PASSWORD = "bench-mima-2019"
M = "/rounds/2019/manufacturing/"
PAGES = {
    "collecting": (
        ("desk of the office", "a", "/desk/"),
        ("desk of the lead department", "c-manufacturing", "/desk/"),
        ("desk of a city", "t-3301", "/desk/"),
        ("desk of a county", "k-330108", "/desk/"),
        ("desk of a tax office", "p-税务", "/desk/"),
        ("round", "a", "/rounds/2019/"),
        ("track", "c-manufacturing", M),
        ("collection", "c-manufacturing", f"{M}collection/"),
        ("collection of a county", "k-330108", f"{M}collection/滨江区/"),
        ("units", "c-manufacturing", f"{M}units/"),
        ("units, searched", "c-manufacturing", f"{M}units/?q=示例59"),
        ("units, last page", "c-manufacturing", f"{M}units/?page=last"),
        ("forms", "p-税务", f"{M}forms/"),
        ("disputes", "c-manufacturing", f"{M}disputes/"),
    ),
    "notice": (
        ("desk of the office", "a", "/desk/"),
        ("desk of a firm", "e-{unit}", "/desk/"),
        ("round", "a", "/rounds/2019/"),
        ("track", "c-manufacturing", M),
        ("plan", "c-manufacturing", "/plans/2019/manufacturing/"),
        ("statement", "e-{unit}", M + "units/{unit}/statement/"),
        ("runs", "c-manufacturing", f"{M}runs/"),
        ("run", "c-manufacturing", f"{M}runs/1/"),
        ("run, searched", "c-manufacturing", f"{M}runs/1/?q=示例59"),
        ("run, last page", "c-manufacturing", f"{M}runs/1/?page=last"),
        ("a unit's walk", "c-manufacturing", M + "runs/1/units/{unit}/"),
        ("a firm about itself", "e-{unit}", M + "own/{unit}/"),
        ("list", "c-manufacturing", f"{M}list/"),
        ("adopted list", "a", "/rounds/2019/county/adoption/"),
        ("compiling", "a", "/rounds/2019/compile/"),
        ("pack", "a", "/rounds/2019/pack/"),
        ("objections", "o1", "/objections/"),
        ("journal", "au", "/audit/"),
        ("act", "b", "/act/round/1/R10/"),
        ("a firm's proof", "e-{unit}", "/proofs/2019/manufacturing/{unit}/"),
        ("units", "c-manufacturing", f"{M}units/?q=示例"),
        ("collection", "c-manufacturing", f"{M}collection/"),
        ("public front", "", "/"),
        ("public list", "", "/lists/2019/manufacturing/"),
        ("public search", "", "/search/?q=机械"),
        ("public notice", "", "/notice/"),
        ("help", "a", "/help/"),
    ),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", type=Path, help="put the section between its marks in this file")
    arguments.add_argument("--once", choices=list(PAGES), help=argparse.SUPPRESS)
    arguments.add_argument("--home", type=Path, help="a home with a round at public notice that was really lived")
    chosen = arguments.parse_args()
    if chosen.home:
        set_up(str(chosen.home))
        unit = firm()
        print(section({"notice": [(name, *measure(login, path, unit)) for name, login, path in PAGES["notice"]]}))
        return
    if chosen.once:
        with tempfile.TemporaryDirectory() as home:
            begin(home, chosen.once)
            unit = fill(chosen.once)
            print(json.dumps([(name, *measure(login, path, unit)) for name, login, path in PAGES[chosen.once]]))
        return
    told = section({stage: in_a_process_of_its_own(stage) for stage in PAGES})
    print(told)
    if chosen.write:
        text = chosen.write.read_text(encoding="utf-8")
        pattern = f"{BEGIN}.*{END}"
        chosen.write.write_text(re.sub(pattern, lambda _: told, text, flags=re.DOTALL), encoding="utf-8")


def in_a_process_of_its_own(stage: str) -> list[tuple[str, float, float, float, int]]:
    command = [sys.executable, "-m", "bench.site", "--once", stage]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [tuple(row) for row in json.loads(done.stdout.strip().splitlines()[-1])]  # type: ignore[misc]


def set_up(home: str) -> None:
    os.environ |= {"MUJUN_HOME": home, "MUJUN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "mujun.web.settings"}
    import django

    django.setup()


def begin(home: str, stage: str) -> None:
    set_up(home)
    from django.core.management import call_command

    call_command("demo", stage=stage, password=PASSWORD, stdout=io.StringIO())


def fill(stage: str) -> str:
    """Rows beside the demo's own; answers a unit that has an account and, once there is a run, a place in it."""
    from mujun.web.living.people import counties
    from mujun.web.models import RunUnit, Track, ValueSet
    from mujun.web.queries.quotas import frozen_run

    track = Track.objects.get(domain="manufacturing")
    places = [(county, city) for _, county, city in counties()]
    about = []
    for number in range(FIRMS):
        county, city = places[number % len(places)]
        name = f"示例{number}号有限公司"
        about.append({"name": name, "initials": f"sl{number}", "county": county, "city": city})
    keys = [f"9133{number:014d}" for number in range(FIRMS)]
    sets = [
        ValueSet(track=track, scheme="manufacturing", unit=key, state="ENTERED", **one)
        for key, one in zip(keys, about, strict=True)
    ]
    ValueSet.objects.bulk_create(sets, batch_size=2_000)
    run = frozen_run(track)
    if run is None:
        return ""
    like = run.units.filter(rank__isnull=False).first()
    assert like is not None
    more = [
        RunUnit(
            run=run, scheme=like.scheme, key=key, group=like.group, status=like.status, rank=1_000 + number,
            score=f"{90 - number / FIRMS * 60:.4f}", tier="C", selected="", **about[number],
        )
        for number, key in enumerate(keys)
    ]  # fmt: skip
    RunUnit.objects.bulk_create(more, batch_size=2_000)
    return firm()


def firm() -> str:
    """A firm that has an account and a place in the frozen run."""
    from mujun.web.models import Account, Track
    from mujun.web.queries.quotas import frozen_run

    run = frozen_run(Track.objects.get(domain="manufacturing"))
    assert run is not None
    with_account = Account.objects.filter(username__startswith="e-").values_list("username", flat=True)
    return next(one[2:] for one in with_account if run.units.filter(key=one[2:], rank__isnull=False).exists())


def measure(login: str, path: str, unit: str) -> tuple[float, float, float, int]:
    """Milliseconds: the first answer, the median of the others, the processor's; and the queries of one."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from mujun.web.models import Account

    client, address = Client(), path.format(unit=unit)
    if login:
        client.force_login(Account.objects.get(username=login.format(unit=unit)))
    spent, used = [], []
    for _ in range(RUNS + 1):
        start, processor = time.perf_counter(), time.process_time()
        answer: Any = client.get(address)
        spent.append((time.perf_counter() - start) * 1_000)
        used.append((time.process_time() - processor) * 1_000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return spent[0], statistics.median(spent[1:]), statistics.median(used[1:]), len(queries)


def section(told: dict[str, list[tuple[str, float, float, float, int]]]) -> str:
    lines = [BEGIN, "", conditions()]
    for stage, rows in told.items():
        lines += [
            "", f"Stage `{stage}`:", "",
            f"| page | first ms | median ms | processor ms | queries | ≤ {AIM} ms |",
            "|---|--:|--:|--:|--:|---|",
        ]  # fmt: skip
        for name, first, median, used, queries in rows:
            fits = "yes" if median <= AIM else "**no**"
            lines.append(f"| {name} | {first:.0f} | {median:.0f} | {used:.0f} | {queries} | {fits} |")
    return "\n".join([*lines, "", END])


def conditions() -> str:
    day, load = datetime.date.today().isoformat(), os.getloadavg()[0]
    return (
        f"Measured on {day}: {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"Django {version('django')}, SQLite; the median of {RUNS} after the first; "
        f"the machine's load at the end was {load:.1f}."
    )


if __name__ == "__main__":
    main()
