"""Whose form it is: which of the forms that are owed somebody may see or fill in, and by which row of the matrix."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from attrs import frozen

from mujun.collection import Form
from mujun.web.doer import Doer
from mujun.web.models import FormDue, Track
from mujun.web.permissions import allowed
from mujun.web.queries.facts.values import regions_of
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import form_named
from mujun.workflow import Access, Decision, Target
from mujun.workflow.decision import NOT_FOUND
from mujun.workflow.states import RoundState

ROWS = {"enter_own_variables": ("V1", "V2"), "enter_province_files": ("V1p", "V2p")}
"""By which row of the matrix a form is entered, and by which edges its sets go on then."""
READS = ("enter_own_variables", "enter_province_files", "check_county", "approve_city", "lock")


@frozen(slots=False)
class Desk:
    """A form at somebody's desk: `dues` are the places for which he may fill it in, by `row` of the matrix."""

    track: Track
    form: Form
    dues: tuple[FormDue, ...]
    row: str

    @property
    def enters(self) -> str:
        return ROWS[self.row][0]

    @property
    def hands_in(self) -> str:
        return ROWS[self.row][1]

    @cached_property
    def regions(self) -> frozenset[str]:
        """Counties it is about; empty for the whole province."""
        return frozenset(one.region for one in self.dues if one.region)


def target_of_form(due: FormDue) -> Target:
    city = city_of_county(due.track.round.programme).get(due.region, "")
    return Target(
        domain=due.track.domain,
        regions=regions_of(due.region, city),
        agency=due.agency,
        round_state=RoundState(due.track.round.state),
    )


def desk_of(track: Track, form_id: str, doer: Doer, now: datetime) -> tuple[Desk | None, Decision]:
    """The form as he may fill it in, or why not."""
    form = form_named(track, form_id)
    dues = list(track.forms.filter(form=form_id).order_by("pk"))
    for due in dues:
        due.track = track
    answer = NOT_FOUND
    if form is None:
        return None, answer
    for row in ROWS:
        answers = [(due, allowed(doer, row, target_of_form(due), now, Access.DO)) for due in dues]
        mine = tuple(due for due, decision in answers if decision.allowed)
        if mine:
            return Desk(track, form, mine, row), answers[0][1]
        denied = [decision for _, decision in answers if decision.answer is not NOT_FOUND.answer]
        answer = denied[0] if denied and answer is NOT_FOUND else answer
    return None, answer


def desks_of(track: Track, doer: Doer, now: datetime) -> list[Desk]:
    """All forms of the track he may fill in, in their order."""
    found: dict[tuple[str, str], list[FormDue]] = {}
    dues = track.forms.order_by("pk")
    if not doer.holds("A", "C"):
        dues = dues.filter(agency__in={grant.agency for grant in doer.grants_of("P")})
    for due in dues:
        due.track = track
        for row in ROWS:
            if allowed(doer, row, target_of_form(due), now, Access.DO).allowed:
                found.setdefault((due.form, row), []).append(due)
                break
    desks = []
    for (form_id, row), mine in found.items():
        form = form_named(track, form_id)
        if form is not None:
            desks.append(Desk(track, form, tuple(mine), row))
    return desks
