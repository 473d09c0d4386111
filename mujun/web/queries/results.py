"""The files of a run: where they are, and what they say, read back and checked. Changes nothing.

`runs/<result hash>/<scheme>/` holds what `mujun evaluate` writes; `runs/<result hash>/report.html` the report over all.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from mujun.digest import canonical_json, digest_bytes
from mujun.engine.result import Result, read_result
from mujun.web.evidence import kept_json
from mujun.web.models import Plan, Run
from mujun.web.queries.rules import law_with, scheme_ids
from mujun.workflow.states import TrackState

REPORT, WORKBOOK = "report.html", "evaluation.xlsx"


def runs_folder() -> Path:
    return Path(settings.HOME) / "runs"


def run_folder(run: Run) -> Path:
    return runs_folder() / run.result_hash


def main_scheme(run: Run) -> str:
    """The scheme whose list is recommended."""
    return scheme_ids(run.track)[0]


def hash_of(folder: Path, schemes: tuple[str, ...]) -> str:
    """One hash over the evaluation.json of every scheme; each holds the hashes of its own files."""
    parts = {name: digest_bytes((folder / name / "evaluation.json").read_bytes()).sha256 for name in schemes}
    return digest_bytes(canonical_json(parts)).sha256


def schemes_of(run: Run) -> tuple[str, ...]:
    """The schemes it evaluated, the main one first."""
    return tuple(name for name in scheme_ids(run.track) if name in run.summary)


def result_of(run: Run, scheme: str) -> Result:
    """What the files of a run say of a scheme. Raises CannotGoOn when they are no longer what they were."""
    return _result(run_folder(run) / scheme, plan_of(run))


@lru_cache(maxsize=3)
def _result(folder: Path, plan: Plan | None) -> Result:
    """The folder is named by the hash of what is in it, so it can be remembered."""
    return read_result(folder, law_with(plan))


def plan_of(run: Run) -> Plan | None:
    """The plan by which it was run, void or not."""
    from mujun.web.queries.facts.track import schemes_hash

    plans = run.track.plans.filter(issued_at__isnull=False).order_by("-number")
    return next((plan for plan in plans if schemes_hash(plan) == run.scheme_hash), None)


def sealed_for(run: Run) -> dict[str, Any]:
    """The locked datasets it was run on, as the track had them then: kept under the very hash the run names."""
    found: dict[str, Any] = kept_json(run.data_hash)
    return found


def under_way(run: Run) -> bool:
    return run.progress in (Run.Progress.QUEUED, Run.Progress.RUNNING)


def may_freeze(run: Run) -> bool:
    """The last one that is done, while nothing is frozen."""
    last = run.track.runs.filter(progress=Run.Progress.DONE, voided_at=None).order_by("-number").first()
    return run.track.state == TrackState.EVALUATED and last == run
