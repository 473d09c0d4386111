"""How the evaluation works, domain by domain, from the schemes themselves: what is measured, how much it counts."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mujun.documents.content.domain_plan import domain_plan_of
from mujun.documents.report.rules import rules_of
from mujun.law import Clause
from mujun.rounding import shortest_exact
from mujun.web.models import Plan, Round, Track
from mujun.web.queries.documents.senders import OFFICE, dispatch_of
from mujun.web.queries.issued import first_notice
from mujun.web.queries.public.winner import rules_of_source
from mujun.web.queries.publishing.notice_rules import notice_id
from mujun.web.queries.rules import law_with, scheme_ids, scheme_of, standing_plan
from mujun.workflow.moment import CHINA


@frozen
class Method:
    """A domain in a few lines. `indicators`: (label, points in words). `chosen`: how the list comes from the ranks."""

    track: Track
    plan: Plan | None
    indicators: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


def methods_of(round_: Round) -> list[Method]:
    return [_method(track) for track in round_.tracks.filter(left_out="").select_related("round")]


def publication_clauses(round_: Round, now: datetime) -> list[Clause]:
    """What the notice decided about publishing; nothing before it has begun."""
    notice = first_notice(round_)
    if notice is None or notice.opens_at > now or not notice.files:
        return []
    instrument = rules_of_source(notice).law.instruments[notice_id(round_, notice.number)]
    return list(instrument.clauses.values())


def _method(track: Track) -> Method:
    plan = standing_plan(track)
    if plan is None:
        return Method(track, None)
    scheme, law = scheme_of(plan, scheme_ids(track)[0]), law_with(plan)
    dispatch = dispatch_of(track.round.programme, OFFICE, (OFFICE,))
    made_on = (plan.issued_at or plan.drafted_at).astimezone(CHINA).date()
    facts = domain_plan_of(scheme, law, dispatch, year=track.round.year, made_on=made_on)
    selected = [
        one.says for ruled in rules_of(scheme, law) if ruled.kind in ("遴选", "名单") for one in ruled.sentences
    ]
    return Method(
        track,
        plan,
        tuple((one.label, _points(tuple(map(shortest_exact, one.points)))) for one in facts.weights),
        "；".join(selected),
    )


def _points(points: tuple[str, ...]) -> str:
    """One number, or from the least to the most where classes differ."""
    numbers = sorted({float(one) for one in points})
    said = [f"{number:g}" for number in numbers]
    return said[0] if len(said) == 1 else f"{said[0]}—{said[-1]}"
