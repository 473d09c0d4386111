"""Tracks of a round in figures: how far each is, and what there is of it."""

from __future__ import annotations

from typing import Any

from mujun.law import PROGRAMME
from mujun.web.models import NominationItem, Round, Track, ValueSet
from mujun.web.queries.quotas import frozen_run, standing_list
from mujun.web.queries.rules import draft_plan, standing_plan
from mujun.workflow.states import ValuesState
from mujun.yaml_source import read_yaml


def track_summary(track: Track) -> dict[str, Any]:
    sets = ValueSet.objects.filter(track=track, excluded="")
    nomination = standing_list(track)
    return {
        "track": track,
        "plan": standing_plan(track),
        "draft": draft_plan(track),
        "units": sets.count(),
        "accepted": sets.filter(state=ValuesState.ACCEPTED).count(),
        "forms": track.forms.count(),
        "forms_in": track.forms.filter(submitted_at__isnull=False).count(),
        "run": frozen_run(track) or track.runs.filter(voided_at=None).order_by("-number").first(),
        "nomination": nomination,
        "listed": nomination.items.filter(kind=NominationItem.Kind.LISTED).count() if nomination is not None else 0,
    }


def domains_without_track(round_: Round) -> list[dict[str, Any]]:
    """Domains of the notice for which nobody has begun a plan."""
    data, _ = read_yaml(PROGRAMME / round_.programme / "round.yaml")
    there = set(round_.tracks.values_list("domain", flat=True))
    return [
        {"id": str(one["id"]), "label": str(one["label"]), "lead_agency": str(one["lead_agency"])}
        for one in data["domains"]
        if str(one["id"]) not in there
    ]
