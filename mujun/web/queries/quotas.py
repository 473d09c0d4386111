"""Places and names of a track's list, by group, as the plan in force gives them. Decides nothing."""

from __future__ import annotations

from collections import Counter

from mujun.engine.tiers import ROUNDING
from mujun.scheme import Scheme
from mujun.web.models import Nomination, NominationItem, Run, Track
from mujun.web.queries.remembered import remembered
from mujun.web.queries.rules import scheme_ids, scheme_of, standing_plan
from mujun.workflow.round_facts import Quota


@remembered
def standing_list(track: Track) -> Nomination | None:
    return track.nominations.filter(voided_at=None).select_related("run").first()


@remembered
def frozen_run(track: Track) -> Run | None:
    return track.runs.filter(frozen_at__isnull=False, voided_at=None).first()


@remembered
def quotas_of(track: Track) -> tuple[Quota, ...]:
    """None where the list is adopted: another body has set its length."""
    nomination, plan = standing_list(track), standing_plan(track)
    if track.adopted or nomination is None or plan is None:
        return ()
    places = places_by_group(scheme_of(plan, scheme_ids(track)[0]), nomination.run)
    listed = Counter(nomination.items.filter(kind=NominationItem.Kind.LISTED).values_list("group", flat=True))
    return tuple(
        Quota(label=f"{track.label}·{group}" if group else track.label, places=places.get(group), listed=listed[group])
        for group in sorted({*places, *listed})
    )


def places_by_group(scheme: Scheme, run: Run | None) -> dict[str, int | None]:
    """By the group as it is shown (`a/b`)."""
    quota = scheme.selection.quota if scheme.selection is not None else None
    counts = (run.summary.get(scheme.id, {}).get("counts", {}) if run is not None else {}).get("groups", {})
    groups = list(counts) or [""]
    if quota is None:
        return dict.fromkeys(groups, None)
    if quota.share is not None:
        return {one: ROUNDING[quota.rounding](quota.share * counts.get(one, {}).get("ranked", 0)) for one in groups}
    return {one: quota.by_group.get(one, quota.default or 0) for one in groups}
