"""Lock a track (clause 3.2): seal each of its schemes as it stands, by the rules of the plan in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.findings import CannotGoOn
from mujun.store.derived import DerivedValues, derive_values
from mujun.store.seal import Sealing, seal
from mujun.store.sealed import DATA
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import carries_out
from mujun.web.doer import Doer
from mujun.web.evidence import kept, the_store
from mujun.web.models import Plan, Track, ValueSet
from mujun.web.queries.rules import scheme_ids, scheme_of, standing_plan
from mujun.web.queries.values.book import due_of
from mujun.workflow import Decision
from mujun.workflow.decision import Answer, reason
from mujun.workflow.moment import CHINA


@carries_out("T4")
def lock_data(row: Track, form: dict[str, Any], *, decision: Decision, by: Doer, now: datetime) -> None:
    """All schemes are sealed, or none: a seal is a folder by hash, and one that no row names is idle."""
    plan = standing_plan(row)
    if plan is None:
        nothing = reason("no_plan", "没有印发的方案。", "请先印发方案。")
        raise Refused("T4", "锁定数据", Decision(Answer.DENIED, (nothing,)), row.subject, str(row))
    try:
        row.sealed = {name: _sealed(row, plan, name, by, now) for name in scheme_ids(row)}
    except CannotGoOn as error:
        against = tuple(error.findings)
        raise Refused("T4", "锁定数据", Decision(Answer.DENIED, against), row.subject, str(row)) from error
    row.unlock_until = None
    row.save(update_fields=["sealed", "unlock_until"])


def _sealed(track: Track, plan: Plan, name: str, by: Doer, now: datetime) -> dict[str, Any]:
    store, due, scheme = the_store(), due_of(track, name), scheme_of(plan, name)
    holding = store.look(due.name)
    derived = DerivedValues() if due.plan is None else derive_values(store, holding, scheme, due.plan)
    out = ValueSet.objects.filter(track=track, scheme=name).exclude(excluded="")
    what = Sealing(
        name=due.name,
        scheme=scheme,
        scheme_bytes=kept(plan.schemes[name]),
        derived=derived,
        forms=tuple((form.id, form.label) for form in due.forms),
        left_out=dict(out.values_list("unit", "excluded")),
    )
    sealed, _ = seal(store, holding, what, by=by.name, now=now.astimezone(CHINA))
    return {
        "seal": sealed.hash,
        "sha256": sealed.manifest["files"][DATA]["sha256"],
        "units": sealed.manifest["units"],
    }
