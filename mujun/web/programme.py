"""The programme as the site uses it: law, workflow, rounds. Read once; nothing here can be changed from a page."""

from __future__ import annotations

from functools import cache

from mujun.law import Law, load_law
from mujun.scheme import Round, load_round
from mujun.workflow import Edge, Permissions, Workdays, Workflow, load_workdays, load_workflow

FIRST = "2019"
"""The round whose workflow and matrix hold where no round is there yet."""


@cache
def the_law() -> Law:
    return load_law()


@cache
def workflow(round_: str = FIRST) -> Workflow:
    return load_workflow(round_, the_law())


@cache
def workdays(round_: str = FIRST) -> Workdays:
    return load_workdays(round_)


@cache
def programme_round(round_: str = FIRST) -> Round:
    return load_round(round_, the_law())


def edge(name: str) -> Edge:
    return workflow().edge(name)


def matrix() -> Permissions:
    return workflow().permissions
