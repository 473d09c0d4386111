"""Who sends a document, to whom: the bodies by their full names, as the year's own notice was sent. Invents nobody."""

from __future__ import annotations

from datetime import date
from functools import cache

from attrs import frozen
from django.conf import settings

from mujun.documents.content.action_plan import action_plan_of
from mujun.documents.content.dispatch import Dispatch, Marks, Standing
from mujun.law import PROGRAMME
from mujun.web.programme import programme_round, the_law
from mujun.yaml_source import read_yaml

OFFICE = "省亩均办"


@frozen
class Body:
    """`seals`: who seals for it, where it has no seal of its own."""

    full: str
    seals: str = ""
    printed_by: str = ""


@cache
def bodies(programme: str) -> dict[str, Body]:
    """By the short name that rules and pages use."""
    data, _ = read_yaml(PROGRAMME / programme / "bodies.yaml")
    return {
        str(one["name"]): Body(str(one["full"]), str(one.get("seals", "")), str(one.get("printed_by", "")))
        for one in data["bodies"]
    }


def body(programme: str, name: str) -> Body:
    """One that the file does not name is called as it is."""
    found = bodies(programme).get(name, Body(name))
    return Body(found.full, found.seals, found.printed_by or f"{found.full}办公室")


def marks(standing: Standing = Standing.PROPOSED, *, provisional: bool = False) -> Marks:
    return Marks(standing=standing, provisional=provisional, sample=bool(settings.DEMO))


@cache
def usual_recipients(programme: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """主送 and 抄送 of the notice with which the year began."""
    instrument = programme_round(programme).domains[0].clause.partition("#")[0]
    dispatch = action_plan_of(the_law().instruments[instrument], remark="").dispatch
    return dispatch.to, dispatch.copies


def dispatch_of(
    programme: str,
    agency: str,
    to: tuple[str, ...],
    *,
    copies: tuple[str, ...] = (),
    number: str = "",
    dated: date | None = None,
    printed_on: date | None = None,
    standing: Standing = Standing.PROPOSED,
    provisional: bool = False,
) -> Dispatch:
    sender = body(programme, agency)
    return Dispatch(
        issuer=sender.full,
        to=to,
        copies=copies,
        number=number,
        dated=dated,
        printed_on=printed_on,
        sealed_by=sender.seals,
        printed_by=sender.printed_by,
        marks=marks(standing, provisional=provisional),
    )
