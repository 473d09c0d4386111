"""F01 The site killed in the middle of publishing, evaluating, bringing in: all of the act is there, or none of it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPAN = {"publish": 1.0, "evaluate": 6.0, "bring_in": 4.0}
"""Seconds that the act takes, or a little more: kills come in between."""


class Site:
    """The loaded process, and the homes it has prepared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "POLARS_MAX_THREADS": "1"}
        command = [sys.executable, str(Path(__file__).with_name("publisher.py")), str(folder / "first")]
        (folder / "first").mkdir()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self.read() == "ready"

    def read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, *words: str) -> list[str]:
        """All that is told till the child is gone."""
        self.tell(*words)
        return self.rest()

    def tell(self, *words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def rest(self) -> list[str]:
        lines = []
        while (line := self.read()) != "gone":
            lines.append(line)
        return lines

    def killed(self, act: str, home: Path, after: float | None) -> bool:
        """Whether the act was acknowledged before the process was killed; without a time it is killed just after."""
        self.tell("do", act, str(home))
        word, pid = self.read().split()
        assert word == "begun"
        done = after is None and self.read() == "done"
        time.sleep(after or 0)
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
        return "done" in self.rest() or done


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    assert made.process.stdin is not None
    made.process.stdin.close()
    made.process.wait()


def kill_at_random_moments(site: Site, province: Path, times: int, seed: int) -> None:
    draw, found = random.Random(seed), Counter[str]()
    template = {"publish": site.folder / "notice", "evaluate": site.folder / "locked"}
    template["bring_in"] = template["evaluate"]
    for act, home in template.items():
        if not home.exists():
            home.mkdir()
            data = [] if act == "publish" else [str(next(province.glob("county.*")))]
            assert site.ask("prepare", act, str(home), *data) == ["done"]
    for number in range(times):
        act = list(SPAN)[number % len(SPAN)]
        home = site.folder / f"{number}"
        shutil.copytree(template[act], home)
        acknowledged = site.killed(act, home, draw.uniform(0, SPAN[act]) if number >= len(SPAN) else None)
        (line,) = site.ask("check", act, str(home))
        what, _, broken = line.removeprefix("found ").rpartition(" ")
        assert (what in ("all", "nothing"), broken) == (True, "0"), f"{act}: {line}"
        assert what == "all" or not acknowledged, f"{act} was acknowledged, and is not there"
        found[f"{act} {what}"] += 1
        shutil.rmtree(home)
    print(dict(found))


def test_f01_kill_9_at_six_moments_leaves_all_of_an_act_or_nothing(site: Site, province: Path) -> None:
    kill_at_random_moments(site, province, 6, seed=2019)


@pytest.mark.acceptance
def test_f01_kill_9_at_sixty_moments_leaves_all_of_an_act_or_nothing(site: Site, province: Path) -> None:
    kill_at_random_moments(site, province, 60, seed=1)
