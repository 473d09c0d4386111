"""The facts of a domain's track."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from mujun.digest import canonical_json, digest_bytes
from mujun.findings import blocking
from mujun.scheme import Node, Scheme
from mujun.web.models import Nomination, NominationItem, Plan, Run, RunUnit, Track, ValueSet
from mujun.web.queries.drawing import drawn_from
from mujun.web.queries.facts.common import common, when
from mujun.web.queries.facts.round import minutes_of, numbers_taken
from mujun.web.queries.listing import left_out_in, left_out_of
from mujun.web.queries.plan_asked import unasked_findings
from mujun.web.queries.quotas import frozen_run, quotas_of, standing_list
from mujun.web.queries.revision import same_rules
from mujun.web.queries.rules import draft_plan, readings, scheme_ids, standing_plan
from mujun.workflow import Edge, Target
from mujun.workflow.round_facts import Quota
from mujun.workflow.states import RoundState, TrackState, ValuesState
from mujun.workflow.track_facts import Adopted, Deviation, TrackFacts, ValuesSeen, Weight

NAMED = 100
"""Sets still open that are named one by one."""
LIST_EDGES = frozenset({"T7", "T8", "T12"})


def track_facts(row: Track, edge: Edge, form: dict[str, Any], now: datetime) -> TrackFacts:
    """Of a track that is there, or of one about to be made (no pk yet)."""
    round_ = row.round
    target = Target(domain=row.domain, round_state=RoundState(round_.state))
    if row.pk is None:
        exists = round_.tracks.filter(domain=row.domain).exists()
        return TrackFacts(state=None, target=target, round_state=RoundState(round_.state), exists=exists)
    plan, draft = standing_plan(row), draft_plan(row)
    run, nomination = _run(row, edge, form), standing_list(row)
    meeting = round_.meetings.order_by("-number").first()
    lists_due = edge.id in ("T8", "T8a", "T9", "T10")
    return TrackFacts(
        state=TrackState(row.state),
        target=target,
        round_state=RoundState(round_.state),
        exists=True,
        drafted=draft is not None,
        document_number=str(form.get("document_number", "")),
        numbers_taken=numbers_taken(),
        issued_scheme_hash=schemes_hash(plan) if plan is not None else "",
        sealed_hash=sealed_hash(row),
        run_data_hash=run.data_hash if run is not None else "",
        run_scheme_hash=run.scheme_hash if run is not None else "",
        frozen_runs=row.runs.filter(frozen_at__isnull=False, voided_at=None).count(),
        data_must_change=row.data_must_change,
        unlock_until=when(form.get("unlock_until")),
        unlocked_before=row.unlock_until is not None,
        quotas=_quotas(row, lists_due),
        deviations=deviations(nomination) if nomination is not None else None,
        unsettled_ties=unsettled_ties(row, form) if edge.id in LIST_EDGES else None,
        adopted=adopted(row),
        list_hash=nomination.content_hash if nomination is not None else "",
        signed_hash=nomination.signed_hash if nomination is not None else "",
        minutes=minutes_of(meeting) if meeting is not None and edge.id == "T11m" else None,
        values=_values(row) if edge.id == "T4" else None,
        **(_rules(draft, plan) if edge.id in ("T2", "T15") and draft is not None else {}),
        **common(
            row, edge, form, [schemes_hash(plan), sealed_hash(row), nomination.content_hash if nomination else ""]
        ),
    )


def schemes_hash(plan: Plan | None) -> str:
    """One hash over all the rule files of a plan."""
    return "" if plan is None else digest_bytes(canonical_json(plan.schemes)).sha256


def sealed_hash(track: Track) -> str:
    """One hash over the locked datasets."""
    return digest_bytes(canonical_json(track.sealed)).sha256 if track.sealed else ""


def _run(row: Track, edge: Edge, form: dict[str, Any]) -> Run | None:
    """The run the form speaks of; else the frozen one; else the last that was done and not voided."""
    runs = row.runs.filter(progress=Run.Progress.DONE, voided_at=None)
    if form.get("run"):
        return runs.filter(pk=form["run"]).first()
    return frozen_run(row) or runs.order_by("-number").first()


def _rules(draft: Plan, standing: Plan | None) -> dict[str, Any]:
    read = readings(draft)
    schemes = [one.scheme for one in read.values() if one.scheme is not None]
    errors = [
        finding
        for one in read.values()
        for finding in blocking(one.findings)
        # the sum of the root's weights is told once, by the guard that names it
        if not (finding.code == "weights" and one.scheme is not None and finding.line == one.scheme.root.line)
    ]
    errors += [finding for scheme in schemes for finding in unasked_findings(draft.track, scheme)]
    unchanged = standing is not None and same_rules(draft, standing)
    return {
        "weights": tuple(weight for scheme in schemes for weight in weights_of(scheme)),
        "scheme_errors": len(errors),
        "scheme_hash": schemes_hash(standing if unchanged else draft),
    }


def weights_of(scheme: Scheme) -> tuple[Weight, ...]:
    """The root's children, scaled to what each is worth of the whole: once, or once per value they are weighted by."""
    values = sorted({value for node in scheme.root.children for value in node.weight.values})
    every = all(node.weight.default is not None or not node.weight.by for node in scheme.root.children)
    rows: list[str | None] = [*([None] if every or not values else []), *values]
    return tuple(
        Weight(
            label=f"{scheme.label}·{value}" if value else scheme.label,
            parts=tuple(_worth(node, value) for node in scheme.root.children),
        )
        for value in rows
    )


