"""The list that a frozen run gives by the rules it was run by: quotas, ties, reserve. Changes nothing."""

from __future__ import annotations

from mujun.web.models import Run
from mujun.web.queries.listing import Drawn, LeftOut, candidates_of, draw_list
from mujun.web.queries.quotas import places_by_group
from mujun.web.queries.results import main_scheme, plan_of
from mujun.web.queries.rules import scheme_of


def drawn_from(run: Run, left_out: LeftOut) -> Drawn:
    plan = plan_of(run)
    if plan is None:
        return Drawn()
    scheme = scheme_of(plan, main_scheme(run))
    selection = scheme.selection
    return draw_list(
        candidates_of(run, scheme.id),
        places_by_group(scheme, run),
        left_out,
        ties_included=selection is not None and selection.at_the_cut == "include_ties",
        reserve=selection.reserve if selection is not None else 0,
    )
