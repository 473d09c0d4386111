"""The seven domains with small fictitious tables locked: where tests of evaluation begin."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mujun.web.models import Round, Track
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