def _worth(node: Node, value: str | None) -> Fraction:
    weight = node.weight.of(value) or Fraction(0)
    return weight * node.of if node.children and node.of is not None else weight


def _values(row: Track) -> tuple[ValuesSeen, ...]:
    """Each set that stands against locking, or might; of tens of thousands still open, some by name and the rest as
    one line. Where nothing stands against it, one set to say that there are some.
    """
    contested = _contested(row)
    sets = ValueSet.objects.filter(track=row).order_by("county", "unit")
    still = sets.filter(excluded="").exclude(state=ValuesState.ACCEPTED)
    open_ones = still.exclude(state=ValuesState.DISPUTED).exclude(pk__in=contested)
    named = list(open_ones[:NAMED])
    doubtful = sets.filter(Q(pk__in=contested) | Q(excluded="", state=ValuesState.DISPUTED))
    seen = [
        ValuesSeen(
            label=one.name,
            state=ValuesState(one.state),
            excluded=one.excluded,
            contested=tuple(contested.get(one.pk, ())),
        )
        for one in (*doubtful, *named) or sets[:1]
    ]
    if len(named) == NAMED and (more := open_ones.count() - NAMED):
        seen.append(ValuesSeen(label=f"另外{more}个单位", state=ValuesState.ENTERED))
    return tuple(seen)


def _contested(row: Track) -> dict[int, list[str]]:
    """Cells disputed and answered by a refusal, or not answered at all."""
    from mujun.web.models import Dispute

    found: dict[int, list[str]] = {}
    rows = Dispute.objects.filter(value_set__track=row).exclude(corrected=True)
    for set_id, label in rows.values_list("value_set_id", "label"):
        found.setdefault(set_id, []).append(label)
    return found


def _quotas(row: Track, due: bool) -> tuple[Quota, ...] | None:
    return quotas_of(row) if due else None


def deviations(nomination: Nomination) -> tuple[Deviation, ...]:
    rows = nomination.items.filter(kind=NominationItem.Kind.PASSED_OVER)
    return tuple(Deviation(label=one.name, reason=one.reason) for one in rows)


def unsettled_ties(row: Track, form: dict[str, Any]) -> tuple[str, ...] | None:
    """Names tied at the last place, for which the plan has no rule: with what the form, or the list, leaves out."""
    run, nomination = frozen_run(row), standing_list(row)
    if run is None:
        return None
    if row.adopted:
        return ()
    listed = nomination is not None and "left_out" not in form and row.state == TrackState.LIST_DRAFT
    left_out = left_out_of(nomination) if listed and nomination is not None else left_out_in(form)
    return tuple(unit.name for unit in drawn_from(run, left_out).torn)


def adopted(row: Track) -> Adopted | None:
    document = getattr(row, "adopted_document", None)
    if document is None:
        return None
    return Adopted(
        document_number=document.document_number,
        dated=document.dated,
        file_hash=document.scan_hash,
        differences=differences(row),
        explained=frozenset(name for name, why in document.explained.items() if str(why).strip()),
    )


def differences(row: Track) -> tuple[str, ...] | None:
    """Units on the adopted list that our ranking would not take, and the other way round: by name."""
    run, document = frozen_run(row), getattr(row, "adopted_document", None)
    if run is None or document is None:
        return None
    keys = list(document.keys)
    ours = set(best_of(run, scheme_ids(row)[0], len(keys)))
    names = dict(RunUnit.objects.filter(run=run, scheme=scheme_ids(row)[0]).values_list("key", "name"))
    odd = sorted(ours.symmetric_difference(keys))
    return tuple(names.get(key, key) for key in odd)


def best_of(run: Run, scheme: str, count: int) -> list[str]:
    """The first `count` of our own ranking, by score over all groups, then by key."""
    from decimal import Decimal

    rows = RunUnit.objects.filter(run=run, scheme=scheme, rank__isnull=False).values_list("key", "score")
    ordered = sorted(rows, key=lambda one: (-Decimal(one[1] or 0), one[0]))
    return [key for key, _ in ordered[:count]]
