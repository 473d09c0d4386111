"""Facts of the plans: the year's, as the notice has it word for word; a domain's, from its scheme as issued."""

from __future__ import annotations

from attrs import evolve

from mujun.documents.content.action_plan import ActionPlan, action_plan_of
from mujun.documents.content.dispatch import Standing
from mujun.documents.content.domain_plan import DomainPlan, domain_plan_of
from mujun.web.models import Plan, Round
from mujun.web.programme import programme_round, the_law
from mujun.web.queries.documents.senders import dispatch_of
from mujun.web.queries.rules import law_with, scheme_ids, scheme_of
from mujun.workflow.moment import CHINA

REPRINT = "据公开文本重排，非原件"
_TO = ("各设区市亩均办",)


def action_plan_facts(round_: Round) -> ActionPlan | None:
    """Only where the round is the one whose notice the programme holds, under its own number."""
    instrument = the_law().instruments[programme_round(round_.programme).domains[0].clause.partition("#")[0]]
    if instrument.document_number != round_.document_number:
        return None
    facts = action_plan_of(instrument, remark=REPRINT)
    marks = evolve(facts.dispatch.marks, remark=REPRINT)
    return evolve(facts, dispatch=evolve(facts.dispatch, marks=marks))


def domain_plan_facts(plan: Plan) -> DomainPlan:
    """Of an issued plan, void or not."""
    assert plan.issued_at is not None
    day = plan.issued_at.astimezone(CHINA).date()
    track = plan.track
    dispatch = dispatch_of(
        track.round.programme,
        track.lead_agency,
        _TO,
        number=plan.document_number,
        dated=day,
        printed_on=day,
        standing=Standing.ISSUED,
    )
    scheme = scheme_of(plan, scheme_ids(track)[0])
    return domain_plan_of(scheme, law_with(plan), dispatch, year=track.round.year, made_on=day)
