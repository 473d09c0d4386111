"""The divisions of a round as a register of units, for the domain whose units are the counties themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl

from mujun.register.columns import MERGED, RECODED
from mujun.register.divisions import Division, Divisions
from mujun.register.register import SCHEMA, Register


def register_of(divisions: Divisions) -> Register:
    """Codes and names with their days; what became of those that ended is told by the changes on record."""
    states = [_state(one, divisions) for one in divisions.all]
    frame = pl.DataFrame(states, schema=SCHEMA).sort("code", "valid_from", nulls_last=False)
    return Register(frame, "行政区划")


def _state(one: Division, divisions: Divisions) -> dict[str, Any]:
    state: dict[str, Any] = dict.fromkeys(SCHEMA)
    state |= {"code": one.code, "name": one.name, "county": one.name, "row": 0}
    state |= {"valid_from": one.valid_from, "valid_to": one.valid_to}
    if one.valid_to is not None:
        begun = one.valid_to + timedelta(days=1)
        ways = [change for change in divisions.changes if change.from_code == one.code and change.date == begun]
        recoded = [change for change in ways if change.event == RECODED]
        ways = recoded or ways
        state["event"] = RECODED if recoded else MERGED
        state["successor"] = ";".join(change.to_code for change in ways)
        state["evidence"] = ways[0].basis if ways else None
    return state
