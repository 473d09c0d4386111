"""An office's file: looked at first, always; then into the store, and the units it speaks of come into being.

The same file twice is one import. The store takes the values; the database takes who owes what and whose turn it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import polars as pl
from attrs import frozen
from django.db import transaction

from mujun.collection.model import UNIT
from mujun.dataset import NAME
from mujun.digest import canonical_json
from mujun.intake.submit import MOST_LOOKS, Files, Submission, Submitted, Wanted, Wish, reading
from mujun.store import Moved, Receipt
from mujun.web.actions.many import begin_many, decide_all, take_many
from mujun.web.actions.record import record_event
from mujun.web.actions.refused import Refused
from mujun.web.actions.values.initials import initials_of
from mujun.web.doer import Doer, as_doer
from mujun.web.evidence import the_store
from mujun.web.models import FormDue, RoleGrant, Track, ValueSet
from mujun.web.programme import edge as edge_of
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import name_in_store, places_units, the_book
from mujun.web.queries.values.files import as_file
from mujun.web.queries.values.offices import Desk, desk_of
from mujun.web.queries.values.scope import Scope
from mujun.workflow.moment import CHINA
from mujun.workflow.states import ValuesState

Tell = Callable[[str, int, int | None], None]
AndThen = Callable[["Brought"], object]
_OPEN = (ValuesState.ENTERED.value, ValuesState.RETURNED.value)


def silent(what: str, now: int, end: int | None) -> None:
    """Nobody watches."""


class NotBroughtIn(Exception):
    """Something stands against the file; what, the submission says."""

    def __init__(self, looked: Submission) -> None:
        self.looked = looked


@frozen
class Brought:
    """What came of an import."""

    receipt: Receipt
    submitted: Submitted
    new: int
    touched: int


def look_at(
    desk: Desk,
    sha256: str,
    name: str,
    *,
    reasons: Mapping[str, str] | None = None,
    by: Doer,
    now: datetime,
    tell: Tell = silent,
) -> Submission:
    """The dry run. Writes nothing; raises CannotGoOn when the file cannot be read at all."""
    with _reading(desk, sha256, name, reasons or {}, Scope(desk), by, now, tell, keep=False) as files:
        return files.look()


def bring_in(
    *,
    desk: Desk,
    sha256: str,
    name: str,
    reasons: Mapping[str, str] | None = None,
    by: Doer,
    now: datetime,
    tell: Tell = silent,
    and_then: AndThen = lambda brought: None,
) -> Brought:
    """Into the store, or nothing. Raises NotBroughtIn with all that stands against it, Refused when it is not the time.

    The file is read and judged before the write lock is taken, since that can take long. Under the lock it is asked
    whether all by which it was judged still is as it was; if not, it is judged anew. `and_then` is part of the act.
    """
    may_enter(desk, by=by, now=now)
    scope = Scope(desk)
    with _reading(desk, sha256, name, reasons or {}, scope, by, now, tell, keep=True) as files:
        for _ in range(MOST_LOOKS):
            looked = files.look()
            if looked.stopped:
                raise NotBroughtIn(looked)
            initials = _initials(files, scope)
            tell("等候入库", 0, None)
            try:
                with transaction.atomic():
                    brought = _put_in(files, looked, scope, initials, by, now)
                    and_then(brought)
                    return brought
            except Moved:
                tell("别人刚办了一步，重新核对", 0, None)
    raise RuntimeError("others went on faster than we could look")


def _put_in(
    files: Files, looked: Submission, scope: Scope, initials: Mapping[str, str], by: Doer, now: datetime
) -> Brought:
    """Under the write lock: as short as it can be."""
    by = as_doer(by.somebody, now, by.account, by.actor.reauthenticated_at)
    _still(scope, by, now)
    may_enter(scope.desk, by=by, now=now)
    if scope.moved and looked.files[0].receipt is None:
        raise Moved
    done = files.commit(looked).files[0]
    assert done.receipt is not None, "what nothing stands against is committed"
    new, touched = _register(scope, done.receipt, initials, by, now)
    return Brought(done.receipt, done, new, touched)


def _still(scope: Scope, by: Doer, now: datetime) -> None:
    """The scope gets the desk as it is now. Raises Refused when it is his no more, Moved when it is of other places."""
    track = Track.objects.select_related("round").get(pk=scope.desk.track.pk)
    found, decision = desk_of(track, scope.desk.form.id, by, now)
    if found is None:
        raise Refused("enter_form", "填报报表", decision, track.subject, scope.desk.form.label)
    judged_for, scope.desk = scope.desk, found
    if found.row != judged_for.row or [one.pk for one in found.dues] != [one.pk for one in judged_for.dues]:
        raise Moved


def may_enter(desk: Desk, *, by: Doer, now: datetime) -> None:
    """Whether values may come in at all now. Raises Refused."""
    edge = edge_of(desk.enters)
    some = [_unborn(desk, due) for due in desk.dues[:1]]
    decide_all(edge, some, {"agency": desk.form.source}, track=desk.track, by=by, now=now, about=desk.form.label)


def _unborn(desk: Desk, due: FormDue) -> ValueSet:
    city = city_of_county(desk.track.round.programme).get(due.region, "")
    return ValueSet(track=desk.track, scheme=desk.form.scheme, unit="", name="", county=due.region, city=city)


@contextmanager
def _reading(
    desk: Desk,
    sha256: str,
    name: str,
    reasons: Mapping[str, str],
    scope: Scope,
    by: Doer,
    now: datetime,
    tell: Tell,
    *,
    keep: bool,
) -> Iterator[Files]:
    wanted = Wanted(
        agency=desk.form.id,
        scheme=name_in_store(desk.track, desk.form.scheme),
        wishes=tuple(Wish(code, why) for code, why in reasons.items() if why.strip()),
        ask=scope,
    )
    with as_file(sha256, name) as file:
        at = now.astimezone(CHINA)  # a receipt tells the day of here
        with reading([file], the_store(), the_book(), wanted, by=by.name, now=at, keep=keep, tell=tell) as files:
            yield files


def _initials(files: Files, scope: Scope) -> dict[str, str]:
    """Of the names of units that are not known yet: to find them takes as long as to enter them."""
    found = files.read[0].reading
    if found is None or scope.desk.form.table:
        return {}
    said = found.observations.filter(pl.col("variable") == NAME, ~pl.col(UNIT).is_in(list(scope.sets)))
    return {name: initials_of(name) for name in said["value"].drop_nulls().unique().to_list()}


def _register(scope: Scope, receipt: Receipt, initials: Mapping[str, str], by: Doer, now: datetime) -> tuple[int, int]:
    """What the batch says of units, told from the store: so that an import cut short is made whole by the next try."""
    desk = scope.desk
    units = _units_of(desk, receipt)
    track, scheme = desk.track, desk.form.scheme
    if receipt.again or not scope.told >= units.keys():
        scope.learn(list(units))
    cities = city_of_county(track.round.programme)
    known, fresh, moved, elsewhere = scope.sets, [], [], set[str]()
    accounts = set(RoleGrant.objects.filter(role="E", unit__in=list(units)).values_list("unit", flat=True))
    for unit, (name, said) in units.items():
        county = scope.county_of(unit, said)
        if desk.regions and county not in desk.regions:
            elsewhere.add(unit)  # of a file that another office had brought in before
        elif unit in known:
            if said and known[unit].county != said:
                moved.append((known[unit], said, cities[said]))
        elif not desk.form.table:
            fresh.append(
                ValueSet(
                    track=track,
                    scheme=scheme,
                    unit=unit,
                    name=name or unit,
                    initials=initials.get(name) or initials_of(name or unit),
                    county=county,
                    city=cities[county],
                    has_account=unit in accounts,
                )
            )
    for row, county, city in moved:
        ValueSet.objects.filter(pk=row.pk, state__in=_OPEN).update(county=county, city=city)
    form = {"agency": desk.form.source, "form": desk.form.id, **_said(receipt)}
    begin_many(desk.enters, fresh, form, track=track, by=by, now=now, about=desk.form.label)
    touched = []
    here = [known[unit] for unit in units if unit in known and unit not in elsewhere]
    mine = [one.pk for one in here if one.state in _OPEN]
    for start in range(0, len(mine), 5_000):
        some = ValueSet.objects.filter(pk__in=mine[start : start + 5_000])
        touched += take_many(desk.enters, some, form, track=track, by=by, now=now, about=desk.form.label)
    if not fresh and not touched:
        record_event(
            desk.enters,
            "报表入库",
            by=by,
            now=now,
            subject=track.subject,
            about=desk.form.label,
            facts=form,
        )
    counties = {one.county for one in [*fresh, *here]}
    _note_receipt(desk, receipt, counties, by, now)
    return len(fresh), len(touched)


def _units_of(desk: Desk, receipt: Receipt) -> dict[str, tuple[str, str]]:
    """By unit: the name and the county that the batch gives."""
    entry = next(one for one in the_store().entries(receipt.seq) if one.seq == receipt.seq)
    frame = pl.read_parquet(the_store().observations(entry.facts["observations"]), glob=False)
    names = _column(frame, NAME)
    counties = _column(frame, "county") if places_units(desk.form) else {}
    units = frame[UNIT].drop_nulls().unique(maintain_order=True).to_list()
    return {unit: (names.get(unit, ""), counties.get(unit, "")) for unit in units}


def _column(frame: pl.DataFrame, variable: str) -> dict[str, str]:
    said = frame.filter(pl.col("variable") == variable, pl.col("value").is_not_null())
    return dict(said.select(UNIT, "value").iter_rows())


def _note_receipt(desk: Desk, receipt: Receipt, counties: set[str], by: Doer, now: datetime) -> None:
    said = _said(receipt)
    concerned = [one for one in desk.dues if not one.region or one.region in counties]
    alike: dict[str, list[FormDue]] = defaultdict(list)
    for due in concerned:
        alike[canonical_json([one["receipt"] for one in due.receipts]).decode()].append(due)
    for dues in alike.values():
        receipts = dues[0].receipts
        if said["receipt"] not in [one["receipt"] for one in receipts]:
            receipts = [*receipts, said]
        every = FormDue.objects.filter(pk__in=[one.pk for one in dues])
        every.update(receipts=receipts, return_reason="")
        every.filter(entered_at=None).update(entered_at=now, entered_by=by.person)


def _said(receipt: Receipt) -> dict[str, Any]:
    return {
        "receipt": receipt.number,
        "seq": receipt.seq,
        "file": receipt.file,
        "sha256": receipt.sha256,
        "units": receipt.units,
        "cells": receipt.cells,
        "at": receipt.at,
        "by": receipt.by,
    }
