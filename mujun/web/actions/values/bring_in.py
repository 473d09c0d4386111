"""An office's file: looked at first, always; then into the store, and the units it speaks of come into being.

The same file twice is one import. The store takes the values; the database takes who owes what and whose turn it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl
from attrs import frozen
from django.db import transaction

from mujun.collection.model import UNIT
from mujun.dataset import NAME
from mujun.digest import canonical_json
from mujun.intake.submit import Submission, Submitted, Wanted, Wish, submit
from mujun.store import Receipt
from mujun.web.actions.many import begin_many, decide_all, take_many
from mujun.web.actions.record import record_event
from mujun.web.actions.values.initials import initials_of
from mujun.web.doer import Doer
from mujun.web.evidence import the_store
from mujun.web.models import FormDue, RoleGrant, ValueSet
from mujun.web.programme import edge as edge_of
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.values.book import name_in_store, places_units, the_book
from mujun.web.queries.values.files import as_file
from mujun.web.queries.values.offices import Desk
from mujun.web.queries.values.scope import Scope
from mujun.workflow.moment import CHINA
from mujun.workflow.states import ValuesState

_OPEN = (ValuesState.ENTERED.value, ValuesState.RETURNED.value)


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
    desk: Desk, sha256: str, name: str, *, reasons: Mapping[str, str] | None = None, by: Doer, now: datetime
) -> Submission:
    """The dry run. Writes nothing; raises CannotGoOn when the file cannot be read at all."""
    return _submit(desk, sha256, name, reasons or {}, by, now, commit=False)


@transaction.atomic
def bring_in(
    *, desk: Desk, sha256: str, name: str, reasons: Mapping[str, str] | None = None, by: Doer, now: datetime
) -> Brought:
    """Into the store, or nothing. Raises NotBroughtIn with all that stands against it, Refused when it is not the time.

    The write lock is held while the file is looked at, so that what was open when it was judged still is.
    """
    may_enter(desk, by=by, now=now)
    submission = _submit(desk, sha256, name, reasons or {}, by, now, commit=True)
    done = submission.files[0]
    if done.receipt is None:
        raise NotBroughtIn(submission)
    new, touched = _register(desk, done.receipt, by, now)
    return Brought(done.receipt, done, new, touched)


def may_enter(desk: Desk, *, by: Doer, now: datetime) -> None:
    """Whether values may come in at all now. Raises Refused."""
    edge = edge_of(desk.enters)
    some = [_unborn(desk, due) for due in desk.dues[:1]]
    decide_all(edge, some, {"agency": desk.form.source}, track=desk.track, by=by, now=now, about=desk.form.label)


def _unborn(desk: Desk, due: FormDue) -> ValueSet:
    city = city_of_county(desk.track.round.programme).get(due.region, "")
    return ValueSet(track=desk.track, scheme=desk.form.scheme, unit="", name="", county=due.region, city=city)


def _submit(
    desk: Desk, sha256: str, name: str, reasons: Mapping[str, str], by: Doer, now: datetime, *, commit: bool
) -> Submission:
    wanted = Wanted(
        agency=desk.form.id,
        scheme=name_in_store(desk.track, desk.form.scheme),
        wishes=tuple(Wish(code, why) for code, why in reasons.items() if why.strip()),
        ask=Scope(desk),
    )
    with as_file(sha256, name) as file:
        at = now.astimezone(CHINA)  # a receipt tells the day of here
        return submit([file], the_store(), the_book(), wanted, by=by.name, now=at, commit=commit)


def _register(desk: Desk, receipt: Receipt, by: Doer, now: datetime) -> tuple[int, int]:
    """What the batch says of units, told from the store: so that an import cut short is made whole by the next try."""
    units = _units_of(desk, receipt)
    track, scheme = desk.track, desk.form.scheme
    scope = Scope(desk)
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
                    initials=initials_of(name or unit),
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
