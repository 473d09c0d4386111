"""Who is remembered for what once an edge is taken, so that two persons can be told apart. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping

from mujun.workflow.acts import Act
from mujun.workflow.facts import Facts
from mujun.workflow.model import Edge


def remember(edge: Edge, facts: Facts, person: str) -> Mapping[Act, frozenset[str]]:
    """`facts.done` after `person` took the edge: he is added, and so is who proposed it. Nobody is ever taken away."""
    doers = {edge.records: person}
    if facts.proposal is not None:
        doers[edge.proposal_records] = facts.proposal.person
    added = {act: facts.done.get(act, frozenset()) | {doer} for act, doer in doers.items() if act is not None}
    return {**facts.done, **added}
