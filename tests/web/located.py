"""The seven domains with small fictitious tables locked: where tests of evaluation begin."""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path

from mujun.web.evidence import keep_json
from mujun.web.living import evaluation as lived
from mujun.web.living.people import demo_doer
from mujun.web.models import Person, Round, Run, RunUnit, Track
from mujun.web.queries.rules import scheme_ids
from mujun.workflow.moment import CHINA
from tests.web.shortcuts import file_of, issue_plan, jump, lock_with

PLANS = datetime(2019, 4, 20, 9, 0, tzinfo=CHINA)


def lock_tracks(round_: Round, data: Path, *domains: str) -> None:
    """Lock the files of the demo province, of these domains or of all; the round is evaluating then."""
    for track in Track.objects.filter(round=round_).select_related("round"):
        if domains and track.domain not in domains:
            continue
        issue_plan(track, PLANS, f"示例〔2019〕{track.order}0号")
        lock_with(track, {name: file_of(data, name) for name in scheme_ids(track)})
    if round_.state == "PLANNED":
        jump(round_, "EVALUATING")


def _file(data: Path, name: str) -> Path:
    return next(file for file in sorted(data.glob(f"{name}.*")) if "adopted" not in file.name)


_FROZEN: dict[tuple[str, ...], list[tuple[Run, list[RunUnit]]]] = {}


def freeze_tracks(round_: Round, data: Path, *domains: str) -> None:
    """Lock these, evaluate and freeze them. The files of a run are there by hash, so that the second test of a process
    needs only its rows.
    """
    lock_tracks(round_, data, *domains)
    if domains not in _FROZEN:
        lived.live_evaluated(round_)
        lived.live_frozen(round_)
        runs = Run.objects.filter(track__round=round_).order_by("track__order")
        _FROZEN[domains] = [(run, list(run.units.all())) for run in runs]
        return
    for track, (run, units) in zip(round_.tracks.filter(domain__in=domains), _FROZEN[domains], strict=True):
        run = copy.copy(run)
        run.pk, run.track, run.data_hash = None, track, keep_json(track.sealed)
        run.run_by, run.frozen_by = chair(track, "c"), chair(track, "d")
        run.save(force_insert=True)
        again = [copy.copy(unit) for unit in units]
        for unit in again:
            unit.pk, unit.run = None, run
        RunUnit.objects.bulk_create(again)
        jump(track, "EVALUATED", "FROZEN")


def chair(track: Track, role: str) -> Person:
    """Who clerks for a domain (c), or heads it (d)."""
    office = {"c": "a", "d": "b"}[role]
    login = office if track.domain == "county" else f"{role}-{track.domain.replace('_', '-')}"
    return demo_doer(login, PLANS).somebody
