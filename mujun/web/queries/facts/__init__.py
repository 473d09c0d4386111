"""What is known of a row when one of its edges is judged: gathered from the database, for the core to decide upon.

`facts_of` gives the facts of any machine's row. `form` is what somebody typed, or proposed, for this edge.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mujun.web.models.rounds import Machine
from mujun.web.queries.facts.objection import objection_facts
from mujun.web.queries.facts.round import round_facts
from mujun.web.queries.facts.track import track_facts
from mujun.web.queries.facts.values import values_facts
from mujun.workflow import Edge
from mujun.workflow.facts import Facts

_GATHER: dict[str, Callable[..., Facts]] = {
    "round": round_facts,
    "track": track_facts,
    "values": values_facts,
    "objection": objection_facts,
}


def facts_of(row: Machine, edge: Edge, form: dict[str, Any], now: datetime) -> Facts:
    """The facts of the row's machine."""
    return _GATHER[edge.machine](row, edge, form, now)
